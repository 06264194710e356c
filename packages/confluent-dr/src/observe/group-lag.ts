import { type KafkaRestClient } from '../client/kafka-rest-client';
import { type ConsumerLagRow } from '../client/kafka-rest-rows';
import { RequestFailure } from '../client/request-failure';
import { type PairSource, type SeenPair } from './observe-pair';
import { otherRole, presenceOf, type Role, ROLES, type TopicObservation } from './pair-observation';
import { type Reading, readingOf } from './reading';
import { activeOf, namesOf } from './topic-lag';

/** A consumer group as one member tells of it. */
export interface GroupReading {
  readonly group: string;
  /** `STABLE`, `EMPTY` and so on. */
  readonly state: string;
  /** Not known where the member lists groups, and does not tell their lags. */
  readonly lags: Reading<readonly ConsumerLagRow[]>;
}

export interface GroupScope {
  /** @default all */
  readonly groups?: readonly string[];
  /** Ends the reading with an error. */
  readonly signal?: AbortSignal;
}

/** So many groups are asked for at a time. */
const AT_A_TIME = 4;

/**
 * One request for the list, and one for each group. A group that is gone in between is left out.
 *
 * @throws RequestFailure of kind `aborted`; what else goes wrong is part of the reading
 */
export async function readGroups(
  kafka: KafkaRestClient,
  { groups, signal }: GroupScope = {},
): Promise<Reading<readonly GroupReading[]>> {
  const listed = await readingOf(kafka.consumerGroups({ signal }));
  if (!listed.known) {
    return listed;
  }
  const waiting = listed.value.filter(({ consumer_group_id: id }) => groups === undefined || groups.includes(id));
  const read: GroupReading[] = [];
  const worker = async (): Promise<void> => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      const { consumer_group_id: group, state } = row;
      const lags = await readingOf(kafka.consumerLags(group, { signal }));
      if (lags.known || lags.failure.kind !== 'not-found') {
        read.push({ group, state, lags });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return { known: true, value: read.sort((one, other) => (one.group < other.group ? -1 : 1)) };
}

/** Where a group is on one partition of one member. */
export interface GroupPosition {
  /** The offset that the group reads next. */
  readonly offset: number;
  readonly logEnd: number;
  /** Records that the group has not read there. */
  readonly lag: number;
}

/** One group on one partition of both members; undefined where it has no offset. */
export interface PartitionPositions extends Partial<Record<Role, GroupPosition>> {
  readonly partition: number;
  /**
   * Records that the group would read a second time if its consumers moved now: offsets of the active member that the
   * other one has not got yet. Below 0 they would leave records out. Undefined where one of the two is not known.
   */
  readonly readAgain?: number;
}

export interface GroupTopicLag {
  readonly group: string;
  /** By its name on the primary. */
  readonly topic: string;
  /** The member whose offset is the truth; undefined where that is not clear. */
  readonly active?: Role;
  /** Records that the group has not read, by member; undefined where it has no offsets, or they are not told. */
  readonly lag: Partial<Record<Role, number>>;
  /** Records that would be read a second time if the consumers moved now; undefined where it is not known of each partition. */
  readonly readAgain?: number;
  /** Records that would not be read at all. @default - none, or not known */
  readonly leftOut?: number;
  readonly partitions: readonly PartitionPositions[];
}

export type GroupReadings = Readonly<Record<Role, Reading<readonly GroupReading[]>>>;

/** Each group that is anywhere on a topic of the pair, by group and topic. */
export function groupLags(topics: readonly TopicObservation[], readings: GroupReadings): GroupTopicLag[] {
  const rows = { primary: rowsOf(readings.primary), secondary: rowsOf(readings.secondary) };
  const groups = [...new Set(ROLES.flatMap((role) => [...rows[role].keys()]))].sort();
  return groups.flatMap((group) =>
    topics.flatMap((topic) => {
      const names = namesOf(topic);
      const onBoth = (role: Role): readonly ConsumerLagRow[] => rows[role].get(group)?.get(names[role]) ?? [];
      const of = { primary: onBoth('primary'), secondary: onBoth('secondary') };
      return of.primary.length + of.secondary.length === 0 ? [] : [groupTopicLag(group, topic, of)];
    }),
  );
}

type Rows = ReadonlyMap<string, ReadonlyMap<string, readonly ConsumerLagRow[]>>;

/** By group and by topic, so that a thousand topics are not searched for each group. */
function rowsOf(reading: GroupReadings[Role]): Rows {
  const readings = reading.known ? reading.value : [];
  return new Map(readings.flatMap(({ group, lags }) => (lags.known ? [[group, byTopic(lags.value)] as const] : [])));
}

function byTopic(rows: readonly ConsumerLagRow[]): ReadonlyMap<string, readonly ConsumerLagRow[]> {
  const all = new Map<string, ConsumerLagRow[]>();
  for (const row of rows) {
    const known = all.get(row.topic_name) ?? [];
    known.push(row);
    all.set(row.topic_name, known);
  }
  return all;
}

function groupTopicLag(
  group: string,
  topic: TopicObservation,
  rows: Readonly<Record<Role, readonly ConsumerLagRow[]>>,
): GroupTopicLag {
  const active = activeOf(topic);
  const numbers = new Set(ROLES.flatMap((role) => rows[role].map(({ partition_id: id }) => id)));
  const partitions = [...numbers]
    .sort((one, other) => one - other)
    .map((partition) => positions(partition, rows, active));
  const known = partitions.flatMap(({ readAgain }) => readAgain ?? []);
  // Where the other member has no offset, the group begins anew or at the end, and a sum of the others would hide it.
  const isWhole = active !== undefined && partitions.every((at) => !at[active] || at.readAgain !== undefined);
  const leftOut = -sum(known.filter((records) => records < 0));
  return {
    group,
    topic: topic.name,
    ...(active && { active }),
    lag: Object.fromEntries(ROLES.flatMap((role) => total(role, partitions))),
    ...(known.length > 0 && isWhole && { readAgain: sum(known.filter((records) => records > 0)) }),
    ...(leftOut > 0 && { leftOut }),
    partitions,
  };
}

function total(role: Role, partitions: readonly PartitionPositions[]): [Role, number][] {
  const lags = partitions.flatMap((positions) => positions[role]?.lag ?? []);
  return lags.length > 0 ? [[role, sum(lags)]] : [];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, own) => all + own, 0);

function positions(
  partition: number,
  rows: Readonly<Record<Role, readonly ConsumerLagRow[]>>,
  active?: Role,
): PartitionPositions {
  const of = (role: Role): GroupPosition | undefined => {
    const row = rows[role].find(({ partition_id: id }) => id === partition);
    return row && { offset: row.current_offset, logEnd: row.log_end_offset, lag: row.lag };
  };
  const [primary, secondary] = [of('primary'), of('secondary')];
  const [here, there] = active ? [{ primary, secondary }[active], { primary, secondary }[otherRole(active)]] : [];
  return {
    partition,
    ...(primary && { primary }),
    ...(secondary && { secondary }),
    ...(here && there && { readAgain: here.offset - there.offset }),
  };
}

/**
 * Reads the groups of both members while the pair is looked at. A member that turns out to be gone is not waited for.
 *
 * @throws RequestFailure of kind `aborted`, and what the look ends with
 */
export async function readPairGroups(
  { members }: PairSource,
  seen: Promise<SeenPair>,
  { groups, signal }: GroupScope = {},
): Promise<GroupReadings> {
  const of = async (role: Role): Promise<Reading<readonly GroupReading[]>> => {
    const gone = new AbortController();
    const until = AbortSignal.any([gone.signal, ...(signal ? [signal] : [])]);
    const reading = readGroups(members[role].kafka, { groups, signal: until });
    const silence = seen.then(({ observation, readings }) => {
      const { mirrors } = readings[role];
      if (presenceOf(observation.members[role].dataPlane) === 'answers' || mirrors.known) {
        return undefined;
      }
      gone.abort();
      return mirrors.failure;
    });
    // Whoever waits for the look is told how it ended.
    silence.catch(() => undefined);
    try {
      return await reading;
    } catch (error) {
      const failure = error instanceof RequestFailure && signal?.aborted !== true ? await silence : undefined;
      if (failure === undefined) {
        throw error;
      }
      return { known: false, failure };
    }
  };
  const [primary, secondary] = await Promise.all([of('primary'), of('secondary')]);
  return { primary, secondary };
}
