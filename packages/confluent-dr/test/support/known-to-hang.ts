import { setTimeout as sleep } from 'node:timers/promises';
import { ANSWER_LIMITS } from '../../src/client/answer-limit';

const { begin } = ANSWER_LIMITS;
const SOON_MS = 100;

afterEach(() => {
  ANSWER_LIMITS.begin = begin;
});

/**
 * For the rest of the test the limit of what hangs is over soon, or when it is told; all else has the time that it has for a
 * user, on a slow machine too.
 *
 * @param hangs of a URL, or of `direct host:port` and `proxy host:port`; asked once for each wait
 */
export function knownToHang(
  hangs: (asked: string) => boolean,
  isOver: () => Promise<unknown> = () => sleep(SOON_MS),
): void {
  ANSWER_LIMITS.begin = (ms, asked) => {
    if (!hangs(asked)) {
      return begin(ms, asked);
    }
    const over = new AbortController();
    void isOver().then(() => over.abort());
    return { signal: over.signal, end: () => undefined };
  };
}

/** For `knownToHang`: the nth time that the same is waited for, from 1; a probe waits for connection, TLS and answer. */
export function nthOf(n: number, matches: (asked: string) => boolean): (asked: string) => boolean {
  const counts = new Map<string, number>();
  return (asked) => {
    counts.set(asked, (counts.get(asked) ?? 0) + 1);
    return counts.get(asked) === n && matches(asked);
  };
}
