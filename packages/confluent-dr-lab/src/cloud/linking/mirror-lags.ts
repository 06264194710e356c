import { type Topic } from '../kafka/acls';
import { type CloudState } from '../state';
import { hasContact } from './link-health';
import { mirrorTopic, sourceTopic } from './lookup';
import { type LinkSide, type Mirror } from './records';

export interface MirrorLag {
  readonly partition: number;
  /** How many records of the source are not here, as far as is known. */
  readonly lag: number;
  /** -1 where nothing was ever fetched. */
  readonly lastSourceFetchOffset: number;
}

/** One entry a partition, 0 to n-1, also when the mirror has stopped: the CLI prints nothing for an empty list. */
export function mirrorLags(state: CloudState, side: LinkSide, mirror: Mirror): MirrorLag[] {
  const topic = mirrorTopic(state, side, mirror);
  const here = mirror.stoppedAt?.ends ?? topic?.partitions.map(({ end }) => end) ?? [];
  const there = knownSourceEnds(state, side, mirror);
  return (topic?.partitions ?? []).map((_, partition) => ({
    partition,
    lag: Math.max(0, (there[partition] ?? 0) - (here[partition] ?? 0)),
    lastSourceFetchOffset: mirror.fetchedTo[partition] ?? -1,
  }));
}

/** Whether the mirror has every record of its source; unknown, and so no, without contact. */
export function isCaughtUp(state: CloudState, side: LinkSide, mirror: Mirror): boolean {
  const [source, topic] = [sourceTopic(state, side, mirror), mirrorTopic(state, side, mirror)];
  if (!source || !topic || !hasContact(state, side)) {
    return false;
  }
  return !isBehind(topic, source);
}

export function isBehind(topic: Topic, source: Topic): boolean {
  return source.partitions.some((log, partition) => topic.partitions[partition]?.end !== log.end);
}

/** Remembers how far the source is, as long as it can be asked. */
export function noteSourceEnds(state: CloudState, side: LinkSide): void {
  if (!hasContact(state, side)) {
    return;
  }
  for (const mirror of side.mirrors.values()) {
    const source = mirror.stoppedAt === undefined ? sourceTopic(state, side, mirror) : undefined;
    if (source && !endsAt(source, mirror.sourceEnds)) {
      mirror.sourceEnds = source.partitions.map(({ end }) => end);
    }
  }
}

function endsAt(topic: Topic, ends: readonly number[]): boolean {
  return topic.partitions.length === ends.length && topic.partitions.every(({ end }, index) => end === ends[index]);
}

function knownSourceEnds(state: CloudState, side: LinkSide, mirror: Mirror): number[] {
  const source = sourceTopic(state, side, mirror);
  const fresh = mirror.stoppedAt === undefined && source !== undefined && hasContact(state, side);
  return fresh ? source.partitions.map(({ end }) => end) : mirror.sourceEnds;
}
