import { RequestFailure } from '../client/request-failure';
import { observePair, type PairSource, pollPair, type SeenPair } from '../observe/observe-pair';
import { type PairObservation, type Role, ROLES } from '../observe/pair-observation';
import { type MemberTimeouts, type WaitOptions } from '../observe/reading';
import { type DisturbedStep, readTraffic, type Traffic, waitForQuiet } from '../observe/traffic';
import { type OperationStep, type Plan, type RefusalCode, type Step, type WaitStep } from '../plan/plan';
import { type OperatingListener, progressOf, type TrafficPolicy } from './operation-run';
import {
  type Deadline,
  type OperatingClock,
  type OperationTimeouts,
  pauseAfter,
  pauseBy,
  Stopped,
} from './time-limits';

/** So long a last look may take, when everything else is over. */
const LAST_LOOK_MS = 10_000;
/** A member that is gone must not take with it what the other one says. */
const LAST_TIMEOUTS: MemberTimeouts = { primary: 2000, secondary: 2000 };

/** Sees both members, and keeps what was seen last. */
export class PairObserver {
  private last?: SeenPair;

  constructor(
    private readonly pair: PairSource,
    private readonly deadline: Deadline,
    private readonly clock: OperatingClock,
    /** How long each member is waited for that says nothing. */
    private readonly timeouts: () => MemberTimeouts,
  ) {}

  public get observation(): PairObservation | undefined {
    return this.last?.observation;
  }

  /**
   * At everything.
   *
   * @throws Stopped
   */
  public async observe(): Promise<SeenPair> {
    return this.keep(observePair(this.pair, { signal: this.deadline.signal, ...this.waitOptions }));
  }

  /**
   * At the mirrors alone: one request a member. A member that is not needed and did not answer is not waited for.
   *
   * @param needed whose answers are waited for in any case
   * @throws Stopped
   */
  public async poll(needed: readonly Role[]): Promise<PairObservation> {
    const { last } = this;
    if (!last) {
      return (await this.observe()).observation;
    }
    const roles = ROLES.filter((role) => needed.includes(role) || last.readings[role].mirrors.known);
    const scope = { signal: this.deadline.signal, roles, ...this.waitOptions };
    return (await this.keep(pollPair(this.pair, last, scope))).observation;
  }

  /** For the record, whatever was interrupted; what was seen before, if there is no time. */
  public async observeAtEnd(): Promise<void> {
    try {
      const signal = AbortSignal.timeout(LAST_LOOK_MS);
      this.last = await observePair(this.pair, { signal, mirrorsOnly: true, timeoutsMs: LAST_TIMEOUTS });
    } catch (error) {
      if (!(error instanceof RequestFailure)) {
        throw error;
      }
    }
  }

  private get waitOptions(): WaitOptions {
    return { timeoutsMs: this.timeouts(), pause: pauseBy(this.clock) };
  }

  private async keep(seen: Promise<SeenPair>): Promise<SeenPair> {
    try {
      this.last = await seen;
      return this.last;
    } catch (error) {
      throw error instanceof RequestFailure && error.kind === 'aborted' ? new Stopped(this.deadline.reason) : error;
    }
  }
}

export interface Waiting {
  readonly observer: PairObserver;
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
  const { observer: looker, step, deadline, clock, timeouts, listener, onReached } = waiting;
  const names = new Set(waiting.topics);
  const needed = ROLES.filter((role) => step.until[role] !== undefined);
  const begun = clock.now();
  let [shape, movedAt] = ['', begun];
  listener({ type: 'waiting', step });
  for (;;) {
    await deadline.sleep(pauseAfter(clock.now() - begun, timeouts));
    const progress = progressOf(await looker.poll(needed), names, step.until);
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

/** Refusals that may go away by themselves, once something has begun. */
const PASSING: readonly RefusalCode[] = [
  'member-away',
  'member-declines',
  'topic-unknown',
  'link-unknown',
  'transition-blocked',
];

/** A member that does not answer for a moment is no reason to leave topics half turned. */
export class LostContact {
  private since?: number;

  constructor(private readonly limitMs: number) {}

  /** Whether to look again before the refusal counts. */
  public bears({ refusals }: Plan, now: number): boolean {
    if (refusals.length === 0 || !refusals.every(({ code }) => PASSING.includes(code))) {
      return false;
    }
    this.since ??= now;
    return now - this.since < this.limitMs;
  }

  public regained(): void {
    this.since = undefined;
  }
}

/** Whether clients can be in the way of a step. */
export const isDisturbed = (step: Step): step is OperationStep & DisturbedStep =>
  step.kind === 'operate' &&
  (step.operation === 'reverse-and-start-mirror' || step.operation === 'truncate-and-restore');

/**
 * Looks at the clients that a step would find, or waits until they are quiet.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function seeTraffic(
  pair: PairSource,
  step: DisturbedStep,
  { drainMs }: TrafficPolicy,
  time: Pick<OperatingClock, 'now' | 'sleep'> & { readonly signal?: AbortSignal },
  listener: OperatingListener,
): Promise<{ readonly traffic: Traffic; readonly isBusy: boolean }> {
  if (drainMs === undefined) {
    const traffic = await readTraffic(pair, step, time);
    listener({ type: 'traffic', traffic, isFinal: true });
    return { traffic, isBusy: false };
  }
  const { traffic, isQuiet } = await waitForQuiet(pair, step, time, drainMs, (seen) =>
    listener({ type: 'traffic', traffic: seen, isFinal: false }),
  );
  listener({ type: 'traffic', traffic, isFinal: true });
  return { traffic, isBusy: !isQuiet };
}
