import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { CanaryAccount } from '../../../src/canary/account';
import { UnusableLog } from '../../../src/canary/raw-log';
import { type Journal } from '../../../src/drill/journal';
import { trafficOf } from '../../../src/drill/traffic';
import { reportPage } from '../../../src/report/drill/page';
import { readReport, UnusableJournal, verdictOf } from '../../../src/report/drill/report';
import { drillJunit } from '../../../src/words/drill-junit';
import { BEGIN } from '../../canary/support/story';
import { junitProblems } from '../ready/support/junit-schema';
import { canaryLog, cutDrill, drillJournal, linesOf, removeDrillFiles, written } from './support/drill-files';

afterEach(removeDrillFiles);

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Given {
  readonly journal?: Partial<Journal>;
  readonly log?: Parameters<typeof canaryLog>[0] | 'none';
}

function read({ journal, log = {} }: Given = {}) {
  const files = written({
    'drill.json': JSON.stringify(drillJournal(journal)),
    'canary.jsonl': linesOf(canaryLog(log === 'none' ? {} : log)),
  });
  return readReport({
    journal: files['drill.json'],
    ...(log !== 'none' && { canary: files['canary.jsonl'] }),
    madeBy: '0.1.0',
    madeAt: new Date(0),
  });
}

const actuals = (report: ReturnType<typeof read>): Record<string, string> =>
  Object.fromEntries(report.findings.map(({ id, actual = '?', verdict }) => [id, `${actual}: ${verdict}`]));

/** The cells of a table's rows, by its caption. */
function rowsOf(page: string, caption: string): string[][] {
  const table = page.split('<table>').find((part) => part.includes(`<caption>${caption}</caption>`))!;
  const body = /<tbody>([^]*?)<\/tbody>/.exec(table)![1];
  return [...body.matchAll(/<tr>([^]*?)<\/tr>/g)].map(([, row]) =>
    [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell]) => cell.replace(/<[^>]+>/g, '').trim()),
  );
}

describe('A report', () => {
  test('of a drill that went well has the numbers of its journal and of the raw log', () => {
    const report = read();
    expect(actuals(report)).toEqual({
      completed: 'completed: met',
      'steady-before': 'steady: met',
      'steady-after': 'steady: met',
      lost: '0 records: met',
      'canary-missing': '0 records: met',
      'canary-twice': '0 records: met',
      'canary-order': '0 records: met',
      'canary-consumed': '0 records: met',
      rto: '?: not-measured',
      rpo: '?: not-measured',
      moved: '17.2 s: untargeted',
      // The last one came 5.2 s after the beginning, the next one at 21.2 s.
      'pause-acknowledged': '16.0 s: untargeted',
      'pause-consumed': '16.0 s: untargeted',
    });
    expect(verdictOf(report)).toBe('met');
  });

  test('has a row for each client of an application, there and back, and the hash of what it logged', async () => {
    const fault = { kind: 'proxy', at: '2026-01-05T12:00:06.000Z' } as const;
    const failover = { fault, acknowledged_after: 17, consumed_after: 17.5, pause: { acknowledged: 17, consumed: 18 } };
    const failback = { fault: { ...fault, kind: 'switch-over' as const }, pause: {} };
    const clients = {
      logs: [{ path: '/srv/orders.jsonl', sha256: hash('log') }],
      seen: [
        { client: 'orders', version: '4.3.1', failover, failback },
        { client: '<late>', version: '1' },
      ],
    };
    const page = await reportPage(read({ journal: { clients } }));
    const times = ['the proxy cut clients off, 12:00:06.000', '17.0', '17.5', '17.0', '18.0'];
    expect(rowsOf(page, 'Clients of applications, by what they logged, in seconds')).toEqual([
      ['orders 4.3.1', 'Failover', ...times],
      ['orders 4.3.1', 'Failback', 'it was begun, 12:00:06.000', 'never', 'never', 'never', 'never'],
      ['&lt;late&gt; 1', 'Failover', 'nothing was logged before', '', '', '', ''],
      ['&lt;late&gt; 1', 'Failback', 'nothing was logged before', '', '', '', ''],
    ]);
    expect(rowsOf(page, 'Files, hashes and versions')).toContainEqual(['Log of clients', '/srv/orders.jsonl']);
    expect(page).toContain(hash('log'));
  });

  test('of a drill with a canary of its own finds its raw log, and holds what clients saw against the targets', async () => {
    const log = canaryLog({ lost: [47, 48] });
    const files = written({ 'canary.jsonl': linesOf(log) });
    const path = files['canary.jsonl'];
    const { run, questions } = drillJournal();
    const events = { account: CanaryAccount.of(log), events: () => log };
    const traffic = trafficOf({ ...events, log: { path, sha256: hash(linesOf(log)) }, run, questions });
    const targets = { lost: 0, lag: 30, rto: 60, rpo: { records: 1 } };
    const { 'drill.json': journal } = written({ 'drill.json': JSON.stringify(drillJournal({ targets, traffic })) });
    const report = readReport({ journal, madeBy: '0.1.0', madeAt: new Date(0) });
    expect(actuals(report)).toMatchObject({
      rto: '16.5 s: met',
      rpo: '2 records: not-met',
      'rpo-seconds': '1.0 s: untargeted',
      'canary-missing': '2 records: not-met',
    });
    expect(verdictOf(report)).toBe('not-met');
    const rows = rowsOf(await reportPage(report), 'From the fault until clients were back');
    expect(rows).toContainEqual(['Noticed', '6.8', '0.0']);
    expect(rows).toContainEqual(['Decided', '0.0', '0.0']);
    expect(rows).toContainEqual(['Until clients were back', '16.5', '5.7']);
    // A raw log that is not what the journal says proves nothing.
    writeFileSync(path, linesOf(canaryLog()));
    expect(readReport({ journal, madeBy: '0.1.0', madeAt: new Date(0) }).canary).toBeUndefined();
  });

  test('tells N records missing as N and M duplicates as M, and which', async () => {
    const report = read({ log: { lost: [3, 4, 7], twice: [10, 11] } });
    expect(actuals(report)).toMatchObject({
      'canary-missing': '3 records: not-met',
      'canary-twice': '2 records: not-met',
    });
    expect(verdictOf(report)).toBe('not-met');
    const page = await reportPage(report);
    expect(rowsOf(page, 'Records, by partition')).toEqual([['0', '250', '247', '3', '2', '0', '0', '3 to 4, 7']]);
    expect(page).toContain('A target was not met.');
  });

  test('says of what was not measured that it was not, and proves nothing by it', async () => {
    const report = read({ log: 'none', journal: { actuals: { lost: 0, discarded: 0 } } });
    expect(verdictOf(report)).toBe('not-proven');
    const page = await reportPage(report);
    const reached = Object.fromEntries(
      rowsOf(page, 'What the drill was held to').map(([what, , actual]) => [what, actual]),
    );
    expect(reached).toMatchObject({
      'Acknowledged records missing, by the canary': 'not measured: no canary ran beside it',
      'From the beginning of the outage until clients could move': 'not measured: the journal does not tell',
    });
    expect(page).toContain('Not measured: no canary ran beside it, so that nothing is known of what clients saw.');
    expect(page).not.toContain('Records a second on the primary');
    expect(Object.fromEntries(rowsOf(page, 'Files, hashes and versions'))).toMatchObject({
      'SHA-256 of the raw log': 'none: no canary ran beside it',
      'Versions of the brokers and of the proxy': 'not recorded',
    });
  });

  test('refuses the raw log of a canary that did not run beside it, or that was changed since', () => {
    const reading = (journal: object, log = canaryLog()) => {
      const files = written({ 'drill.json': JSON.stringify(journal), 'canary.jsonl': linesOf(log) });
      return () => readReport({ journal: files['drill.json'], canary: files['canary.jsonl'], madeBy: '0.1.0' });
    };
    const { experiment } = drillJournal();
    expect(
      reading(drillJournal({ experiment: { ...experiment, title: 'Losing the primary of lkc-aaaaa and lkc-bbbbb2' } })),
    ).toThrow(/is of a canary on lkc-aaaaa and lkc-bbbbb, and the drill is another one: .*lkc-bbbbb2/);
    const aDay = 86_400_000;
    expect(
      reading(
        drillJournal(),
        canaryLog().map((event) => ({ ...event, at: event.at - aDay })),
      ),
    ).toThrow(/is from 2026-01-04T\S+ to 2026-01-04T\S+, and the drill from 2026-01-05T/);
    const { run } = BEGIN;
    const traffic = { run, topic: 'canary', rate: 10, way: 'proxy' as const };
    const noted = (text: string) =>
      drillJournal({ traffic: { ...traffic, log: { path: 'gone', sha256: hash(text) } } });
    expect(reading(noted('as it was'))).toThrow(
      /is not as the drill left it: its SHA-256 is \w{64}, and by the journal/,
    );
    expect(reading(noted(linesOf(canaryLog())))()).toMatchObject({ canary: { cutOff: false } });
    expect(reading(noted('as it was'))).toThrow(UnusableLog);
  });

  test('says where the raw log of its own canary should be, and not that there was none', async () => {
    const traffic = { run: 'own', topic: 'canary', rate: 10, way: 'proxy' as const };
    const report = read({ log: 'none', journal: { traffic: { ...traffic, log: { path: '/srv/gone.jsonl' } } } });
    const page = await reportPage(report);
    expect(page).toContain('Not measured: the raw log /srv/gone.jsonl is not there as the journal has it, so');
    expect(page).not.toContain('no canary ran');
  });

  test('comes to its end whatever the clock of the canary did', async () => {
    const log = canaryLog().map((event, index) => (index === 40 ? { ...event, at: event.at + 1e12 } : event));
    const files = written({ 'drill.json': JSON.stringify(drillJournal()), 'canary.jsonl': linesOf(log) });
    const report = readReport({ journal: files['drill.json'], canary: files['canary.jsonl'], madeBy: '0.1.0' });
    expect(report.canary!.account.seconds.all().length).toBeLessThan(1000);
    expect(await reportPage(report)).toContain('Records a second on the primary');
  });

  test('has the pauses, who agreed to what, each part, and the hashes of what it was made of', async () => {
    const report = read();
    const page = await reportPage(report);
    expect(rowsOf(page, 'Times of more than a second in which nothing went through')).toEqual(
      expect.arrayContaining([
        ['acknowledged', '12:00:05.200', '12:00:21.200', '16.0', 'primary, then secondary'],
        ['consumed', '12:00:32.700', '12:00:38.700', '6.0', 'secondary, then primary'],
      ]),
    );
    expect(rowsOf(page, 'Questions and answers')).toEqual([
      ['Next, the primary is taken away. Go on?', 'yes', 'ada, at the terminal', '12:00:03.000', '2.0'],
      ['Have the producers stopped?', 'yes', 'an option of the command', '12:00:12.000', '0.0'],
    ]);
    expect(rowsOf(page, 'What was done')[2]).toEqual([
      ...['3. failover', 'confluent-dr failover --planned', '12:00:14.000', '12:00:20.000', '6.0', 'succeeded'],
    ]);
    expect(Object.fromEntries(rowsOf(page, 'Files, hashes and versions'))).toMatchObject({
      'SHA-256 of the journal': hash(JSON.stringify(drillJournal())),
      'SHA-256 of the raw log': hash(linesOf(canaryLog())),
      'SHA-256 of the plan (the journal&#39;s experiment, as JSON without white space)': hash(
        JSON.stringify(drillJournal().experiment),
      ),
    });
  });

  test('draws each second where it was: a drop to nothing in the outage, and the phases behind it', async () => {
    const page = await reportPage(read());
    const [, primary] = /<svg[^>]*aria-label="Records a second on the primary"[^>]*>([^]*?)<\/svg>/.exec(page)!;
    expect([...primary.matchAll(/<path /g)].length).toBeGreaterThanOrEqual(3);
    expect(primary.match(/var\(--band(-other)?\)/g)).toHaveLength(7);
    const [, waiting] = /<svg[^>]*aria-label="Records acknowledged and not yet consumed"[^>]*>([^]*?)<\/svg>/.exec(
      page,
    )!;
    expect(waiting).toContain('var(--lag)');
  });

  test('says first how long clients were out and what was lost, against the targets, or that nobody knows', async () => {
    const known = await reportPage(read({ journal: { targets: { lost: 0, lag: 30, rto: 60 } } }));
    expect(known).toContain('<span>RTO not measured (at most 60 s), RPO not measured</span>');
  });

  /** The words of a plot. */
  const wordsOf = (page: string, plot: string): string[] => {
    const [, svg] = new RegExp(`<svg[^>]*aria-label="${plot}"[^>]*>([^]*?)</svg>`).exec(page)!;
    return [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, text]) => text);
  };

  test('tells the time in its plots by 24 hours', async () => {
    const [start, end] = ['2026-01-05T18:00:00.000Z', '2026-01-05T18:01:40.000Z'];
    const { run } = drillJournal();
    const journal = { start, end, run: run.map((one) => ({ ...one, start, end })) };
    const words = wordsOf(await reportPage(read({ journal, log: 'none' })), 'The parts of the drill, by time');
    expect(words.filter((word) => word.includes(':'))).toEqual(['18:00:00', '18:00:30', '18:01:00', '18:01:30']);
  });

  test('tells parts that begin at nearly the same time by one word behind its plots', async () => {
    const { run } = drillJournal();
    const at = (second: number): string => new Date(Date.UTC(2026, 0, 5, 12) + second * 1000).toISOString();
    const starts = [0, 10, 20, 30, 40, 40.1, 40.2];
    const journal = { run: run.map((one, index) => ({ ...one, start: at(starts[index]), end: at(41) })) };
    const words = wordsOf(await reportPage(read({ journal })), 'Records acknowledged and not yet consumed');
    expect(words.slice(-5)).toEqual(['1', '2', '3', '4', '5–7']);
  });

  test('is one file: it asks for nothing, and runs nothing', async () => {
    const page = await reportPage(read());
    expect(page).not.toMatch(/<script|<link|<img|<iframe|url\(|@import/i);
    expect(page.match(/https?:\/\/[^"'<\s]+/g)?.filter((url) => !url.startsWith('http://www.w3.org/')) ?? []).toEqual(
      [],
    );
    expect(page).toContain("default-src 'none'");
  });

  test('takes hostile text for text, wherever a journal has it', async () => {
    const evil = `</style></title><script>alert(1)</script><img src=x onerror="alert(1)">'"&\u202e\u0000\ud800`;
    const { run, questions, experiment } = drillJournal();
    const report = read({
      journal: {
        'chaoslib-version': evil,
        platform: evil,
        node: evil,
        experiment: { ...experiment, title: evil, description: evil },
        status: evil as Journal['status'],
        operator: { user: evil, folder: evil },
        questions: questions.map((question) => ({ ...question, text: evil, by: evil as 'person' })),
        not_proven: [evil],
        run: run.map((one) => ({
          ...one,
          ...{ status: evil as 'failed', exception: [evil] },
          activity: {
            ...one.activity,
            name: evil,
            provider: { ...one.activity.provider, path: evil, arguments: evil },
          },
        })),
      },
    });
    const page = await reportPage(report);
    expect(page).not.toMatch(/<script|<img|\u202e|\u0000|[\ud800-\udbff](?![\udc00-\udfff])/i);
    expect(page.match(/<\/style>/g)!.length).toBe(page.match(/<style/g)!.length);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const xml = drillJunit(report.file.journal, report.findings, report.canary?.summary);
    expect(junitProblems(xml)).toEqual([]);
    expect(xml).not.toMatch(/<script|<img|\u0000/);
  });

  test('of a drill that ended on the way tells what was left, and how it failed', async () => {
    const { run } = drillJournal();
    const failed = { ...run[2], status: 'failed' as const, exception: ['Not there within the time limit.'] };
    const report = read({
      journal: {
        status: 'aborted',
        deviated: true,
        run: [...run.slice(0, 2), failed],
        actuals: { lost: 0, discarded: 0 },
      },
    });
    const page = await reportPage(report);
    expect(page).toContain('Planned and not done: check-moved, unblock, status, failback.');
    expect(page).toContain('failover failed: Not there within the time limit.');
    const xml = drillJunit(report.file.journal, report.findings, report.canary?.summary);
    expect(junitProblems(xml)).toEqual([]);
    expect(xml).toMatch(/<testsuite name="Losing [^>]* tests="16" failures="2" errors="0" skipped="3"/);
    expect(xml).toContain('name="failover" time="6"><failure message="Not there within the time limit."/>');
  });

  test('of a drill that was killed and gone on with tells when, and from where', async () => {
    const [end, resumed] = ['2026-01-05T12:00:16.000Z', '2026-01-05T12:00:18.000Z'];
    const interruptions = [{ end, status: 'interrupted' as const, resumed, from: 'failover' as const }];
    const page = await reportPage(read({ journal: { interruptions } }));
    expect(page).toContain(
      `It ended on the way, ${end} (interrupted or killed), and a further run took it up, ${resumed}, from failover on.`,
    );
  });

  test('of a drill that was killed and gone on with is made of the raw logs of both parts, as long as both are there', () => {
    const [first, second] = cutDrill({ lost: [47] }).map(linesOf);
    const files = written({ 'one.jsonl': first, 'two.jsonl': second });
    const partOf = (run: string, text: string) => ({
      run,
      log: { path: files[`${run}.jsonl` as 'one.jsonl'], sha256: hash(text) },
    });
    const traffic = {
      topic: 'canary',
      rate: 10,
      way: 'proxy' as const,
      ...partOf('two', second),
      earlier: [partOf('one', first)],
    };
    const { journal } = written({ journal: JSON.stringify(drillJournal({ traffic })) });
    const report = () => readReport({ journal, madeBy: '0.1.0' });
    expect(report().canary?.summary.found).toMatchObject({ missing: 1 });
    expect(report().canary?.earlier).toEqual([{ path: files['one.jsonl'], sha256: hash(first) }]);
    writeFileSync(files['one.jsonl'], first.replace('"r1"', '"r2"'));
    expect(report().canary).toBeUndefined();
  });

  test('compares two drills, part by part', async () => {
    const { run } = drillJournal();
    const slower = run.map((one) => (one.activity.name === 'failover' ? { ...one, duration: 16.5 } : one));
    const files = written({
      'own.json': JSON.stringify(drillJournal()),
      'other.json': JSON.stringify(drillJournal({ run: slower, actuals: { lost: 5, discarded: 0, moved_after: 30 } })),
    });
    const page = await reportPage(
      readReport({ journal: files['own.json'], against: files['other.json'], madeBy: '0.1.0' }),
    );
    expect(rowsOf(page, 'Seconds that each part took, in both')[2]).toEqual(['failover', '6.0', '16.5', '−10.5']);
    expect(rowsOf(page, 'What was reached, in both')).toContainEqual([
      ...['Records lost, by what the clusters tell of their mirrors', '0 records', '5 records'],
    ]);
  });

  test.each([
    ['nothing', '', /is no JSON/],
    ['another document', '{"findings":[]}', /is no journal of a drill/],
    ['times that are none', JSON.stringify(drillJournal({ start: 'yesterday' })), /start: /],
  ])('is not made of %s', (_, text, message) => {
    const { file } = written({ file: text });
    expect(() => readReport({ journal: file, madeBy: '0.1.0' })).toThrow(UnusableJournal);
    expect(() => readReport({ journal: file, madeBy: '0.1.0' })).toThrow(message);
  });
});
