import { block, blocks, text, texts, type ValueObject } from '../../../schema/value';
import { between, matching, notEmpty, oneOf } from '../../planning/rules';
import { type Diagnostic, ProviderError } from '../../protocol/messages';
import { type DataSourceType, type ResourceType, type Stored, Unfinished } from '../../resource-type';
import { type Json, part, WAITS } from '../api-client';
import { type Session } from '../session';
import { everyRow, theOneNamed } from './lists';

const PATH = '/cmk/v2/clusters';
const GONE = [403, 404];
const KINDS = ['basic', 'standard', 'dedicated', 'enterprise', 'freight'];
const PROVISIONING_POLLS = 2000;

export const kafkaCluster: ResourceType<Session> = {
  planning: {
    forceNew: ['availability', 'cloud', 'region', 'environment', 'network.id', 'byok_key.id'],
    rules: {
      display_name: notEmpty,
      availability: oneOf('SINGLE_ZONE', 'MULTI_ZONE', 'LOW', 'HIGH'),
      cloud: oneOf('AWS', 'AZURE', 'GCP'),
      'dedicated.cku': between(1),
      'network.id': matching(/^nr?-/),
    },
    suppress: { availability: (before, after) => zones(before) === zones(after) },
    check: exactlyOneKind,
  },
  create: async (planned, session) => {
    const { availability, cku } = { availability: planned.availability, cku: block(planned.dedicated).cku };
    if (availability === 'MULTI_ZONE' && cku === 1) {
      throw new ProviderError('error creating Kafka Cluster: dedicated clusters need 2 CKU or more if MULTI_ZONE');
    }
    const created = await session.control.post(PATH, { spec: newCluster(planned) });
    const id = text(created.id);
    const ready = await session.pace.poll(WAITS.poll, PROVISIONING_POLLS, () => provisioned(id, planned, session));
    if (!ready) {
      throw new Unfinished(
        { ...planned, ...attributes(created) },
        `error waiting for Kafka Cluster ${id} to provision`,
      );
    }
    await session.control.get(`/org/v2/environments/${environmentOf(planned)}`);
    return { ...planned, ...attributes(ready) };
  },
  read: async (state, { control }) => {
    const found = await control.find(`${PATH}/${text(state.id)}`, { environment: environmentOf(state) }, GONE);
    return found ? { ...state, ...attributes(found) } : null;
  },
  update: async (prior, planned, session) => {
    await session.control.patch(`${PATH}/${text(prior.id)}`, { spec: changedCluster(planned) });
    const ready = await session.pace.poll(WAITS.poll, PROVISIONING_POLLS, () =>
      provisioned(text(prior.id), planned, session),
    );
    return { ...planned, ...(ready && attributes(ready)) };
  },
  delete: async ({ id, environment }, { control, pace }) => {
    const query = { environment: text(block(environment).id) };
    await control.delete(`${PATH}/${text(id)}`, query);
    await pace.poll(WAITS.poll, PROVISIONING_POLLS, async () =>
      (await control.find(`${PATH}/${text(id)}`, query, GONE)) ? undefined : true,
    );
  },
  /** `env-…/lkc-…` */
  import: async (importId, { control }) => {
    const [environment, id] = importId.split('/');
    const found = id && (await control.find(`${PATH}/${id}`, { environment }, GONE));
    return found ? attributes(found) : null;
  },
};

export const kafkaClusterData: DataSourceType<Session> = {
  read: async (config, { control }) => {
    const environment = environmentOf(config);
    const id = text(config.id);
    const found = id
      ? await control.get(`${PATH}/${id}`, { environment })
      : theOneNamed('Kafka Cluster', text(config.display_name), await everyRow(control, PATH, { environment }), (row) =>
          text(part(row, 'spec').display_name),
        );
    const references = ['network', 'byok_key'] as const;
    return {
      ...attributes(found),
      // One element of each, whether the cluster has such a thing or not.
      ...Object.fromEntries(references.map((name) => [name, [{ id: text(part(part(found, 'spec'), name).id) }]])),
    };
  },
};

function exactlyOneKind(config: ValueObject): Diagnostic[] {
  const given = KINDS.filter((kind) => blocks(config[kind]).length > 0);
  const unknown = KINDS.some((kind) => config[kind] !== null && !Array.isArray(config[kind]));
  return given.length === 1 || unknown
    ? []
    : [
        {
          summary: 'Invalid combination of arguments',
          detail: `one of \`${KINDS.join(',')}\` must be specified, not ${given.length}`,
        },
      ];
}

/** The older and the newer word for the same. */
function zones(availability: unknown): unknown {
  return { SINGLE_ZONE: 'LOW', MULTI_ZONE: 'HIGH' }[availability as string] ?? availability;
}

async function provisioned(id: string, resource: ValueObject, { control }: Session): Promise<Json | undefined> {
  const found = await control.get(`${PATH}/${id}`, { environment: environmentOf(resource) });
  return text(part(found, 'status').phase) === 'PROVISIONED' ? found : undefined;
}

function newCluster(planned: ValueObject): Json {
  const { display_name, availability, cloud, region, network } = planned;
  const networkId = text(block(network).id);
  return {
    ...changedCluster(planned),
    display_name: text(display_name),
    availability: text(availability),
    cloud: text(cloud),
    region: text(region),
    ...(networkId && { network: { id: networkId } }),
  };
}

function changedCluster(planned: ValueObject): Json {
  const kind = KINDS.find((name) => blocks(planned[name]).length > 0) ?? 'basic';
  const { cku, max_ecku } = { ...block(planned.dedicated), ...block(planned[kind]) };
  const { deletion_protection } = planned;
  return {
    display_name: text(planned.display_name),
    config: {
      kind: `${kind[0].toUpperCase()}${kind.slice(1)}`,
      ...(typeof cku === 'number' && { cku }),
      ...(typeof max_ecku === 'number' && { max_ecku }),
    },
    ...(typeof deletion_protection === 'boolean' && { deletion_protection }),
    environment: { id: environmentOf(planned) },
  };
}

function attributes(found: Json): Stored {
  const spec = part(found, 'spec');
  const config = part(spec, 'config');
  const kind = text(config.kind).toLowerCase();
  const networkId = text(part(spec, 'network').id);
  return {
    id: text(found.id),
    api_version: 'cmk/v2',
    kind: 'Cluster',
    display_name: text(spec.display_name),
    availability: text(spec.availability),
    cloud: text(spec.cloud),
    region: text(spec.region),
    bootstrap_endpoint: text(spec.kafka_bootstrap_endpoint),
    rest_endpoint: text(spec.http_endpoint),
    rbac_crn: rbacCrn(text(part(found, 'metadata').resource_name)),
    environment: [{ id: text(part(spec, 'environment').id) }],
    network: networkId ? [{ id: networkId }] : [],
    endpoints: Object.keys(part(spec, 'endpoints')).map((id) => accessPoint(id, part(part(spec, 'endpoints'), id))),
    deletion_protection: spec.deletion_protection === true,
    ...Object.fromEntries(KINDS.map((name) => [name, name === kind ? [kindBlock(config)] : []])),
  };
}

function accessPoint(access_point_id: string, found: Json): ValueObject {
  return {
    access_point_id,
    bootstrap_endpoint: text(found.kafka_bootstrap_endpoint),
    rest_endpoint: text(found.http_endpoint),
    connection_type: text(found.connection_type),
  };
}

function kindBlock(config: Json): ValueObject {
  if (typeof config.max_ecku === 'number') {
    return { max_ecku: config.max_ecku };
  }
  return typeof config.cku === 'number'
    ? { cku: config.cku, encryption_key: text(config.encryption_key), zones: texts(config.zones) }
    : {};
}

/** The cluster's name in role bindings: its resource name without what is inside. */
function rbacCrn(resourceName: string): string {
  return resourceName.replace(/\/kafka=.*$/, '');
}

function environmentOf(resource: ValueObject): string {
  return text(block(resource.environment).id);
}
