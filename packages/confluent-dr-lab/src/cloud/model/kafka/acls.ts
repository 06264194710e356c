import { invalid } from '../refusal';
import { ACL_OPERATIONS, ACL_PATTERN_TYPES, ACL_PERMISSIONS, ACL_RESOURCE_TYPES } from '../words';
import { aclIndexOf } from './acl-index';
import { type KafkaCluster } from './records';

export interface Acl {
  readonly resourceType: string;
  readonly resourceName: string;
  readonly patternType: string;
  /** `User:sa-…` */
  readonly principal: string;
  readonly host: string;
  readonly operation: string;
  readonly permission: string;
}

/** What to look for; a field left out, empty or ANY matches all. */
export type AclFilter = Partial<Acl>;

/** Adds an ACL; adding what is there already changes nothing. */
export function addAcl(cluster: KafkaCluster, acl: Acl): void {
  oneOf('resource_type', acl.resourceType, ACL_RESOURCE_TYPES);
  oneOf('pattern_type', acl.patternType, ACL_PATTERN_TYPES);
  oneOf('operation', acl.operation, ACL_OPERATIONS);
  oneOf('permission', acl.permission, ACL_PERMISSIONS);
  if (acl.resourceType === 'CLUSTER' && acl.resourceName !== 'kafka-cluster') {
    throw invalid(`The only CLUSTER resource is kafka-cluster, not ${acl.resourceName}.`);
  }
  const added = { ...acl, principal: plainPrincipal(acl.principal) };
  if (!/^User:./.test(added.principal)) {
    throw invalid(`Principal ${acl.principal} is not of the form User:sa-….`);
  }
  if (!hasAcl(cluster, added)) {
    cluster.acls.push(added);
  }
}

/** Whether exactly this ACL is there. */
export function hasAcl(cluster: KafkaCluster, acl: Acl): boolean {
  return aclIndexOf(cluster.acls).has(acl);
}

export function findAcls(cluster: KafkaCluster, filter: AclFilter): Acl[] {
  return cluster.acls.filter((acl) => matchesFilter(acl, filter));
}

/** Removes what the filter takes in, and gives it back. */
export function removeAcls(cluster: KafkaCluster, filter: AclFilter): Acl[] {
  const removed = findAcls(cluster, filter);
  cluster.acls = cluster.acls.filter((acl) => !removed.includes(acl));
  return removed;
}

/** The CLI writes `UserV2:sa-1` where it means the service account, and `UserV2:*` where it means anybody. */
export function plainPrincipal(principal: string): string {
  return principal.replace(/^UserV2:/, 'User:');
}

function matchesFilter(acl: Acl, filter: AclFilter): boolean {
  const principal = filter.principal === 'UserV2:*' ? undefined : plainPrincipal(filter.principal ?? '');
  return (
    is(acl.resourceType, filter.resourceType) &&
    matchesName(acl, filter) &&
    is(acl.principal, principal) &&
    is(acl.host, filter.host) &&
    is(acl.operation, filter.operation) &&
    is(acl.permission, filter.permission)
  );
}

/** MATCH asks for every pattern that covers the name; the others ask for the pattern itself. */
function matchesName(acl: Acl, { patternType, resourceName }: AclFilter): boolean {
  if (patternType === 'MATCH' && resourceName) {
    return coversName(acl, resourceName);
  }
  const anyPattern = patternType === 'MATCH' || is(acl.patternType, patternType);
  return anyPattern && is(acl.resourceName, resourceName);
}

/** Whether the ACL is about the resource of this name. */
export function coversName(acl: Acl, name: string): boolean {
  if (acl.patternType === 'PREFIXED') {
    return name.startsWith(acl.resourceName);
  }
  return acl.resourceName === '*' || acl.resourceName === name;
}

function is(value: string, wanted: string | undefined): boolean {
  return !wanted || wanted === 'ANY' || value === wanted;
}

function oneOf(field: string, value: string, words: readonly string[]): void {
  if (!words.includes(value)) {
    throw invalid(`${field} is ${JSON.stringify(value)}; allowed are ${words.join(', ')}.`, 400);
  }
}
