import { CanaryAccount } from '../../src/canary/account';
import { type CanaryEvent } from '../../src/canary/events';
import { joinedRun } from '../../src/canary/joined';
import { type Journal } from '../../src/drill/journal';
import { missedTargets } from '../../src/drill/targets';
import { servedThroughBlock, type Traffic, trafficOf } from '../../src/drill/traffic';
import { BEGIN } from '../canary/support/story';
import { canaryLog, cutDrill, drillJournal } from '../report/drill/support/drill-files';
import { trafficLines } from '../../src/words/drill-traffic';

const at = (second: number): string => new Date(BEGIN.at + second * 1000).toISOString();

interface Given {
  readonly log?: readonly CanaryEvent[];
  readonly journal?: Partial<Journal>;
}

function sources({ log = canaryLog(), journal = {} }: Given = {}) {
  const { run, questions } = drillJournal({ questions: [], ...journal });
  return {
    account: CanaryAccount.of(log),
    events: () => log,
    log: { path: 'canary.jsonl', sha256: 'ab' },
    run,
    questions,
  };
}

const asked = (second: number, seconds: number): Journal['questions'] => [
  { text: 'Go on?', by: 'person', answer: true, at: at(second), seconds },
];

describe('What clients saw of a drill', () => {
  test('begins with the last record that came through, and ends with the first one on the other side', () => {
    const { failover } = trafficOf(sources());
    // The block began at 5 s and ended at 12 s, the failover went from 14 to 20 s, clients went over at 21 s.
    expect(failover).toEqual({
      fault: { kind: 'proxy', at: at(5.2) },
      acknowledged_after: 16,
      consumed_after: 16.5,
      rto: 16.5,
      parts: { noticed: 6.8, decided: 0, mirrors_turned: 6, clients_back: 1.7, other: 2 },
      pause: { acknowledged: 16, consumed: 16 },
    });
  });

  test.each<[string, Journal['questions'], Partial<NonNullable<Traffic['failover']>['parts']>]>([
    ['before the failover', asked(12, 2), { decided: 2, other: 0, mirrors_turned: 6 }],
    ['within the failover', asked(15, 4), { decided: 4, other: 2, mirrors_turned: 2 }],
    ['before the fault', asked(1, 4), { decided: 0, other: 2, mirrors_turned: 6 }],
    ['that began before the fault and ended after it', asked(4, 2.2), { decided: 1, noticed: 5.8 }],
  ])('takes a slow answer for decision time: %s', (_, questions, parts) => {
    const { failover } = trafficOf(sources({ journal: { questions } }));
    expect(failover!.parts).toMatchObject(parts!);
    const sum = Object.values<number>({ ...failover!.parts! }).reduce((all, part) => all + part, 0);
    expect(sum).toBeCloseTo(failover!.rto!, 6);
  });

  test('tells no times where the clock was put back meanwhile, which meets no target', () => {
    const putBack = { type: 'stood-still', on: 'primary', since: BEGIN.at + 8000, at: BEGIN.at - 3_592_000 } as const;
    const log = canaryLog().flatMap((event): CanaryEvent[] => (event.type === 'begin' ? [event, putBack] : [event]));
    const traffic = trafficOf(sources({ log }));
    const targets = { lost: 0, lag: 30, rto: 300 };
    expect(traffic).toMatchObject({ untimed: true, sum: { tally: {} } });
    expect(Object.keys(traffic)).not.toEqual(expect.arrayContaining(['failover']));
    expect(missedTargets({ traffic, targets })).toEqual(['rto']);
    expect(trafficLines({ traffic, targets })[0]).toBe(
      'RTO: not measured, as the clock was put back meanwhile. The target of 300 s is missed.',
    );
    const past = log.map((event) => (event.type === 'acknowledged' ? { ...event, at: event.at + 20_000 } : event));
    expect(servedThroughBlock(sources({ log: past }))).toBeUndefined();
  });

  test('tells of the way back from where the failback was begun', () => {
    expect(trafficOf(sources()).failback).toMatchObject({
      fault: { kind: 'switch-over', at: at(33) },
      acknowledged_after: 5.2,
      pause: { acknowledged: 6, consumed: 6 },
    });
  });

  test('takes records that come late on the side that was left for no end of the pause', () => {
    // The last of them is consumed on the primary just before the first one on the secondary, after fifteen seconds of nothing.
    const log = canaryLog().flatMap((event): CanaryEvent[] =>
      event.type === 'consumed' && event.on === 'secondary' && event.first === 210
        ? [{ ...event, at: event.at - 100, on: 'primary' }, event]
        : [event],
    );
    expect(trafficOf(sources({ log })).failover!.pause).toEqual({ acknowledged: 16, consumed: 15.9 });
  });

  test.each<[string, Given]>([
    [
      'past the proxy',
      { log: canaryLog().map((event) => (event.type === 'begin' ? { ...event, way: 'direct' } : event)) },
    ],
    ['without a block', { journal: { run: drillJournal().run.filter(({ activity }) => activity.name !== 'block') } }],
  ])('begins with the failover %s', (_, given) => {
    expect(trafficOf(sources(given)).failover!.fault).toEqual({ kind: 'switch-over', at: at(14) });
  });

  test('has no time where nothing came on the other side', () => {
    const log = canaryLog().filter((event) => !(event.type === 'consumed' && event.on === 'secondary'));
    const { failover } = trafficOf(sources({ log }));
    expect(failover).toMatchObject({ acknowledged_after: 16, pause: { acknowledged: 16 } });
    expect([failover!.rto, failover!.parts, failover!.consumed_after]).toEqual([undefined, undefined, undefined]);
  });

  test('does not tell of a way that a failed operation did not open', () => {
    const run = drillJournal().run.map((each) =>
      each.activity.name === 'failover' ? { ...each, status: 'failed' as const } : each,
    );
    expect(trafficOf(sources({ journal: { run } })).failover).toBeUndefined();
  });

  test('counts what is missing, and how long before the fault the first of it was acknowledged', () => {
    // Records 40 to 49 were acknowledged at 4.2 s, the last before the fault at 5.2 s.
    expect(trafficOf(sources({ log: canaryLog({ lost: [47, 48, 55] }) })).loss).toEqual({ records: 3, seconds: 1 });
    expect(trafficOf(sources()).loss).toEqual({ records: 0, seconds: 0 });
  });

  test('knows no loss where not all was read back', () => {
    const log = canaryLog({ lost: [47] }).filter(({ type }) => type !== 'read');
    expect(trafficOf(sources({ log }))).toMatchObject({ sum: { verdict: { faults: ['not-read'] } } });
    expect(trafficOf(sources({ log })).loss).toBeUndefined();
  });

  test('tells how long the primary served through a block that was said to be there', () => {
    const served: CanaryEvent = {
      type: 'acknowledged',
      on: 'primary',
      at: BEGIN.at + 16_000,
      partition: 0,
      first: 60,
      last: 60,
    };
    const log = canaryLog();
    const leaky = [
      ...log.slice(0, 1),
      ...log
        .slice(1)
        .flatMap((event) => (event.type === 'moved' && event.on === 'secondary' ? [served, event] : [event])),
    ];
    expect(servedThroughBlock(sources({ log: leaky }))).toBe(4000);
    expect(trafficOf(sources({ log: leaky })).failover!.fault.kind).toBe('switch-over');
    expect(servedThroughBlock(sources())).toBeUndefined();
  });
});

describe('What clients saw of a drill that was killed and taken up again', () => {
  const log = joinedRun(cutDrill())!.events;
  const { run } = drillJournal();
  /** Killed in its failover, which the further run did again. */
  const again = run.flatMap((each): Journal['run'] =>
    each.activity.name === 'failover'
      ? [
          { ...each, status: 'failed', start: at(14), end: at(16) },
          { ...each, start: at(18), end: at(20) },
        ]
      : [each],
  );

  test('begins with the fault of the first part, and ends with the first record of the second on the other side', () => {
    expect(trafficOf(sources({ log, journal: { run: again } })).failover).toEqual({
      fault: { kind: 'proxy', at: at(5.2) },
      acknowledged_after: 16,
      consumed_after: 16.5,
      rto: 16.5,
      // What the killed one had turned, and the time in which nobody was there, are neither of these.
      parts: { noticed: 6.8, decided: 0, mirrors_turned: 2, clients_back: 1.7, other: 6 },
      pause: { acknowledged: 16, consumed: 16 },
    });
  });

  test('begins with the failover that was killed where nothing was taken from clients before', () => {
    const planned = again.filter(({ activity }) => activity.name !== 'block');
    const { failover } = trafficOf(sources({ log, journal: { run: planned } }));
    expect(failover).toMatchObject({ fault: { kind: 'switch-over', at: at(14) }, rto: 7.7 });
  });

  test('counts as lost what the first part was acknowledged', () => {
    const lossy = joinedRun(cutDrill({ lost: [47, 48] }))!.events;
    expect(trafficOf(sources({ log: lossy, journal: { run: again } })).loss).toEqual({ records: 2, seconds: 1 });
  });
});

describe('A target for what clients see', () => {
  const targets = (rto: number | undefined, rpo: Journal['targets']['rpo']): Journal['targets'] => ({
    lost: 0,
    lag: 30,
    rto,
    rpo,
  });
  const traffic = trafficOf(sources({ log: canaryLog({ lost: [47, 48] }) }));

  test.each<[string, Journal['targets'], Traffic | undefined, string[]]>([
    ['none', targets(undefined, undefined), undefined, []],
    ['reached', targets(16.5, { records: 2 }), traffic, []],
    ['missed', targets(16.4, { records: 1 }), traffic, ['rto', 'rpo']],
    ['in seconds, reached', targets(undefined, { seconds: 1 }), traffic, []],
    ['in seconds, missed', targets(undefined, { seconds: 0.5 }), traffic, ['rpo']],
    ['of nothing that was measured', targets(60, { records: 5 }), undefined, ['rto', 'rpo']],
  ])('%s', (_, given, seen, missed) => {
    expect(missedTargets({ targets: given, traffic: seen })).toEqual(missed);
  });
});

test('Of a canary whose raw log broke nothing is said but that, and a target is missed', () => {
  const traffic = { run: 'r1', topic: 'canary', rate: 10, way: 'proxy', log: { path: 'canary.jsonl' } } as const;
  expect(trafficLines({ traffic, targets: { lost: 0, lag: 30, rto: 5, rpo: { records: 0 } } })).toEqual([
    'RTO: not measured: the canary did not come to its end. The target of 5 s is missed.',
    'RPO: not measured: the canary did not come to its end. The target of 0 records is missed.',
    "The canary's raw log is in canary.jsonl.",
  ]);
});
