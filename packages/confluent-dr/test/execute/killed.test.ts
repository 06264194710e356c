import { closeDeployedLabs } from '../support/deployed-lab';
import { closePairs } from '../support/operating-lab';
import { AFTER_A_DISASTER, expected, FROM_A_PAIR_AT_WORK, killedAtEveryRequest } from './support/killed-runs';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

test.each([...FROM_A_PAIR_AT_WORK, AFTER_A_DISASTER])(
  '$title that is killed at any request ends the same when it is run again',
  async (scenario) => {
    const runs = await killedAtEveryRequest(scenario);
    expect(runs).toEqual(runs.map((run) => expected(scenario, run)));
    // It was killed so often, and left so many states behind, that the above means something.
    expect(runs.flatMap(({ deaths }) => deaths).length).toBeGreaterThan(28);
    expect(runs.length).toBeGreaterThan(3);
  },
);
