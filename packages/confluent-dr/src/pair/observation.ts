import { type DataPlane } from './data-plane';
import { type LinkObservation } from './link-observation';
import { type Role } from './role';
import { type TopicObservation } from './topic-observation';

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
