import { setTimeout as sleep } from 'node:timers/promises';
import { runningTime } from '../client/answer-limit';
import { otherRole, type Role } from '../observe/pair-observation';
import { DEFAULT_MEMBER_TIMEOUTS, type MemberTimeouts } from '../observe/reading';
import { type Procedure } from '../plan/failover-request';

/** Time, so that tests need not wait. */
export interface OperatingClock {
  /** Milliseconds, from anywhere, only growing. */
  readonly now: () => number;
  /** Ends early, without an error, when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Aborted after that time. @default - a look that hangs lasts as long as the client's own limit */
  readonly limit?: (ms: number) => AbortSignal;
}

export const MACHINE_CLOCK: OperatingClock = {
  now: () => performance.now(),
  limit: (ms) => runningTime(ms).signal,
  sleep: async (ms, signal) => {
    try {
      await sleep(ms, undefined, { signal });
    } catch (error) {
      if (!signal?.aborted) {
        throw error;
      }
    }
  },
};

/** Waits by the clock's own limits; for ever where it has none. */
export const pauseBy =
  ({ limit }: OperatingClock) =>
  (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const over = limit?.(ms);
      over?.addEventListener('abort', () => resolve(), { once: true });
      if (over?.aborted) {
        resolve();
      }
    });

/** Ends a run from within; the reason says how it ends. */
export class Stopped extends Error {
  constructor(public readonly reason: 'time-limit' | 'interrupted') {
    super(reason);
    this.name = 'Stopped';
  }
}

/** The time that a run has; it stands still while a person thinks. */
export class Deadline {
  private readonly begun: number;
  private pausedMs = 0;

  constructor(
    private readonly clock: OperatingClock,
    private readonly limitMs: number,
    private readonly interruption?: AbortSignal,
  ) {
    this.begun = clock.now();
  }

  /** @throws Stopped if it was interrupted, or its time is over */
  public check(): void {
    if (this.interruption?.aborted) {
      throw new Stopped('interrupted');
    }
    if (this.leftMs <= 0) {
      throw new Stopped('time-limit');
    }
  }

  /** Ends a look that nobody has time for any more. */
  public get signal(): AbortSignal {
    const signals = [this.interruption, this.clock.limit?.(this.leftMs)].filter((signal) => signal !== undefined);
    return AbortSignal.any(signals);
  }

  /** Why a look was ended. */
  public get reason(): Stopped['reason'] {
    return this.interruption?.aborted ? 'interrupted' : 'time-limit';
  }

  private get leftMs(): number {
    return this.limitMs - (this.clock.now() - this.begun - this.pausedMs);
  }

  /** @throws Stopped */
  public async sleep(ms: number): Promise<void> {
    this.check();
    await this.clock.sleep(Math.min(ms, this.leftMs), this.interruption);
    this.check();
  }

  public async without<T>(wait: () => Promise<T>): Promise<T> {
    const since = this.clock.now();
    try {
      return await wait();
    } finally {
      this.pausedMs += this.clock.now() - since;
    }
  }
}

/** How long what is waited for; milliseconds. */
export interface OperationTimeouts {
  /** For the whole, questions to the operator left out. @default 900000 */
  readonly timeLimitMs: number;
  /** Between two looks, at least. @default 200 */
  readonly shortestPauseMs: number;
  /** Between two looks, at most. @default 5000 */
  readonly longestPauseMs: number;
  /** Without any change among the topics, until everything is looked at anew, with the reasons. @default 10000 */
  readonly stallMs: number;
  /** Until a mirror has to show an operation that was accepted. @default 60000 */
  readonly acceptedMs: number;
  /** For a member that stops answering in the middle of it. @default 60000 */
  readonly lostContactMs: number;
}

export const DEFAULT_TIMEOUTS: OperationTimeouts = {
  timeLimitMs: 900_000,
  shortestPauseMs: 200,
  longestPauseMs: 5000,
  stallMs: 10_000,
  acceptedMs: 60_000,
  lostContactMs: 60_000,
};

/** A tenth of what was waited already: whatever the server needs, little is added to it, and few requests are made. */
export function pauseAfter(waitedMs: number, { shortestPauseMs, longestPauseMs }: OperationTimeouts): number {
  return Math.min(Math.max(waitedMs / 10, shortestPauseMs), longestPauseMs);
}

/** Somebody has said that the member is gone; it has this time to show that it is not. */
const SAID_TO_BE_GONE_MS = 1500;

/** How long each member is waited for that says nothing: for ever where nothing can be done without it. */
export function memberTimeoutsFor(procedure: Procedure | 'undecided', target: Role): MemberTimeouts {
  switch (procedure) {
    case 'planned':
      return {};
    case 'unplanned':
      return { [otherRole(target)]: SAID_TO_BE_GONE_MS };
    case 'undecided':
      return DEFAULT_MEMBER_TIMEOUTS;
  }
}
