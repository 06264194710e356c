/** A limit that has begun. */
export interface RunningLimit {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
  /** What was waited for is there: the signal stays as it is. */
  readonly end: () => void;
}

/** In so many parts a time is waited; of one in which the process stood still, no more counts than the part it was in. */
const PARTS = 20;

/**
 * Milliseconds of time in which this process ran. A laptop that was closed, or a machine that was moved, cannot have seen
 * an answer: its clock goes on, and what came meanwhile is read after the timers that are due. (undici counts the time of a
 * connection alike.) It keeps no process from ending.
 */
export function runningTime(ms: number): RunningLimit {
  const over = new AbortController();
  let parts = 0;
  const timer = setInterval(
    () => {
      parts += 1;
      if (parts >= PARTS) {
        clearInterval(timer);
        over.abort();
      }
    },
    Math.max(1, ms / PARTS),
  ).unref();
  return { signal: over.signal, end: () => clearInterval(timer) };
}

/** Resolves after so many milliseconds of running time. */
export const pauseOfRunningTime = (ms: number): Promise<void> =>
  new Promise((resolve) => runningTime(ms).signal.addEventListener('abort', () => resolve(), { once: true }));

/** How long one answer is waited for; a test may end the wait for what it knows to hang, and for nothing else. */
export const ANSWER_LIMITS: {
  /** @param asked the URL, or a way and a `host:port` */
  begin: (ms: number, asked: string) => RunningLimit;
} = { begin: runningTime };
