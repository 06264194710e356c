import { type Agreements } from './intent';
import { type Ledger } from './ledger';
import { type RecordCounts } from './mirror-requests';
import { type Obstacle, type OperatingListener, type OperationRun, type Question } from './operation-run';
import { type PairObserver } from './pair-observer';
import { type Deadline, type OperatingClock, type OperationTimeouts } from './time-limits';

/** What the steps of one run share. */
export interface StepContext {
  readonly run: OperationRun;
  readonly clock: OperatingClock;
  readonly deadline: Deadline;
  readonly timeouts: OperationTimeouts;
  readonly listener: OperatingListener;
  readonly observer: PairObserver;
  readonly ledger: Ledger;
  readonly agreements: Agreements;
  readonly lost: RecordCounts;
  readonly discarded: RecordCounts;
}

export type StepResult =
  /** Look and plan anew, without the topics that an obstacle is about. */
  | { readonly kind: 'go-on'; readonly obstacles: readonly Obstacle[] }
  | { readonly kind: 'declined'; readonly question: Question };

export const goOn = (obstacles: readonly Obstacle[] = []): StepResult => ({ kind: 'go-on', obstacles });

/**
 * Asks the operator, unless the same was agreed to before. The time limit stands still meanwhile.
 *
 * @throws Stopped
 */
export async function agreed(context: StepContext, question: Question): Promise<boolean> {
  const { run, deadline, listener, agreements } = context;
  if (agreements.cover(question)) {
    return true;
  }
  const answer = await deadline.without(() => run.confirm(question, run.signal));
  deadline.check();
  listener({ type: 'asked', question, agreed: answer });
  if (answer) {
    agreements.add(question);
  }
  return answer;
}
