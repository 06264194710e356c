import { invalid } from '../refusal';
import {
  ACL_OPERATIONS,
  ACL_PATTERN_TYPES,
  ACL_PERMISSIONS,
  ACL_RESOURCE_TYPES,
  type ClusterKind,
} from '../vocabulary';
import { type Log } from './log';

export interface KafkaCluster {
  readonly id: string;
  readonly environmentId: string;
  readonly createdAt: number;
  readonly availability: string;
  readonly cloud: string;
  readonly region: string;
  readonly networkId?: string;
  readonly bootstrapHost: string;
  /** From then on it is PROVISIONED. */
  readonly readyAt: number;
  displayName: string;
  kind: ClusterKind;
  /** Dedicated clusters only. */
  cku?: number;
  /** Of the others: to how many eCKU it may grow by itself. */
  maxEcku?: number;
  deletionProtection?: boolean;
  /** Access points that lead to it, `ap-…`. */
  accessPoints?: readonly string[];
  readonly topics: Map<string, Topic>;
  /** Only grows: to take some away is to put another list in its place. */
  acls: Acl[];
  readonly consumerGroups: Map<string, ConsumerGroup>;
}

export interface Topic {
  readonly name: string;
  /** Another topic of the same name has another one. */
  readonly id: string;
  readonly replicationFactor: number;
  /** What was set, without the defaults. */
  readonly settings: Map<string, string>;
  /** One log a partition. */
  readonly partitions: Log[];
}

export interface ConsumerGroup {
  readonly id: string;
  /** Topic to the next offset of each partition. */
  readonly offsets: Map<string, number[]>;
  /** Those that a link brought and the brokers do not have yet: topic to offsets by partition. */
  readonly toCommit?: Map<string, Map<number, number>>;
  /** When somebody last consumed with it; never for offsets that a link brought. */
  lastReadAt?: number;
}

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

/** Refuses a filter that asks for what no ACL can be about. */
export function checkAclFilter({ resourceType, patternType, operation, permission }: AclFilter): void {
  oneOf('resource_type', resourceType || 'ANY', [...ACL_RESOURCE_TYPES, 'ANY', 'UNKNOWN']);
  oneOf('pattern_type', patternType || 'ANY', [...ACL_PATTERN_TYPES, 'MATCH', 'ANY', 'UNKNOWN']);
  oneOf('operation', operation || 'ANY', [...ACL_OPERATIONS, 'ANY', 'UNKNOWN']);
  oneOf('permission', permission || 'ANY', [...ACL_PERMISSIONS, 'ANY', 'UNKNOWN']);
}

function oneOf(field: string, value: string, words: readonly string[]): void {
  if (!words.includes(value)) {
    throw invalid(`${field} is ${JSON.stringify(value)}; allowed are ${words.join(', ')}.`, 400);
  }
}

const indexes = new WeakMap<readonly Acl[], AclIndex>();

/** The index of a list, which may have grown since; a removal makes another list, and so another index. */
export function aclIndexOf(acls: readonly Acl[]): AclIndex {
  const index = indexes.get(acls) ?? new AclIndex(acls);
  indexes.set(acls, index);
  return index.upToDate();
}

/** Finds ACLs without going through all of them: a reversal of a thousand topics asks for eight thousand. */
export class AclIndex {
  private taken = 0;
  private readonly keys = new Set<string>();
  private readonly literals = new Map<string, Acl[]>();
  private readonly prefixed: Acl[] = [];

  constructor(private readonly acls: readonly Acl[]) {}

  public upToDate(): this {
    for (; this.taken < this.acls.length; this.taken += 1) {
      this.take(this.acls[this.taken]);
    }
    return this;
  }

  /** Whether exactly this ACL is there. */
  public has(acl: Acl): boolean {
    return this.keys.has(aclKey(acl));
  }

  /** Those about a resource: by its own name, by `*`, or by a prefix of its name. */
  public covering(type: string, name: string): Acl[] {
    const byPrefix = this.prefixed.filter((acl) => acl.resourceType === type && name.startsWith(acl.resourceName));
    return [...this.named(type, name), ...(name === '*' ? [] : this.named(type, '*')), ...byPrefix];
  }

  private take(acl: Acl): void {
    this.keys.add(aclKey(acl));
    if (acl.patternType === 'PREFIXED') {
      this.prefixed.push(acl);
      return;
    }
    const resource = resourceKey(acl.resourceType, acl.resourceName);
    this.literals.set(resource, this.literals.get(resource) ?? []);
    this.literals.get(resource)?.push(acl);
  }

  private named(type: string, name: string): readonly Acl[] {
    return this.literals.get(resourceKey(type, name)) ?? [];
  }
}

const resourceKey = (type: string, name: string): string => `${type} ${name}`;

export function aclKey(acl: Acl): string {
  const { resourceType, resourceName, patternType, principal, host, operation, permission } = acl;
  return JSON.stringify([resourceType, resourceName, patternType, principal, host, operation, permission]);
}
