import { type Effect, RequestFailure } from './request-failure';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly effect: Effect;
}

/**
 * The rows of a list.
 *
 * @throws RequestFailure if the answer is no list
 */
export function rowsIn<T>(answer: { readonly data: T[] } | undefined, asked: Asked): T[] {
  // The types are a promise of the document; what came may be anybody's answer.
  const { data } = objectIn(answer, asked);
  if (!Array.isArray(data)) {
    throw malformed(asked, 'no list "data" in it');
  }
  return data;
}

/**
 * The answer itself.
 *
 * @throws RequestFailure if it is no object
 */
export function objectIn<T extends object>(answer: T | undefined, asked: Asked): T {
  if (typeof answer !== 'object' || answer === null) {
    throw malformed(asked, 'no object');
  }
  return answer;
}

export function malformed(asked: Asked, detail: string): RequestFailure {
  return new RequestFailure({ ...asked, kind: 'malformed', sent: true, detail });
}
