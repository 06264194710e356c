import { closeDeployedLabs } from '../support/deployed-lab';
import { closePairs } from '../support/operating-lab';
import { type Again, killedAtEveryWord, LACKED, removeJournals } from './support/killed-drills';

afterEach(async () => {
  removeJournals();
  await closePairs();
  await closeDeployedLabs();
});

const REQUESTS = [
  { unplanned: false, toggle: true },
  { unplanned: true, toggle: true },
  { unplanned: false, toggle: false },
  { unplanned: true, toggle: false },
];

describe.each(REQUESTS)('a drill, unplanned: $unplanned, with the proxy: $toggle', (request) => {
  /** What is to be true however it was killed. */
  const expected = ({ deaths, left, journal }: Again): object => ({
    deaths,
    left,
    journal,
    status: 'completed',
    states: ['STOPPED/ACTIVE', 'STOPPED/ACTIVE'],
    isBlocked: false,
    // Nothing is done twice.
    secondary: [request.unplanned ? 'failover' : 'reverse-and-start-mirror'],
    primary: [...(request.unplanned ? ['truncate-and-restore'] : []), 'reverse-and-start-mirror'],
    actuals: request.unplanned ? { lost: LACKED, discarded: LACKED } : { lost: 0, discarded: 0 },
  });

  test('killed at any word that it writes, before or after, is brought to its end by the same command', async () => {
    const runs = await killedAtEveryWord(request);
    expect(runs).toEqual(runs.map(expected));
    const from = request.toggle ? ['block', 'unblock'] : [];
    expect(new Set(runs.map(({ left }) => left?.[0] ?? (left ? 'the last look' : 'all')))).toEqual(
      new Set(['all', ...from, 'failover', 'check-moved', 'status', 'failback', 'the last look']),
    );
  });
});
