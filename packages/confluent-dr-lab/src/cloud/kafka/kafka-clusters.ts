import { LOCATIONS } from '../../azure/locations';
import { findEnvironment } from '../organization/environments';
import { invalid, notFound, Refusal } from '../refusal';
import { ensureRegistry } from '../registry/registries';
import { type CloudState, newId } from '../state';
import { type ClusterKind } from '../vocabulary';
import { type KafkaCluster } from './acls';

export interface ClusterRequest {
  /** @default - a new one */
  readonly id?: string;
  readonly environmentId: string;
  readonly displayName: string;
  readonly availability: string;
  readonly cloud: string;
  readonly region: string;
  readonly kind: string;
  readonly cku?: number;
  readonly maxEcku?: number;
  readonly deletionProtection?: boolean;
  readonly networkId?: string;
}

export type ClusterChange = Partial<
  Pick<ClusterRequest, 'displayName' | 'kind' | 'cku' | 'maxEcku' | 'deletionProtection'>
>;

const KINDS: readonly string[] = ['Basic', 'Standard', 'Enterprise', 'Dedicated', 'Freight'];
const AVAILABILITIES = ['SINGLE_ZONE', 'MULTI_ZONE', 'LOW', 'HIGH'];
export const CLOUDS: readonly string[] = ['AWS', 'AZURE', 'GCP'];

export function createKafkaCluster(state: CloudState, request: ClusterRequest): KafkaCluster {
  const environment = findEnvironment(state, request.environmentId);
  oneOf('spec.config.kind', request.kind, KINDS);
  oneOf('spec.availability', request.availability, AVAILABILITIES);
  oneOf('spec.cloud', request.cloud, CLOUDS);
  if (request.displayName === '' || request.region === '') {
    throw invalid('spec.display_name and spec.region must not be empty.', 400);
  }
  checkRegion(request.cloud, request.region);
  checkCku(request.kind, request.availability, request.cku);
  checkEcku(request.availability, request.maxEcku);
  checkNetwork(state, request);
  const id = request.id ?? newId(state, 'lkc');
  const cluster: KafkaCluster = {
    ...request,
    kind: request.kind as ClusterKind,
    id,
    createdAt: state.now,
    readyAt: state.now + state.timing.clusterProvisioningMs,
    bootstrapHost: bootstrapHostOf(state, id, request),
    topics: new Map(),
    acls: [],
    consumerGroups: new Map(),
  };
  state.kafkaClusters.set(cluster.id, cluster);
  ensureRegistry(state, environment);
  return cluster;
}

/** An enterprise cluster is always private. A network for private links has a domain of its own. */
function bootstrapHostOf(state: CloudState, id: string, { kind, region, cloud, networkId }: ClusterRequest): string {
  const domain = `${region}.${cloud.toLowerCase()}`;
  const privateLink = networkId === undefined ? undefined : state.networks.get(networkId)?.domain;
  if (privateLink !== undefined) {
    return `${id}.${privateLink}.${domain}.confluent.cloud`;
  }
  return kind === 'Enterprise'
    ? `${id}.${domain}.private.confluent.cloud`
    : `${newId(state, 'pkc').slice(0, 'pkc-12345'.length)}.${domain}.confluent.cloud`;
}

/** Only from its own network, or over a private link, does one get to it. */
export const isPrivate = ({ kind, networkId }: KafkaCluster): boolean =>
  kind === 'Enterprise' || networkId !== undefined;

/** A cluster on the public internet finds no way into a private network. */
export const canDial = (from: KafkaCluster, to: KafkaCluster): boolean => isPrivate(from) || !isPrivate(to);

export const isProvisioned = (state: CloudState, cluster: KafkaCluster): boolean => cluster.readyAt <= state.now;

export function findKafkaCluster(state: CloudState, id: string, environmentId?: string): KafkaCluster {
  const cluster = state.kafkaClusters.get(id);
  if (!cluster || (environmentId && cluster.environmentId !== environmentId)) {
    throw notFound(`Kafka cluster ${id} not found`);
  }
  return cluster;
}

/** What is left out stays. */
export function updateKafkaCluster(state: CloudState, id: string, change: ClusterChange): KafkaCluster {
  const cluster = findKafkaCluster(state, id);
  const kind = change.kind ?? cluster.kind;
  oneOf('spec.config.kind', kind, KINDS);
  const cku = change.cku ?? cluster.cku;
  checkCku(kind, cluster.availability, cku);
  checkEcku(cluster.availability, change.maxEcku);
  cluster.kind = kind as ClusterKind;
  cluster.cku = cku;
  cluster.maxEcku = change.maxEcku ?? cluster.maxEcku;
  cluster.deletionProtection = change.deletionProtection ?? cluster.deletionProtection;
  cluster.displayName = change.displayName ?? cluster.displayName;
  return cluster;
}

/** Its keys, its faults and its sides of links go with it; links of other clusters to it are left without it. */
export function deleteKafkaCluster(state: CloudState, id: string, environmentId?: string): void {
  if (findKafkaCluster(state, id, environmentId).deletionProtection) {
    const message = `Cluster ${id} is protected from deletion; take deletion_protection off first.`;
    throw new Refusal('invalid', 400, message, 'deletion_protection_enabled');
  }
  state.kafkaClusters.delete(id);
  for (const link of state.clusterLinks.values()) {
    link.sides.delete(id);
    if (link.sides.size === 0) {
      state.clusterLinks.delete(link.id);
    }
  }
  for (const key of [...state.apiKeys.values()].filter(({ resource }) => resource.id === id)) {
    state.apiKeys.delete(key.id);
  }
  for (const fault of [...state.faults.values()].filter(({ target }) => target === id)) {
    state.faults.delete(fault.id);
  }
}

/** Azure takes `West Europe` too; Confluent takes one spelling. */
export function checkRegion(cloud: string, region: string): void {
  if (cloud === 'AZURE' && !LOCATIONS.has(region)) {
    throw invalid(`spec.region is ${JSON.stringify(region)}, which is no region of AZURE.`, 400);
  }
}

function checkNetwork(state: CloudState, { networkId, environmentId, kind, cloud, region }: ClusterRequest): void {
  if (networkId === undefined) {
    return;
  }
  const network = state.networks.get(networkId);
  if (network?.environmentId !== environmentId) {
    throw notFound(`Network ${networkId} not found`);
  }
  if (kind !== 'Dedicated') {
    throw invalid(`A cluster of kind ${kind} is in no network of its own; allowed is Dedicated.`, 400);
  }
  if (network.cloud !== cloud || network.region !== region) {
    const [own, other] = [`${cloud} ${region}`, `${network.cloud} ${network.region}`];
    throw invalid(`Network ${networkId} is in ${other}, the cluster in ${own}; both must be in one place.`, 400);
  }
  if (network.readyAt > state.now) {
    throw invalid(`Network ${networkId} is not READY yet; wait until it is.`, 400);
  }
}

function checkCku(kind: string, availability: string, cku: number | undefined): void {
  const least = ['MULTI_ZONE', 'HIGH'].includes(availability) ? 2 : 1;
  if (kind === 'Dedicated' && (cku === undefined || !Number.isInteger(cku) || cku < least)) {
    throw invalid(`A dedicated ${availability} cluster has ${cku ?? 'no'} CKU; allowed is ${least} or more.`, 400);
  }
}

function checkEcku(availability: string, maxEcku: number | undefined): void {
  const least = ['MULTI_ZONE', 'HIGH'].includes(availability) ? 2 : 1;
  if (maxEcku !== undefined && !(Number.isInteger(maxEcku) && maxEcku >= least)) {
    throw invalid(`An elastic ${availability} cluster has a max_ecku of ${maxEcku}; allowed is ${least} or more.`, 400);
  }
}

function oneOf(field: string, value: string, words: readonly string[]): void {
  if (!words.includes(value)) {
    throw invalid(`${field} is ${JSON.stringify(value)}; allowed are ${words.join(', ')}.`, 400);
  }
}
