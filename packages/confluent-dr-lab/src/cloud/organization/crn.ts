import { type CloudState } from '../state';

/** Confluent resource names: a path of `type=name` parts below the organization. */

export const organizationCrn = (state: CloudState): string =>
  `crn://confluent.cloud/organization=${state.organizationId}`;

export const environmentCrn = (state: CloudState, environmentId: string): string =>
  `${organizationCrn(state)}/environment=${environmentId}`;

/** What role bindings on a cluster name. */
export const clusterRbacCrn = (state: CloudState, environmentId: string, clusterId: string): string =>
  `${environmentCrn(state, environmentId)}/cloud-cluster=${clusterId}`;

/** What the control plane calls a cluster; Terraform's `rbac_crn` is the part before `/kafka=`. */
export const clusterCrn = (state: CloudState, environmentId: string, clusterId: string): string =>
  `${clusterRbacCrn(state, environmentId, clusterId)}/kafka=${clusterId}`;

export const registryCrn = (state: CloudState, environmentId: string, registryId: string): string =>
  `${environmentCrn(state, environmentId)}/schema-registry=${registryId}`;

/** Whether a resource is the one that is named, or below it. */
export function isWithin(crn: string, scope: string): boolean {
  const trimmed = scope.replace(/\/\*$/, '');
  return crn === trimmed || crn.startsWith(`${trimmed}/`);
}

/** Whether a pattern, which may end in a star, takes in a resource. */
export function matchesPattern(crn: string, pattern: string): boolean {
  return pattern.endsWith('*') ? crn.startsWith(pattern.slice(0, -1)) : crn === pattern;
}
