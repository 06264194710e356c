import { closeDeployedLabs } from '../support/deployed-lab';
import { closePairs } from '../support/operating-lab';
import { type Again, DrillWorld, LACKED } from './support/killed-drills';

let world: DrillWorld | undefined;

afterEach(async () => {
  world?.end();
  world = undefined;
  await closePairs();
  await closeDeployedLabs();
});

/** A kill after a word was written, or before, when what was done is not noted. */
const KILLS = [
  { unplanned: false, toggle: true, written: true },
  { unplanned: false, toggle: true, written: false },
  { unplanned: true, toggle: true, written: true },
  { unplanned: true, toggle: true, written: false },
  { unplanned: false, toggle: false, written: false },
  { unplanned: true, toggle: false, written: false },
];

describe.each(KILLS)('a drill, unplanned: $unplanned, with the proxy: $toggle', ({ written, ...request }) => {
  /** What is to be true however it was killed. */
  const expected = ({ kill, left, journal }: Again): object => ({
    kill,
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

  test(`killed at each word that it writes (written: ${written}), is brought to its end by the same command`, async () => {
    world = await DrillWorld.start(request);
    const seen = new Set<string>();
    for (let at = 1; ; at += 1) {
      const again = await world.killedAndAgain({ at, written });
      if (again === 'ended') {
        break;
      }
      expect(again).toEqual(expected(again));
      seen.add(again.left?.[0] ?? (again.left ? 'the last look' : 'all'));
    }
    const from = request.toggle ? ['block', 'unblock'] : [];
    expect(seen).toEqual(new Set(['all', ...from, 'failover', 'check-moved', 'status', 'failback', 'the last look']));
  });
});
