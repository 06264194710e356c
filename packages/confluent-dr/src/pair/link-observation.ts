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
