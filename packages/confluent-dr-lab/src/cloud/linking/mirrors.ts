import { type KafkaCluster, type Topic } from '../kafka/acls';
import { offsetAt } from '../kafka/log';
import { type SettingChange } from '../kafka/topic-settings';
import { checkNewTopic, createTopic, type NewTopic } from '../kafka/topics';
import { findApiKey } from '../organization/api-keys';
import { mayOnKafka, onTopic } from '../organization/authorization';
import { forbidden, invalid, notFound } from '../refusal';
import { type CloudState } from '../state';
import { type MirrorStatus } from '../vocabulary';
import { contactError, remoteCredentials, shownStatus } from './link-health';
import { linkSetting } from './link-settings';
import { localCluster, remoteCluster } from './lookup';
import { type LinkSide, type Mirror } from './records';

export interface MirrorRequest {
  readonly sourceTopicName: string;
  readonly mirrorTopicName?: string;
  readonly replicationFactor?: number;
  readonly settings?: readonly SettingChange[];
}

/** The prefix of a link is part of every mirror's name; without one a mirror is named like its source. */
export function mirrorNameFor(side: LinkSide, sourceTopicName: string): string {
  return linkSetting(side.settings, 'cluster.link.prefix') + sourceTopicName;
}

interface MirrorPlan {
  readonly cluster: KafkaCluster;
  readonly source: Topic;
  readonly topic: NewTopic;
}

/** Makes a topic on this cluster that follows one on the other. */
export function createMirror(state: CloudState, side: LinkSide, request: MirrorRequest): Mirror {
  const plan = planMirror(state, side, request);
  const topic = createTopic(state, plan.cluster, plan.topic);
  copySettings(plan.source, topic);
  startAt(topic, plan.source, linkSetting(side.settings, 'mirror.start.offset.spec'));
  const mirror = newMirror(state, topic, plan.source);
  side.mirrors.set(topic.name, mirror);
  return mirror;
}

/** What creating it needs, found without creating anything; refused where something is missing. */
export function planMirror(state: CloudState, side: LinkSide, request: MirrorRequest): MirrorPlan {
  const name = mirrorNameFor(side, request.sourceTopicName);
  if (request.mirrorTopicName !== undefined && request.mirrorTopicName !== name) {
    throw invalid(
      `Mirror topic name '${request.mirrorTopicName}' must be '${name}': the link's prefix and the source's name.`,
    );
  }
  if (side.mode === 'SOURCE') {
    throw invalid(`Cluster link '${side.name}' only gives records away; create the mirror on the other cluster.`);
  }
  const cluster = localCluster(state, side);
  if (!cluster) {
    throw notFound(`Kafka cluster ${side.clusterId} not found`);
  }
  const topic = { name, replicationFactor: request.replicationFactor, settings: request.settings };
  checkNewTopic(cluster, topic);
  const source = readableSource(state, side, request.sourceTopicName);
  return { cluster, source, topic: { ...topic, partitions: source.partitions.length } };
}

export function newMirror(state: CloudState, topic: Topic, source: Topic): Mirror {
  return {
    topicName: topic.name,
    sourceTopicName: source.name,
    sourceTopicId: source.id,
    status: 'ACTIVE',
    statusSince: state.now,
    error: 'NO_ERROR',
    sourceEnds: source.partitions.map(({ end }) => end),
    fetchedTo: topic.partitions.map(() => -1),
  };
}

/** A mirror has the offsets of its source, and may leave out the records before one. */
function startAt(topic: Topic, source: Topic, spec: string): void {
  if (spec === 'earliest') {
    return;
  }
  topic.partitions.forEach((log, partition) => {
    const original = source.partitions[partition];
    log.start = spec === 'latest' ? original.end : offsetAt(original, Date.parse(spec));
    log.end = log.start;
  });
}

export function copySettings(source: Topic, topic: Topic): void {
  topic.settings.clear();
  source.settings.forEach((value, name) => topic.settings.set(name, value));
}

export function setStatus(state: CloudState, mirror: Mirror, status: Mirror['status']): void {
  mirror.status = status;
  mirror.statusSince = state.now;
}

export function listMirrors(state: CloudState, side: LinkSide, status?: MirrorStatus): Mirror[] {
  return [...side.mirrors.values()].filter(
    (mirror) => status === undefined || shownStatus(state, side, mirror) === status,
  );
}

function readableSource(state: CloudState, side: LinkSide, name: string): Topic {
  const remote = remoteCluster(state, side);
  const error = contactError(state, side);
  if (!remote || error !== 'NO_ERROR') {
    throw invalid(`Cluster link '${side.name}' cannot read from cluster ${side.remoteClusterId}: ${error}.`);
  }
  const topic = remote.topics.get(name);
  if (!topic) {
    throw notFound(`Source topic '${name}' does not exist on cluster ${remote.id}.`, 40403);
  }
  authorizeReading(state, side, remote, name);
  return topic;
}

/** The link's own key on the other cluster decides what it may read there. */
export function authorizeReading(state: CloudState, side: LinkSide, remote: KafkaCluster, topicName: string): void {
  const key = remoteCredentials(state, side)?.key;
  if (key === undefined) {
    return;
  }
  const { ownerId } = findApiKey(state, key);
  for (const operation of ['READ', 'DESCRIBE_CONFIGS'] as const) {
    if (!mayOnKafka(state, remote, ownerId, onTopic(operation, topicName))) {
      throw forbidden(`User:${ownerId} may not ${operation} topic '${topicName}' on cluster ${remote.id}.`);
    }
  }
}
