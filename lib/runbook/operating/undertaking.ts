import { type PairSource } from '../observing';
import { type PairObservation } from '../pair';
import { type Confirmation, type Permissions, type Plan, type RecordsLost, type Step, type Wish } from '../planning';
import { type OperatingClock } from './clock';
import { type Deed } from './deed';
import { type OperatingListener } from './operating-event';
import { type Patience } from './patience';

/** What somebody has to agree to before a step. */
export interface Question {
  readonly kind: Confirmation['kind'] | 'create-acls';
  readonly text: string;
  readonly step: Step;
  /** What the step costs, per topic and partition; of a `loss` at least so much. */
  readonly records: readonly RecordsLost[];
}

/** Whether it was agreed to; nothing is done without. It may take as long as it takes. */
export type Confirm = (question: Question, signal?: AbortSignal) => Promise<boolean>;

/** What can be asked for while it goes on; what is neither allowed nor askable is refused. */
export type Askable = Pick<Permissions, 'truncation' | 'unplannedWhileActiveAnswers' | 'aclCure'>;

export interface Undertaking {
  /** With the members' `principal`, ACLs can be looked at and cured. */
  readonly pair: PairSource;
  /** `allow` is what was allowed beforehand. */
  readonly wish: Wish;
  readonly confirm: Confirm;
  /** @default nothing */
  readonly askable?: Askable;
  readonly listener?: OperatingListener;
  /** Stops it: nothing further is asked of the clusters, and what was asked is answered first. */
  readonly signal?: AbortSignal;
  readonly patience?: Partial<Patience>;
  /** @default the machine's */
  readonly clock?: OperatingClock;
}

/** Why a topic cannot go on, though the plan has no objection. */
export interface Obstacle {
  /** By its name on the primary; undefined if nothing can go on. */
  readonly topic?: string;
  readonly code: 'acls-not-created' | 'operation-refused' | 'request-failed' | 'not-taken' | 'turned-back';
  readonly cause: string;
  readonly cure: string;
}

export interface Ending {
  /**
   * - `done`: every topic is where it should be
   * - `refused`: the plan refuses; `deeds` tells whether anything was done before
   * - `declined`: somebody did not agree
   * - `hindered`: a cluster does not do what is asked of it; `obstacles` tell
   * - `time-limit`, `interrupted`: something may be under way; the observation tells
   */
  readonly kind: 'done' | 'refused' | 'declined' | 'hindered' | 'time-limit' | 'interrupted';
  /** The last one; undefined if it was interrupted before there was any. */
  readonly plan?: Plan;
  /** What was seen last; undefined if nothing ever was. */
  readonly observation?: PairObservation;
  /** What this run asked of the clusters, and what they answered. */
  readonly deeds: readonly Deed[];
  readonly obstacles: readonly Obstacle[];
  /** Records that an unplanned failover left behind, as far as the mirrors knew. */
  readonly lost: readonly RecordsLost[];
  /** Records that were discarded, by what the clusters answered, or announced where the answer was lost. */
  readonly discarded: readonly RecordsLost[];
  /** To what somebody did not agree. */
  readonly declined?: Question;
}
