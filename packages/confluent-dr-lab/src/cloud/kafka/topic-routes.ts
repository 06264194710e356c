import { Body } from '../http/body';
import { clusterCrn, list, metadata } from '../http/kafka-answers';
import { type KafkaCall, type KafkaPlane } from '../http/kafka-call';
import { param } from '../http/plane';
import { mayOnKafka, onTopic } from '../organization/authorization';
import { invalid } from '../refusal';
import { type KafkaCluster, type Topic } from './acls';
import { type SettingChange, type TopicSetting, topicSettings } from './topic-settings';
import {
  alterTopicSettings,
  checkNewTopic,
  createTopic,
  deleteTopic,
  findTopic,
  growTopic,
  type NewTopic,
} from './topics';

export function topicRoutes({ app, root, call }: KafkaPlane): void {
  const topics = `${root}/topics`;
  app.get(topics, (request) =>
    call(request, ({ state, cluster, caller, base }) => {
      const seen = [...cluster.topics.values()].filter(({ name }) =>
        mayOnKafka(state, cluster, caller.ownerId, onTopic('DESCRIBE', name)),
      );
      const data = seen.map((topic) => topicData(base, cluster, topic));
      return list('KafkaTopicList', `${base}/topics`, data);
    }),
  );
  app.post(topics, async (request, reply) => {
    const { status, data } = await call(request, (kafka) => {
      const body = Body.in(request);
      const validateOnly = body.flag('validate_only') === true;
      return { status: validateOnly ? 200 : 201, data: create(kafka, newTopic(body), validateOnly) };
    });
    return reply.code(status).send(data);
  });
  app.get(`${topics}/:topic`, (request) =>
    call(request, ({ cluster, base, authorize }) => {
      authorize(onTopic('DESCRIBE', param(request, 'topic')));
      return topicData(base, cluster, findTopic(cluster, param(request, 'topic')));
    }),
  );
  app.patch(`${topics}/:topic`, (request) =>
    call(request, ({ state, cluster, base, authorize }) => {
      authorize(onTopic('ALTER', param(request, 'topic')));
      const partitions = Body.in(request).requiredNumber('partitions_count');
      return topicData(base, cluster, growTopic(state, cluster, param(request, 'topic'), partitions));
    }),
  );
  app.delete(`${topics}/:topic`, async (request, reply) => {
    await call(request, ({ state, cluster, authorize }) => {
      authorize(onTopic('DELETE', param(request, 'topic')));
      deleteTopic(state, cluster, param(request, 'topic'));
    });
    return reply.code(204).send();
  });
  app.get(`${topics}/:topic/configs`, (request) =>
    call(request, ({ cluster, base, authorize }) => {
      authorize(onTopic('DESCRIBE_CONFIGS', param(request, 'topic')));
      const topic = findTopic(cluster, param(request, 'topic'));
      const data = topicSettings(topic).map((setting) => settingData(base, cluster, topic, setting));
      return list('KafkaTopicConfigList', `${base}/topics/${topic.name}/configs`, data);
    }),
  );
  app.post(`${topics}/:topic/configs::alter`, async (request, reply) => {
    await call(request, ({ state, cluster, authorize }) => {
      authorize(onTopic('ALTER_CONFIGS', param(request, 'topic')));
      const body = Body.in(request);
      const changes = settingChanges(body.requiredObjects('data'));
      alterTopicSettings(state, cluster, param(request, 'topic'), changes, body.flag('validate_only') === true);
    });
    return reply.code(204).send();
  });
}

/** `operation: DELETE`, or no value, goes back to the default. */
export function settingChanges(changes: readonly Body[]): SettingChange[] {
  return changes.map((change) => {
    const operation = change.text('operation') ?? 'SET';
    if (!['SET', 'DELETE'].includes(operation)) {
      throw invalid(`operation is ${JSON.stringify(operation)}; allowed are SET and DELETE.`, 400);
    }
    return {
      name: change.requiredText('name'),
      value: operation === 'DELETE' ? null : (change.text('value') ?? null),
    };
  });
}

function create({ state, cluster, base, authorize }: KafkaCall, request: NewTopic, validateOnly: boolean): object {
  authorize(onTopic('CREATE', request.name));
  if (!validateOnly) {
    return topicData(base, cluster, createTopic(state, cluster, request));
  }
  checkNewTopic(cluster, request);
  const partitions = Array.from({ length: request.partitions ?? 6 }, () => ({ end: 0, runs: [] }));
  return topicData(base, cluster, {
    name: request.name,
    id: '',
    replicationFactor: 3,
    settings: new Map(),
    partitions,
  });
}

function newTopic(body: Body): NewTopic {
  return {
    name: body.requiredText('topic_name'),
    partitions: body.number('partitions_count'),
    replicationFactor: body.number('replication_factor'),
    settings: settingChanges(body.objects('configs')),
  };
}

function topicData(base: string, { id }: KafkaCluster, topic: Topic): object {
  const path = `/topics/${topic.name}`;
  return {
    kind: 'KafkaTopic',
    metadata: metadata(base, path, `${clusterCrn(id)}/topic=${topic.name}`),
    cluster_id: id,
    topic_name: topic.name,
    is_internal: false,
    replication_factor: topic.replicationFactor,
    partitions_count: topic.partitions.length,
    partitions: { related: `${base}${path}/partitions` },
    configs: { related: `${base}${path}/configs` },
    partition_reassignments: { related: `${base}${path}/partitions/-/reassignments` },
  };
}

function settingData(base: string, { id }: KafkaCluster, topic: Topic, setting: TopicSetting): object {
  const { name, value, defaultValue, isDefault, isReadOnly } = setting;
  const source = isDefault ? 'DEFAULT_CONFIG' : 'DYNAMIC_TOPIC_CONFIG';
  const byDefault = { name, value: defaultValue, source: 'DEFAULT_CONFIG' };
  return {
    kind: 'KafkaTopicConfig',
    metadata: metadata(
      base,
      `/topics/${topic.name}/configs/${name}`,
      `${clusterCrn(id)}/topic=${topic.name}/config=${name}`,
    ),
    cluster_id: id,
    topic_name: topic.name,
    name,
    value,
    is_default: isDefault,
    is_read_only: isReadOnly,
    is_sensitive: false,
    source,
    synonyms: isDefault ? [byDefault] : [{ name, value, source }, byDefault],
  };
}
