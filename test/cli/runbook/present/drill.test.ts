import { drillText } from '../../../../lib/cli/runbook/present/drill';
import { PLACE } from '../../../runbook/support/place';
import { PLAIN } from '../../../../lib/cli/terminal';
import { type ActivityRun, experimentOf, type Journal, phasesOf, Recorder } from '../../../../lib/runbook/drill';

const REQUEST = { unplanned: true, toggle: true };
function text(status: Journal['status'], results: Readonly<Record<string, object>> = {}, deviated = false): string {
  const experiment = experimentOf(REQUEST, 'one and two');
  const { journal } = new Recorder({ experiment, version: '0.1.0', targets: { lost: 0 }, write: () => undefined });
  const run = phasesOf(REQUEST)
    .filter(({ name }) => name in results)
    .map(({ name, activity }): ActivityRun => {
      const output = { ...results[name], states: [], requests: [] };
      return { activity, status: 'succeeded', output, start: '', end: '', duration: 1 };
    });
  return drillText({ ...journal, status, deviated, run, duration: 61 }, 'drill.json', PLACE, {
    width: 100,
    paint: PLAIN,
  });
}

describe('the last lines of a drill', () => {
  test('tell what was lost and what was discarded, and claim no more than what was seen', () => {
    const told = text('completed', { failover: { lost: 5000 }, failback: { discarded: 5000 } });
    expect(told).toBe(`The drill is done, in 61 s: the primary serves, and the secondary follows it.
By failover: 5000 records lost.
By failback: 5000 records discarded.
Move the clients back to the primary.
The journal is in drill.json.`);
  });

  test('send to the status where no command leads back, as the pair was not steady', () => {
    const told = [text('failed'), text('failed', { block: {}, failover: {}, failback: {}, unblock: {} }, true)];
    expect(told).toEqual([
      `The pair is not steady: nothing was begun.
Where the clients may be now:
  $ npx confluent-dr status
The journal is in drill.json.`,
      `The drill is done, and the pair is not steady.
Where the clients may be now:
  $ npx confluent-dr status
The journal is in drill.json.`,
    ]);
  });
});
