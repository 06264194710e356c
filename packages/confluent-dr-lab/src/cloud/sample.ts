import { createKafkaCluster } from './kafka/kafka-clusters';
import { createApiKey } from './organization/api-keys';
import { organizationCrn } from './organization/crn';
import { createEnvironment } from './organization/environments';
import { type Credentials } from './organization/records';
import { createRoleBinding } from './organization/role-bindings';
import { createServiceAccount } from './organization/service-accounts';
import { registryOf } from './registry/registries';
import { type CloudState } from './state';

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

/** What the sample shall be called: for a rehearsal of a configuration that names its clusters. */
export interface SampleNames {
  /** @default - a new key */
  readonly cloud?: Credentials;
  /** @default - a new id */
  readonly serviceAccountId?: string;
  readonly primary?: MemberNames;
  readonly secondary?: MemberNames;
}

export interface MemberNames {
  /** @default - a new id */
  readonly environmentId?: string;
  /** @default - a new id */
  readonly clusterId?: string;
}

export function createSample(state: CloudState, names: SampleNames = {}): Sample {
  const administratorId = 'u-lab001';
  createRoleBinding(state, {
    principal: `User:${administratorId}`,
    roleName: 'OrganizationAdmin',
    crnPattern: organizationCrn(state),
  });
  return {
    administratorId,
    cloud: key(state, administratorId, undefined, names.cloud),
    serviceAccountId: createServiceAccount(
      state,
      'disaster-recovery',
      'Owns what the drill makes',
      names.serviceAccountId,
    ).id,
    primary: member(state, administratorId, { name: 'primary', region: 'westeurope', ...names.primary }),
    secondary: member(state, administratorId, { name: 'secondary', region: 'northeurope', ...names.secondary }),
  };
}

type SampleMemberProps = MemberNames & { readonly name: string; readonly region: string };

/** Members that are to have one environment share it, and its registry. */
function member(state: CloudState, administratorId: string, props: SampleMemberProps): SampleMember {
  const { name, region, environmentId } = props;
  const environment =
    state.environments.get(environmentId ?? '') ??
    createEnvironment(state, { id: environmentId, displayName: name, streamGovernance: 'ESSENTIALS' });
  const cluster = createKafkaCluster(state, {
    id: props.clusterId,
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

function key(state: CloudState, ownerId: string, resourceId?: string, credentials?: Credentials): Credentials {
  const { id, secret } = createApiKey(state, { ownerId, resourceId, displayName: 'sample', credentials });
  return { key: id, secret };
}
