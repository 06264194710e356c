import { DelegateBackoff, handleWhen, type IRetryBackoffContext, retry } from 'cockatiel';
import { type FailureKind, RequestFailure } from './request-failure';

export interface RetryLimits {
  /** How often a request is sent at most. @default 4 */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled before each further one. @default 1000 */
  readonly firstWaitMs: number;
  /** No wait is longer; a server that asks for more is not asked again. @default 60000 */
  readonly longestWaitMs: number;
}

export const DEFAULT_RETRY: RetryLimits = { attempts: 4, firstWaitMs: 1000, longestWaitMs: 60_000 };

/** A silent server is not among them: the caller has waited for the whole limit already. */
const REPEATED_READS: readonly FailureKind[] = ['refused', 'unreachable', 'cut', 'unavailable', 'throttled'];

/**
 * Milliseconds to wait before a request that failed is sent again; undefined if it must not be. A write is only
 * repeated where the server said that it did not do it because it has too much to do.
 *
 * @param failures how often it has failed by now, from 1
 * @param random from 0 to 1; spreads clients that failed together
 */
export function waitBeforeRetry(
  failure: RequestFailure,
  failures: number,
  limits: RetryLimits,
  random: number,
): number | undefined {
  const repeated = failure.effect === 'read' ? REPEATED_READS : (['throttled'] as const);
  if (!repeated.some((kind) => kind === failure.kind)) {
    return undefined;
  }
  const backoff = Math.min(limits.firstWaitMs * 2 ** (failures - 1), limits.longestWaitMs);
  const waitMs = Math.round(failure.retryAfterMs ?? backoff * (0.5 + random / 2));
  return waitMs > limits.longestWaitMs ? undefined : waitMs;
}

export interface RetryOptions<T> {
  readonly attempt: (number: number) => Promise<T>;
  readonly limits: RetryLimits;
  /** Ends the waiting with what `whenAborted` makes of the failure that was to be repeated. */
  readonly signal: AbortSignal;
  readonly whenAborted: (failed?: RequestFailure) => Error;
  readonly onWait: (failure: RequestFailure, waitMs: number) => void;
}

/** Does it until it succeeds, may not be repeated, or was tried often enough; throws the last failure. */
export async function withRetries<T>({ attempt, limits, signal, whenAborted, onWait }: RetryOptions<T>): Promise<T> {
  let waiting = false;
  let failed: RequestFailure | undefined;
  const waitAfter = (error: unknown, failures: number): number | undefined =>
    error instanceof RequestFailure ? waitBeforeRetry(error, failures, limits, Math.random()) : undefined;
  const backoff = ({ attempt: failures, result }: IRetryBackoffContext<unknown>): number => {
    const { error } = result as { readonly error: RequestFailure };
    const waitMs = waitAfter(error, failures) ?? 0;
    waiting = true;
    failed = error;
    onWait(error, waitMs);
    return waitMs;
  };
  const policy = retry(
    handleWhen((error) => waitAfter(error, 1) !== undefined),
    { maxAttempts: limits.attempts - 1, backoff: new DelegateBackoff(backoff) },
  ).dangerouslyUnref();
  const work = policy.execute(({ attempt: retries }) => {
    waiting = false;
    if (signal.aborted) {
      throw whenAborted(failed);
    }
    return attempt(retries + 1);
  });
  // An attempt in flight ends by itself, and knows more.
  return unlessAborted(work, signal, () => (waiting ? whenAborted(failed) : undefined));
}

/** The policy waits on whatever the signal says; that wait is left behind, and keeps the process no longer. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, reason: () => Error | undefined): Promise<T> {
  const processIsBusy = setInterval(() => undefined, 60_000);
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      const error = reason();
      if (error) {
        reject(error);
      }
    };
  });
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearInterval(processIsBusy);
  }
}
