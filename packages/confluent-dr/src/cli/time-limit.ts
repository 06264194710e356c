import { EXIT, Exit } from './exit';

/** A signal after so many milliseconds, which may be fractions: 16.1 s is 16100.000000000002 ms. */
export const after = (milliseconds: number): AbortSignal => AbortSignal.timeout(Math.max(1, Math.round(milliseconds)));

/**
 * Asks, and waits for the answer no longer than told.
 *
 * @param milliseconds undefined for no limit
 * @param signal ends it before, with the error of whoever is asked
 * @throws Exit with `EXIT.notThere` when the time is over, having said so
 */
export async function withinTime<T>(
  milliseconds: number | undefined,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (milliseconds === undefined) {
    return ask(signal);
  }
  const limit = after(milliseconds);
  try {
    return await ask(AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!limit.aborted || signal.aborted) {
      throw error;
    }
    const message = `not all was told within ${milliseconds / 1000} s; give a longer --timeout, or none`;
    console.error(`confluent-dr: ${message}`);
    throw new Exit(EXIT.notThere, message);
  }
}
