import { type Acl } from '../../../confluent-dr-lab/src/cloud/kafka/acls';

export type NeededAcl = Pick<Acl, 'resourceType' | 'resourceName' | 'operation'>;

/** The list of step 8 of the dry run's guide. */
export const neededForReversal = (topics: readonly string[]): NeededAcl[] => [
  ...topics.flatMap((resourceName) =>
    ['READ', 'DESCRIBE_CONFIGS'].map((operation) => ({ resourceType: 'TOPIC', resourceName, operation })),
  ),
  ...['DESCRIBE', 'ALTER'].map((operation) => ({
    resourceType: 'CLUSTER',
    resourceName: 'kafka-cluster',
    operation,
  })),
];

export const aclOf = (serviceAccountId: string, needed: NeededAcl): Acl => ({
  ...needed,
  patternType: 'LITERAL',
  principal: `User:${serviceAccountId}`,
  host: '*',
  permission: 'ALLOW',
});
