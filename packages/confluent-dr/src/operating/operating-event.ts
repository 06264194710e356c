import { type NeededAcl } from '../acls/needed-acls';
import { type PairObservation } from '../pair/observation';
import { type Role } from '../pair/role';
import { type PlannedOperation } from '../planning/decision';
import { type OperationStep, type Plan, type RecordsLost, type WaitStep } from '../planning/plan';
import { type TopicRefusal } from '../planning/refusal';
import { type Traffic } from '../traffic/traffic';
import { type OperationAttempt } from './operation-attempt';
import { type Question, type TopicObstacle } from './operation-run';

/** What goes on, as it goes on. */
export type OperatingEvent =
  /** Both sides were looked at, and this follows. */
  | { readonly type: 'planned'; readonly plan: Plan; readonly observation: PairObservation }
  /** Before the first change: what the service would not do, nothing of which is done then. */
  | { readonly type: 'validated'; readonly objections: readonly TopicObstacle[] }
  /** What clients do where they should be quiet; `isFinal` unless it is looked at again. */
  | { readonly type: 'traffic'; readonly traffic: Traffic; readonly isFinal: boolean }
  | { readonly type: 'asked'; readonly question: Question; readonly agreed: boolean }
  /** A request is about to be sent. */
  | {
      readonly type: 'requesting';
      readonly operation: PlannedOperation;
      readonly on: Role;
      readonly topics: readonly string[];
    }
  | { readonly type: 'answered'; readonly attempts: readonly OperationAttempt[] }
  | { readonly type: 'acl-created'; readonly on: Role; readonly acl: NeededAcl }
  /** Waits for a step that was asked for, or for what was under way already. */
  | { readonly type: 'waiting'; readonly step: OperationStep | WaitStep }
  /** After each look: how many of the step's topics are there. */
  | { readonly type: 'progress'; readonly reached: number; readonly of: number; readonly waitedMs: number }
  /** Nothing moves; what the clusters say about it is looked up. */
  | { readonly type: 'stalled'; readonly waitedMs: number }
  /** A member does not answer in the middle of it. */
  | { readonly type: 'lost-contact'; readonly refusals: readonly TopicRefusal[] }
  | { readonly type: 'discarded'; readonly records: readonly RecordsLost[] };

export type OperatingListener = (event: OperatingEvent) => void;
