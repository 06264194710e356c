import { batchesOf, MOST_CHARACTERS, MOST_TOPICS } from '../../src/execute/mirror-requests';
import { DEFAULT_TIMEOUTS, pauseAfter } from '../../src/execute/time-limits';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { closePairs, labClock, operated, operationsOn, pairOf } from '../support/operating-lab';
import { withHooks } from '../support/pair-with-hooks';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

describe('a thousand topics', () => {
  test('are turned by four requests, and seen by two a look', async () => {
    const lab = await DeployedLab.start({ topics: 1000, partitions: 1, timing: { mirrorTransitionMs: 1000 } });
    let requests = 0;
    const pair = withHooks(pairOf(lab), { beforeSent: () => (requests += 1) });
    const looks: number[] = [];
    const { ending } = await operated(lab, {
      request: { direction: 'failover', procedure: 'planned' },
      pair,
      listener: ({ type }) => type === 'progress' && looks.push(requests),
    });
    expect(ending.kind).toBe('done');
    expect(operationsOn(lab, 'secondary')).toHaveLength(4);
    expect(looks.length).toBeGreaterThan(2);
    expect(looks.slice(1).map((count, index) => count - looks[index])).toEqual(looks.slice(1).map(() => 2));
    // Two whole looks of twelve, with ACLs; and as many validations as operations.
    expect(requests).toBe(24 + 4 + 4 + 2 * looks.length);
  });
});

describe('a reversal that takes a minute', () => {
  test('is seen at most a tenth later than it is there', async () => {
    const transition = 60_000;
    const lab = await DeployedLab.start({ topics: 100, partitions: 1, timing: { mirrorTransitionMs: transition } });
    const { now } = labClock(lab);
    let [begun, ended] = [0, 0];
    await operated(lab, {
      request: { direction: 'failover', procedure: 'planned' },
      listener: (event) => {
        begun ||= event.type === 'answered' ? now() : 0;
        ended = event.type === 'progress' ? now() : ended;
      },
    });
    expect(ended - begun).toBeGreaterThanOrEqual(transition);
    expect(ended - begun).toBeLessThan(1.11 * transition);
  });
});

test('pauses grow with what was waited, between their limits', () => {
  expect([0, 3000, 20_000, 3_600_000].map((waited) => pauseAfter(waited, DEFAULT_TIMEOUTS))).toEqual([
    200, 300, 2000, 5000,
  ]);
});

test('a request names neither too many topics nor too long names', () => {
  const sizes = (names: readonly string[]): number[] => batchesOf(names, (name) => name).map(({ length }) => length);
  expect(sizes([])).toEqual([]);
  expect(sizes(Array.from({ length: MOST_TOPICS * 2 + 1 }, (_, index) => `t${index}`))).toEqual([
    MOST_TOPICS,
    MOST_TOPICS,
    1,
  ]);
  const long = 'x'.repeat(249);
  const fitting = Math.floor(MOST_CHARACTERS / long.length);
  expect(sizes(Array.from({ length: fitting + 1 }, () => long))).toEqual([fitting, 1]);
});
