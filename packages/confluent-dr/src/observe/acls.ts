import { type AclRow } from '../client/kafka-rest-rows';
import { observePair, type PairSource, type SeenPair } from './observe-pair';
import { type Role, ROLES, type TopicObservation } from './pair-observation';
import { type Reading } from './reading';

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

export type AclVerdict = 'allowed' | 'missing' | 'denied';

/** In Kafka, who may do one of these may do the other as well. */
const IMPLIED_BY: Partial<Record<string, readonly string[]>> = {
  DESCRIBE: ['READ', 'WRITE', 'DELETE', 'ALTER'],
  DESCRIBE_CONFIGS: ['ALTER_CONFIGS'],
};

/** The ACLs of one principal, by what they are about: a thousand topics are looked up one by one. */
export class AclIndex {
  private readonly literal = new Map<string, AclRow[]>();
  private readonly patterns: AclRow[] = [];

  constructor(rows: readonly AclRow[]) {
    for (const row of rows) {
      if (row.pattern_type === 'LITERAL' && row.resource_name !== '*') {
        const key = keyOf(row.resource_type, row.resource_name);
        this.literal.set(key, [...(this.literal.get(key) ?? []), row]);
      } else {
        this.patterns.push(row);
      }
    }
  }

  /** A DENY wins over any ALLOW, so that adding one would not help. An ACL for one host alone allows nothing here. */
  public verdictOn(needed: NeededAcl): AclVerdict {
    const rows = this.covering(needed);
    const words = ['ALL', needed.operation];
    if (rows.some(({ permission, operation }) => permission === 'DENY' && words.includes(operation))) {
      return 'denied';
    }
    const enough = [...words, ...(IMPLIED_BY[needed.operation] ?? [])];
    return rows.some(
      ({ permission, operation, host }) => permission === 'ALLOW' && host === '*' && enough.includes(operation),
    )
      ? 'allowed'
      : 'missing';
  }

  private covering({ resourceType, resourceName }: NeededAcl): AclRow[] {
    const named = this.literal.get(keyOf(resourceType, resourceName)) ?? [];
    return [
      ...named,
      ...this.patterns.filter((row) => row.resource_type === resourceType && takesIn(row, resourceName)),
    ];
  }
}

const keyOf = (type: string, name: string): string => `${type} ${name}`;

const takesIn = ({ pattern_type: pattern, resource_name: name }: AclRow, wanted: string): boolean =>
  pattern === 'PREFIXED' ? wanted.startsWith(name) : name === '*';

/** What one member's principal needs, and whether it has it. */
export type MemberAcls =
  | {
      readonly kind: 'known';
      /** `User:sa-…` */
      readonly principal: string;
      readonly acls: readonly (NeededAcl & { readonly verdict: AclVerdict })[];
    }
  /** It is not known whose key the links use, or the ACLs could not be read. */
  | { readonly kind: 'unknown'; readonly code: 'principal-unknown' }
  | { readonly kind: 'unknown'; readonly code: 'not-read'; readonly cause: string };

export interface AclsOfMember {
  readonly role: Role;
  /** @default - nobody knows whose key the links use */
  readonly principal?: string;
  /** The principal's ACLs as they were read. @default they were not read */
  readonly reading?: Reading<AclRow[]>;
  readonly topics: readonly TopicObservation[];
}

export function memberAcls({ role, principal, reading, topics }: AclsOfMember): MemberAcls {
  if (principal === undefined || reading === undefined) {
    return { kind: 'unknown', code: 'principal-unknown' };
  }
  if (!reading.known) {
    return { kind: 'unknown', code: 'not-read', cause: reading.failure.message };
  }
  const index = new AclIndex(reading.value);
  const names = topics.map(({ sides }) => sides[role].topicName);
  const acls = neededAcls(names).map((needed) => ({ ...needed, verdict: index.verdictOn(needed) }));
  return { kind: 'known', principal, acls };
}

/** What has to be created; nothing where it is not known. */
export const missingOf = (acls: MemberAcls): NeededAcl[] =>
  acls.kind === 'known' ? acls.acls.filter(({ verdict }) => verdict === 'missing') : [];

/** What somebody has forbidden, so that nothing that is created helps. */
export const deniedOf = (acls: MemberAcls): NeededAcl[] =>
  acls.kind === 'known' ? acls.acls.filter(({ verdict }) => verdict === 'denied') : [];

/** What the principals need on each member, from what was seen. @param topics by their names on the primary; all if left out */
export function pairAcls(
  pair: PairSource,
  { observation, readings }: SeenPair,
  topics?: readonly string[],
): Record<Role, MemberAcls> {
  const chosen = observation.topics.filter(({ name }) => topics === undefined || topics.includes(name));
  const [primary, secondary] = ROLES.map((role) =>
    memberAcls({ role, principal: pair.members[role].principal, reading: readings[role].acls, topics: chosen }),
  );
  return { primary, secondary };
}

/**
 * Looks at both members, and tells what their principals need.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function memberAclsOf(pair: PairSource, signal?: AbortSignal): Promise<Record<Role, MemberAcls>> {
  return pairAcls(pair, await observePair(pair, { signal }));
}
