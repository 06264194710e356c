import { checkRegion, CLOUDS } from '../kafka/kafka-clusters';
import { findEnvironment } from '../organization/environments';
import { invalid, notFound } from '../refusal';
import { type CloudState, newId } from '../state';
import { type Network, type NetworkPhase, type ZoneInfo } from './records';

export interface NetworkRequest {
  readonly environmentId: string;
  readonly displayName?: string;
  readonly cloud: string;
  readonly region: string;
  readonly connectionTypes: readonly string[];
  readonly zones: readonly string[];
  readonly zonesInfo?: readonly ZoneInfo[];
  readonly cidr?: string;
  readonly reservedCidr?: string;
  readonly dnsResolution?: string;
}

const CONNECTION_TYPES = ['PEERING', 'TRANSITGATEWAY', 'PRIVATELINK'];
const ZONES: Readonly<Record<string, (region: string) => string[]>> = {
  AWS: (region) => [1, 2, 3].map((zone) => `${region}-az${zone}`),
  AZURE: () => ['1', '2', '3'],
  GCP: (region) => ['a', 'b', 'c'].map((zone) => `${region}-${zone}`),
};

export function createNetwork(state: CloudState, request: NetworkRequest): Network {
  findEnvironment(state, request.environmentId);
  check(request);
  const isPrivateLink = request.connectionTypes.includes('PRIVATELINK');
  const id = newId(state, 'n');
  const network: Network = {
    ...request,
    id,
    createdAt: state.now,
    readyAt: state.now + state.timing.networkProvisioningMs,
    displayName: request.displayName ?? id,
    zones: request.zones.length > 0 ? request.zones : ZONES[request.cloud](request.region),
    dnsResolution: request.dnsResolution ?? (isPrivateLink ? 'CHASED_PRIVATE' : undefined),
    domain: isPrivateLink ? newId(state, 'dom').replace('-', '') : undefined,
  };
  state.networks.set(network.id, network);
  return network;
}

export function findNetwork(state: CloudState, id: string, environmentId?: string): Network {
  const network = state.networks.get(id);
  if (!network || (environmentId && network.environmentId !== environmentId)) {
    throw notFound(`Network ${id} not found`);
  }
  return network;
}

export const networkPhase = (state: CloudState, network: Network): NetworkPhase =>
  network.readyAt <= state.now ? 'READY' : 'PROVISIONING';

/** Refused while something is in it or joined to it. */
export function deleteNetwork(state: CloudState, id: string): void {
  const users = [
    ...[...state.kafkaClusters.values()].filter(({ networkId }) => networkId === id),
    ...[...state.networkConnections.values()].filter(({ networkId }) => networkId === id),
  ];
  if (users.length > 0) {
    throw invalid(`Network ${id} is still used by ${users.map((user) => user.id).join(', ')}; delete that first.`, 400);
  }
  state.networks.delete(id);
}

function check({ cloud, region, connectionTypes, cidr, zonesInfo = [] }: NetworkRequest): void {
  if (!CLOUDS.includes(cloud)) {
    throw invalid(`spec.cloud is ${JSON.stringify(cloud)}; allowed are ${CLOUDS.join(', ')}.`, 400);
  }
  if (region === '') {
    throw invalid('spec.region must not be empty.', 400);
  }
  checkRegion(cloud, region);
  const unknown = connectionTypes.find((type) => !CONNECTION_TYPES.includes(type));
  if (unknown !== undefined || connectionTypes.length === 0) {
    throw invalid(
      `spec.connection_types holds ${unknown ?? 'nothing'}; allowed are ${CONNECTION_TYPES.join(', ')}.`,
      400,
    );
  }
  if (connectionTypes.some((type) => type !== 'PRIVATELINK') && !cidr && zonesInfo.length === 0) {
    throw invalid(
      `spec.cidr and spec.zones_info are missing; networks for ${connectionTypes.join(', ')} need one.`,
      400,
    );
  }
}
