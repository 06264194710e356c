import { type Fault } from './faults';
import { type ApiKey, type Environment, type RoleBinding, type ServiceAccount } from './organization/records';
import { type KafkaCluster } from './kafka/records';
import { type ClusterLink } from './linking/records';
import { type Network, type NetworkConnection } from './networking/records';
import { type SchemaRegistry } from './registry/records';
import { DEFAULT_TIMING, type Timing } from './timing';

/**
 * A whole cloud as a value: data only, no clock, no sockets, no randomness. The functions of this folder change it and
 * nothing else, so the same commands at the same times make the same cloud.
 */
export interface CloudState {
  /** How far time has come, in milliseconds since 1970. */
  now: number;
  timing: Timing;
  readonly identifiers: { readonly seed: string; issued: number };
  readonly organizationId: string;
  readonly environments: Map<string, Environment>;
  readonly serviceAccounts: Map<string, ServiceAccount>;
  readonly roleBindings: Map<string, RoleBinding>;
  readonly apiKeys: Map<string, ApiKey>;
  readonly kafkaClusters: Map<string, KafkaCluster>;
  readonly schemaRegistries: Map<string, SchemaRegistry>;
  readonly clusterLinks: Map<string, ClusterLink>;
  readonly networks: Map<string, Network>;
  readonly networkConnections: Map<string, NetworkConnection>;
  readonly faults: Map<string, Fault>;
  /**
   * Whether the clusters have brokers. These then hold the records and the groups, links copy between them, and all that
   * is known of that here is what they told last.
   */
  hasBrokers?: boolean;
  /** Clusters whose brokers do not answer. */
  unreachable?: readonly string[];
  /** Every batch of records produced has a number of its own, so that a record can be told from any other. */
  batches: number;
}

/** An organization with nothing in it. The seed decides all ids and secrets that it will ever issue. */
export function emptyCloud(seed: string, now: number, timing: Partial<Timing> = {}): CloudState {
  return {
    now,
    timing: { ...DEFAULT_TIMING, ...timing },
    identifiers: { seed, issued: 0 },
    organizationId: 'b0b5a9a1-0c1a-4d0e-9c2f-1ab0c1055ed1',
    environments: new Map(),
    serviceAccounts: new Map(),
    roleBindings: new Map(),
    apiKeys: new Map(),
    kafkaClusters: new Map(),
    schemaRegistries: new Map(),
    clusterLinks: new Map(),
    networks: new Map(),
    networkConnections: new Map(),
    faults: new Map(),
    batches: 0,
  };
}
