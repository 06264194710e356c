import { type AclOperation } from '../words';

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
