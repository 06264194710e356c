import { createApiKey } from './model/organization/api-keys';
import { organizationCrn } from './model/organization/crn';
import { createEnvironment } from './model/organization/environments';
import { createKafkaCluster } from './model/organization/kafka-clusters';
import { createRoleBinding } from './model/organization/role-bindings';
import { createServiceAccount } from './model/organization/service-accounts';
import { type Credentials } from './model/linking/link-health';
import { registryOf } from './model/registry/registries';
import { type CloudState } from './model/state';

/** A member of the sample's pair, and keys with which its administrator works on it. */
export interface SampleMember {
  readonly environmentId: string;
  readonly clusterId: string;
  readonly registryId: string;
  readonly kafka: Credentials;
  readonly schemaRegistry: Credentials;
}

/** What a new user of the lab finds: two clusters, nothing on them, and who may work there. */
export interface Sample {
  /** The user who administers the organization; the owner of all keys below. */
  readonly administratorId: string;
  /** Of the control plane. */
  readonly cloud: Credentials;
  /** Without any role yet. */
  readonly serviceAccountId: string;
  readonly primary: SampleMember;
  readonly secondary: SampleMember;
}

export function createSample(state: CloudState): Sample {
  const administratorId = 'u-lab001';
  createRoleBinding(state, {
    principal: `User:${administratorId}`,
    roleName: 'OrganizationAdmin',
    crnPattern: organizationCrn(state),
  });
  return {
    administratorId,
    cloud: key(state, administratorId),
    serviceAccountId: createServiceAccount(state, 'disaster-recovery', 'Owns what the drill makes').id,
    primary: member(state, administratorId, 'primary', 'westeurope'),
    secondary: member(state, administratorId, 'secondary', 'northeurope'),
  };
}

function member(state: CloudState, administratorId: string, name: string, region: string): SampleMember {
  const environment = createEnvironment(state, { displayName: name, streamGovernance: 'ESSENTIALS' });
  const cluster = createKafkaCluster(state, {
    environmentId: environment.id,
    displayName: name,
    availability: 'SINGLE_ZONE',
    cloud: 'AZURE',
    region,
    kind: 'Dedicated',
    cku: 2,
  });
  // It has been there for long: nobody waits for the sample.
  state.kafkaClusters.set(cluster.id, { ...cluster, readyAt: state.now });
  const registryId = registryOf(state, environment.id)?.id ?? '';
  return {
    environmentId: environment.id,
    clusterId: cluster.id,
    registryId,
    kafka: key(state, administratorId, cluster.id),
    schemaRegistry: key(state, administratorId, registryId),
  };
}

function key(state: CloudState, ownerId: string, resourceId?: string): Credentials {
  const { id, secret } = createApiKey(state, { ownerId, resourceId, displayName: 'sample' });
  return { key: id, secret };
}
