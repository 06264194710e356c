import { type MirrorOperation } from '../client/mirror-operation';
import { type DataPlane, type MirrorStatus, type ReportedError, type Role } from '../observe/pair-observation';
import { type Consent, type MissingAcl, type Procedure } from './failover-request';

/** What is known of each refusal, by its code. The codes are part of the tool's output; words for them has the edge alone. */
interface RefusalData {
  'acls-missing': { readonly acls: readonly MissingAcl[] };
  /** The active member answers, so that an unplanned failover would make two sides that can be written to. */
  'active-answers': { readonly member: Role; readonly clusterId: string };
  /** As before; it lives, though it does not tell. */
  'active-declines': { readonly member: Role; readonly clusterId: string; readonly answer: DataPlane['kind'] };
  'both-mirrors': { readonly target: Role };
  'both-stopped': object;
  'foreign-mirror': { readonly on: Role; readonly source: { readonly topic: string; readonly link: string } };
  'link-absent': { readonly on: Role; readonly link: string };
  'link-different': { readonly links: Readonly<Record<Role, string>> };
  'link-failed': LinkTrouble;
  'link-paused': LinkTrouble;
  'link-prefix': { readonly link?: string; readonly names: Readonly<Record<Role, string>> };
  'link-unavailable': LinkTrouble;
  /** `cause` where nothing of the link was told, otherwise the state UNKNOWN was. */
  'link-unknown': LinkTrouble & { readonly cause?: string };
  'member-away': MemberTrouble;
  'member-declines': MemberTrouble;
  'mirror-failed': { readonly on: Role; readonly error?: string };
  'no-topics': object;
  'not-mirrored': object;
  /** The other side answers and has the newer records. */
  'older-records': { readonly active: Role };
  'source-missing': { readonly on: Role };
  'source-unavailable': { readonly on: Role; readonly status: MirrorStatus };
  /** `target` where the topic has to be made a mirror there first. */
  'topic-elsewhere-only': { readonly onlyOn: Role; readonly target?: Role };
  'topic-missing': object;
  'topic-unknown': { readonly on: Role; readonly cause: string };
  'transition-blocked': { readonly on: Role; readonly waitsFor: 'reversal' | 'restore' };
  'truncation-not-allowed': { readonly on: Role };
}

/** Trouble of the link itself, or, with `mirror`, of a mirror whose status speaks of it. */
interface LinkTrouble {
  readonly on: Role;
  readonly link?: string;
  readonly mirror?: true;
  readonly errors?: readonly string[];
}

interface MemberTrouble {
  readonly member: Role;
  readonly clusterId: string;
  readonly answer: Exclude<DataPlane['kind'], 'answers'>;
  readonly cause: string;
}

export type RefusalCode = keyof RefusalData;

/** Why nothing is done about something. */
export type Refusal = {
  [Code in RefusalCode]: { readonly code: Code } & RefusalData[Code] & {
      /** What lifts it, if somebody agrees to it beforehand. */
      readonly liftedBy?: Consent;
    };
}[RefusalCode];

export type TopicRefusal = Refusal & {
  /** The topic's name on the primary; undefined if it is not about one topic. */
  readonly topic?: string;
};

export function refusal<Code extends RefusalCode>(code: Code, data: RefusalData[Code], liftedBy?: Consent): Refusal {
  return { code, ...data, ...(liftedBy && { liftedBy }) } as unknown as Refusal;
}

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
  /** It is where it should be; the notes tell what is not as it should be all the same. */
  | { readonly kind: 'done'; readonly notes: readonly Note[] }
  /** One after the other. After a wait whose end is open, the plan has to be made anew. */
  | { readonly kind: 'go'; readonly stages: readonly [Stage, ...Stage[]] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export const done = (...notes: Note[]): Decision => ({ kind: 'done', notes });
export const go = (...stages: [Stage, ...Stage[]]): Decision => ({ kind: 'go', stages });
export const refused = (reason: Refusal): Decision => ({ kind: 'refused', refusal: reason });
