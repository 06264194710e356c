import { type Topic } from '../kafka/acls';
import { catchUp } from '../kafka/log';
import { addPartitions } from '../kafka/topics';
import { hasContact } from '../linking/link-health';
import { mirrorTopic, remoteCluster, sourceTopic } from '../linking/lookup';
import { isBehind } from '../linking/mirror-lags';
import { setStatus } from '../linking/mirrors';
import { type LinkSide, type Mirror } from '../linking/records';
import { cloudFault, type CloudState } from '../state';

/** One that is being reversed or promoted fetches to the end; one that is failed over does not. */
export function isFetching({ status, transition }: Mirror): boolean {
  return (
    ['ACTIVE', 'PENDING_SYNCHRONIZE', 'PENDING_RESTORE'].includes(status) ||
    (status === 'PENDING_STOPPED' && transition?.kind === 'promote')
  );
}

export function needsFetching(state: CloudState, side: LinkSide): boolean {
  if (!state.hasBrokers && hasContact(state, side)) {
    for (const mirror of side.mirrors.values()) {
      if (missing(state, side, mirror)) {
        return true;
      }
    }
  }
  return false;
}

export function fetchOnce(state: CloudState, side: LinkSide): void {
  if (state.hasBrokers || !hasContact(state, side)) {
    return;
  }
  for (const mirror of side.mirrors.values()) {
    const found = missing(state, side, mirror);
    if (found) {
      addPartitions(found.topic, found.source.partitions.length);
      found.topic.partitions.forEach((log, partition) => {
        catchUp(log, found.source.partitions[partition], state.timing.fetchRecords);
      });
      mirror.fetchedTo = found.topic.partitions.map(({ end }) => end);
    }
  }
}

/** The pair of topics, if the mirror may fetch and there is something that it has not fetched. */
function missing(state: CloudState, side: LinkSide, mirror: Mirror): { topic: Topic; source: Topic } | undefined {
  if (!isFetching(mirror) || isHeld(state, side, mirror)) {
    return undefined;
  }
  const topic = mirrorTopic(state, side, mirror);
  const source = sourceTopic(state, side, mirror);
  if (!topic || !source) {
    return undefined;
  }
  const neverFetched = mirror.fetchedTo.includes(-1) || mirror.fetchedTo.length < source.partitions.length;
  return neverFetched || isBehind(topic, source) ? { topic, source } : undefined;
}

export function isHeld(state: CloudState, side: LinkSide, { topicName }: Mirror): boolean {
  const faults = ['replication-held', 'mirror-stuck'] as const;
  return faults.some((kind) => cloudFault(state, kind, side.clusterId, topicName) !== undefined);
}

/** A mirror whose source is gone, or another topic than it was, has FAILED; so has one that a fault says so of. */
export function noteFailures(state: CloudState, side: LinkSide): void {
  const contact = hasContact(state, side);
  for (const mirror of side.mirrors.values()) {
    const byFault =
      mirror.failure !== undefined ||
      cloudFault(state, 'mirror-failed', side.clusterId, mirror.topicName) !== undefined;
    if (mirror.status === 'FAILED' && mirror.error === 'ILLEGAL_STATE' && !byFault) {
      mirror.error = 'NO_ERROR';
      setStatus(state, mirror, 'ACTIVE');
    }
    if (mirror.status === 'ACTIVE' || mirror.status === 'PAUSED') {
      fail(state, mirror, byFault ? 'ILLEGAL_STATE' : contact ? sourceError(state, side, mirror) : 'NO_ERROR');
    }
  }
}

function fail(state: CloudState, mirror: Mirror, error: Mirror['error']): void {
  if (error !== 'NO_ERROR') {
    mirror.error = error;
    setStatus(state, mirror, 'FAILED');
  }
}

function sourceError(state: CloudState, side: LinkSide, mirror: Mirror): Mirror['error'] {
  const named = remoteCluster(state, side)?.topics.get(mirror.sourceTopicName);
  if (!named) {
    return 'SOURCE_TOPIC_MAY_BE_DELETED';
  }
  if (named.id !== mirror.sourceTopicId) {
    return 'SOURCE_TOPIC_ID_CHANGED';
  }
  const topic = mirrorTopic(state, side, mirror);
  const shrunk = named.partitions.some((log, partition) => log.end < (topic?.partitions[partition]?.end ?? 0));
  return shrunk ? 'UNEXPECTED_TRUNCATION' : 'NO_ERROR';
}
