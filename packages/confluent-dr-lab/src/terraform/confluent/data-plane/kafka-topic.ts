import { text, textMap, type ValueObject } from '../../../schema/value';
import { between, matching } from '../../planning/rules';
import { ProviderError } from '../../protocol/messages';
import { type DataSourceType, type ResourceType, type Stored } from '../../resource-type';
import { type Json, rows, WAITS } from '../api-client';
import { there, untilGone } from '../presence';
import { type DataPlane, type Session } from '../session';
import { credentialRules, importedCluster } from './credentials';

/** What the provider never reads into the state: the service sets it. Source: provider, `ignoredTopicSettings`. */
const IGNORED_TOPIC_SETTINGS: readonly string[] = ['confluent.topic.type'];

/** The topic settings that the provider can change; it refuses any other before it asks the cluster. */
const EDITABLE_TOPIC_SETTINGS: readonly string[] = [
  'cleanup.policy',
  'confluent.key.schema.validation',
  'confluent.key.subject.name.strategy',
  'confluent.schema.validation.context.name',
  'confluent.value.schema.validation',
  'confluent.value.subject.name.strategy',
  'delete.retention.ms',
  'max.compaction.lag.ms',
  'max.message.bytes',
  'message.timestamp.after.max.ms',
  'message.timestamp.before.max.ms',
  'message.timestamp.difference.max.ms',
  'message.timestamp.type',
  'min.compaction.lag.ms',
  'min.insync.replicas',
  'retention.bytes',
  'retention.ms',
  'segment.bytes',
  'segment.ms',
];

const url = matching(/^http/);

export const kafkaTopic: ResourceType<Session> = {
  planning: {
    forceNew: ['kafka_cluster', 'topic_name'],
    replacedBy: (prior, planned) =>
      (planned.partitions_count as number) < (prior.partitions_count as number) ? ['partitions_count'] : [],
    defaults: { partitions_count: 6 },
    rules: {
      'kafka_cluster.id': matching(/^lkc-/),
      topic_name: matching(/^[a-zA-Z0-9._-]+$/),
      partitions_count: between(1),
      rest_endpoint: url,
      ...credentialRules(),
    },
  },
  create: async (planned, session) => {
    const cluster = session.kafka(planned);
    const { topic_name, partitions_count } = planned;
    await cluster.api.post(`${clusterPath(cluster)}/topics`, {
      topic_name: text(topic_name),
      partitions_count,
      configs: Object.entries(textMap(planned.config) ?? {}).map(([name, value]) => ({ name, value })),
    });
    await session.pace.wait(WAITS.dataPlaneWrite);
    return there(`Kafka Topic ${text(planned.topic_name)}`, {
      ...planned,
      ...(await topicState(cluster, text(topic_name))),
    });
  },
  read: async (state, session) => {
    const found = await topicState(session.kafka(state), text(state.topic_name));
    return found ? { ...state, ...found } : null;
  },
  update: async (prior, planned, session) => {
    const cluster = session.kafka(planned);
    const topic = `${clusterPath(cluster)}/topics/${text(planned.topic_name)}`;
    const wanted = textMap(planned.config);
    const changes = wanted ? settingChanges(textMap(prior.config) ?? {}, wanted) : [];
    if (planned.partitions_count !== prior.partitions_count) {
      await cluster.api.patch(topic, { partitions_count: planned.partitions_count });
    }
    if (changes.length > 0) {
      await cluster.api.post(`${topic}/configs:alter`, { data: changes });
      await session.pace.wait(WAITS.dataPlaneWrite);
    }
    const updated = there(`Kafka Topic ${text(planned.topic_name)}`, {
      ...planned,
      ...(await topicState(cluster, text(planned.topic_name))),
    });
    refuseUnchanged(wanted, updated);
    return updated;
  },
  delete: async (state, session) => {
    const cluster = session.kafka(state);
    const topic = `${clusterPath(cluster)}/topics/${text(state.topic_name)}`;
    await cluster.api.delete(topic);
    await untilGone(session.pace, () => cluster.api.find(topic));
  },
  /** `lkc-…/topic` */
  import: async (importId, session) => {
    const [clusterId, name] = importId.split('/');
    const shell = importedCluster(clusterId, session);
    const found = await topicState(session.kafka(shell), name);
    return found ? { ...shell, topic_name: name, ...found } : null;
  },
};

export const kafkaTopicData: DataSourceType<Session> = {
  read: async (config, session) => {
    const name = text(config.topic_name);
    return there(`Kafka Topic ${name}`, { ...config, ...(await topicState(session.kafka(config), name)) });
  },
};

export const clusterPath = ({ id }: DataPlane): string => `/kafka/v3/clusters/${id}`;

async function topicState(cluster: DataPlane, name: string): Promise<Stored | undefined> {
  const topic = `${clusterPath(cluster)}/topics/${name}`;
  const found = await cluster.api.find(topic);
  if (!found) {
    return undefined;
  }
  const settings = rows(await cluster.api.get(`${topic}/configs`)).filter(
    ({ name: setting, source }) => source === 'DYNAMIC_TOPIC_CONFIG' && !IGNORED_TOPIC_SETTINGS.includes(text(setting)),
  );
  return {
    id: `${cluster.id}/${name}`,
    topic_name: name,
    partitions_count: found.partitions_count as number,
    config: Object.fromEntries(settings.map((setting) => [text(setting.name), text(setting.value)])),
  };
}

function settingChanges(before: Record<string, string>, after: Record<string, string>): Json[] {
  const removed = Object.keys(before).filter((name) => !(name in after));
  const changed = Object.entries(after).filter(([name, value]) => before[name] !== value);
  for (const name of [...removed, ...changed.map(([changedName]) => changedName)]) {
    if (!EDITABLE_TOPIC_SETTINGS.includes(name)) {
      throw new ProviderError(
        `error updating Kafka Topic: "${name}" topic setting is read-only and cannot be ${name in after ? 'updated' : 'reset'}`,
        `Read and writable topic settings are ${EDITABLE_TOPIC_SETTINGS.join(', ')}.`,
      );
    }
  }
  return [
    ...removed.map((name) => ({ name, operation: 'DELETE' })),
    ...changed.map(([name, value]) => ({ name, value, operation: 'SET' })),
  ];
}

/** On a mirror the settings of its source come back. */
function refuseUnchanged(wanted: Record<string, string> | undefined, state: ValueObject): void {
  const actual = textMap(state.config) ?? {};
  const stubborn = Object.entries(wanted ?? {}).find(([name, value]) => actual[name] !== value);
  if (stubborn) {
    throw new ProviderError(
      `error updating Kafka Topic: the setting ${stubborn[0]} is ${JSON.stringify(actual[stubborn[0]] ?? null)} ` +
        `after it was set to ${JSON.stringify(stubborn[1])}`,
    );
  }
}
