import { invalid, notFound, unauthenticated } from '../refusal';
import { type CloudState, newApiKeyId, newSecret } from '../state';
import { type ApiKey, type Credentials, type KeyResource } from './records';

export interface ApiKeyRequest {
  readonly ownerId: string;
  /** A cluster, a registry, or `global`: every cluster; the control plane if left out. */
  readonly resourceId?: string;
  readonly displayName?: string;
  readonly description?: string;
  /** @default - a new one */
  readonly credentials?: Credentials;
}

export function createApiKey(state: CloudState, request: ApiKeyRequest): ApiKey {
  const { ownerId, resourceId, displayName = '', description = '' } = request;
  if (!ownerId.startsWith('u-') && !state.serviceAccounts.has(ownerId)) {
    throw invalid(`The owner ${ownerId} does not exist.`, 400);
  }
  const key: ApiKey = {
    id: request.credentials?.key ?? newApiKeyId(state),
    secret: request.credentials?.secret ?? newSecret(state),
    createdAt: state.now,
    ownerId,
    resource: keyResource(state, resourceId),
    displayName,
    description,
  };
  state.apiKeys.set(key.id, key);
  return key;
}

export function findApiKey(state: CloudState, id: string): ApiKey {
  const key = state.apiKeys.get(id);
  if (!key) {
    throw notFound(`API key ${id} not found`);
  }
  return key;
}

/** Empty filters are none. */
export function listApiKeys(state: CloudState, ownerId?: string, resourceId?: string): ApiKey[] {
  return [...state.apiKeys.values()].filter(
    (key) => (!ownerId || key.ownerId === ownerId) && (!resourceId || key.resource.id === resourceId),
  );
}

export function deleteApiKey(state: CloudState, id: string): void {
  findApiKey(state, id);
  state.apiKeys.delete(id);
}

/** Whether this key with this secret opens the cluster, the registry or, as `cloud`, the control plane. */
export function hasCredentials(state: CloudState, resourceId: string, { key, secret }: Credentials): boolean {
  const known = state.apiKeys.get(key);
  return known?.secret === secret && opens(state, known, resourceId);
}

/** Whether a key is for the cluster, the registry or, as `cloud`, the control plane; a global one is for every cluster. */
export const opens = ({ kafkaClusters }: CloudState, { resource }: ApiKey, resourceId: string): boolean =>
  resource.id === resourceId || (resource.kind === 'Global' && kafkaClusters.has(resourceId));

/** Who calls with these credentials. */
export function authenticate(state: CloudState, resourceId: string, credentials: Credentials | undefined): ApiKey {
  if (!credentials || !hasCredentials(state, resourceId, credentials)) {
    throw unauthenticated();
  }
  return findApiKey(state, credentials.key);
}

function keyResource(state: CloudState, id: string | undefined): KeyResource {
  if (id === undefined || id === 'cloud') {
    return { id: 'cloud', kind: 'Cloud' };
  }
  if (id === 'global') {
    return { id, kind: 'Global' };
  }
  if (state.kafkaClusters.has(id)) {
    return { id, kind: 'Cluster' };
  }
  if (state.schemaRegistries.has(id)) {
    return { id, kind: 'SchemaRegistry' };
  }
  throw invalid(`The resource ${id} does not exist; allowed is a Kafka cluster, a Schema Registry, or global.`, 400);
}
