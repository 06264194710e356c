import { type PairObservation, type Role, ROLES } from '../pair';
import { groupLags, type GroupReadings, type GroupTopicLag } from './group-lag';
import { topicLag, type TopicLag } from './topic-lag';

/** Something that was not told, and how it can be found out. */
export interface Untold {
  /** Which member did not tell it. @default - both */
  readonly on?: Role;
  readonly cause: string;
  readonly cure: string;
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
        'group',
        scope.groups,
        groups.map(({ group }) => group),
      ),
      ...unseen(
        'topic',
        scope.topics,
        topics.map(({ name }) => name),
      ),
    ],
  };
}

function unseen(kind: string, wished: readonly string[] = [], seen: readonly string[]): Untold[] {
  return wished
    .filter((name) => !seen.includes(name))
    .map((name) => ({
      cause: `Nothing was told of the ${kind} ${name}.`,
      cure: 'Check its name; a group is told where it has offsets of topics of the pair.',
    }));
}

function silence({ members }: PairObservation, on: Role): Untold[] {
  const { dataPlane } = members[on];
  return dataPlane.kind === 'answers'
    ? []
    : [
        {
          on,
          cause: dataPlane.cause,
          cure: 'What mirrors on it are behind is not known; find out why it does not answer:',
          next: ['check'],
        },
      ];
}

const BY_HAND =
  'Ask Kafka itself: kafka-consumer-groups --bootstrap-server <bootstrap> --command-config <file> --describe --all-groups.';

/** A 404 or 403 says that the API is not there or not for this key; whatever the reason is, no number is made up. */
function untoldGroups(on: Role, reading: GroupReadings[Role]): Untold[] {
  if (!reading.known) {
    const { kind, message } = reading.failure;
    const isLacking = kind === 'not-found' || kind === 'forbidden';
    const cause = isLacking ? `It has no list of consumer groups for this key: ${message}` : message;
    return [{ on, cause, cure: BY_HAND }];
  }
  const failures = reading.value.flatMap(({ group, lags }) => (lags.known ? [] : [{ group, failure: lags.failure }]));
  const [first] = failures;
  if (!first) {
    return [];
  }
  const names = failures.slice(0, 5).map(({ group }) => group);
  const more = failures.length > names.length ? ` and ${failures.length - names.length} more` : '';
  const cause = `It lists the groups ${names.join(', ')}${more}, and does not tell their offsets: ${first.failure.message}`;
  return [{ on, cause, cure: `Confluent Cloud tells them of dedicated clusters alone. ${BY_HAND}` }];
}
