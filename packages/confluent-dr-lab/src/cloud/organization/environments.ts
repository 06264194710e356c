import { invalid, notFound } from '../refusal';
import { ensureRegistry } from '../registry/registries';
import { type CloudState, newId } from '../state';
import { type StreamGovernancePackage } from '../vocabulary';
import { type Environment } from './records';

const PACKAGES: readonly string[] = ['ESSENTIALS', 'ADVANCED'];

export interface EnvironmentRequest {
  /** @default - a new one */
  readonly id?: string;
  readonly displayName: string;
  readonly streamGovernance?: string;
}

export function createEnvironment(state: CloudState, request: EnvironmentRequest): Environment {
  const { id = newId(state, 'env'), displayName, streamGovernance } = request;
  const environment: Environment = { id, createdAt: state.now, displayName: '' };
  rename(state, environment, displayName);
  govern(environment, streamGovernance);
  state.environments.set(environment.id, environment);
  return environment;
}

export function findEnvironment(state: CloudState, id: string): Environment {
  const environment = state.environments.get(id);
  if (!environment) {
    throw notFound(`Environment ${id} not found`);
  }
  return environment;
}

export function updateEnvironment(state: CloudState, id: string, request: Partial<EnvironmentRequest>): Environment {
  const environment = findEnvironment(state, id);
  if (request.displayName !== undefined && request.displayName !== environment.displayName) {
    rename(state, environment, request.displayName);
  }
  govern(environment, request.streamGovernance);
  ensureRegistry(state, environment);
  return environment;
}

/** Refused while there are clusters or networks in it. */
export function deleteEnvironment(state: CloudState, id: string): void {
  findEnvironment(state, id);
  const { kafkaClusters, networks, privateLinkAttachments } = state;
  const content = [...kafkaClusters.values(), ...networks.values(), ...privateLinkAttachments.values()];
  const rest = content.filter(({ environmentId }) => environmentId === id).map((resource) => resource.id);
  if (rest.length > 0) {
    throw invalid(`Environment ${id} still holds ${rest.join(', ')}; delete that first.`, 400);
  }
  for (const registry of [...state.schemaRegistries.values()].filter(({ environmentId }) => environmentId === id)) {
    state.schemaRegistries.delete(registry.id);
  }
  state.environments.delete(id);
}

function rename(state: CloudState, environment: Environment, displayName: string): void {
  if (displayName === '' || [...state.environments.values()].some((other) => other.displayName === displayName)) {
    throw invalid(`Display name ${JSON.stringify(displayName)} is empty or taken by another environment.`, 400);
  }
  environment.displayName = displayName;
}

function govern(environment: Environment, streamGovernance: string | undefined): void {
  if (streamGovernance === undefined) {
    return;
  }
  if (!PACKAGES.includes(streamGovernance)) {
    throw invalid(`Stream Governance package is ${streamGovernance}; allowed are ${PACKAGES.join(' and ')}.`, 400);
  }
  environment.streamGovernance = streamGovernance as StreamGovernancePackage;
}
