import { aclIndexOf, type KafkaCluster } from '../kafka/acls';
import { forbidden } from '../refusal';
import { type SchemaRegistry } from '../registry/records';
import { type CloudState } from '../state';
import { type AclOperation } from '../vocabulary';
import { clusterRbacCrn, isWithin, matchesPattern, registryCrn } from './crn';
import { type RoleBinding } from './records';

/** Roles that may do everything below the scope that they are bound to. */
const ADMINS = ['OrganizationAdmin', 'EnvironmentAdmin', 'CloudClusterAdmin'];

/** What the other roles may do with the resources that they are bound to. */
const OPERATIONS: Readonly<Record<string, readonly AclOperation[]>> = {
  Operator: ['DESCRIBE', 'DESCRIBE_CONFIGS'],
  MetricsViewer: [],
  AccountAdmin: [],
  NetworkAdmin: [],
  ResourceKeyAdmin: [],
  BillingAdmin: [],
  Assigner: [],
  ConnectManager: [],
  FlinkAdmin: [],
  FlinkDeveloper: [],
  KsqlAdmin: [],
  DataDiscovery: ['DESCRIBE'],
  DataSteward: ['ALL'],
  DeveloperRead: ['READ', 'DESCRIBE'],
  DeveloperWrite: ['WRITE', 'DESCRIBE', 'IDEMPOTENT_WRITE'],
  DeveloperManage: ['CREATE', 'DELETE', 'ALTER', 'ALTER_CONFIGS', 'DESCRIBE', 'DESCRIBE_CONFIGS'],
  ResourceOwner: ['ALL'],
};

export const ROLES: readonly string[] = [...ADMINS, ...Object.keys(OPERATIONS)];

export const isAdmin = (roleName: string): boolean => ADMINS.includes(roleName);

export function roleAllows(roleName: string, operation: AclOperation): boolean {
  const operations = OPERATIONS[roleName] ?? [];
  return operations.includes('ALL') || operations.includes(operation);
}

export interface KafkaAction {
  readonly operation: AclOperation;
  readonly resourceType: 'TOPIC' | 'GROUP' | 'CLUSTER';
  readonly resourceName: string;
}

export const onCluster = (operation: AclOperation): KafkaAction => ({
  operation,
  resourceType: 'CLUSTER',
  resourceName: 'kafka-cluster',
});

export const onTopic = (operation: AclOperation, resourceName: string): KafkaAction => ({
  operation,
  resourceType: 'TOPIC',
  resourceName,
});

/** In Kafka, who may do one of these may do the other as well. */
const IMPLIED_BY: Partial<Record<AclOperation, readonly AclOperation[]>> = {
  DESCRIBE: ['READ', 'WRITE', 'DELETE', 'ALTER'],
  DESCRIBE_CONFIGS: ['ALTER_CONFIGS'],
};

/** Whether the owner of a key may do something on a cluster, by a role or by an ACL. */
export function mayOnKafka(state: CloudState, cluster: KafkaCluster, ownerId: string, action: KafkaAction): boolean {
  const verdict = byAcls(cluster, ownerId, action);
  return verdict === 'allowed' || (verdict === 'unsaid' && byRoles(state, cluster, ownerId, action));
}

/** Whether the ACLs alone allow it. */
export const aclsAllow = (cluster: KafkaCluster, ownerId: string, action: KafkaAction): boolean =>
  byAcls(cluster, ownerId, action) === 'allowed';

export function authorizeKafka(state: CloudState, cluster: KafkaCluster, ownerId: string, action: KafkaAction): void {
  if (!mayOnKafka(state, cluster, ownerId, action)) {
    throw forbidden();
  }
}

export function authorizeRegistry(state: CloudState, registry: SchemaRegistry, ownerId: string): void {
  const crn = registryCrn(state, registry.environmentId, registry.id);
  const allowed = bindingsOf(state, ownerId).some(
    ({ roleName, crnPattern }) =>
      (isAdmin(roleName) && isWithin(crn, crnPattern)) ||
      (roleAllows(roleName, 'ALL') && (isWithin(crn, crnPattern) || isWithin(crnPattern, crn))),
  );
  if (!allowed) {
    throw forbidden('User is denied operation on this Schema Registry', 40301);
  }
}

/** On the control plane, reading needs any role at or below the scope or above it; writing needs to administer it. */
export function authorizeControl(state: CloudState, ownerId: string, scope: string, access: 'read' | 'write'): void {
  const allowed = bindingsOf(state, ownerId).some(({ roleName, crnPattern }) =>
    access === 'write'
      ? isAdmin(roleName) && isWithin(scope, crnPattern)
      : isWithin(scope, crnPattern) || isWithin(crnPattern, scope),
  );
  if (!allowed) {
    throw forbidden('Forbidden Access', 403);
  }
}

export function mayReadControl(state: CloudState, ownerId: string, scope: string): boolean {
  return bindingsOf(state, ownerId).some(
    ({ crnPattern }) => isWithin(scope, crnPattern) || isWithin(crnPattern, scope),
  );
}

function byAcls(cluster: KafkaCluster, ownerId: string, action: KafkaAction): 'allowed' | 'denied' | 'unsaid' {
  const operations = ['ALL', action.operation];
  const implying = IMPLIED_BY[action.operation] ?? [];
  const relevant = aclIndexOf(cluster.acls)
    .covering(action.resourceType, action.resourceName)
    .filter(({ principal }) => principal === 'User:*' || principal === `User:${ownerId}`);
  if (relevant.some(({ permission, operation }) => permission === 'DENY' && operations.includes(operation))) {
    return 'denied';
  }
  const allows = relevant.some(
    ({ permission, operation }) => permission === 'ALLOW' && [...operations, ...implying].includes(operation),
  );
  return allows ? 'allowed' : 'unsaid';
}

function byRoles(state: CloudState, cluster: KafkaCluster, ownerId: string, action: KafkaAction): boolean {
  const scope = clusterRbacCrn(state, cluster.environmentId, cluster.id);
  const resource =
    action.resourceType === 'CLUSTER'
      ? scope
      : `${scope}/kafka=${cluster.id}/${action.resourceType.toLowerCase()}=${action.resourceName}`;
  return bindingsOf(state, ownerId).some(({ roleName, crnPattern }) =>
    isAdmin(roleName)
      ? isWithin(scope, crnPattern)
      : roleAllows(roleName, action.operation) &&
        (matchesPattern(resource, crnPattern) || isWithin(resource, crnPattern)),
  );
}

function bindingsOf(state: CloudState, ownerId: string): RoleBinding[] {
  return [...state.roleBindings.values()].filter(({ principal }) => principal === `User:${ownerId}`);
}
