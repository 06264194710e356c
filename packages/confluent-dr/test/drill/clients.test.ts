import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientEvent, clientsSeen, readClientsLog } from '../../src/drill/clients';
import { BEGIN } from '../canary/support/story';
import { drillJournal } from '../report/drill/support/drill-files';

const time = (second: number): string => new Date(BEGIN.at + second * 1000).toISOString();

/** One of each kind at these seconds; the block goes from 5 to 12 s, the failover from 14 to 20 s, the failback from 33 to 41 s. */
const worked = (...seconds: readonly number[]): ClientEvent[] =>
  seconds.flatMap((second) =>
    (['acknowledged', 'consumed'] as const).map((event) => ({
      ...{ client: 'orders', version: '4.3.1', event },
      at: BEGIN.at + second * 1000 + (event === 'consumed' ? 500 : 0),
    })),
  );

const { run } = drillJournal();
const END = BEGIN.at + 45_000;
const seen = (events: readonly ClientEvent[], phases = run) => clientsSeen(events, phases, END);

describe('What clients of applications logged in a drill', () => {
  test('tells when each was cut off and worked again, there and back', () => {
    expect(seen(worked(2, 4, 6, 23, 25, 32, 34, 42, 44))).toEqual([
      {
        client: 'orders',
        version: '4.3.1',
        failover: {
          fault: { kind: 'proxy', at: time(6) },
          acknowledged_after: 17,
          consumed_after: 17.5,
          pause: { acknowledged: 17, consumed: 17 },
        },
        failback: {
          fault: { kind: 'switch-over', at: time(33) },
          acknowledged_after: 9,
          consumed_after: 9.5,
          pause: { acknowledged: 8, consumed: 8 },
        },
      },
    ]);
  });

  test('begins with the failover where nothing was taken away before, or clients did not notice it', () => {
    const fault = { kind: 'switch-over', at: time(14) };
    const unblocked = run.filter(({ activity }) => activity.name !== 'block');
    expect(seen(worked(2, 6, 10, 15, 23, 25), unblocked)[0].failover).toMatchObject({ fault, acknowledged_after: 9 });
    const past = worked(2, 6, 8, 10, 12, 14.5, 23, 25);
    expect(seen(past)[0].failover).toMatchObject({ fault, acknowledged_after: 9 });
  });

  test('does not take a longer pause before or after it for that of the failover', () => {
    const early = BEGIN.at - 100_000;
    const events = [...worked(2, 4, 6, 22, 24, 26), ...worked(0).map((event) => ({ ...event, at: early }))];
    expect(seen(events)[0].failover).toMatchObject({ acknowledged_after: 16, pause: { acknowledged: 16 } });
    const later = run.filter(({ activity }) => activity.name !== 'failback');
    expect(seen(worked(2, 4, 6, 22, 44), later)[0].failover).toMatchObject({ acknowledged_after: 16 });
  });

  test('has no time for a client that did not come back, and nothing for one that was not there before', () => {
    const [{ failover, failback }] = seen(worked(2, 4, 6));
    expect([failover!.acknowledged_after, failover!.consumed_after, failover!.pause]).toEqual([
      undefined,
      undefined,
      { acknowledged: undefined, consumed: undefined },
    ]);
    expect(failback!.acknowledged_after).toBeUndefined();
    const [late] = seen(worked(2, 4, 6, 42, 44));
    expect([late.failover!.acknowledged_after, late.failback!.acknowledged_after]).toEqual([undefined, 9]);
    expect(seen(worked(43, 44))).toEqual([{ client: 'orders', version: '4.3.1' }]);
  });

  test('keeps clients of other names and versions apart', () => {
    const other = worked(2, 4, 6, 30).map((event) => ({ ...event, version: '3.9.0' }));
    const told = seen([...worked(2, 4, 6, 21), ...other]);
    expect(told.map(({ version, failover }) => [version, failover!.acknowledged_after])).toEqual([
      ['4.3.1', 15],
      ['3.9.0', 24],
    ]);
  });
});

describe('A log of clients', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'clients-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const logged = (...lines: readonly string[]) => {
    const file = join(folder, 'orders.jsonl');
    writeFileSync(file, lines.join('\n'));
    return readClientsLog(file);
  };
  const line = (changes: object = {}): string =>
    JSON.stringify({ client: 'orders', version: '4.3.1', time: time(1), event: 'consumed', record: 'r-1', ...changes });

  test('has times of any zone and precision, keys of its own, and an end that is not written yet', () => {
    const times = ['2026-01-31T12:00:00.123456789Z', '2026-01-31T13:00:00.123+01:00'];
    const { events, sha256 } = logged(...times.map((at) => line({ time: at })), '', '{"client": "or');
    expect(events.map(({ at }) => new Date(at).toISOString())).toEqual(times.map(() => '2026-01-31T12:00:00.123Z'));
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, string, string]>([
    ['no JSON', 'acknowledged at noon', 'Invalid input'],
    ['another event', line({ event: 'sent' }), 'event: Invalid option'],
    ['no time', line({ time: 'noon' }), 'time: Invalid ISO datetime'],
    ['no client', line({ client: undefined }), 'client: Invalid input'],
  ])('is refused with its line: %s', (_, wrong, reason) => {
    expect(() => logged(line(), wrong, '')).toThrow(
      expect.objectContaining({
        path: join(folder, 'orders.jsonl'),
        reason: expect.stringMatching(new RegExp(`^${reason}`)) as string,
        line: { number: 2, text: wrong },
      }) as Error,
    );
  });

  test('is refused where there is none', () => {
    expect(() => readClientsLog(join(folder, 'none'))).toThrow(/none: ENOENT/);
  });
});
