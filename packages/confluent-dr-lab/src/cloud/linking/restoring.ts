import { type Topic } from '../kafka/acls';
import { truncate } from '../kafka/log';
import { isConsuming } from '../kafka/traffic';
import { invalid, notFound } from '../refusal';
import { type CloudState } from '../state';
import { hasContact } from './link-health';
import { linkSetting } from './link-settings';
import { isLive, localCluster, otherSide, remoteCluster } from './lookup';
import { authorizeReading, newMirror, setStatus } from './mirrors';
import { type LinkSide, type Mirror } from './records';

export interface Truncation {
  readonly partition: number;
  readonly truncatedTo: number;
  readonly messages: number;
}

export interface Restore {
  readonly topic: Topic;
  readonly source: Topic;
  readonly stopped: Mirror;
}

/**
 * Makes the old source a mirror of what was its mirror: throws away what the other side never got, and says how many
 * records that was, then follows.
 */
export function truncateAndRestore(state: CloudState, side: LinkSide, topicName: string, apply: boolean): Truncation[] {
  const restore = checkRestore(state, side, topicName);
  const truncation = truncationOf(restore);
  if (apply) {
    const mirror = newMirror(state, restore.topic, restore.source);
    setStatus(state, mirror, 'PENDING_SETUP_FOR_RESTORE');
    mirror.transition = { kind: 'setup-for-restore', dueAt: state.now + state.timing.mirrorTransitionMs };
    side.mirrors.set(topicName, mirror);
  }
  return truncation;
}

/** What a set-up needs to end; undefined as long as something of it is missing. */
export function restoreOf(state: CloudState, side: LinkSide, mirror: Mirror): Restore | undefined {
  const topic = localCluster(state, side)?.topics.get(mirror.topicName);
  const source = remoteCluster(state, side)?.topics.get(mirror.sourceTopicName);
  const stopped = otherSide(state, side)?.mirrors.get(mirror.sourceTopicName);
  return topic && source && stopped && hasContact(state, side) ? { topic, source, stopped } : undefined;
}

/** Truncates once the set-up is done; the topic has been read-only since the operation was asked for. */
export function completeSetUp(state: CloudState, mirror: Mirror, restore: Restore): void {
  for (const { partition, truncatedTo } of truncationOf(restore)) {
    truncate(restore.topic.partitions[partition], truncatedTo);
  }
  mirror.fetchedTo = restore.topic.partitions.map(({ end }) => end);
  mirror.transition = { kind: 'restore', dueAt: state.now + state.timing.mirrorTransitionMs };
  setStatus(state, mirror, 'PENDING_RESTORE');
}

export function completeRestore(state: CloudState, mirror: Mirror): void {
  delete mirror.transition;
  setStatus(state, mirror, 'ACTIVE');
}

function checkRestore(state: CloudState, side: LinkSide, topicName: string): Restore {
  const topic = localCluster(state, side)?.topics.get(topicName);
  if (!topic) {
    throw notFound('This server does not host this topic-partition.', 40403);
  }
  const own = side.mirrors.get(topicName);
  if (own && isLive(own)) {
    throw invalid(`Topic '${topicName}' is a mirror already: it is ${own.status}.`, 400);
  }
  const other = otherSide(state, side);
  if (!other || !hasContact(state, side)) {
    throw invalid(`Cluster ${side.remoteClusterId} cannot be reached over cluster link '${side.name}'.`, 400);
  }
  if ([side, other].some(({ settings }) => linkSetting(settings, 'cluster.link.prefix') !== '')) {
    throw invalid(`Cluster link '${side.name}' has a prefix, with which topics cannot be restored.`, 400);
  }
  const stopped = [...other.mirrors.values()].find((mirror) => mirror.sourceTopicName === topicName);
  const remote = remoteCluster(state, side);
  const source = remote?.topics.get(stopped?.topicName ?? '');
  if (!stopped?.stoppedAt || !remote || !source || stopped.status !== 'STOPPED' || stopped.sourceTopicId !== topic.id) {
    throw invalid(
      `Cluster ${side.remoteClusterId} has no stopped mirror of topic '${topicName}' to restore from.`,
      400,
    );
  }
  if ((own?.stoppedAt?.time ?? -1) >= stopped.stoppedAt.time) {
    throw invalid(`Topic '${topicName}' stopped mirroring after its counterpart did, so it is the newer one.`, 400);
  }
  authorizeReading(state, side, remote, source.name);
  refuseConsumed(state, side, topicName);
  return { topic, source, stopped };
}

/** Whoever reads the topic here has read what is to be thrown away. */
function refuseConsumed(state: CloudState, side: LinkSide, topicName: string): void {
  const groups = [...(localCluster(state, side)?.consumerGroups.values() ?? [])];
  const active = groups.filter((group) => group.offsets.has(topicName) && isConsuming(state, group));
  if (active.length > 0) {
    const names = active.map(({ id }) => id).join(', ');
    throw invalid(`Topic '${topicName}' has active consumer groups: ${names}. Stop their consumers and repeat.`, 400);
  }
}

function truncationOf({ topic, stopped }: Restore): Truncation[] {
  return topic.partitions.map(({ end }, partition) => {
    const truncatedTo = Math.min(end, stopped.stoppedAt?.ends[partition] ?? 0);
    return { partition, truncatedTo, messages: end - truncatedTo };
  });
}
