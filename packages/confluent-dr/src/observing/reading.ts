import { RequestFailure } from '../client/request-failure';

/** Something that was read, or why it could not be. */
export type Reading<T> =
  { readonly known: true; readonly value: T } | { readonly known: false; readonly failure: RequestFailure };

/**
 * Waits for it, and takes a request that fails as an answer.
 *
 * @throws what is no failed request, and RequestFailure of kind `aborted`: nobody waits for the answer any more
 */
export async function readingOf<T>(request: Promise<T>): Promise<Reading<T>> {
  try {
    return { known: true, value: await request };
  } catch (error) {
    if (error instanceof RequestFailure && error.kind !== 'aborted') {
      return { known: false, failure: error };
    }
    throw error;
  }
}
