import { type ConsumerLagRow } from '../client/kafka-rest-rows';
import { type GroupReading, readGroups } from './group-lag';
import { observePair, type PairSource } from './observe-pair';
import { otherRole, type Role, type TopicObservation } from './pair-observation';
import { type Reading } from './reading';

/** What finds clients in its way: a reversal producers on the old side, a truncation consumers of what it truncates. */
export type DisturbedOperation = 'reverse-and-start-mirror' | 'truncate-and-restore';

/** The part of a step that says where clients have to be quiet. */
export interface DisturbedStep {
  readonly operation: DisturbedOperation;
  readonly on: Role;
  readonly topics: readonly { readonly name: string }[];
}

/** A consumer group on topics of the step. */
export interface GroupTraffic {
  readonly group: string;
  /** `STABLE`, `EMPTY` and so on. */
  readonly state: string;
  /** Whether it has members. */
  readonly isActive: boolean;
  /** Records of these topics that it has not read. */
  readonly unread: number;
  /** By their names on the primary. */
  readonly topics: readonly string[];
}

/** What clients were seen to do on the member where they should be quiet. */
export interface Traffic {
  readonly operation: DisturbedOperation;
  readonly on: Role;
  /** Between the two looks. */
  readonly seconds: number;
  /** Topics whose ends grew between the looks, and by how many records; of a reversal alone. */
  readonly producing: readonly { readonly topic: string; readonly records: number }[];
  /** Of a reversal those that are behind, of a truncation those with members. */
  readonly groups: readonly GroupTraffic[];
  /** What nobody tells. */
  readonly untold: readonly Untold[];
}

export type Untold =
  | { readonly code: 'ends'; readonly topics: readonly string[] }
  | { readonly code: 'groups'; readonly message: string }
  | { readonly code: 'lags'; readonly groups: readonly string[]; readonly message: string };

/** One look: the mirrors of both sides, and the groups of the member where clients should be quiet. */
export interface TrafficLook {
  readonly topics: readonly TopicObservation[];
  readonly groups: Reading<readonly GroupReading[]>;
  /** Milliseconds. */
  readonly at: number;
}

/** Where clients have to be quiet: a reversal takes the topics away from the other member. */
const quietSideOf = ({ operation, on }: Pick<DisturbedStep, 'operation' | 'on'>): Role =>
  operation === 'reverse-and-start-mirror' ? otherRole(on) : on;

/** A group that is behind without members is shown, and keeps nobody waiting: nobody may ever read on with it. */
export const isQuiet = ({ producing, groups, untold }: Traffic): boolean =>
  producing.length === 0 && untold.length === 0 && !groups.some(({ isActive }) => isActive);

function trafficBetween(step: DisturbedStep, first: TrafficLook, last: TrafficLook): Traffic {
  const on = quietSideOf(step);
  const names = new Set(step.topics.map(({ name }) => name));
  const topics = last.topics.filter(({ name }) => names.has(name));
  const isReversal = step.operation === 'reverse-and-start-mirror';
  const growth = isReversal
    ? topics.map((topic) => ({ topic: topic.name, records: grown(topic, on, first, last) }))
    : [];
  const groups = groupsOn(topics, on, last);
  const unknown = growth.flatMap(({ topic, records }) => (records === undefined ? [topic] : []));
  return {
    operation: step.operation,
    on,
    seconds: (last.at - first.at) / 1000,
    producing: growth.flatMap(({ topic, records = 0 }) => (records > 0 ? [{ topic, records }] : [])),
    groups: groups.filter(({ unread, isActive }) => (isReversal ? unread > 0 : isActive)),
    untold: [...(unknown.length > 0 ? [{ code: 'ends', topics: unknown } as const] : []), ...untoldOf(last.groups)],
  };
}

/**
 * By how much the ends of a topic grew there, by what its mirror knows of its source and by what groups tell; undefined
 * where neither tells. The REST API has no ends of its own.
 */
function grown(topic: TopicObservation, on: Role, first: TrafficLook, last: TrafficLook): number | undefined {
  const earlier = first.topics.find(({ name }) => name === topic.name);
  const ways = [
    difference(earlier && sourceEnds(earlier, on), sourceEnds(topic, on)),
    difference(groupEnds(topic, on, first), groupEnds(topic, on, last)),
  ].filter((records) => records !== undefined);
  return ways.length > 0 ? Math.max(...ways) : undefined;
}

type Ends = ReadonlyMap<number, number>;

function difference(earlier: Ends | undefined, later: Ends): number | undefined {
  const both = [...later].filter(([partition]) => earlier?.has(partition));
  return both.length === 0
    ? undefined
    : both.reduce((sum, [partition, end]) => sum + Math.max(0, end - (earlier?.get(partition) ?? 0)), 0);
}

/** A mirror knows up to where it fetched, -1 for never, and how many records of the source it does not have. */
function sourceEnds({ sides }: TopicObservation, on: Role): Ends {
  const mirror = sides[otherRole(on)];
  if (mirror.kind !== 'mirror' || mirror.status === 'STOPPED') {
    return new Map();
  }
  return new Map(
    mirror.lags.flatMap(({ partition, lag, lastSourceFetchOffset: fetched }) =>
      fetched === undefined ? [] : [[partition, Math.max(0, fetched) + lag] as const],
    ),
  );
}

function groupEnds(topic: TopicObservation, on: Role, { groups }: TrafficLook): Ends {
  const ends = new Map<number, number>();
  for (const { lags } of groups.known ? groups.value : []) {
    for (const { partition_id: partition, log_end_offset: end } of rowsOf(lags, topic.sides[on].topicName)) {
      ends.set(partition, Math.max(end, ends.get(partition) ?? 0));
    }
  }
  return ends;
}

function groupsOn(topics: readonly TopicObservation[], on: Role, { groups }: TrafficLook): GroupTraffic[] {
  return (groups.known ? groups.value : []).flatMap(({ group, state, lags }) => {
    const own = topics
      .map(({ name, sides }) => ({ name, rows: rowsOf(lags, sides[on].topicName) }))
      .filter(({ rows }) => rows.length > 0);
    const unread = own.flatMap(({ rows }) => rows).reduce((sum, { lag }) => sum + Math.max(0, lag), 0);
    const isActive = !WITHOUT_MEMBERS.includes(state.toUpperCase());
    return own.length === 0 ? [] : [{ group, state, isActive, unread, topics: own.map(({ name }) => name) }];
  });
}

const WITHOUT_MEMBERS = ['EMPTY', 'DEAD'];

const rowsOf = (lags: GroupReading['lags'], topic: string): readonly ConsumerLagRow[] =>
  lags.known ? lags.value.filter(({ topic_name: name }) => name === topic) : [];

function untoldOf(groups: TrafficLook['groups']): Untold[] {
  if (!groups.known) {
    return [{ code: 'groups', message: groups.failure.message }];
  }
  const silent = groups.value.flatMap(({ group, state, lags }) =>
    lags.known || WITHOUT_MEMBERS.includes(state.toUpperCase()) ? [] : [{ group, message: lags.failure.message }],
  );
  return silent.length === 0
    ? []
    : [{ code: 'lags', groups: silent.map(({ group }) => group), message: silent[0].message }];
}

/** The time in which ends have to stand still for one look to be quiet. */
export const APART_MS = 1000;

/** So many looks in succession have to be quiet until a wait is over. */
const QUIET_LOOKS = 3;

export interface TrafficTime {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Ends it with an error. */
  readonly signal?: AbortSignal;
}

/**
 * Looks twice, a second apart.
 *
 * @throws RequestFailure of kind `aborted`; what else goes wrong is part of what is told
 */
export async function readTraffic(source: PairSource, step: DisturbedStep, time: TrafficTime): Promise<Traffic> {
  const first = await lookAt(source, step, time);
  await time.sleep(APART_MS, time.signal);
  return trafficBetween(step, first, await lookAt(source, step, time));
}

/**
 * Looks until clients are quiet three times in succession, or the time is over.
 *
 * @returns the last look
 * @throws RequestFailure of kind `aborted`
 */
export async function waitForQuiet(
  source: PairSource,
  step: DisturbedStep,
  time: TrafficTime,
  limitMs: number,
  onLook: (traffic: Traffic) => void = () => undefined,
): Promise<{ readonly traffic: Traffic; readonly isQuiet: boolean }> {
  const begun = time.now();
  let first = await lookAt(source, step, time);
  for (let quiet = 0; ;) {
    await time.sleep(APART_MS, time.signal);
    const last = await lookAt(source, step, time);
    const traffic = trafficBetween(step, first, last);
    first = last;
    quiet = isQuiet(traffic) ? quiet + 1 : 0;
    onLook(traffic);
    if (quiet >= QUIET_LOOKS) {
      return { traffic, isQuiet: true };
    }
    if (quiet === 0 && time.now() - begun >= limitMs) {
      return { traffic, isQuiet: false };
    }
  }
}

async function lookAt(source: PairSource, step: DisturbedStep, { now, signal }: TrafficTime): Promise<TrafficLook> {
  const { kafka } = source.members[quietSideOf(step)];
  const [{ observation }, groups] = await Promise.all([
    observePair(source, { mirrorsOnly: true, signal }),
    readGroups(kafka, { signal }),
  ]);
  return { topics: observation.topics, groups, at: now() };
}
