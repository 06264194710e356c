import { createHash } from 'node:crypto';
import { type KafkaCluster } from './kafka/acls';
import { type ClusterLink } from './linking/records';
import {
  type AttachmentConnection,
  type Network,
  type NetworkConnection,
  type PrivateLinkAttachment,
} from './networking/records';
import { type ApiKey, type Environment, type RoleBinding, type ServiceAccount } from './organization/records';
import { invalid, notFound } from './refusal';
import { type SchemaRegistry } from './registry/records';
import { DEFAULT_TIMING, type Timing } from './timing';

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const MIXED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `env-k3x91p`, `lkc-…`, `sa-…`: as Confluent Cloud writes them, never twice the same. */
export function newId(state: CloudState, prefix: string): string {
  return `${prefix}-${issue(state, LOWER, 6)}`;
}

/** A cluster link id: 22 characters, a UUID in base64 for URLs. */
export function newLinkId(state: CloudState): string {
  return issue(state, MIXED, 22);
}

export const newApiKeyId = (state: CloudState): string => issue(state, UPPER, 16);
export const newSecret = (state: CloudState): string => issue(state, MIXED, 64);

export function newUuid(state: CloudState): string {
  const hex = issue(state, '0123456789abcdef', 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function issue(state: CloudState, alphabet: string, length: number): string {
  state.identifiers.issued += 1;
  const digest = createHash('sha512').update(`${state.identifiers.seed}:${state.identifiers.issued}`).digest();
  return Array.from({ length }, (_, index) => alphabet[digest[index % digest.length] % alphabet.length]).join('');
}

/** What happens to requests on the wire. `target` is `control-plane`, a cluster (`lkc-…`) or a registry (`lsrc-…`). */
export type WireFault =
  /** Connections are refused, or accepted and never answered, or answered with 503: the data plane is gone. */
  | { readonly kind: 'refused' | 'hanging' | 'unavailable'; readonly target: string }
  | { readonly kind: 'slow'; readonly target: string; readonly delayMs: number }
  | { readonly kind: 'throttled'; readonly target: string; readonly retryAfterSeconds: number }
  /** The request is done, its answer breaks off in the middle. */
  | { readonly kind: 'cut'; readonly target: string };

/** What goes wrong inside the cloud. A `topic` left out means every topic. */
export type CloudFault =
  /** Mirror operations answer 200 and refuse these topics in their rows. */
  | {
      readonly kind: 'mirror-refused';
      readonly target: string;
      readonly topic?: string;
      readonly code: number;
      readonly message: string;
    }
  /** A mirror on this cluster does not move: it fetches nothing, and a transition of it never ends. */
  | { readonly kind: 'mirror-stuck'; readonly target: string; readonly topic?: string }
  | { readonly kind: 'mirror-failed'; readonly target: string; readonly topic?: string }
  /** A mirror on this cluster fetches nothing, so that its lag grows. */
  | { readonly kind: 'replication-held'; readonly target: string; readonly topic?: string }
  /** A task of the links that end on this cluster is in error, and does nothing. A `task` left out means every task. */
  | { readonly kind: 'task-stuck'; readonly target: string; readonly task?: string }
  /** An exporter of this registry is in ERROR. */
  | { readonly kind: 'exporter-error'; readonly target: string; readonly exporter?: string };

interface Limits {
  /** Only requests of this method, and of a path that holds this text. */
  readonly method?: string;
  readonly path?: string;
  /** How many requests it meets before it goes away by itself. */
  readonly times?: number;
}

export type FaultSpec = (WireFault & Limits) | CloudFault;
export type Fault = FaultSpec & { readonly id: string };

/** The faults under which the cluster's data plane is gone, for clients and for links alike. */
const GONE = ['refused', 'hanging', 'unavailable'];
const KINDS = [
  ...GONE,
  ...['slow', 'throttled', 'cut', 'mirror-refused', 'mirror-stuck', 'mirror-failed', 'replication-held'],
  'task-stuck',
  'exporter-error',
];

/** On any other target these would do nothing. */
const OF_CLUSTERS: readonly string[] = [
  ...['mirror-refused', 'mirror-stuck', 'mirror-failed'],
  ...['replication-held', 'task-stuck'],
];

export function addFault(state: CloudState, spec: FaultSpec): Fault {
  if (!KINDS.includes(spec.kind)) {
    throw invalid(`Unknown fault ${String(spec.kind)}; known are ${KINDS.join(', ')}.`, 400);
  }
  const [isCluster, isRegistry] = [state.kafkaClusters.has(spec.target), state.schemaRegistries.has(spec.target)];
  if (spec.target !== 'control-plane' && !isCluster && !isRegistry) {
    throw notFound(`There is no ${spec.target}; a target is control-plane, a cluster or a Schema Registry.`);
  }
  if (OF_CLUSTERS.includes(spec.kind) && !isCluster) {
    throw invalid(`${spec.kind} is of mirrors and links, and ${spec.target} has none: its target is a cluster.`, 400);
  }
  if (spec.kind === 'exporter-error' && !isRegistry) {
    throw invalid(`${spec.kind} is of exporters, and ${spec.target} has none: its target is a Schema Registry.`, 400);
  }
  const fault: Fault = { ...spec, id: newId(state, 'fault') };
  state.faults.set(fault.id, fault);
  return fault;
}

export function removeFault(state: CloudState, id: string): void {
  if (!state.faults.delete(id)) {
    throw notFound(`There is no fault ${id}.`);
  }
}

/** Whether clients and links reach the data plane of this cluster. A fault that hits only some requests does not count. */
export function isReachable(state: CloudState, clusterId: string): boolean {
  if (state.unreachable?.includes(clusterId)) {
    return false;
  }
  for (const fault of state.faults.values()) {
    if (fault.target === clusterId && GONE.includes(fault.kind) && !hasLimits(fault)) {
      return false;
    }
  }
  return true;
}

export function cloudFault<K extends CloudFault['kind']>(
  state: CloudState,
  kind: K,
  clusterId: string,
  name: string,
): Extract<CloudFault, { kind: K }> | undefined {
  for (const fault of state.faults.values()) {
    if (fault.kind === kind && fault.target === clusterId && [undefined, name].includes(nameIn(fault))) {
      return fault as Extract<Fault, { kind: K }>;
    }
  }
  return undefined;
}

/** The faults that a request meets now; those that were to happen only a few times are used up. */
export function meetFaults(state: CloudState, target: string, method: string, path: string): WireFault[] {
  const met: WireFault[] = [];
  for (const fault of state.faults.values()) {
    if (!isWireFault(fault) || fault.target !== target || !applies(fault, method, path)) {
      continue;
    }
    met.push(fault);
    if (fault.times !== undefined) {
      useUp(state, fault, fault.times);
    }
  }
  return met;
}

function useUp(state: CloudState, fault: Fault & WireFault, times: number): void {
  if (times <= 1) {
    state.faults.delete(fault.id);
  } else {
    state.faults.set(fault.id, { ...fault, times: times - 1 });
  }
}

function applies({ method, path }: Limits, actualMethod: string, actualPath: string): boolean {
  return (method === undefined || method === actualMethod) && (path === undefined || actualPath.includes(path));
}

function isWireFault(fault: Fault): fault is Fault & WireFault & Limits {
  return [...GONE, 'slow', 'throttled', 'cut'].includes(fault.kind);
}

function hasLimits(fault: Fault): boolean {
  const { method, path, times }: Limits = fault as Limits;
  return method !== undefined || path !== undefined || times !== undefined;
}

function nameIn(fault: Fault): string | undefined {
  if ('task' in fault) {
    return fault.task;
  }
  return 'topic' in fault ? fault.topic : 'exporter' in fault ? fault.exporter : undefined;
}

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
  readonly privateLinkAttachments: Map<string, PrivateLinkAttachment>;
  readonly attachmentConnections: Map<string, AttachmentConnection>;
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
    privateLinkAttachments: new Map(),
    attachmentConnections: new Map(),
    faults: new Map(),
    batches: 0,
  };
}
