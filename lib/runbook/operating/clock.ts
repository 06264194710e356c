import { setTimeout as sleep } from 'node:timers/promises';

/** Time, so that tests need not wait. */
export interface OperatingClock {
  /** Milliseconds, from anywhere, only growing. */
  readonly now: () => number;
  /** Ends early, without an error, when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Aborted after that time. @default - a look that hangs may outlast the time limit by the client's own limit */
  readonly limit?: (ms: number) => AbortSignal;
}

export const MACHINE_CLOCK: OperatingClock = {
  now: () => performance.now(),
  limit: (ms) => AbortSignal.timeout(Math.max(0, Math.ceil(ms))),
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
