import { type NeededAcl } from '../observe/acls';
import { type PairSource } from '../observe/observe-pair';
import { type PairObservation, type Role, ROLES, type TopicObservation } from '../observe/pair-observation';
import { type Traffic } from '../observe/traffic';
import { type FailoverRequest, type MissingAcl, type Permissions } from '../plan/failover-request';
import {
  type Confirmation,
  type Expectation,
  type OperationStep,
  type Plan,
  type PlannedOperation,
  type RecordsLost,
  type Step,
  type TopicRefusal,
  type WaitStep,
} from '../plan/plan';
import { isReached } from '../plan/transitions';
import { type OperatingClock, type OperationTimeouts } from './time-limits';

/** What became of asking a cluster for an operation on a topic. */
export type AttemptOutcome =
  | { readonly kind: 'accepted' }
  /** The row of the topic refuses. */
  | { readonly kind: 'refused'; readonly code?: number; readonly message: string }
  /** The request as a whole failed, and nothing was done. */
  | { readonly kind: 'failed'; readonly message: string; readonly final: boolean }
  /** It may have been done all the same; only the mirror tells. */
  | { readonly kind: 'unknown'; readonly message: string };

export interface OperationAttempt {
  readonly operation: PlannedOperation;
  readonly on: Role;
  /** By its name on the primary. */
  readonly topic: string;
  readonly outcome: AttemptOutcome;
  /** By the run's clock. */
  readonly at: number;
}

/** Whether something may have changed by it. */
export const mayHaveChanged = ({ outcome }: OperationAttempt): boolean =>
  outcome.kind === 'accepted' || outcome.kind === 'unknown';

/** How far some topics are; `shape` is another whenever one of them moved, also by a record. */
export interface Progress {
  readonly reached: readonly string[];
  readonly shape: string;
}

export function progressOf({ topics }: PairObservation, names: ReadonlySet<string>, until: Expectation): Progress {
  const own = topics.filter(({ name }) => names.has(name));
  return {
    reached: own.filter((topic) => isReached(until, topic)).map(({ name }) => name),
    shape: own.map(shapeOf).join('\n'),
  };
}

function shapeOf({ sides }: TopicObservation): string {
  return ROLES.map((role) => {
    const side = sides[role];
    if (side.kind !== 'mirror') {
      return side.kind;
    }
    // What a failed mirror lacks grows with its source: that is no movement.
    const lag = side.status === 'FAILED' ? 0 : side.lags.reduce((sum, each) => sum + each.lag, 0);
    return `${side.status} ${lag}`;
  }).join(' ');
}

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

/** What somebody has to agree to before a step. */
export interface Question {
  readonly kind: Confirmation['kind'] | 'create-acls';
  readonly step: Step;
  /** Of the member that the step is done on; undefined where it does not matter. */
  readonly clusterId?: string;
  /** What the step costs, per topic and partition; of a `loss` at least so much. */
  readonly records: readonly RecordsLost[];
}

/** Whether it was agreed to; nothing is done without. It may take as long as it takes. */
export type Confirm = (question: Question, signal?: AbortSignal) => Promise<boolean>;

/** What can be asked for while it goes on; what is neither allowed nor askable is refused. */
export type Askable = Pick<Permissions, 'truncation' | 'unplannedWhileActiveAnswers' | 'aclCure'>;

export interface OperationRun {
  /** With the members' `principal`, ACLs can be looked at and cured. */
  readonly pair: PairSource;
  /** `allow` is what was allowed beforehand. */
  readonly request: FailoverRequest;
  readonly confirm: Confirm;
  /** @default nothing */
  readonly askable?: Askable;
  readonly listener?: OperatingListener;
  /** Stops it: nothing further is asked of the clusters, and what was asked is answered first. */
  readonly signal?: AbortSignal;
  readonly timeouts?: Partial<OperationTimeouts>;
  /** Before a planned reversal and a truncation: whether clients are still at work there. @default not looked at */
  readonly traffic?: TrafficPolicy;
  /** @default the machine's */
  readonly clock?: OperatingClock;
}

export interface TrafficPolicy {
  /**
   * So long it waits until clients are quiet, and refuses where they are not; milliseconds.
   * @default - it looks, tells, and goes on
   */
  readonly drainMs?: number;
}

/** Why a topic cannot go on, though the plan has no objection. */
export type Obstacle =
  /** Nothing can go on; `message` is what the service said, if they are not there although they were created. */
  | {
      readonly code: 'acls-not-created';
      readonly topic?: undefined;
      readonly on: Role;
      readonly acls: readonly MissingAcl[];
      readonly message?: string;
    }
  | TopicObstacle;

/**
 * - `operation-refused`: the service refuses the operation for this topic
 * - `request-failed`: it does not take the request
 * - `not-taken`: it accepted the operation, and the mirror does not show it
 * - `turned-back`: the topic was where the operation brings it, and is not any more
 */
export interface TopicObstacle {
  readonly code: 'operation-refused' | 'request-failed' | 'not-taken' | 'turned-back';
  /** By its name on the primary. */
  readonly topic: string;
  readonly on: Role;
  readonly operation: PlannedOperation;
  /** What the service said. */
  readonly message?: string;
}

export interface Ending {
  /**
   * - `done`: every topic is where it should be
   * - `refused`: the plan refuses, or the service would, as `obstacles` tell; `attempts` tells whether anything was done before
   * - `busy`: clients did not become quiet in the time that they were given; `traffic` tells what was seen
   * - `declined`: somebody did not agree
   * - `hindered`: a cluster does not do what is asked of it; `obstacles` tell
   * - `time-limit`, `interrupted`: something may be under way; the observation tells
   */
  readonly kind: 'done' | 'refused' | 'busy' | 'declined' | 'hindered' | 'time-limit' | 'interrupted';
  /** The last one; undefined if it was interrupted before there was any. */
  readonly plan?: Plan;
  /** What was seen last; undefined if nothing ever was. */
  readonly observation?: PairObservation;
  /** What this run asked of the clusters, and what they answered. */
  readonly attempts: readonly OperationAttempt[];
  readonly obstacles: readonly Obstacle[];
  /** Records that an unplanned failover left behind, as far as the mirrors knew. */
  readonly lost: readonly RecordsLost[];
  /** Records that were discarded, by what the clusters answered, or announced where the answer was lost. */
  readonly discarded: readonly RecordsLost[];
  /** What clients were seen to do last. @default - it was not looked at */
  readonly traffic?: Traffic;
  /** To what somebody did not agree. */
  readonly declined?: Question;
}
