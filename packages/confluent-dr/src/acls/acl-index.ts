import { type AclRow } from '../client/kafka-rest-rows';
import { type NeededAcl } from './needed-acls';

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
