import { closeDeployedLabs } from '../support/deployed-lab';
import { closePairs } from '../support/operating-lab';
import { FROM_A_PAIR_AT_WORK, expected, killedAtEveryRequest } from './support/killed-runs';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

describe.each(FROM_A_PAIR_AT_WORK)('$title', (scenario) => {
  test.each(['unsent', 'unheard'] as const)(
    'killed at every request, %s, ends the same when it is run again',
    async (death) => {
      const runs = await killedAtEveryRequest(scenario, death);
      expect(runs).toEqual(runs.map(({ at }) => expected(scenario, at)));
      // It was killed so often that the above means something.
      expect(runs.length).toBeGreaterThan(14);
    },
  );
});
