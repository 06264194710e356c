import { notFound } from '../refusal';
import { type CloudState } from '../state';
import { type ConsumerGroup, type KafkaCluster } from './acls';
import { append, recordNames, startOf } from './log';
import { findTopic, refuseOnMirror } from './topics';

export interface ProducedRecords {
  /** The batch that the records belong to; with their place in it that is their name. */
  readonly batch: number;
  /** The log end of each partition afterwards. */
  readonly ends: number[];
}

export interface ConsumedRecord {
  readonly partition: number;
  readonly offset: number;
  readonly name: string;
}

/** Appends records to a topic: to one partition, or in turn to all. */
export function produce(
  state: CloudState,
  cluster: KafkaCluster,
  topicName: string,
  count: number,
  partition?: number,
): ProducedRecords {
  const topic = findTopic(cluster, topicName);
  refuseOnMirror(state, cluster, topicName, 'Produce to its source.');
  const chosen = partition === undefined ? topic.partitions : topic.partitions.slice(partition, partition + 1);
  if (chosen.length === 0) {
    throw notFound(`Topic '${topicName}' has no partition ${partition}.`, 40403);
  }
  state.batches += 1;
  let first = 0;
  chosen.forEach((log, index) => {
    const share = Math.floor(count / chosen.length) + (index < count % chosen.length ? 1 : 0);
    append(log, { batch: state.batches, first, count: share, at: state.now });
    first += share;
  });
  return { batch: state.batches, ends: topic.partitions.map(({ end }) => end) };
}

/** Reads on from where the group is, and commits what was read. */
export function consume(
  state: CloudState,
  cluster: KafkaCluster,
  topicName: string,
  groupId: string,
  most: number,
): ConsumedRecord[] {
  const topic = findTopic(cluster, topicName);
  const group = groupOf(cluster, groupId);
  const committed = group.offsets.get(topicName) ?? [];
  let left = most;
  const records: ConsumedRecord[] = [];
  const next = topic.partitions.map((log, partition) => {
    const from = Math.max(startOf(log), Math.min(committed[partition] ?? 0, log.end));
    const names = recordNames(log, from, left);
    names.forEach((name, index) => records.push({ partition, offset: from + index, name }));
    left -= names.length;
    return from + names.length;
  });
  group.offsets.set(topicName, next);
  group.lastReadAt = state.now;
  return records;
}

export function groupOf(cluster: KafkaCluster, groupId: string): ConsumerGroup {
  const group = cluster.consumerGroups.get(groupId) ?? newGroup(groupId);
  cluster.consumerGroups.set(groupId, group);
  return group;
}

export const newGroup = (id: string): ConsumerGroup => ({ id, offsets: new Map(), toCommit: new Map() });

/** Whether somebody still consumes with the group on this cluster. */
export function isConsuming(state: CloudState, group: ConsumerGroup): boolean {
  return group.lastReadAt !== undefined && state.now - group.lastReadAt < state.timing.groupSessionMs;
}
