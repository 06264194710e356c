import { type LinkRow, type LinkTaskRow, type MirrorRow } from '../client/kafka-rest-rows';
import { type MemberReading } from './member-reader';
import {
  type DataPlane,
  type LinkObservation,
  type LinkState,
  type LinkTask,
  type LinkTaskState,
  type MemberObservation,
  MIRROR_STATUSES,
  type MirrorObservation,
  type Role,
  ROLES,
  type SideOfTopic,
  topicNameOn,
  type TopicObservation,
  type UnmirroredTopic,
} from './pair-observation';

const LINK_STATES: readonly LinkState[] = ['ACTIVE', 'FAILED', 'UNAVAILABLE', 'PAUSED', 'UNKNOWN'];
const TASK_STATES: readonly LinkTaskState[] = [
  'UNKNOWN',
  'ACTIVE',
  'IN_ERROR',
  'NOT_CONFIGURED',
  'LINK_FAILED',
  'LINK_UNAVAILABLE',
  'LINK_PAUSED',
];

/** What a member's answers say about itself and its side of the link. */
export function memberObservation(clusterId: string, linkName: string, reading: MemberReading): MemberObservation {
  return { clusterId, dataPlane: dataPlaneOf(reading), link: linkObservation(linkName, reading) };
}

/** The list of mirrors is what nothing can be said without; but who answers anything else is not gone. */
function dataPlaneOf({ mirrors, topics, link, linkConfigs }: MemberReading): DataPlane {
  if (mirrors.known) {
    return { kind: 'answers' };
  }
  const { kind, message } = mirrors.failure;
  // A reading that was given up is none, so that the kind is there for the type alone.
  const lives = [topics, link, linkConfigs].some(({ known }) => known);
  return { kind: kind === 'aborted' ? 'cut' : kind, cause: message, ...(lives && { lives }) };
}

function linkObservation(name: string, { link, linkConfigs, mirrors }: MemberReading): LinkObservation {
  if (!link.known) {
    // Where the cluster itself is not found, nothing is known about its links.
    const isAbsent = link.failure.kind === 'not-found' && mirrors.known;
    return isAbsent ? { kind: 'absent', name } : { kind: 'unknown', cause: link.failure.message };
  }
  const row = link.value;
  const settings = linkConfigs.known
    ? new Map(linkConfigs.value.map((config) => [config.name, config.value]))
    : undefined;
  const state = knownWord(LINK_STATES, row.link_state);
  return {
    kind: 'link',
    name,
    linkId: row.cluster_link_id,
    state,
    ...errorsOf(row),
    ...(settings && { prefix: settings.get('cluster.link.prefix') ?? '' }),
    paused: state === 'PAUSED' || settings?.get('cluster.link.paused') === 'true',
    tasks: (row.tasks ?? []).map(taskOf),
  };
}

function errorsOf({ link_error: error, link_error_message: message }: LinkRow): {
  error?: string;
  errorMessage?: string;
} {
  return { ...(error && error !== 'NO_ERROR' && { error }), ...(message && { errorMessage: message }) };
}

function taskOf({ task_name: name, state, errors }: LinkTaskRow): LinkTask {
  return {
    name,
    state: knownWord(TASK_STATES, state),
    errors: (errors ?? []).map(({ error_code: code, error_message: message }) => ({ code, message })),
  };
}

/** A word that the service has and this tool does not know yet is UNKNOWN, as is none. */
function knownWord<T extends string>(words: readonly T[], word: string | undefined): T | 'UNKNOWN' {
  return words.find((known) => known === word) ?? 'UNKNOWN';
}

export interface TopicsOfPair {
  readonly readings: Readonly<Record<Role, MemberReading>>;
  readonly linkNames: Readonly<Record<Role, string>>;
  /** Topics that the pair should have, by their names on the primary, whether or not it has them. */
  readonly expected: readonly string[];
  /** `cluster.link.prefix` of the secondary's side. */
  readonly prefix?: string;
}

/** Each topic that is expected, or that a side of the link mirrors or mirrored, by name. */
export function topicObservations({ readings, linkNames, expected, prefix }: TopicsOfPair): TopicObservation[] {
  const primary = new MemberTopics('primary', readings.primary, linkNames.primary, prefix);
  const secondary = new MemberTopics('secondary', readings.secondary, linkNames.secondary, prefix);
  const names = new Set([...expected, ...primary.replicated, ...secondary.replicated]);
  return [...names]
    .sort()
    .map((name) => ({ name, sides: { primary: primary.sideOf(name), secondary: secondary.sideOf(name) } }));
}

/** The topics of one member, found by their names on the primary. */
class MemberTopics {
  private readonly ofLink: ReadonlyMap<string, MirrorRow>;
  private readonly ofOtherLinks: ReadonlyMap<string, MirrorRow>;
  private readonly partitions: ReadonlyMap<string, number>;

  constructor(
    private readonly role: Role,
    private readonly reading: MemberReading,
    linkName: string,
    private readonly prefix?: string,
  ) {
    const mirrors = reading.mirrors.known ? reading.mirrors.value : [];
    const topics = reading.topics.known ? reading.topics.value : [];
    this.ofLink = new Map(
      mirrors.filter(({ link_name }) => link_name === linkName).map((row) => [this.nameOnPrimary(row), row]),
    );
    // What another link mirrored once, as when it was moved here, is a topic like any other.
    this.ofOtherLinks = new Map(
      mirrors
        .filter(({ link_name, mirror_status }) => link_name !== linkName && mirror_status !== 'STOPPED')
        .map((row) => [row.mirror_topic_name, row]),
    );
    this.partitions = new Map(topics.map((row) => [row.topic_name, row.partitions_count]));
  }

  public get replicated(): Iterable<string> {
    return this.ofLink.keys();
  }

  public sideOf(name: string): SideOfTopic {
    const topicName = topicNameOn(this.role, name, this.prefix);
    const { mirrors, topics } = this.reading;
    if (!mirrors.known) {
      return { kind: 'unknown', topicName, cause: mirrors.failure.message };
    }
    const mirror = this.ofLink.get(name) ?? this.ofOtherLinks.get(topicName);
    if (mirror) {
      return mirrorSide(mirror, this.partitions.get(mirror.mirror_topic_name));
    }
    if (!topics.known) {
      return { kind: 'unknown', topicName, cause: topics.failure.message };
    }
    const partitions = this.partitions.get(topicName);
    return partitions === undefined ? { kind: 'absent', topicName } : { kind: 'topic', topicName, partitions };
  }

  private nameOnPrimary(row: MirrorRow): string {
    return this.role === 'primary' ? row.mirror_topic_name : row.source_topic_name;
  }
}

/** A mirror in a status that this tool does not know must not be acted upon. */
function mirrorSide(row: MirrorRow, partitions = row.num_partitions): SideOfTopic {
  const topicName = row.mirror_topic_name;
  const status = MIRROR_STATUSES.find((known) => known === row.mirror_status);
  return status === undefined
    ? {
        kind: 'unknown',
        topicName,
        cause: `its mirror status ${String(row.mirror_status)} is unknown`,
      }
    : { ...mirrorObservation(row, status), partitions };
}

function mirrorObservation(row: MirrorRow, status: MirrorObservation['status']): MirrorObservation {
  const { mirror_topic_error: error } = row;
  return {
    kind: 'mirror',
    topicName: row.mirror_topic_name,
    sourceTopicName: row.source_topic_name,
    linkName: row.link_name,
    status,
    ...(error && error !== 'NO_ERROR' && error !== 'NOT_SET' && { error }),
    transitionErrors: (row.mirror_state_transition_errors ?? []).map(
      ({ error_code: code, error_message: message }) => ({
        code,
        message,
      }),
    ),
    lags: (row.mirror_lags ?? []).map(({ partition, lag, last_source_fetch_offset: lastSourceFetchOffset }) => ({
      partition,
      lag,
      lastSourceFetchOffset,
    })),
    partitions: row.num_partitions,
    statusSince: row.state_time_ms,
  };
}

/** Those that Confluent Cloud and its tools keep for themselves. */
const INTERNAL = /^(__|_confluent|_schemas$)/;

/**
 * Topics of either member that are no internal ones, no mirrors that follow, not among the pair's, and not told to be left out.
 *
 * @param leftOut names, or beginnings of names that end in `*`
 */
export function unmirroredTopics(
  readings: Readonly<Record<Role, MemberReading>>,
  topics: readonly TopicObservation[],
  leftOut: readonly string[] = [],
): UnmirroredTopic[] {
  const members = new Map<string, Role[]>();
  for (const role of ROLES) {
    const reading = readings[role];
    const mirrors = reading.mirrors.known ? reading.mirrors.value : [];
    const known = new Set([
      ...topics.map(({ sides }) => sides[role].topicName),
      // What another link mirrored once can be written to like any other topic.
      ...mirrors.filter((row) => row.mirror_status !== 'STOPPED').map((row) => row.mirror_topic_name),
    ]);
    for (const { topic_name: name, is_internal: internal } of reading.topics.known ? reading.topics.value : []) {
      if (!internal && !INTERNAL.test(name) && !known.has(name) && !leftOut.some((pattern) => takesIn(pattern, name))) {
        members.set(name, [...(members.get(name) ?? []), role]);
      }
    }
  }
  return [...members].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, on]) => ({ name, on }));
}

const takesIn = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
