import { setTimeout as sleep } from 'node:timers/promises';

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
