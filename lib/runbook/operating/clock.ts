import { setTimeout as sleep } from 'node:timers/promises';

/** Time, so that tests need not wait. */
export interface OperatingClock {
  /** Milliseconds, from anywhere, only growing. */
  readonly now: () => number;
  /** Ends early, without an error, when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const MACHINE_CLOCK: OperatingClock = {
  now: () => performance.now(),
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
