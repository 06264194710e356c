import { aclInWords, type MemberAcls, type NeededAcl } from '../observe/acls';
import { type Role } from '../observe/pair-observation';
import { type MissingAcl } from '../plan/failover-request';

/** What is in the way, and what to do about it, in full sentences. */
export interface Advice {
  readonly cause: string;
  readonly cure: string;
}

/** The same for some topics. */
export interface TopicsAdvice extends Advice {
  readonly code: string;
  /** By their names on the primary; none if it is not about single topics. */
  readonly topics: readonly string[];
}

/** As many names as one can read. */
const MOST_NAMES = 5;

/** `topic orders`, `3 topics (a, b, c)`, `1000 topics (a, b, c, …)` */
export function topicsInWords(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const more = names.length > MOST_NAMES ? ', …' : '';
  return names.length === 1 ? `topic ${names[0]}` : `${names.length} topics (${shown}${more})`;
}

interface OfTopic {
  readonly code: string;
  readonly topic?: string;
}

/** What is the same but for the topic is told once. */
export function grouped<T extends OfTopic>(items: readonly T[], inWords: (item: T) => Advice): TopicsAdvice[] {
  const groups = new Map<string, { readonly item: T; readonly topics: string[] }>();
  for (const item of items) {
    const key = JSON.stringify({ ...item, topic: undefined });
    const group = groups.get(key) ?? { item, topics: [] };
    group.topics.push(...(item.topic === undefined ? [] : [item.topic]));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ item, topics }) => ({ code: item.code, topics, ...inWords(item) }));
}

/** `READ on TOPIC orders of the primary for User:sa-1` */
export const missingAclInWords = (acl: MissingAcl): string =>
  `${aclInWords(acl)} of the ${acl.on} for ${acl.principal}`;

/** Why it is not known what a member's principal has. */
export const unknownAclsInWords = (acls: Extract<MemberAcls, { kind: 'unknown' }>, on: Role): string =>
  acls.code === 'principal-unknown'
    ? `It is not known whom the key of the ${on} belongs to; give ${on}.principal.`
    : acls.cause;

/** Many in few words: `on the primary for User:sa-1 READ on 3 topics (a, b, c), ALTER on the cluster`. */
export function missingAclsInWords(acls: readonly MissingAcl[]): string {
  const members = groupBy(acls, ({ on, principal }) => `on the ${on} for ${principal}`);
  return [...members].map(([where, own]) => `${where} ${resourcesInWords(own)}`).join('; ');
}

/** `READ on 3 topics (a, b, c), ALTER on the cluster` */
export function resourcesInWords(acls: readonly NeededAcl[]): string {
  const resources = groupBy(acls, ({ resourceType, resourceName }) => JSON.stringify([resourceType, resourceName]));
  const alike = groupBy([...resources.values()], (own) =>
    JSON.stringify([own[0].resourceType, own.map(({ operation }) => operation)]),
  );
  return [...alike.values()]
    .map(([own, ...others]) => {
      const operations = own.map(({ operation }) => operation).join(' and ');
      const names = [own, ...others].map(([{ resourceName }]) => resourceName);
      return `${operations} on ${own[0].resourceType === 'CLUSTER' ? 'the cluster' : topicsInWords(names)}`;
    })
    .join(', ');
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  }
  return groups;
}
