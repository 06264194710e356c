import { type KafkaCluster } from '../kafka/acls';
import { findApiKey } from '../organization/api-keys';
import { aclsAllow, onCluster, onTopic } from '../organization/authorization';
import { forbidden, invalid, type Refusal } from '../refusal';
import { type CloudState } from '../state';
import { hasContact, remoteCredentials } from './link-health';
import { linkSetting } from './link-settings';
import { findMirror, localCluster, otherSide, remoteCluster } from './lookup';
import { newMirror, setStatus } from './mirrors';
import { type LinkSide, type Mirror, type TransitionError } from './records';
import { refuseStopped, stop } from './stopping';

/** Makes the mirror the source and its source the mirror: both sides have to work together. */
export function reverse(newMirrorStatus: 'ACTIVE' | 'PAUSED') {
  return (state: CloudState, side: LinkSide, topicName: string, apply: boolean): void => {
    const mirror = findMirror(side, topicName);
    refuseStopped(side, mirror);
    if (mirror.status !== 'ACTIVE') {
      throw invalid(`Topic '${topicName}' is ${mirror.status}; only an ACTIVE mirror is reversed.`, 400);
    }
    const obstacle = obstacleTo(state, side, mirror);
    if (obstacle) {
      throw obstacle;
    }
    if (apply) {
      begin(state, side, mirror, newMirrorStatus);
    }
  };
}

/** What keeps a reversal from being completed now; it may also come up while one is under way. */
export function obstacleTo(state: CloudState, side: LinkSide, mirror: Mirror): Refusal | undefined {
  const [other, local, remote] = [otherSide(state, side), localCluster(state, side), remoteCluster(state, side)];
  if (side.mode !== 'BIDIRECTIONAL' || !other || !local || !remote) {
    return invalid(`Cluster link '${side.name}' is not bidirectional, or its other side does not exist.`, 400);
  }
  if ([side, other].some(({ settings }) => linkSetting(settings, 'cluster.link.prefix') !== '')) {
    return invalid(`Cluster link '${side.name}' has a prefix, with which mirrors cannot be reversed.`, 400);
  }
  if (!hasContact(state, side) || !hasContact(state, other)) {
    return invalid(`Clusters ${side.clusterId} and ${side.remoteClusterId} cannot reach each other.`, 400);
  }
  if (!remote.topics.has(mirror.sourceTopicName)) {
    return invalid(`Source topic '${mirror.sourceTopicName}' does not exist on cluster ${remote.id}.`, 400);
  }
  return missingAcls(state, side, other, { local, remote, mirror });
}

/** The link's principal needs these ACLs on either cluster, whatever its roles are. */
function missingAcls(
  state: CloudState,
  side: LinkSide,
  other: LinkSide,
  { local, remote, mirror }: { local: KafkaCluster; remote: KafkaCluster; mirror: Mirror },
): Refusal | undefined {
  const missing = [
    ...missingOn(state, remote, side, mirror.sourceTopicName),
    ...missingOn(state, local, other, mirror.topicName),
  ];
  return missing.length === 0 ? undefined : forbidden(`Missing ACLs: ${missing.join('; ')}. Create them and repeat.`);
}

function missingOn(state: CloudState, cluster: KafkaCluster, reader: LinkSide, topicName: string): string[] {
  const key = remoteCredentials(state, reader)?.key;
  if (key === undefined) {
    return [];
  }
  const { ownerId } = findApiKey(state, key);
  const needed = [
    onTopic('READ', topicName),
    onTopic('DESCRIBE_CONFIGS', topicName),
    onCluster('DESCRIBE'),
    onCluster('ALTER'),
  ];
  return needed
    .filter((action) => !aclsAllow(cluster, ownerId, action))
    .map(
      (action) =>
        `${action.operation} on ${action.resourceType} ${action.resourceName} of ${cluster.id} for User:${ownerId}`,
    );
}

function begin(state: CloudState, side: LinkSide, mirror: Mirror, newMirrorStatus: 'ACTIVE' | 'PAUSED'): void {
  const other = otherSide(state, side)!;
  const here = localCluster(state, side)!.topics.get(mirror.topicName)!;
  const there = remoteCluster(state, side)!.topics.get(mirror.sourceTopicName)!;
  setStatus(state, mirror, 'PENDING_SYNCHRONIZE');
  mirror.transition = { kind: 'reverse', newMirrorStatus, dueAt: state.now + state.timing.mirrorTransitionMs };
  const reversed = newMirror(state, there, here);
  setStatus(state, reversed, 'PENDING_MIRROR');
  other.mirrors.set(reversed.topicName, reversed);
}

/** Swaps the parts: the mirror can be written to, and its source follows it. */
export function completeReversal(
  state: CloudState,
  side: LinkSide,
  mirror: Mirror,
  newMirrorStatus: 'ACTIVE' | 'PAUSED',
): void {
  const reversed = otherSide(state, side)?.mirrors.get(mirror.sourceTopicName);
  const source = remoteCluster(state, side)?.topics.get(mirror.sourceTopicName);
  stop(state, side, mirror);
  if (reversed && source) {
    setStatus(state, reversed, newMirrorStatus);
    reversed.fetchedTo = source.partitions.map(({ end }) => end);
  }
}

/** What holds up the reversal of a mirror, or made it fail; nothing if it is in none. */
export function transitionErrors(state: CloudState, side: LinkSide, mirror: Mirror): TransitionError[] {
  if (mirror.failure !== undefined) {
    return [{ code: 'ILLEGAL_STATE', message: mirror.failure }];
  }
  const obstacle = mirror.transition?.kind === 'reverse' ? obstacleTo(state, side, mirror) : undefined;
  return obstacle ? [{ code: String(obstacle.code), message: obstacle.message }] : [];
}

/**
 * A mirror that was failed over, or deleted, in the middle of its reversal leaves the old source waiting to become a
 * mirror. As soon as that side hears of it, it is an ordinary topic again.
 */
export function dropOrphanedReversals(state: CloudState, side: LinkSide): void {
  for (const mirror of side.mirrors.values()) {
    if (mirror.status !== 'PENDING_MIRROR') {
      continue;
    }
    const counterpart = otherSide(state, side)?.mirrors.get(mirror.sourceTopicName);
    if (counterpart?.transition?.kind !== 'reverse' && hasContact(state, side)) {
      side.mirrors.delete(mirror.topicName);
    }
  }
}
