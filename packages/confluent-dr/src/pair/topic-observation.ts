import { type ReportedError } from './link-observation';
import { type MirrorStatus } from './mirror-status';
import { type Role } from './role';

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
