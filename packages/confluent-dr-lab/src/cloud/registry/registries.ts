import { type Environment } from '../organization/records';
import { notFound } from '../refusal';
import { type CloudState, newId } from '../state';
import { type SchemaRegistry } from './records';

/** An environment gets its registry with its first cluster, once it has a Stream Governance package. */
export function ensureRegistry(state: CloudState, environment: Environment): void {
  const cluster = [...state.kafkaClusters.values()].find(({ environmentId }) => environmentId === environment.id);
  if (environment.streamGovernance === undefined || !cluster) {
    return;
  }
  const existing = registryOf(state, environment.id);
  if (existing) {
    existing.package = environment.streamGovernance;
    return;
  }
  const { cloud, region } = cluster;
  const psrc = newId(state, 'psrc').slice(0, 'psrc-12345'.length);
  const registry: SchemaRegistry = {
    id: newId(state, 'lsrc'),
    environmentId: environment.id,
    createdAt: state.now,
    cloud,
    region,
    host: `${psrc}.${region}.${cloud.toLowerCase()}.confluent.cloud`,
    package: environment.streamGovernance,
    exporters: new Map(),
  };
  state.schemaRegistries.set(registry.id, registry);
}

export function registryOf(state: CloudState, environmentId: string): SchemaRegistry | undefined {
  return [...state.schemaRegistries.values()].find((registry) => registry.environmentId === environmentId);
}

export function findRegistry(state: CloudState, id: string, environmentId?: string): SchemaRegistry {
  const registry = state.schemaRegistries.get(id);
  if (!registry || (environmentId && registry.environmentId !== environmentId)) {
    throw notFound(`Schema Registry cluster ${id} not found`);
  }
  return registry;
}
