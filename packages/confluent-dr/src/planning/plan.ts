import { type DataPlane } from '../pair/data-plane';
import { type ReportedError } from '../pair/link-observation';
import { type MirrorStatus } from '../pair/mirror-status';
import { type Role } from '../pair/role';
import { type Expectation, type PlannedOperation } from './decision';
import { type Consent, type MissingAcl, type Procedure } from './failover-request';
import { type TopicRefusal } from './refusal';

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
  /**
   * - `switch-over`: the members change places, and clients have to move
   * - `loss`: records that the mirrors do not have are lost
   * - `two-writable-sides`: the active member may still be written to
   * - `discard`: records that only the member to be restored has are discarded
   */
  readonly kind: 'switch-over' | 'loss' | 'two-writable-sides' | 'discard';
  /** Of the member that the step is done on. */
  readonly clusterId: string;
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
  readonly underWay: UnderWay;
  readonly hindrance?: Hindrance;
}

/** What somebody has begun: a reversal to, a failover or promotion on, or a restore of a member. */
export interface UnderWay {
  readonly code: 'reversal' | 'stop' | 'restore';
  readonly member: Role;
}

/** What keeps a change from ending, as far as the clusters tell. */
export interface Hindrance {
  readonly errors: readonly ReportedError[];
  readonly missingAcls: readonly MissingAcl[];
  /** Members that do not tell. */
  readonly silent: readonly Role[];
  readonly liftedBy?: Consent;
}

export interface AclStep {
  readonly kind: 'cure-acls';
  readonly on: Role;
  readonly missing: readonly MissingAcl[];
}

export type Step = OperationStep | WaitStep | AclStep;

/** What is not as it should be with a topic, whatever is done about it. */
export type Note =
  /** The other side can be written to as well. */
  | { readonly code: 'other-writable'; readonly other: Role }
  | { readonly code: 'other-absent'; readonly other: Role }
  | { readonly code: 'other-unseen'; readonly other: Role }
  | { readonly code: 'not-followed'; readonly other: Role; readonly status: MirrorStatus }
  | { readonly code: 'partitions-differ'; readonly partitions: Readonly<Record<Role, number>> }
  | { readonly code: 'mirror-error'; readonly on: Role; readonly error: string };

export type TopicNote = Note & { readonly topic: string };

/** Something that is not as it should be and does not stand in the way. */
export type Warning =
  | {
      readonly code: 'task-in-error';
      readonly on: Role;
      readonly link: string;
      readonly task: string;
      readonly errors: readonly string[];
    }
  /** Topics that stay behind, whatever is done. */
  | { readonly code: 'unmirrored'; readonly topics: readonly string[] };

/** Why a procedure is proposed: how the member that is to be left answers. */
export interface Proposal {
  readonly code: 'active-answers' | 'active-away' | 'active-declines';
  readonly member: Role;
  readonly answer: DataPlane['kind'];
}

/**
 * - `done`: nothing to do, every topic is there already
 * - `wait`: something is under way that has to end first
 * - `plan`: there are steps to take; after each one, look again and plan again
 * - `refusal`: nothing is to be done as things are; each refusal tells why
 */
export interface Plan {
  readonly kind: 'done' | 'wait' | 'plan' | 'refusal';
  /** The member that is to be active. */
  readonly target: Role;
  readonly procedure: Procedure;
  /** Why this procedure is proposed; undefined if it was asked for. */
  readonly proposal?: Proposal;
  readonly steps: readonly Step[];
  /** Topics where nothing is to be done, by their names on the primary. */
  readonly done: readonly string[];
  /** With steps, only if going on without some topics is allowed. */
  readonly refusals: readonly TopicRefusal[];
  readonly notes: readonly TopicNote[];
  readonly warnings: readonly Warning[];
}
