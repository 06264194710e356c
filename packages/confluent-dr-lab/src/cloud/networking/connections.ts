import { invalid, notFound } from '../refusal';
import { type CloudState, newId } from '../state';
import { findNetwork, networkPhase } from './networks';
import { type CloudSide, type ConnectionKind, type NetworkConnection, type NetworkPhase } from './records';

export interface ConnectionRequest {
  readonly type: ConnectionKind;
  readonly environmentId: string;
  readonly networkId: string;
  readonly displayName?: string;
  readonly cloud: CloudSide;
}

/** Which kinds of the customer's side there are, by the network's cloud. */
const KINDS: Readonly<Record<ConnectionKind, Readonly<Record<string, string>>>> = {
  peering: { AWS: 'AwsPeering', AZURE: 'AzurePeering', GCP: 'GcpPeering' },
  privateLinkAccess: {
    AWS: 'AwsPrivateLinkAccess',
    AZURE: 'AzurePrivateLinkAccess',
    GCP: 'GcpPrivateServiceConnectAccess',
  },
};
const NEEDED_TYPE = { peering: 'PEERING', privateLinkAccess: 'PRIVATELINK' };
const ID_PREFIX = { peering: 'peer', privateLinkAccess: 'pla' };

export function createConnection(state: CloudState, request: ConnectionRequest): NetworkConnection {
  const { type, cloud } = request;
  const network = findNetwork(state, request.networkId, request.environmentId);
  if (networkPhase(state, network) !== 'READY') {
    throw invalid(`Network ${network.id} is not READY yet; wait until it is.`, 400);
  }
  if (!network.connectionTypes.includes(NEEDED_TYPE[type])) {
    const types = network.connectionTypes.join(', ');
    throw invalid(`Network ${network.id} is for ${types}; this needs ${NEEDED_TYPE[type]}.`, 400);
  }
  if (cloud.kind !== KINDS[type][network.cloud]) {
    const allowed = KINDS[type][network.cloud];
    throw invalid(`spec.cloud.kind is ${cloud.kind}; a network on ${network.cloud} needs ${allowed}.`, 400);
  }
  const id = newId(state, ID_PREFIX[type]);
  const readyAt = state.now + state.timing.networkProvisioningMs;
  const connection = { ...request, id, createdAt: state.now, readyAt, displayName: request.displayName ?? id };
  state.networkConnections.set(id, connection);
  return connection;
}

export function findConnection(
  state: CloudState,
  type: ConnectionKind,
  id: string,
  environmentId?: string,
): NetworkConnection {
  const connection = state.networkConnections.get(id);
  if (connection?.type !== type || (environmentId && connection.environmentId !== environmentId)) {
    throw notFound(`${type === 'peering' ? 'Peering' : 'Private link access'} ${id} not found`);
  }
  return connection;
}

/** A peering on AWS has to be accepted there, which nobody does in the lab. */
export function connectionPhase(state: CloudState, { readyAt, cloud }: NetworkConnection): NetworkPhase {
  if (readyAt > state.now) {
    return 'PROVISIONING';
  }
  return cloud.kind === 'AwsPeering' ? 'PENDING_ACCEPT' : 'READY';
}
