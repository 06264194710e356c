import { type NeededAcl } from '../observe/acls';
import { type Role } from '../observe/pair-observation';

/** `failover` makes the secondary active, `failback` the primary. */
export type Direction = 'failover' | 'failback';

/** `planned`: both members work, nothing is lost. `unplanned`: the active member is gone; what it had not given yet is lost. */
export type Procedure = 'planned' | 'unplanned';

/** What somebody has said may be done; nothing of it is done without having been said. */
export interface Permissions {
  /** Whether records that only the member to be restored has may be discarded. @default false */
  readonly truncation?: boolean;
  /** Whether to fail over although the active member is not known to be gone: both could be written to. @default false */
  readonly unplannedWhileActiveAnswers?: boolean;
  /**
   * Whether an unplanned failover may end a promotion that waits for a source which is gone. It cannot be told from a
   * failover under way, which is then asked for once more; that changes nothing.
   *
   * @default false
   */
  readonly endPromotion?: boolean;
  /** Whether to go on with some topics while others are refused. @default false */
  readonly partial?: boolean;
  /** Whether missing ACLs may be created. @default false */
  readonly aclCure?: boolean;
}

/** What somebody can say beforehand so that something is not refused. */
export type Consent = keyof Permissions | 'keep';

/** An ACL that an operation needs and that was looked for in vain. */
export interface MissingAcl extends NeededAcl {
  readonly on: Role;
  /** `User:sa-…` */
  readonly principal: string;
}

/** What somebody wants of the pair. */
export interface FailoverRequest {
  readonly direction: Direction;
  /** @default `undecided`: what fits the situation is proposed */
  readonly procedure?: Procedure | 'undecided';
  /** By their names on the primary. @default all topics of the pair */
  readonly topics?: readonly string[];
  /** Whose records count where both sides stopped mirroring. @default that which stopped last by the clusters' clocks */
  readonly keep?: Role;
  readonly allow?: Permissions;
  /** @default they were not looked at, or none is missing */
  readonly missingAcls?: readonly MissingAcl[];
}

export const targetOf = (direction: Direction): Role => (direction === 'failover' ? 'secondary' : 'primary');
