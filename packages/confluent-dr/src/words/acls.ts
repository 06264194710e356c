import { type MemberAcls } from '../acls/acl-report';
import { aclInWords, type NeededAcl } from '../acls/needed-acls';
import { type Role } from '../pair/role';
import { type MissingAcl } from '../planning/failover-request';
import { topicsInWords } from './advice';

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
