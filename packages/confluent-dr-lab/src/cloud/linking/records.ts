import { type LinkMode, type MirrorStatus, type MirrorTopicError } from '../vocabulary';

/** A link of two clusters. A bidirectional one is one thing that each cluster sees from its side. */
export interface ClusterLink {
  readonly id: string;
  readonly mode: LinkMode;
  /** By cluster. A bidirectional link whose second side is not made yet has one. */
  readonly sides: Map<string, LinkSide>;
}

/** What one cluster knows of a link: its name for it, its settings, and the mirror topics that live here. */
export interface LinkSide {
  readonly linkId: string;
  readonly mode: LinkMode;
  readonly name: string;
  readonly clusterId: string;
  readonly remoteClusterId: string;
  readonly createdAt: number;
  /** Includes the credentials of the other cluster. */
  readonly settings: Map<string, string>;
  /** By the mirror topic's name. */
  readonly mirrors: Map<string, Mirror>;
  /** Since when the other cluster does not answer. */
  contactLostAt?: number;
}

export interface Mirror {
  readonly topicName: string;
  readonly sourceTopicName: string;
  readonly sourceTopicId: string;
  /** What the mirror itself is doing; what is shown depends on the link as well. */
  status: Exclude<MirrorStatus, 'SOURCE_UNAVAILABLE' | 'LINK_PAUSED' | 'LINK_FAILED'>;
  /** Since when it has that status. */
  statusSince: number;
  error: MirrorTopicError;
  /** Why its link could not copy it. */
  failure?: string;
  transition?: Transition;
  /** The source's log ends when last heard of. */
  sourceEnds: number[];
  /** Up to where each partition was fetched; -1 if never. */
  fetchedTo: number[];
  /** Where its logs ended when it stopped mirroring. */
  stoppedAt?: { readonly time: number; readonly ends: readonly number[] };
}

/** What a mirror in a PENDING status is waiting for. */
export type Transition = {
  readonly dueAt: number;
  /** Whether the brokers have done their part. */
  settled?: boolean;
  /** Where the source's logs ended when the brokers were first asked: a promotion and a restoration are done there. */
  until?: readonly number[];
} & (
  | { readonly kind: 'promote' | 'failover' | 'setup-for-restore' | 'restore' }
  | { readonly kind: 'reverse'; readonly newMirrorStatus: 'ACTIVE' | 'PAUSED' }
);

export interface TransitionError {
  readonly code: string;
  readonly message: string;
}
