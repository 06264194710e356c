import { closeDeployedLabs } from '../support/deployed-lab';
import { closePairs } from '../support/operating-lab';
import { AFTER_A_DISASTER, expected, killedAtEveryRequest } from './support/killed-runs';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

describe('a failback after a disaster', () => {
  test.each(['unsent', 'unheard'] as const)(
    'killed at every request, %s, ends the same when it is run again',
    async (death) => {
      const runs = await killedAtEveryRequest(AFTER_A_DISASTER, death);
      expect(runs).toEqual(runs.map(({ at }) => expected(AFTER_A_DISASTER, at)));
      // It was killed so often that the above means something.
      expect(runs.length).toBeGreaterThan(14);
    },
  );
});
