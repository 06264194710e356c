import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, isAlive, Program } from '../../../../test/support/waiting';
import { DrillJournal } from '../../src/cli/drill-journal';
import { type Journal } from '../../src/drill/journal';
import { experimentOf, phasesOf } from '../../src/drill/phases';
import { Recorder } from '../../src/drill/recorder';
import { experimentInWords, journalNoteInWords } from '../../src/words/drill';
import { documentProblems } from '../support/output-schema';

const REQUEST = { unplanned: false, toggle: true };
const EXPERIMENT = experimentOf(REQUEST, experimentInWords(REQUEST, 'lkc-a and lkc-b'));
const [CHECK, BLOCK] = phasesOf(REQUEST);

let folder: string;
let before: string;

beforeEach(() => {
  before = process.cwd();
  folder = mkdtempSync(join(tmpdir(), 'journals-'));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const recorderOf = (kept: DrillJournal, experiment = EXPERIMENT): Recorder =>
  new Recorder({
    experiment,
    version: '1.2.3',
    targets: { lost: 0, lag: 30 },
    inWords: journalNoteInWords,
    write: kept.write,
  });

const read = (file: string): Journal => JSON.parse(readFileSync(file, 'utf8')) as Journal;

/** A drill that ended as told, after its check. */
async function drilled(file: string, status: Journal['status'], experiment = EXPERIMENT): Promise<void> {
  const recorder = recorderOf(new DrillJournal(file, true, experiment), experiment);
  recorder.add(await recorder.record(CHECK.activity, () => Promise.resolve({ ok: true })));
  recorder.end(status);
}

describe('the journal of --journal', () => {
  test('that cannot be written any more ends the drill, and says how it goes on', async () => {
    mkdirSync('kept');
    const recorder = recorderOf(new DrillJournal(join('kept', 'drill.json'), true, EXPERIMENT));
    rmSync('kept', { recursive: true });
    await expect(recorder.record(CHECK.activity, () => Promise.resolve({ ok: true }))).rejects.toThrow(
      /^the journal kept.drill\.json cannot be written any more: ENOENT.* The drill ends here.* the same command goes on from there\.$/,
    );
  });

  test('of a drill that ended on the way is gone on with, and stays as it is until then', async () => {
    await drilled('drill.json', 'interrupted');
    const kept = new DrillJournal('drill.json', true, EXPERIMENT);
    const recorder = recorderOf(kept);
    expect(read('drill.json').run).toHaveLength(1);
    recorder.takeUp(BLOCK, kept.earlier);
    recorder.add(await recorder.record(BLOCK.activity, () => Promise.resolve({ ok: true })));
    recorder.end('completed');
    const journal = read('drill.json');
    expect(journal.run.map(({ activity }) => activity.name)).toEqual(['check', 'block']);
    expect(journal.interruptions).toMatchObject([{ status: 'interrupted', from: 'block' }]);
    expect(readdirSync('.')).toEqual(['drill.json']);
  });

  test.each<[string, Journal['status'], Journal['experiment']]>([
    ['that is done', 'completed', EXPERIMENT],
    [
      'of another kind',
      'interrupted',
      experimentOf(
        { ...REQUEST, unplanned: true },
        experimentInWords({ ...REQUEST, unplanned: true }, 'lkc-a and lkc-b'),
      ),
    ],
    ['of another pair', 'interrupted', experimentOf(REQUEST, experimentInWords(REQUEST, 'lkc-c and lkc-d'))],
  ])('of a drill %s is kept beside the new one', async (_, status, experiment) => {
    await drilled('drill.json', status, experiment);
    const { start } = read('drill.json');
    expect(new DrillJournal('drill.json', true, EXPERIMENT).earlier).toBeUndefined();
    await drilled('drill.json', 'completed');
    const aside = `drill-${start.replace(/[:.]/g, '-')}.json`;
    expect(readdirSync('.').sort()).toEqual([aside, 'drill.json'].sort());
    expect([read(aside).status, read(aside).experiment.title]).toEqual([status, experiment.title]);
  });

  test('of a drill that was not begun does not take the place of the earlier one', async () => {
    await drilled('drill.json', 'interrupted');
    const kept = new DrillJournal('drill.json', true, EXPERIMENT);
    recorderOf(kept).end('failed');
    expect(read('drill.json').status).toBe('interrupted');
    expect([kept.file === 'drill.json', read(kept.file).status]).toEqual([false, 'failed']);
  });

  test('is not written over what is no journal', () => {
    writeFileSync('outputs.json', '{"a":1}');
    expect(() => new DrillJournal('outputs.json', true, EXPERIMENT)).toThrow(
      /outputs\.json is there already, and is no/,
    );
    expect(readFileSync('outputs.json', 'utf8')).toBe('{"a":1}');
  });

  test('of a drill with a canary names its raw log until it is measured with what comes after', async () => {
    const traffic = { topic: 'canary', rate: 10, way: 'proxy' } as const;
    const unmeasured = (log: string): string => journalNoteInWords({ code: 'traffic-before-interruption', log });
    const log = (path: string): { path: string } => ({ path });
    const runs = ['r1', 'r2', 'r3'].map((run) => ({ run, log: log(`${run}.jsonl`) }));
    await drilled('drill.json', 'interrupted');
    const takenUp = (): Recorder => {
      const kept = new DrillJournal('drill.json', true, EXPERIMENT);
      const recorder = recorderOf(kept);
      recorder.takeUp(BLOCK, kept.earlier);
      return recorder;
    };
    takenUp().clientsSaw({ ...traffic, ...runs[0] });
    const second = takenUp();
    second.clientsSaw({ ...traffic, ...runs[1], earlier: second.trafficBefore });
    // A further run was killed before a canary of it had begun.
    takenUp();
    const third = takenUp();
    expect(third.trafficBefore).toEqual(runs.slice(0, 2));
    expect(read('drill.json').not_proven).toEqual([unmeasured('r1.jsonl'), unmeasured('r2.jsonl')]);
    third.measuredWithBefore();
    third.clientsSaw({ ...traffic, ...runs[2], earlier: third.trafficBefore });
    expect(read('drill.json').not_proven).toEqual([]);
    expect(documentProblems('drill', read('drill.json'))).toEqual([]);
  });

  test('of a drill of which nothing but the last look is left keeps what its canary saw', async () => {
    const seen = { run: 'r1', topic: 'canary', rate: 10, way: 'proxy', log: { path: 'r1.jsonl' } } as const;
    await drilled('drill.json', 'interrupted');
    const first = new DrillJournal('drill.json', true, EXPERIMENT);
    const recorder = recorderOf(first);
    recorder.takeUp(BLOCK, first.earlier);
    recorder.clientsSaw(seen);
    const kept = new DrillJournal('drill.json', true, EXPERIMENT);
    recorderOf(kept).takeUp(undefined, kept.earlier);
    expect([read('drill.json').traffic, read('drill.json').not_proven]).toEqual([seen, []]);
  });

  test.each([0, 4])('of a drill that was killed when %i records were to be discarded is gone on with', (records) => {
    const recorder = recorderOf(new DrillJournal('drill.json', true, EXPERIMENT));
    const failback = phasesOf(REQUEST).at(-1)!;
    void recorder.record(failback.activity, () => {
      recorder.agreedToDiscard(records);
      return new Promise<never>(() => undefined);
    });
    const kept = new DrillJournal('drill.json', true, EXPERIMENT);
    expect(kept.earlier?.under_way?.name).toBe('failback');
    const again = recorderOf(kept);
    again.takeUp(failback, kept.earlier);
    expect([again.end('completed').actuals.discarded, documentProblems('drill', read('drill.json'))]).toEqual([
      records,
      [],
    ]);
  });

  test('of a drill of more than a day ago is not gone on with', async () => {
    await drilled('drill.json', 'interrupted');
    const old = { ...read('drill.json'), end: new Date(Date.now() - 25 * 3_600_000).toISOString() };
    writeFileSync('drill.json', JSON.stringify(old));
    expect(new DrillJournal('drill.json', true, EXPERIMENT).earlier).toBeUndefined();
  });

  test('of a drill whose process lives keeps another one from beginning', async () => {
    await drilled('drill.json', 'interrupted');
    writeFileSync('drill.json', JSON.stringify({ ...read('drill.json'), pid: process.ppid }));
    expect(() => new DrillJournal('drill.json', true, EXPERIMENT)).toThrow(
      `a drill of this pair goes on, as process ${process.ppid}`,
    );
    writeFileSync('drill.json', JSON.stringify({ ...read('drill.json'), pid: 2 ** 22 + 1 }));
    expect(new DrillJournal('drill.json', true, EXPERIMENT).earlier).toBeDefined();
  });

  test('of a drill whose process was killed, and nobody asked for its end, keeps none', async () => {
    await drilled('drill.json', 'interrupted');
    const child = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const parent = new Program(child, 'its parent');
    try {
      const pid = Number(await eventually(() => parent.said, Boolean, { died: parent.died }));
      writeFileSync('drill.json', JSON.stringify({ ...read('drill.json'), pid }));
      expect(() => new DrillJournal('drill.json', true, EXPERIMENT)).toThrow('goes on, as process');
      process.kill(pid, 'SIGKILL');
      await eventually(
        () => isAlive(pid),
        (alive) => !alive,
      );
      expect(new DrillJournal('drill.json', true, EXPERIMENT).earlier).toBeDefined();
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('a journal that nobody named', () => {
  const named = (second: number): string => `drill-2026-01-01T00-00-0${second}-000Z.json`;

  test('is the last one of this pair in the current folder', async () => {
    await drilled(named(1), 'interrupted');
    await drilled(named(2), 'interrupted', experimentOf(REQUEST, experimentInWords(REQUEST, 'lkc-c and lkc-d')));
    const kept = new DrillJournal(named(3), false, EXPERIMENT);
    expect([kept.file, kept.earlier?.status]).toEqual([named(1), 'interrupted']);
    expect(existsSync(named(3))).toBe(false);
  });

  const unplanned = { unplanned: true, toggle: true };
  const disaster = { unplanned: true, toggle: false, disaster: 'operator' } as const;
  test.each([
    ['', REQUEST],
    [', unplanned', unplanned],
    [', in a disaster', disaster],
  ])('is a new one where the last drill of this pair is done%s', async (_, request) => {
    await drilled(named(1), 'interrupted');
    const last = experimentOf(request, experimentInWords(request, 'lkc-a and lkc-b'));
    await drilled(named(2), 'completed', last);
    const kept = new DrillJournal(named(3), false, EXPERIMENT);
    expect([kept.file, kept.earlier]).toEqual([named(3), undefined]);
    recorderOf(kept);
    expect(existsSync(named(3))).toBe(true);
  });
});
