import { block, text, type ValueObject } from '../../../schema/value';
import { each, matching, notEmpty, oneOf } from '../../planning/rules';
import { ProviderError } from '../../protocol/messages';
import { type ResourceType, type Stored } from '../../resource-type';
import { type Json, part, WAITS } from '../api-client';
import { there } from '../presence';
import { type Session } from '../session';

const PATH = '/iam/v2/api-keys';
const GONE = [403, 404];

export const apiKey: ResourceType<Session> = {
  planning: {
    forceNew: ['owner', 'managed_resource'],
    defaults: { disable_wait_for_ready: false },
    rules: {
      ...each(['display_name', 'description', 'managed_resource.id', 'managed_resource.environment.id'], notEmpty),
      'owner.id': matching(/^(u|sa)-/),
      'owner.kind': oneOf('ServiceAccount', 'User'),
      'owner.api_version': oneOf('iam/v2'),
      'managed_resource.kind': oneOf('Cluster', 'Region', 'Tableflow', 'Global'),
      'managed_resource.api_version': oneOf(
        ...['cmk/v2', 'srcm/v2', 'srcm/v3', 'ksqldbcm/v2', 'fcpm/v2', 'tableflow/v1', 'global/v1'],
      ),
    },
  },
  create: async (planned, session) => {
    const created = await session.control.post(PATH, { spec: { ...spec(planned), ...ownerAndResource(planned) } });
    const [id, secret] = [text(created.id), text(part(created, 'spec').secret)];
    if (planned.disable_wait_for_ready !== true) {
      await answers(block(planned.managed_resource), { key: id, secret }, session);
    }
    // The provider reads it once more.
    const found = await session.control.find(`${PATH}/${id}`, {}, GONE);
    return { ...planned, ...there(`API Key ${id}`, found && attributes(found)), secret };
  },
  read: async (state, { control }) => {
    const found = await control.find(`${PATH}/${text(state.id)}`, {}, GONE);
    return found ? { ...state, ...attributes(found) } : null;
  },
  update: async (prior, planned, { control }) => {
    const changed = await control.patch(`${PATH}/${text(prior.id)}`, { spec: spec(planned) });
    return { ...planned, ...attributes(changed), secret: prior.secret };
  },
  delete: ({ id }, { control }) => control.delete(`${PATH}/${text(id)}`),
  /** `env-…/KEY`, or `KEY` for a Cloud API key; the secret comes from API_KEY_SECRET. */
  import: async (importId, session) => {
    const id = importId.split('/').at(-1)!;
    const found = await session.control.find(`${PATH}/${id}`, {}, GONE);
    const secret = session.importVariable('API_KEY_SECRET');
    return found ? { disable_wait_for_ready: false, ...attributes(found), ...imported(found), secret } : null;
  },
};

function spec({ display_name, description }: ValueObject): Json {
  return { display_name: text(display_name), description: text(description) };
}

function ownerAndResource({ owner, managed_resource }: ValueObject): Json {
  const [user, resource] = [block(owner), block(managed_resource)];
  const reference = ({ id, kind, api_version }: ValueObject): Json => ({
    id: text(id),
    kind: text(kind),
    api_version: text(api_version),
  });
  return {
    owner: reference(user),
    ...(resource.id !== undefined && {
      resource: { ...reference(resource), environment: text(block(resource.environment).id) },
    }),
  };
}

function attributes(found: Json): Stored {
  const { display_name, description } = part(found, 'spec');
  return { id: text(found.id), display_name: text(display_name), description: text(description) };
}

function imported(found: Json): ValueObject {
  const [owner, resource] = [part(part(found, 'spec'), 'owner'), part(part(found, 'spec'), 'resource')];
  const reference = ({ id, kind, api_version }: Json): ValueObject => ({
    id: text(id),
    kind: text(kind) === 'SchemaRegistry' ? 'Cluster' : text(kind),
    api_version: text(api_version),
  });
  const isCloud = text(resource.kind) === 'Cloud' || text(resource.id) === '';
  return {
    owner: [reference(owner)],
    managed_resource: isCloud ? [] : [{ ...reference(resource), environment: [{ id: text(resource.environment) }] }],
  };
}

/**
 * Waits until a new key works. If it never does, the key is there and in no state; the real provider then prints its
 * secret as well.
 */
async function answers(resource: ValueObject, key: { key: string; secret: string }, session: Session): Promise<void> {
  const id = text(resource.id);
  if (!id.startsWith('lkc-')) {
    await session.pace.wait(WAITS.schemaRegistryKey);
    return;
  }
  try {
    const query = { environment: text(block(resource.environment).id) };
    const cluster = await session.control.get(`/cmk/v2/clusters/${id}`, query);
    await session.api(text(part(cluster, 'spec').http_endpoint), key).get(`/kafka/v3/clusters/${id}/topics`);
  } catch (error) {
    throw new ProviderError(
      `error waiting for API Key ${JSON.stringify(key.key)} to sync`,
      `${(error as Error).message}. The key exists and is in no state. (The real provider prints its secret here.)`,
    );
  }
}
