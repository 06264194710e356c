import { createHash } from 'node:crypto';
import fs, { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CanaryAccount } from '../../src/canary/account';
import { RawLog, readLog, UnusableLog } from '../../src/canary/raw-log';
import { randoms } from './support/randoms';
import { planted } from './support/story';

describe('The raw log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'raw-log-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string): string => join(folder, name);

  test('holds all that the books need, for its owner alone, and tells its own hash', () => {
    const { events } = planted({ records: 300, lost: 7, twice: 3, swapped: 2 }, { partitions: 3, random: randoms(1) });
    const log = new RawLog(file('whole'));
    events.forEach((event) => log.write(event));
    const sha256 = log.close();
    const read = readLog(file('whole'));
    expect(CanaryAccount.of(read.events).byPartition()).toEqual(CanaryAccount.of(events).byPartition());
    expect([read.sha256, read.cutOff]).toEqual([sha256, false]);
    expect(sha256).toBe(
      createHash('sha256')
        .update(readFileSync(file('whole')))
        .digest('hex'),
    );
    expect(statSync(file('whole')).mode & 0o777).toBe(0o600);
  });

  test('of a canary that was killed lacks its last line', () => {
    const { events } = planted({ records: 3, lost: 0, twice: 0, swapped: 0 }, { partitions: 1, random: randoms(1) });
    const text = events.map((event) => JSON.stringify(event)).join('\n');
    writeFileSync(file('cut'), text.slice(0, -5));
    expect(readLog(file('cut'))).toMatchObject({ cutOff: true, events: events.slice(0, -1) });
  });

  test('stays whole where the disk is full, and tells it', () => {
    const { events } = planted({ records: 9, lost: 0, twice: 0, swapped: 0 }, { partitions: 1, random: randoms(1) });
    const log = new RawLog(file('full'));
    log.write(events[0]);
    expect(log.broken.aborted).toBe(false);
    const write = fs.writeFileSync;
    const full = jest.spyOn(fs, 'writeFileSync').mockImplementation((to, line) => {
      write(to, (line as string).slice(0, 5));
      throw new Error('ENOSPC: no space left on device');
    });
    log.write(events[1]);
    full.mockRestore();
    log.write(events[2]);
    expect(String(log.broken.reason)).toContain(`the raw log ${file('full')} cannot be written any more: ENOSPC`);
    expect(() => log.close()).toThrow(UnusableLog);
    expect(readLog(file('full'))).toMatchObject({ cutOff: false, events: [events[0]] });
  });

  test.each([
    ['while it is written', 'writeFileSync'],
    ['when it is closed', 'fsyncSync'],
  ] as const)('is told where the disk fails and lets it not even be cut off, %s', (_, call) => {
    const { events } = planted({ records: 9, lost: 0, twice: 0, swapped: 0 }, { partitions: 1, random: randoms(1) });
    const log = new RawLog(file(call));
    log.write(events[0]);
    const fails = () => {
      throw new Error('EIO: i/o error');
    };
    const calls = [jest.spyOn(fs, call), jest.spyOn(fs, 'ftruncateSync')].map((spy) => spy.mockImplementation(fails));
    log.write(events[1]);
    const close = () => log.close();
    expect(close).toThrow(UnusableLog);
    calls.forEach((spy) => spy.mockRestore());
    expect(String(log.broken.reason)).toContain(`the raw log ${file(call)} cannot be written any more: EIO`);
    expect(readLog(file(call)).events[0]).toEqual(events[0]);
  });

  test('is never written over another file', () => {
    writeFileSync(file('precious'), 'precious');
    expect(() => new RawLog(file('precious'))).toThrow(/EEXIST/);
    expect(readFileSync(file('precious'), 'utf8')).toBe('precious');
  });

  test.each([
    ['nothing', '', /the first line and no other has the type begin/],
    ['no JSON', 'hello\n', /line 1: no JSON/],
    ['another form', '{"type":"sent"}\n', /line 1: /],
    [
      'spans that would not end',
      '{"type":"found","at":1,"on":"primary","partition":0,"first":0,"last":9007199254740991}\n',
      /no more than 1000000 records/,
    ],
    ['a time that is none', '{"type":"moved","at":9007199254740991,"on":"primary"}\n', /line 1: at/],
    ['a member that is none', '{"type":"moved","at":1,"on":"<script>"}\n', /line 1: on/],
  ])('is refused where it holds %s', (_, text, message) => {
    writeFileSync(file('bad'), text);
    expect(() => readLog(file('bad'))).toThrow(UnusableLog);
    expect(() => readLog(file('bad'))).toThrow(message);
  });
});
