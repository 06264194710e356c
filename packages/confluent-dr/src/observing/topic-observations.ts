import { type MirrorRow } from '../client/kafka-rest-rows';
import { MIRROR_STATUSES } from '../pair/mirror-status';
import { type Role } from '../pair/role';
import {
  type MirrorObservation,
  type SideOfTopic,
  topicNameOn,
  type TopicObservation,
} from '../pair/topic-observation';
import { type MemberReading } from './member-reader';

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
    this.ofOtherLinks = new Map(
      mirrors.filter(({ link_name }) => link_name !== linkName).map((row) => [row.mirror_topic_name, row]),
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
      return mirrorSide(mirror);
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
function mirrorSide(row: MirrorRow): SideOfTopic {
  const topicName = row.mirror_topic_name;
  const status = MIRROR_STATUSES.find((known) => known === row.mirror_status);
  return status === undefined
    ? {
        kind: 'unknown',
        topicName,
        cause: `its mirror status ${String(row.mirror_status)} is unknown`,
      }
    : mirrorObservation(row, status);
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
