import { type FailureKind } from '../client/request-failure';

/** The members by the parts that they were deployed with; who is active changes, these do not. */
export const ROLES = ['primary', 'secondary'] as const;
export type Role = (typeof ROLES)[number];

export const otherRole = (role: Role): Role => (role === 'primary' ? 'secondary' : 'primary');

/** All words that Confluent Cloud has for the status of a mirror topic. */
export const MIRROR_STATUSES = [
  'ACTIVE',
  'FAILED',
  'LINK_FAILED',
  'LINK_PAUSED',
  'PAUSED',
  'PENDING_STOPPED',
  'SOURCE_UNAVAILABLE',
  'STOPPED',
  'PENDING_MIRROR',
  'PENDING_SYNCHRONIZE',
  'PENDING_SETUP_FOR_RESTORE',
  'PENDING_RESTORE',
] as const;
export type MirrorStatus = (typeof MIRROR_STATUSES)[number];

export const PENDING_STATUSES = [
  'PENDING_STOPPED',
  'PENDING_MIRROR',
  'PENDING_SYNCHRONIZE',
  'PENDING_SETUP_FOR_RESTORE',
  'PENDING_RESTORE',
] as const;
export type PendingStatus = (typeof PENDING_STATUSES)[number];

/** Whether a mirror is on its way into another status. */
export const isPending = (status: MirrorStatus): status is PendingStatus =>
  (PENDING_STATUSES as readonly MirrorStatus[]).includes(status);

/** How a member's data plane answered; `cause` is what the request that failed said, without secrets. */
export type DataPlane =
  | { readonly kind: 'answers' }
  | {
      readonly kind: Exclude<FailureKind, 'aborted'>;
      readonly cause: string;
      /** Whether it answered something else meanwhile. @default false */
      readonly lives?: boolean;
    };

type Silence = Exclude<DataPlane['kind'], 'answers'>;

/** Failures of a service or network that are gone; all others come from a service that lives. */
const AWAY: readonly Silence[] = ['dns', 'refused', 'unreachable', 'tls', 'timeout', 'cut', 'unavailable'];

/**
 * - `answers`: its truth is known
 * - `away`: nothing of it is there, as far as can be seen from here
 * - `declines`: it lives and tells nothing: a wrong key, a missing role, too many requests, an answer of something else
 */
export type Presence = 'answers' | 'away' | 'declines';

export function presenceOf(dataPlane: DataPlane): Presence {
  if (dataPlane.kind === 'answers') {
    return 'answers';
  }
  return AWAY.includes(dataPlane.kind) && dataPlane.lives !== true ? 'away' : 'declines';
}

export type LinkState = 'ACTIVE' | 'FAILED' | 'UNAVAILABLE' | 'PAUSED' | 'UNKNOWN';
export type LinkTaskState =
  'UNKNOWN' | 'ACTIVE' | 'IN_ERROR' | 'NOT_CONFIGURED' | 'LINK_FAILED' | 'LINK_UNAVAILABLE' | 'LINK_PAUSED';

/** An error as Kafka REST lists them, of a link's task or of a mirror's change of status. */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
}

export interface LinkTask {
  /** `AclSync`, `AutoCreateMirror`, `ConsumerOffsetSync`, `TopicConfigsSync`, or a newer one. */
  readonly name: string;
  readonly state: LinkTaskState;
  readonly errors: readonly ReportedError[];
}

/** One side of the bidirectional link. */
export interface LinkSide {
  readonly kind: 'link';
  readonly name: string;
  /** `cluster_link_id`; both sides of one link have the same. */
  readonly linkId: string;
  readonly state: LinkState;
  /** `link_error`; undefined where it is NO_ERROR or not told. */
  readonly error?: string;
  readonly errorMessage?: string;
  /** `cluster.link.prefix`; undefined where the link's settings were not read. */
  readonly prefix?: string;
  /** `cluster.link.paused`, or the state PAUSED. */
  readonly paused: boolean;
  readonly tasks: readonly LinkTask[];
}

export type LinkObservation =
  | LinkSide
  /** The member answered that it has no such link. */
  | { readonly kind: 'absent'; readonly name: string }
  | { readonly kind: 'unknown'; readonly cause: string };

/** A mirror topic as its own cluster tells of it. Once STOPPED it is a writable topic that was a mirror. */
export interface MirrorObservation {
  readonly kind: 'mirror';
  readonly topicName: string;
  readonly sourceTopicName: string;
  readonly linkName: string;
  readonly status: MirrorStatus;
  /** `mirror_topic_error`; undefined where it is NO_ERROR, NOT_SET or not told. */
  readonly error?: string;
  /** Why its last change of status does not come to its end. */
  readonly transitionErrors: readonly ReportedError[];
  /** Records of the source that are not here, as far as the mirror knows, by partition. */
  readonly lags: readonly PartitionLag[];
  readonly partitions: number;
  /** Since when it has the status: milliseconds since 1970 by its cluster's clock. */
  readonly statusSince?: number;
}

export interface PartitionLag {
  readonly partition: number;
  readonly lag: number;
  /** Up to where the source was ever fetched; -1 for never. @default not told */
  readonly lastSourceFetchOffset?: number;
}

export type SideOfTopic =
  /** An ordinary topic that clients may write to, and that never was a mirror of this link. */
  | { readonly kind: 'topic'; readonly topicName: string; readonly partitions: number }
  | MirrorObservation
  | { readonly kind: 'absent'; readonly topicName: string }
  /** The member did not tell. */
  | { readonly kind: 'unknown'; readonly topicName: string; readonly cause: string };

/** One topic of the pair, which is one thing on two clusters. */
export interface TopicObservation {
  /** Its name on the primary; with a link prefix the secondary's name is another. */
  readonly name: string;
  readonly sides: Readonly<Record<Role, SideOfTopic>>;
}

/**
 * What the topic is called on a member.
 *
 * @param prefix `cluster.link.prefix` of the secondary's side
 */
export function topicNameOn(role: Role, name: string, prefix = ''): string {
  return role === 'secondary' ? prefix + name : name;
}

/** What one member said. */
export interface MemberObservation {
  /** `lkc-…` */
  readonly clusterId: string;
  readonly dataPlane: DataPlane;
  /** The member's own side of the link. */
  readonly link: LinkObservation;
}

/** What both members said at about the same time. Nothing in it is a guess: what was not said is `unknown`. */
export interface PairObservation {
  readonly members: Readonly<Record<Role, MemberObservation>>;
  /** Each topic that the pair replicates, or should, once. */
  readonly topics: readonly TopicObservation[];
  /** Topics of either member that nothing mirrors and nobody said to leave out. @default none */
  readonly unmirrored?: readonly UnmirroredTopic[];
}

/** A topic that clients can write to, and that would stay behind. The API does not tell how many records it has. */
export interface UnmirroredTopic {
  /** As it is called there. */
  readonly name: string;
  readonly on: readonly Role[];
}
