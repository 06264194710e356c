import { type Role } from '../pair';
import { type Expectation, type PlannedOperation } from './decision';
import { type TopicRefusal } from './refusal';
import { type Procedure } from './wish';

/** A topic in a step: by its name on the primary, and on the member that the step is done on. */
export interface StepTopic {
  readonly name: string;
  readonly nameThere: string;
}

/** Records that a step may cost. */
export type Loss =
  | { readonly kind: 'none' }
  /** Records of the source that the mirror does not have, as far as it knows; without contact there may be more. */
  | { readonly kind: 'not-mirrored'; readonly atLeast: readonly RecordsLost[] }
  /** What diverged is discarded; a request with validate_only tells how much before it is done. */
  | { readonly kind: 'discarded' };

export interface RecordsLost {
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
}

/** What a person has to agree to before the step. */
export interface Confirmation {
  readonly kind: 'switch-over' | 'loss' | 'two-writable-sides' | 'discard';
  readonly text: string;
}

export interface OperationStep {
  readonly kind: 'operate';
  readonly operation: PlannedOperation;
  readonly on: Role;
  /** The link's name there. */
  readonly link: string;
  readonly topics: readonly StepTopic[];
  /** What both sides have to tell before the step is over. */
  readonly until: Expectation;
  readonly loss: Loss;
  readonly confirmations: readonly Confirmation[];
}

/** Waits for what is under way already; then the plan has to be made anew. */
export interface WaitStep {
  readonly kind: 'wait';
  /** By their names on the primary. */
  readonly topics: readonly string[];
  readonly until: Expectation;
  readonly because: string;
  readonly hindrance?: string;
}

export interface AclStep {
  readonly kind: 'cure-acls';
  readonly on: Role;
  readonly missing: readonly string[];
}

export type Step = OperationStep | WaitStep | AclStep;

export interface TopicNote {
  readonly topic: string;
  readonly text: string;
}

/** Something that is not as it should be and does not stand in the way. */
export interface Warning {
  readonly cause: string;
  readonly cure: string;
}

/**
 * - `done`: nothing to do, every topic is there already
 * - `wait`: something is under way that has to end first
 * - `plan`: there are steps to take; after each one, look again and plan again
 * - `refusal`: nothing is to be done as things are; each refusal has its cause and cure
 */
export interface Plan {
  readonly kind: 'done' | 'wait' | 'plan' | 'refusal';
  /** The member that is to be active. */
  readonly target: Role;
  readonly procedure: Procedure;
  /** Why this procedure is proposed; undefined if it was wished for. */
  readonly proposal?: string;
  readonly steps: readonly Step[];
  /** Topics where nothing is to be done, by their names on the primary. */
  readonly done: readonly string[];
  /** With steps, only if going on without some topics is allowed. */
  readonly refusals: readonly TopicRefusal[];
  readonly notes: readonly TopicNote[];
  readonly warnings: readonly Warning[];
}
