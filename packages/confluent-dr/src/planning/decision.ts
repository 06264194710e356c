import { type MirrorOperation } from '../client/mirror-operation';
import { type MirrorStatus } from '../pair/mirror-status';
import { type Role } from '../pair/role';
import { type Hindrance, type Note, type UnderWay } from './plan';
import { type Refusal } from './refusal';

/** In which status each side's mirror has to be; a side that is left out does not matter. */
export type Expectation = Readonly<Partial<Record<Role, MirrorStatus>>>;

/** Operations that a plan may hold. A promotion ends the mirroring for good, and a reversal that ends paused has no use here. */
export type PlannedOperation = Extract<
  MirrorOperation,
  'failover' | 'resume' | 'reverse-and-start-mirror' | 'truncate-and-restore'
>;

export interface OperationStage {
  readonly operation: PlannedOperation;
  readonly on: Role;
  readonly until: Expectation;
}

/** Something that somebody has begun already. */
export interface WaitStage {
  readonly operation: 'wait';
  readonly until: Expectation;
  readonly underWay: UnderWay;
  readonly hindrance?: Hindrance;
  /** Whether it can only end with the ACLs that a reversal needs. */
  readonly needsAcls?: boolean;
}

export type Stage = OperationStage | WaitStage;

/** What is to be done about one topic. */
export type Decision =
  /** It is where it should be; the note tells what is not as it should be all the same. */
  | { readonly kind: 'done'; readonly note?: Note }
  /** One after the other. After a wait whose end is open, the plan has to be made anew. */
  | { readonly kind: 'go'; readonly stages: readonly [Stage, ...Stage[]] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export const done = (note?: Note): Decision => ({ kind: 'done', ...(note && { note }) });
export const go = (...stages: [Stage, ...Stage[]]): Decision => ({ kind: 'go', stages });
export const refused = (reason: Refusal): Decision => ({ kind: 'refused', refusal: reason });
