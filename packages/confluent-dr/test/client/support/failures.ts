import { RequestFailure } from '../../../src/client/request-failure';

/** How a request failed; an error if it did not, or in another way. */
export async function failureOf(request: Promise<unknown>): Promise<RequestFailure> {
  let answer: unknown;
  try {
    answer = await request;
  } catch (error) {
    if (error instanceof RequestFailure) {
      return error;
    }
    throw error;
  }
  throw new Error(`It was answered: ${JSON.stringify(answer)}`);
}
