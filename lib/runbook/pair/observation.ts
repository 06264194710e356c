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
}
