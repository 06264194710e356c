import { ROLES } from '../pair/role';
import { type OperationStep, type WaitStep } from '../planning/plan';
import { type OperatingClock } from './clock';
import { type Deadline } from './deadline';
import { type Looker } from './look';
import { type OperatingListener } from './operating-event';
import { type OperationTimeouts, pauseAfter } from './operation-timeouts';
import { progressOf } from './topic-progress';

export interface Waiting {
  readonly looker: Looker;
  readonly step: OperationStep | WaitStep;
  /** By their names on the primary. */
  readonly topics: readonly string[];
  readonly deadline: Deadline;
  readonly clock: OperatingClock;
  readonly timeouts: OperationTimeouts;
  readonly listener: OperatingListener;
  readonly onReached: (topic: string) => void;
}

/**
 * Looks at both sides with one poll for all topics, until each is where the step brings it, or nothing moves any more.
 *
 * @throws Stopped
 */
export async function waitFor(waiting: Waiting): Promise<void> {
  const { looker, step, deadline, clock, timeouts, listener, onReached } = waiting;
  const names = new Set(waiting.topics);
  const needed = ROLES.filter((role) => step.until[role] !== undefined);
  const begun = clock.now();
  let [shape, movedAt] = ['', begun];
  listener({ type: 'waiting', step });
  for (;;) {
    await deadline.sleep(pauseAfter(clock.now() - begun, timeouts));
    const progress = progressOf(await looker.again(needed), names, step.until);
    const now = clock.now();
    progress.reached.forEach(onReached);
    listener({ type: 'progress', reached: progress.reached.length, of: names.size, waitedMs: now - begun });
    if (progress.reached.length === names.size) {
      return;
    }
    [shape, movedAt] = progress.shape === shape ? [shape, movedAt] : [progress.shape, now];
    if (now - movedAt >= timeouts.stallMs) {
      listener({ type: 'stalled', waitedMs: now - begun });
      return;
    }
  }
}
