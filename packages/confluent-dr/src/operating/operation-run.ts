import { type PairSource } from '../observing/observe-pair';
import { type PairObservation } from '../pair/observation';
import { type Role } from '../pair/role';
import { type PlannedOperation } from '../planning/decision';
import { type FailoverRequest, type MissingAcl, type Permissions } from '../planning/failover-request';
import { type Confirmation, type Plan, type RecordsLost, type Step } from '../planning/plan';
import { type Traffic } from '../traffic/traffic';
import { type OperatingClock } from './clock';
import { type OperatingListener } from './operating-event';
import { type OperationAttempt } from './operation-attempt';
import { type OperationTimeouts } from './operation-timeouts';

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
