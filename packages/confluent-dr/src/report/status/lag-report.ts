import { groupLags, type GroupReadings, type GroupTopicLag } from '../../observe/group-lag';
import { type PairObservation, type Role, ROLES } from '../../observe/pair-observation';
import { topicLag, type TopicLag } from '../../observe/topic-lag';

export const UNTOLD_CODES = [
  /** The member does not answer, or does not tell. */
  'member-silent',
  /** It has no list of groups for this key. */
  'groups-not-offered',
  'groups-not-listed',
  /** It lists groups, and not their offsets, which Confluent Cloud tells of dedicated clusters alone. */
  'offsets-not-told',
  /** Nothing was told of a group that was asked for. */
  'no-such-group',
  'no-such-topic',
] as const;

/** Something that was not told. */
export interface Untold {
  readonly code: (typeof UNTOLD_CODES)[number];
  /** Which member did not tell it. @default - both */
  readonly on?: Role;
  /** Groups, or a topic. @default - all */
  readonly names?: readonly string[];
  /** What the member said instead. */
  readonly told?: string;
  /** The command of this tool that helps, as words after `confluent-dr`. @default - none does */
  readonly next?: readonly string[];
}

export interface LagReport {
  readonly topics: readonly TopicLag[];
  readonly groups: readonly GroupTopicLag[];
  /** What is missing above, and why. */
  readonly untold: readonly Untold[];
}

export interface LagScope {
  /** By their names on the primary. @default all of the pair */
  readonly topics?: readonly string[];
  /** @default all that are told */
  readonly groups?: readonly string[];
}

/** How far both members are apart: mirrors behind their sources, and groups behind both. */
export function lagReport(pair: PairObservation, readings: GroupReadings, scope: LagScope = {}): LagReport {
  const topics = scope.topics ? pair.topics.filter(({ name }) => scope.topics?.includes(name)) : pair.topics;
  const groups = groupLags(topics, readings);
  return {
    topics: topics.map(topicLag),
    groups,
    untold: [
      ...ROLES.flatMap((role) => [...silence(pair, role), ...untoldGroups(role, readings[role])]),
      ...unseen(
        'no-such-group',
        scope.groups,
        groups.map(({ group }) => group),
      ),
      ...unseen(
        'no-such-topic',
        scope.topics,
        topics.map(({ name }) => name),
      ),
    ],
  };
}

/** Whether each number is told that there is; of a topic without a mirror there is none. */
export const isToldWhole = ({ topics, untold }: LagReport): boolean =>
  untold.length === 0 &&
  topics.every(({ kind, records }) => (kind !== 'measured' && kind !== 'unknown') || records !== undefined);

function unseen(code: Untold['code'], wished: readonly string[] = [], seen: readonly string[]): Untold[] {
  return wished.filter((name) => !seen.includes(name)).map((name) => ({ code, names: [name] }));
}

function silence({ members }: PairObservation, on: Role): Untold[] {
  const { dataPlane } = members[on];
  return dataPlane.kind === 'answers' ? [] : [{ code: 'member-silent', on, told: dataPlane.cause, next: ['check'] }];
}

/** A 404 or 403 says that the API is not there or not for this key; whatever the reason is, no number is made up. */
function untoldGroups(on: Role, reading: GroupReadings[Role]): Untold[] {
  if (!reading.known) {
    const { kind, message: told } = reading.failure;
    const isLacking = kind === 'not-found' || kind === 'forbidden';
    return [{ code: isLacking ? 'groups-not-offered' : 'groups-not-listed', on, told }];
  }
  const failures = reading.value.flatMap(({ group, lags }) => (lags.known ? [] : [{ group, failure: lags.failure }]));
  const [first] = failures;
  return first
    ? [{ code: 'offsets-not-told', on, names: failures.map(({ group }) => group), told: first.failure.message }]
    : [];
}
