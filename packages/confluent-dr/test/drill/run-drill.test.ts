import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Journal, writeJournal } from '../../src/drill/journal';
import { experimentOf, phasesOf } from '../../src/drill/phases';
import { Recorder } from '../../src/drill/recorder';
import { phasesLeft } from '../../src/drill/resume';
import { type Drill, type DrillActions, runDrill } from '../../src/drill/run-drill';
import { type PairObservation, type Role } from '../../src/observe/pair-observation';
import { experimentInWords, journalNoteInWords } from '../../src/words/drill';

const request = { unplanned: false, toggle: true };

/** One topic that this member serves and the other follows. */
function servedBy(active: Role): PairObservation {
  const member = (clusterId: string) => ({
    clusterId,
    dataPlane: { kind: 'answers' as const },
    link: { kind: 'unknown' as const, cause: 'not looked at' },
  });
  const side = (role: Role): PairObservation['topics'][number]['sides'][Role] => ({
    kind: 'mirror',
    topicName: 'orders',
    sourceTopicName: 'orders',
    linkName: 'link',
    status: role === active ? 'STOPPED' : 'ACTIVE',
    lags: [],
    transitionErrors: [],
    partitions: 1,
  });
  return {
    members: { primary: member('lkc-aaaaa'), secondary: member('lkc-bbbbb') },
    topics: [{ name: 'orders', sides: { primary: side('primary'), secondary: side('secondary') } }],
  };
}

/** The secondary alone tells, of a mirror whose source is gone. */
function lostPrimary(): PairObservation {
  const seen = servedBy('secondary');
  const [{ sides }] = seen.topics;
  const cause = 'no answer';
  return {
    members: { ...seen.members, primary: { ...seen.members.primary, dataPlane: { kind: 'refused', cause } } },
    topics: [{ name: 'orders', sides: { ...sides, primary: { kind: 'unknown', topicName: 'orders', cause } } }],
  };
}

test.each([
  { when: 'while clients are blocked', from: 5, by: 3_600_000 },
  { when: 'for less than that takes', from: 5, by: 1500 },
  { when: 'while clients are looked for', from: 9, by: 3_600_000 },
  { when: 'never', from: Infinity, by: 0 },
])('a clock that is put back $when changes nothing of how long a drill took', async ({ from, by }) => {
  let read = 0;
  const now = () => new Date(Date.parse('2026-11-27T12:00:00Z') + ++read * 1000 - (read >= from ? by : 0));
  const [block, moved] = phasesOf(request).filter(({ name }) => name === 'block' || name === 'check-moved');
  const experiment = experimentOf(request, experimentInWords(request, 'a and b'));
  const targets = { lost: 0, lag: 30 };
  const recorder = new Recorder({
    experiment,
    version: '1.0.0',
    targets,
    inWords: journalNoteInWords,
    write: () => undefined,
    now,
    steady: () => read * 1000,
  });
  for (const { activity } of [block, moved]) {
    recorder.add(await recorder.record(activity, () => Promise.resolve({ ok: true })));
  }
  const { run, duration, actuals } = recorder.end('completed');
  // A second from one time that it looks to the next.
  expect([duration, ...run.map((each) => each.duration)]).toEqual([10, 2, 2]);
  expect(actuals).toEqual({ lost: 0, discarded: 0, moved_after: 6 });
});

interface Rehearsal extends Partial<Pick<Drill, 'confirm' | 'signal'>> {
  readonly attempts?: Partial<DrillActions>;
  readonly unplanned?: boolean;
}

/** A drill whose attempts do nothing but be noted. */
function rehearsal({ attempts = {}, unplanned = false, confirm, signal }: Rehearsal = {}) {
  const done: string[] = [];
  const written: string[] = [];
  let active: Role = 'primary';
  const recorder = new Recorder({
    experiment: experimentOf({ ...request, unplanned }, experimentInWords({ ...request, unplanned }, 'a and b')),
    version: '1.2.3',
    targets: { lost: 0, lag: 30 },
    inWords: journalNoteInWords,
    write: (journal) => written.push(JSON.stringify(journal)),
  });
  const well = (name: string) => {
    done.push(name);
    return Promise.resolve({ ok: true });
  };
  const drill: Drill = {
    phases: phasesOf({ ...request, unplanned }),
    unplanned,
    recorder,
    confirm: confirm ?? (() => Promise.resolve(true)),
    signal: signal ?? new AbortController().signal,
    attempts: {
      observe: () => {
        const seen = servedBy(active);
        recorder.state(seen);
        return Promise.resolve(seen);
      },
      check: () => well('check'),
      isBlocked: () => Promise.resolve(undefined),
      toggle: (blocked) => well(blocked ? 'block' : 'unblock'),
      lose: (lost) => well(lost ? 'outage' : 'recovery'),
      operate: (direction) => {
        active = direction === 'failover' ? 'secondary' : 'primary';
        return well(direction);
      },
      ...attempts,
    },
  };
  const last = (): Journal => JSON.parse(written[written.length - 1]) as Journal;
  return { drill, done, written, last };
}

const namesOf = ({ run }: Journal): string[] => run.map(({ activity, status }) => `${activity.name} ${status}`);

test('goes there and back, and is written as completed', async () => {
  const { drill, done, last } = rehearsal();
  const journal = await runDrill(drill);
  expect(done).toEqual(['check', 'block', 'failover', 'unblock', 'failback']);
  expect(last()).toEqual(JSON.parse(JSON.stringify(journal)));
  expect(journal).toMatchObject({
    'chaoslib-version': '1.2.3',
    status: 'completed',
    deviated: false,
    rollbacks: [],
    steady_states: { before: { steady_state_met: true }, after: { steady_state_met: true }, during: [] },
  });
  expect(namesOf(journal)).toEqual([
    'check succeeded',
    'block succeeded',
    'failover succeeded',
    'check-moved succeeded',
    'unblock succeeded',
    'status succeeded',
    'failback succeeded',
  ]);
  expect(journal.run.flatMap(({ output }) => output.states.map(({ topics }) => topics.orders))).toEqual([
    'switched over',
  ]);
});

test('unplanned, lets clients come to the primary only when it is restored', async () => {
  const { drill, done } = rehearsal({ unplanned: true });
  await runDrill(drill);
  expect(done).toEqual(['check', 'block', 'failover', 'failback', 'unblock']);
});

describe('a drill of a disaster', () => {
  const disaster = { unplanned: true, toggle: false, disaster: 'lab' } as const;
  const phases = phasesOf(disaster);

  test('loses the primary, and has it back before it fails back', async () => {
    const { drill, done } = rehearsal({ unplanned: true });
    await runDrill({ ...drill, phases });
    expect(done).toEqual(['check', 'outage', 'failover', 'recovery', 'failback']);
    expect(experimentOf(disaster, experimentInWords(disaster, 'a and b'))).toMatchObject({
      title: 'Losing the primary of a and b, in a disaster',
      tags: ['kafka', 'disaster-recovery', 'unplanned', 'disaster'],
    });
  });

  const order = phases.map(({ name }) => name);
  test.each<[killedIn: (typeof order)[number], seen: PairObservation, left: string]>([
    ['outage', servedBy('primary'), 'outage'],
    ['failover', lostPrimary(), 'outage'],
    ['check-moved', lostPrimary(), 'check-moved'],
    ['recovery', lostPrimary(), 'recovery'],
    ['recovery', servedBy('secondary'), 'recovery'],
    ['status', servedBy('secondary'), 'status'],
    ['failback', servedBy('secondary'), 'failback'],
  ])('that ended in %s goes on, by its journal', (killedIn, seen, left) => {
    const done = order.slice(0, order.indexOf(killedIn));
    const earlier = { begun: new Set([...done, killedIn]), succeeded: new Set(done) };
    expect(phasesLeft(seen, phases, { earlier })).toEqual({
      phases: phases.slice(order.indexOf(left as typeof killedIn)),
      isCertain: true,
    });
  });
});

test('is deviated where records were lost, and tells how many, however long the lists are', async () => {
  const document = { done: Array.from({ length: 500 }, (_, index) => `t${index}`) };
  const operate = (direction: string) =>
    Promise.resolve({ ok: true, document, ...(direction === 'failover' ? { lost: 3 } : { discarded: 4 }) });
  const { drill, last } = rehearsal({ attempts: { operate, observe: () => Promise.resolve(served.shift()!) } });
  const served = [servedBy('primary'), servedBy('secondary'), servedBy('secondary'), servedBy('primary')];
  await runDrill(drill);
  expect(last()).toMatchObject({ status: 'completed', deviated: true, actuals: { lost: 3, discarded: 4 } });
  const result = last().run.find(({ activity }) => activity.name === 'failover')!.output.result as typeof document;
  expect(result.done.slice(-2)).toEqual(['t19', '… and 480 more']);
});

test('is deviated where topics were left behind', async () => {
  const { drill, last } = rehearsal();
  const seen = drill.attempts;
  const unmirrored = [{ name: 'audit', on: ['primary'] as const }];
  const attempts = { ...seen, observe: async () => ({ ...(await seen.observe()), unmirrored }) };
  await runDrill({ ...drill, attempts });
  expect(last()).toMatchObject({ status: 'completed', deviated: true });
});

test('notes each question with its answer, who gave it and when', async () => {
  const { drill, last } = rehearsal();
  const { recorder } = drill;
  await recorder.asked('Go on?', 'person', () => Promise.resolve(true));
  await recorder.asked('Really?', 'person', () => Promise.reject(new Error('Ctrl-C'))).catch(() => undefined);
  expect(last().questions).toMatchObject([
    { text: 'Go on?', by: 'person', answer: true },
    { text: 'Really?', by: 'person', answer: false },
  ]);
});

test('does not begin where the pair is not steady', async () => {
  const { drill, done, last } = rehearsal({ attempts: { observe: () => Promise.resolve(servedBy('secondary')) } });
  await runDrill(drill);
  expect(done).toEqual([]);
  expect(last()).toMatchObject({ status: 'failed', deviated: false, run: [], steady_states: { after: null } });
  expect(last().steady_states.before!.probes[0]).toMatchObject({
    tolerance_met: false,
    exception: ['Clients should not be on the primary.', 'orders: It is still a mirror on the primary: ACTIVE.'],
  });
});

test('goes on with what an earlier drill left, where somebody says that it was one', async () => {
  const offered: string[][] = [];
  let active: Role = 'secondary';
  const { drill, done, last } = rehearsal({
    attempts: {
      observe: () => Promise.resolve(servedBy(active)),
      operate: () => {
        active = 'primary';
        return Promise.resolve({ ok: true });
      },
    },
  });
  const resume =
    (answer: boolean): Drill['resume'] =>
    ({ phases }) => {
      offered.push(phases.map(({ name }) => name));
      return Promise.resolve(answer);
    };
  await runDrill({ ...drill, resume: resume(true) });
  expect(offered).toEqual([['check-moved', 'unblock', 'status', 'failback']]);
  expect([done, last().status]).toEqual([['unblock'], 'completed']);
  expect(last().not_proven).toEqual([expect.stringContaining('taken up at check-moved')]);
  const other = rehearsal({ attempts: { observe: () => Promise.resolve(servedBy('secondary')) } });
  await runDrill({ ...other.drill, resume: resume(false) });
  expect([other.done, other.last().status]).toEqual([[], 'failed']);
});

test('ends at the first thing that does not succeed, and says what it was', async () => {
  const { drill, done, last } = rehearsal({
    attempts: {
      operate: () => Promise.resolve({ ok: false, problem: 'It ended as hindered.\nwhy', document: { a: 1 } }),
    },
  });
  await runDrill(drill);
  expect(done).toEqual(['check', 'block']);
  expect(last().status).toBe('aborted');
  expect(last().run.at(-1)).toMatchObject({
    status: 'failed',
    exception: ['It ended as hindered.', 'why'],
    output: { result: { a: 1 } },
  });
});

test('ends where nobody agrees to go on', async () => {
  const { drill, done, last } = rehearsal({ confirm: ({ name }) => Promise.resolve(name !== 'failover') });
  await runDrill(drill);
  expect([done, last().status]).toEqual([['check', 'block'], 'aborted']);
});

test('is deviated where the pair is not steady in the end', async () => {
  const looks: Role[] = ['primary', 'secondary', 'secondary', 'secondary'];
  const { drill, last } = rehearsal({
    attempts: {
      observe: () => Promise.resolve(servedBy(looks.shift()!)),
      operate: () => Promise.resolve({ ok: true }),
    },
  });
  await runDrill(drill);
  expect(last()).toMatchObject({
    status: 'failed',
    deviated: true,
    steady_states: { after: { steady_state_met: false } },
  });
});

test('is written as interrupted, with what was done until then', async () => {
  const controller = new AbortController();
  const { drill, last } = rehearsal({
    signal: controller.signal,
    attempts: {
      toggle: () => {
        controller.abort();
        return Promise.resolve({ ok: true });
      },
    },
  });
  expect((await runDrill(drill)).status).toBe('interrupted');
  expect([last().status, namesOf(last())]).toEqual(['interrupted', ['check succeeded', 'block succeeded']]);
});

test('is written as aborted when the tool itself fails, which is not hidden', async () => {
  const { drill, last } = rehearsal({ attempts: { check: () => Promise.reject(new Error('a fault')) } });
  await expect(runDrill(drill)).rejects.toThrow('a fault');
  expect([last().status, namesOf(last())]).toEqual(['aborted', ['check failed']]);
});

test('tells in each draft that it was interrupted, until it ends', async () => {
  const { drill, written } = rehearsal();
  await runDrill(drill);
  const statuses = written.map((text) => (JSON.parse(text) as Journal).status);
  expect(statuses.length).toBeGreaterThan(8);
  expect(new Set(statuses.slice(0, -1))).toEqual(new Set(['interrupted']));
});

test('the file is whole, its owner’s alone, and no draft is left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  try {
    const file = join(folder, 'journal.json');
    const { drill } = rehearsal();
    writeJournal(file, drill.recorder.journal);
    writeJournal(file, await runDrill(drill));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((JSON.parse(readFileSync(file, 'utf8')) as Journal).status).toBe('completed');
    expect(readdirSync(folder)).toEqual(['journal.json']);
    expect(() => writeJournal(join(folder, 'none', 'journal.json'), drill.recorder.journal)).toThrow(/ENOENT/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('a canary beside the drill', () => {
  function beside(given: Rehearsal = {}, begin: () => Promise<void> = () => Promise.resolve()) {
    const { drill, ...rest } = rehearsal(given);
    const { done } = rest;
    const noted = (what: string): Promise<void> => {
      done.push(what);
      return Promise.resolve();
    };
    const traffic = {
      begin: () => noted('clients').then(begin),
      moveTo: (role: Role) => noted(`clients to the ${role}`),
      end: () => noted('clients end'),
    };
    return { drill: { ...drill, traffic }, ...rest };
  }

  test('goes over once the mirrors have turned, and comes to its end before the journal does', async () => {
    const { drill, done, last } = beside();
    await runDrill(drill);
    expect(done).toEqual([
      ...['clients', 'check', 'block', 'failover', 'clients to the secondary'],
      ...['unblock', 'failback', 'clients to the primary', 'clients end'],
    ]);
    expect(last().status).toBe('completed');
  });

  test('does not go where a failover failed, and comes to its end all the same', async () => {
    const operate = () => Promise.resolve({ ok: false, problem: 'no' });
    const { drill, done, last } = beside({ attempts: { operate } });
    await runDrill(drill);
    expect(done).toEqual(['clients', 'check', 'block', 'clients end']);
    expect(last().status).toBe('aborted');
  });

  test('keeps a drill from beginning that it cannot begin with', async () => {
    const { drill, done, last } = beside({}, () => Promise.reject(new Error('no partitions')));
    await expect(runDrill(drill)).rejects.toThrow('no partitions');
    expect(done).toEqual(['clients', 'clients end']);
    expect(last()).toMatchObject({ status: 'aborted', run: [] });
  });

  test('is not begun where there is nothing to go through', async () => {
    const { drill, done } = beside({ attempts: { observe: () => Promise.resolve(servedBy('secondary')) } });
    await runDrill(drill);
    expect(done).toEqual(['clients end']);
  });

  test.each([
    ['begins where one that was killed had not read back', undefined, ['clients', 'clients end']],
    ['is not begun where one had', { verdict: { ok: true, faults: [] } }, ['clients end']],
  ])('of which only the last look is left %s', async (_what, sum, expected) => {
    const first = beside();
    await runDrill(first.drill);
    const log = { path: 'canary.jsonl' };
    const traffic = { run: 'r1', topic: 'orders', rate: 10, way: 'direct', log, sum } as unknown as Journal['traffic'];
    const earlier: Journal = { ...first.last(), status: 'interrupted', traffic };
    const { drill, done, last } = beside();
    await runDrill({ ...drill, earlier, resume: () => Promise.resolve(true) });
    expect(done).toEqual(expected);
    expect(last()).toMatchObject({ status: 'completed', interruptions: [{ from: 'steady after' }] });
  });
});
