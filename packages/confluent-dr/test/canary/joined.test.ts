import { CanaryAccount } from '../../src/canary/account';
import { type CanaryEvent } from '../../src/canary/events';
import { joinedRun } from '../../src/canary/joined';
import { summaryOf } from '../../src/canary/summary';
import { canaryLog, cutDrill } from '../report/drill/support/drill-files';

const summary = (logs: readonly (readonly CanaryEvent[])[]) => summaryOf(CanaryAccount.of(joinedRun(logs)!.events));

describe('A run that was cut into parts', () => {
  test('comes to what the whole would have come to, but for the time in which nobody was there', () => {
    const whole = summaryOf(CanaryAccount.of(canaryLog()));
    const { found, verdict, on, tally } = summary(cutDrill());
    expect({ verdict, on }).toEqual({ verdict: whole.verdict, on: whole.on });
    expect(found).toEqual({ ...whole.found, there: tally.acknowledged });
    // Between the 16th and the 18th second nothing was sent, which nobody would have acknowledged.
    expect(tally).toEqual({ ...whole.tally, sent: whole.tally.sent - 20 });
  });

  test('has lost what an earlier part was acknowledged and the last one did not find', () => {
    const { found, verdict } = summary(cutDrill({ lost: [41, 42] }));
    expect(found?.missing).toBe(2);
    expect(verdict.faults).toContain('missing');
  });

  test('tells when nobody was there', () => {
    const logs = cutDrill();
    expect(joinedRun(logs)!.gaps).toEqual([{ from: logs[0].at(-1)!.at, to: logs[1][0].at }]);
  });

  test('goes over to another member where a further part begins there', () => {
    const logs = cutDrill({ at: 20, again: 22 });
    const { all } = CanaryAccount.of(joinedRun(logs)!.events).changeovers;
    const [begin] = logs[1];
    expect(all.map(({ from, to, movedAt }) => [from, to, movedAt])).toEqual([
      ['primary', 'secondary', begin.at],
      ['secondary', 'primary', expect.any(Number)],
    ]);
  });

  test('does not hold against its consumer what was on its way when it was killed', () => {
    const [first, last] = cutDrill();
    const cut = first.filter((event) => event.type !== 'consumed' || event.at < first[0].at + 5000);
    expect(summary([cut, last]).tally.notConsumed).toBe(0);
    expect(summaryOf(CanaryAccount.of(cut)).tally.notConsumed).toBeGreaterThan(0);
  });

  test.each([
    ['was on another topic', { topic: 'another' }],
    ['was on other clusters', { clusters: { primary: 'lkc-1', secondary: 'lkc-2' } }],
    ['went another way', { way: 'direct' as const }],
    ['is none that the last one has read back', { run: 'stranger' }],
  ])('is none where a part %s', (_what, change) => {
    const [[begin, ...rest], last] = cutDrill();
    expect(joinedRun([[{ ...begin, ...change }, ...rest], last])).toBeUndefined();
  });

  test('of one part is that part, without what it has read back of others', () => {
    const [, last] = cutDrill();
    const { found, tally } = summary([last]);
    expect(found?.there).toBe(tally.acknowledged);
  });
});
