/** An ACL that a principal has to have on a cluster. */
export interface NeededAcl {
  readonly operation: 'READ' | 'DESCRIBE_CONFIGS' | 'DESCRIBE' | 'ALTER';
  readonly resourceType: 'TOPIC' | 'CLUSTER';
  readonly resourceName: string;
}

/** What ACLs and errors call the cluster itself. */
const CLUSTER = 'kafka-cluster';

/** What a link's principal needs on each of the two clusters so that mirrors can be reversed, whatever its roles are. */
export function neededAcls(topics: readonly string[]): NeededAcl[] {
  return [
    ...topics.flatMap((resourceName) =>
      (['READ', 'DESCRIBE_CONFIGS'] as const).map((operation): NeededAcl => ({
        operation,
        resourceType: 'TOPIC',
        resourceName,
      })),
    ),
    ...(['DESCRIBE', 'ALTER'] as const).map((operation): NeededAcl => ({
      operation,
      resourceType: 'CLUSTER',
      resourceName: CLUSTER,
    })),
  ];
}

/** `READ on TOPIC orders` */
export const aclInWords = ({ operation, resourceType, resourceName }: NeededAcl): string =>
  `${operation} on ${resourceType} ${resourceName}`;
