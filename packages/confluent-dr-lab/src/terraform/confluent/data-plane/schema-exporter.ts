import { block, text, textMap, texts, type ValueObject } from '../../../schema/value';
import { matching, notEmpty, oneOf } from '../../planning/rules';
import { ProviderError } from '../../protocol/messages';
import { type ResourceType, type Stored } from '../../resource-type';
import { type Json, part, WAITS } from '../api-client';
import { there } from '../presence';
import { type DataPlane, type Session } from '../session';
import { credentialRules, importedKey } from './credentials';

export const schemaExporter: ResourceType<Session> = {
  planning: {
    forceNew: ['schema_registry_cluster', 'rest_endpoint', 'name'],
    suppress: { 'destination_schema_registry_cluster.id': () => true },
    defaults: { reset_on_update: false },
    rules: {
      rest_endpoint: matching(/^http/),
      status: oneOf('RUNNING', 'PAUSED'),
      'destination_schema_registry_cluster.id': notEmpty,
      ...credentialRules(),
      ...credentialRules('destination_schema_registry_cluster'),
    },
  },
  create: async (planned, session) => {
    const registry = session.schemaRegistry(planned);
    const name = text(planned.name);
    await registry.api.post('/exporters', { name, ...settings(planned) });
    const running = await session.pace.poll(WAITS.exporterPoll, WAITS.exporterPolls, async () =>
      (await stateOf(registry, name)) === 'RUNNING' ? true : undefined,
    );
    if (!running) {
      throw new ProviderError(
        `error waiting for Schema Exporter ${name} to be RUNNING: it is ${await stateOf(registry, name)}`,
        'It exists and is in no state: import it, or delete it by the API, before the next apply.',
      );
    }
    if (planned.status === 'PAUSED') {
      await registry.api.put(`/exporters/${name}/pause`);
    }
    return { ...planned, ...there('The Schema Exporter', await exporterState(registry, name, planned)) };
  },
  read: async (state, session) => {
    const found = await exporterState(session.schemaRegistry(state), text(state.name), state);
    return found ? { ...state, ...found } : null;
  },
  update: async (prior, planned, session) => {
    const registry = session.schemaRegistry(planned);
    const exporter = `/exporters/${text(planned.name)}`;
    const wasPaused = (await stateOf(registry, text(planned.name))) === 'PAUSED';
    await registry.api.put(`${exporter}/pause`);
    await registry.api.put(exporter, settings(planned));
    if (planned.reset_on_update === true) {
      await registry.api.put(`${exporter}/reset`);
    }
    const wanted = planned.status === prior.status ? (wasPaused ? 'PAUSED' : 'RUNNING') : text(planned.status);
    if (wanted !== 'PAUSED') {
      await registry.api.put(`${exporter}/resume`);
    }
    return {
      ...planned,
      ...there('The Schema Exporter', await exporterState(registry, text(planned.name), planned)),
      status: wanted,
    };
  },
  delete: async (state, session) => {
    const registry = session.schemaRegistry(state);
    if (await registry.api.find(`/exporters/${text(state.name)}`)) {
      await registry.api.put(`/exporters/${text(state.name)}/pause`);
      await registry.api.delete(`/exporters/${text(state.name)}`);
    }
  },
  /** `lsrc-…/exporter` */
  import: async (importId, session) => {
    const [id, name] = importId.split('/');
    const shell: ValueObject = {
      schema_registry_cluster: [{ id }],
      rest_endpoint: session.importVariable('IMPORT_SCHEMA_REGISTRY_REST_ENDPOINT'),
      credentials: [importedKey('IMPORT_SCHEMA_REGISTRY_API', session)],
      name,
      // Not known to the registry: the next plan updates it, and so resets the exporter if told to reset on updates.
      reset_on_update: null,
    };
    const found = await exporterState(session.schemaRegistry(shell), name, shell);
    return found ? { ...shell, ...found } : null;
  },
};

const DESTINATION = 'destination_schema_registry_cluster';

function settings(planned: ValueObject): Json {
  const destination = block(planned[DESTINATION]);
  const { key, secret } = block(destination.credentials);
  return {
    // Always sent, empty where the code says nothing.
    subjects: Array.isArray(planned.subjects) ? texts(planned.subjects) : [],
    ...(text(planned.subject_rename_format) && { subjectRenameFormat: text(planned.subject_rename_format) }),
    ...(text(planned.context_type) && { contextType: text(planned.context_type) }),
    ...(text(planned.context) && { context: text(planned.context) }),
    config: {
      ...textMap(planned.config),
      'schema.registry.url': text(destination.rest_endpoint),
      'basic.auth.credentials.source': 'USER_INFO',
      'basic.auth.user.info': `${text(key)}:${text(secret)}`,
    },
  };
}

const OWN_CONFIG = ['schema.registry.url', 'basic.auth.credentials.source', 'basic.auth.user.info'];

async function stateOf(registry: DataPlane, name: string): Promise<string> {
  return text((await registry.api.get(`/exporters/${name}/status`)).state);
}

async function exporterState(registry: DataPlane, name: string, resource: ValueObject): Promise<Stored | undefined> {
  const found = await registry.api.find(`/exporters/${name}`);
  if (!found) {
    return undefined;
  }
  const config = part(found, 'config');
  const shown = await stateOf(registry, name);
  // The destination's id is in no answer, and the provider does not keep what the code says.
  return {
    id: `${registry.id}/${name}`,
    name,
    context_type: text(found.contextType),
    context: text(found.context),
    subject_rename_format: text(found.subjectRenameFormat),
    subjects: texts(found.subjects),
    config: Object.fromEntries(
      Object.entries(config)
        .filter(([key]) => !OWN_CONFIG.includes(key))
        .map(([key, value]) => [key, text(value)]),
    ),
    status: shown === 'STARTING' ? 'RUNNING' : shown,
    [DESTINATION]: [{ ...block(resource[DESTINATION]), id: '', rest_endpoint: text(config['schema.registry.url']) }],
  };
}
