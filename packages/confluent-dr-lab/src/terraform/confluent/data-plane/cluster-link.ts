import { blocks, text, textMap, type ValueObject } from '../../../schema/value';
import { each, keysOf, matching, oneOf } from '../../planning/rules';
import { type Diagnostic, ProviderError } from '../../protocol/messages';
import { type DataSourceType, type ResourceType, type Stored } from '../../resource-type';
import { type Json, rows, WAITS } from '../api-client';
import { there, untilGone } from '../presence';
import { type DataPlane, type Session } from '../session';
import { credentialRules, importedKey } from './credentials';
import { clusterPath } from './kafka-topic';
import { linkEnds, linkSides, saslSettings } from './link-ends';

/** The keys of `config` that provider 2.83 lets one write; it refuses any other. */
const EDITABLE_LINK_SETTINGS: readonly string[] = [
  ...['acl.filters', 'acl.sync.enable', 'acl.sync.ms'],
  ...['auto.create.mirror.topics.enable', 'auto.create.mirror.topics.filters'],
  ...['cluster.link.prefix', 'consumer.group.prefix.enable'],
  ...['consumer.offset.group.filters', 'consumer.offset.sync.enable', 'consumer.offset.sync.ms'],
  ...['mirror.start.offset.spec', 'topic.config.sync.include', 'topic.config.sync.ms'],
];

export const clusterLink: ResourceType<Session> = {
  planning: {
    forceNew: [
      'link_name',
      'link_mode',
      'connection_mode',
      ...linkSides.flatMap((side) => ['id', 'rest_endpoint', 'bootstrap_endpoint'].map((name) => `${side}.${name}`)),
    ],
    defaults: { link_mode: 'DESTINATION', connection_mode: 'OUTBOUND' },
    rules: {
      link_mode: oneOf('DESTINATION', 'SOURCE', 'BIDIRECTIONAL'),
      connection_mode: oneOf('INBOUND', 'OUTBOUND'),
      config: keysOf(...EDITABLE_LINK_SETTINGS),
      ...each(
        linkSides.map((side) => `${side}.rest_endpoint`),
        matching(/^http/),
      ),
      ...credentialRules(...linkSides),
    },
    check: exactlyOneEndpoint,
  },
  create: async (planned, session) => {
    const ends = linkEnds(planned);
    const { own, remote, remoteIdField } = ends;
    const cluster = session.end(own);
    const settings = {
      ...(textMap(planned.config) ?? {}),
      'link.mode': text(planned.link_mode),
      'connection.mode': text(planned.connection_mode),
      'bootstrap.servers': text(remote.bootstrap_endpoint),
      ...saslSettings(planned, ends),
    };
    const query = { link_name: text(planned.link_name) };
    const body = { [remoteIdField]: text(remote.id), configs: named(settings) };
    await cluster.api.post(`${clusterPath(cluster)}/links`, body, query);
    await session.pace.wait(WAITS.dataPlaneWrite);
    return { ...planned, ...there(`Cluster Link ${query.link_name}`, await linkState(cluster, planned)) };
  },
  read: async (state, session) => {
    const found = await linkState(session.end(linkEnds(state).own), state);
    return found ? { ...state, ...found } : null;
  },
  update: async (prior, planned, session) => {
    const cluster = session.end(linkEnds(planned).own);
    const [before, after] = [textMap(prior.config) ?? {}, textMap(planned.config) ?? {}];
    const removed = Object.keys(before).find((name) => !(name in after));
    if (removed) {
      throw new ProviderError(
        `error updating Cluster Link: reset to topic setting's default value operation (in other words, removing ` +
          `"${removed}" from 'configs' block) is not supported at the moment`,
        `Set "${removed}" to the default value instead of removing it.`,
      );
    }
    const former = saslSettings(prior, linkEnds(prior));
    const sasl = saslSettings(planned, linkEnds(planned));
    const rotated = Object.entries(sasl).some(([name, value]) => former[name] !== value);
    const data = named({ ...after, ...(rotated && sasl) });
    await cluster.api.put(`${clusterPath(cluster)}/links/${text(planned.link_name)}/configs:alter`, { data });
    await session.pace.wait(WAITS.dataPlaneWrite);
    const found = await linkState(cluster, planned);
    return { ...planned, ...there(`Cluster Link ${text(planned.link_name)}`, found) };
  },
  delete: async (state, session) => {
    const cluster = session.end(linkEnds(state).own);
    const link = `${clusterPath(cluster)}/links/${text(state.link_name)}`;
    await cluster.api.delete(link);
    await untilGone(session.pace, () => cluster.api.find(link));
  },
  /** `lkc-…/link`, of a bidirectional link; the ends come from the environment. */
  import: async (importId, session) => {
    const [id, name] = importId.split('/');
    const own: ValueObject = {
      id,
      rest_endpoint: session.importVariable('IMPORT_LOCAL_KAFKA_REST_ENDPOINT'),
      credentials: [importedKey('IMPORT_LOCAL_KAFKA_API', session)],
    };
    const cluster = session.end(own);
    const found = await linkState(cluster, { link_name: name });
    if (!found) {
      return null;
    }
    const remote: ValueObject = {
      id: text((await cluster.api.get(`${clusterPath(cluster)}/links/${name}`)).remote_cluster_id),
      bootstrap_endpoint: session.importVariable('IMPORT_REMOTE_KAFKA_BOOTSTRAP_ENDPOINT'),
      credentials: [importedKey('IMPORT_REMOTE_KAFKA_API', session)],
    };
    return { ...found, ...endsOf({ local_kafka_cluster: [own], remote_kafka_cluster: [remote] }) };
  },
};

export const clusterLinkData: DataSourceType<Session> = {
  read: async (config, session) => {
    const cluster = session.kafka(config);
    const { link_state } = await cluster.api.get(`${clusterPath(cluster)}/links/${text(config.link_name)}`);
    return { ...(await linkState(cluster, { link_name: config.link_name })), link_state: text(link_state) };
  },
};

function exactlyOneEndpoint(config: ValueObject): Diagnostic[] {
  return linkSides
    .flatMap((side) => blocks(config[side]).map((end) => ({ side, end })))
    .filter(({ end }) => (end.rest_endpoint === null) === (end.bootstrap_endpoint === null))
    .map(({ side }) => ({
      summary: 'Invalid combination of arguments',
      detail: `${side} needs one of rest_endpoint and bootstrap_endpoint.`,
    }));
}

async function linkState(cluster: DataPlane, resource: ValueObject): Promise<Stored | undefined> {
  const name = text(resource.link_name);
  const link = `${clusterPath(cluster)}/links/${name}`;
  const found = await cluster.api.find(link);
  if (!found) {
    return undefined;
  }
  const all = rows(await cluster.api.get(`${link}/configs`));
  const settings = all.filter(
    (setting) => setting.is_default !== true && EDITABLE_LINK_SETTINGS.includes(text(setting.name)),
  );
  return {
    ...endsOf(resource),
    id: `${cluster.id}/${name}`,
    link_name: name,
    cluster_link_id: text(found.cluster_link_id),
    link_mode: found.source_cluster_id ? 'DESTINATION' : found.destination_cluster_id ? 'SOURCE' : 'BIDIRECTIONAL',
    connection_mode: text(all.find(({ name }) => name === 'connection.mode')?.value) || 'OUTBOUND',
    config: Object.fromEntries(settings.map((setting) => [text(setting.name), text(setting.value)])),
  };
}

/**
 * Of the two endpoints of an end, the one that the code does not give is an empty text. Keys of the other cluster do not stay
 * with a link that waits for it.
 */
function endsOf(resource: ValueObject): ValueObject {
  const withoutKeys = resource.connection_mode === 'INBOUND' ? ['remote_kafka_cluster', 'source_kafka_cluster'] : [];
  return Object.fromEntries(
    linkSides
      .filter((side) => side in resource)
      .map((side) => [
        side,
        blocks(resource[side]).map((end) => ({
          ...end,
          rest_endpoint: text(end.rest_endpoint),
          bootstrap_endpoint: text(end.bootstrap_endpoint),
          ...(withoutKeys.includes(side) && { credentials: [] }),
        })),
      ]),
  );
}

function named(settings: Readonly<Record<string, string>>): Json[] {
  return Object.entries(settings).map(([name, value]) => ({ name, value }));
}
