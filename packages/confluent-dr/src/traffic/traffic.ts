import { type ConsumerLagRow } from '../client/consumer-group-rows';
import { type GroupReading } from '../lag/group-reader';
import { type Reading } from '../observing/reading';
import { otherRole, type Role } from '../pair/role';
import { type TopicObservation } from '../pair/topic-observation';

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
export const quietSideOf = ({ operation, on }: Pick<DisturbedStep, 'operation' | 'on'>): Role =>
  operation === 'reverse-and-start-mirror' ? otherRole(on) : on;

/** A group that is behind without members is shown, and keeps nobody waiting: nobody may ever read on with it. */
export const isQuiet = ({ producing, groups, untold }: Traffic): boolean =>
  producing.length === 0 && untold.length === 0 && !groups.some(({ isActive }) => isActive);

export function trafficBetween(step: DisturbedStep, first: TrafficLook, last: TrafficLook): Traffic {
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
