import { DEFAULT_RETRY, waitBeforeRetry } from '../../src/client/retry';
import { FAILURE_KINDS, RequestFailure, type RequestFailureProps } from '../../src/client/request-failure';

const limits = DEFAULT_RETRY;

function failed(props: Partial<RequestFailureProps>): RequestFailure {
  return new RequestFailure({
    kind: 'unavailable',
    method: 'GET',
    url: 'https://a/b',
    effect: 'read',
    detail: '',
    sent: true,
    ...props,
  });
}

describe('the wait before a request is repeated', () => {
  test('doubles, from half of it to all of it, up to the longest', () => {
    const waits = [1, 2, 3, 4, 20].map((failures) => [
      waitBeforeRetry(failed({}), failures, limits, 0),
      waitBeforeRetry(failed({}), failures, limits, 1),
    ]);
    expect(waits).toEqual([
      [500, 1000],
      [1000, 2000],
      [2000, 4000],
      [4000, 8000],
      [30_000, 60_000],
    ]);
  });

  test.each([
    [7000, 7000],
    [0, 0],
    [60_000, 60_000],
    [60_001, undefined],
  ])('is what the server asks for: %d', (retryAfterMs, waitMs) => {
    expect(waitBeforeRetry(failed({ kind: 'throttled', retryAfterMs }), 1, limits, 0)).toBe(waitMs);
  });

  test('exists for these kinds alone', () => {
    const repeated = (effect: 'read' | 'write'): string[] =>
      FAILURE_KINDS.filter((kind) => waitBeforeRetry(failed({ kind, effect }), 1, limits, 0) !== undefined);
    expect(repeated('read')).toEqual(['refused', 'unreachable', 'cut', 'unavailable', 'throttled']);
    expect(repeated('write')).toEqual(['throttled']);
  });
});

describe('whether a failed write may have been done', () => {
  test('depends on what is known', () => {
    const unknown = FAILURE_KINDS.filter((kind) => failed({ kind, effect: 'write' }).outcomeUnknown);
    expect(unknown).toEqual([
      ...['aborted', 'dns', 'refused', 'unreachable', 'tls', 'timeout', 'cut', 'unavailable', 'malformed'],
    ]);
  });

  test('is out of the question if it was not sent, or was a read', () => {
    expect(failed({ effect: 'write', sent: false }).outcomeUnknown).toBe(false);
    expect(failed({ effect: 'read' }).outcomeUnknown).toBe(false);
  });
});
