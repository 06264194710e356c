import { liveMirrorOf, sidesOf } from '../linking/lookup';
import { invalid, notFound } from '../refusal';
import { type CloudState, newUuid } from '../state';
import { type KafkaCluster, type Topic } from './acls';
import { emptyLog } from './log';
import { changeSettings, checkSettings, type SettingChange } from './topic-settings';

export interface NewTopic {
  readonly name: string;
  readonly partitions?: number;
  readonly replicationFactor?: number;
  readonly settings?: readonly SettingChange[];
}

const DEFAULT_PARTITIONS = 6;
const REPLICATION_FACTOR = 3;
const MOST_PARTITIONS = 1_000;

export function checkNewTopic(cluster: KafkaCluster, topic: NewTopic): void {
  if (!/^[a-zA-Z0-9._-]{1,249}$/.test(topic.name) || ['.', '..'].includes(topic.name)) {
    throw invalid(`Topic name is invalid: '${topic.name}' must be 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'.`);
  }
  if (cluster.topics.has(topic.name) || INTERNAL_TOPICS.includes(topic.name)) {
    throw invalid(`Topic '${topic.name}' already exists.`);
  }
  refuseCollision(cluster, topic.name);
  checkPartitions(topic.partitions ?? DEFAULT_PARTITIONS);
  if (![undefined, -1, REPLICATION_FACTOR].includes(topic.replicationFactor)) {
    throw invalid(`Topic replication factor must be ${REPLICATION_FACTOR}.`);
  }
  checkSettings(topic.settings ?? []);
}

/** There in every cluster, though no listing shows them. */
const INTERNAL_TOPICS = ['__consumer_offsets', '__transaction_state', '_schemas'];

/** Metrics have `_` for `.` in the names of topics, so two that differ in these alone cannot both be. */
export function refuseCollision(cluster: KafkaCluster, name: string): void {
  if (!/[._]/.test(name)) {
    return;
  }
  const inMetrics = (topic: string) => topic.replaceAll('.', '_');
  const wanted = inMetrics(name);
  const other = [...cluster.topics.keys()].find((topic) => topic !== name && inMetrics(topic) === wanted);
  if (other !== undefined) {
    throw invalid(`Topic '${name}' collides with existing topics: ${other}`);
  }
}

export function createTopic(state: CloudState, cluster: KafkaCluster, request: NewTopic): Topic {
  checkNewTopic(cluster, request);
  const topic: Topic = {
    name: request.name,
    id: newUuid(state),
    replicationFactor: REPLICATION_FACTOR,
    settings: new Map(),
    partitions: Array.from({ length: request.partitions ?? DEFAULT_PARTITIONS }, emptyLog),
  };
  changeSettings(topic.settings, request.settings ?? []);
  cluster.topics.set(topic.name, topic);
  return topic;
}

export function findTopic(cluster: KafkaCluster, name: string): Topic {
  const topic = cluster.topics.get(name);
  if (!topic) {
    throw notFound('This server does not host this topic-partition.', 40403);
  }
  return topic;
}

/** Deletes a topic, also one that is a mirror, without a question, as Confluent Cloud does. */
export function deleteTopic(state: CloudState, cluster: KafkaCluster, name: string): void {
  findTopic(cluster, name);
  cluster.topics.delete(name);
  for (const side of sidesOf(state, cluster.id)) {
    side.mirrors.delete(name);
  }
}

export function alterTopicSettings(
  state: CloudState,
  cluster: KafkaCluster,
  name: string,
  changes: readonly SettingChange[],
  validateOnly = false,
): void {
  const topic = findTopic(cluster, name);
  if (changes.length > 0) {
    refuseOnMirror(state, cluster, name, 'Its settings come from its source.');
  }
  checkSettings(changes, topic.settings);
  if (!validateOnly) {
    changeSettings(topic.settings, changes);
  }
}

export function growTopic(state: CloudState, cluster: KafkaCluster, name: string, partitions: number): Topic {
  const topic = findTopic(cluster, name);
  if (partitions < topic.partitions.length) {
    throw invalid(
      `Topic currently has ${topic.partitions.length} partitions, which is higher than the requested ${partitions}.`,
    );
  }
  checkPartitions(partitions);
  refuseOnMirror(state, cluster, name, 'Its partitions come from its source.');
  addPartitions(topic, partitions);
  return topic;
}

export function addPartitions(topic: Topic, partitions: number): void {
  while (topic.partitions.length < partitions) {
    topic.partitions.push(emptyLog());
  }
}

/** A mirror topic is read-only in every respect until its mirroring has stopped. */
export function refuseOnMirror(state: CloudState, cluster: KafkaCluster, name: string, why: string): void {
  if (liveMirrorOf(state, cluster.id, name)) {
    throw invalid(`Topic '${name}' is a mirror topic and read-only. ${why}`);
  }
}

function checkPartitions(partitions: number): void {
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > MOST_PARTITIONS) {
    throw invalid(`Number of partitions is ${partitions}; allowed is 1 to ${MOST_PARTITIONS}.`);
  }
}
