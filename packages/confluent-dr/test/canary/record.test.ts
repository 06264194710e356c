import { isNamedForIt } from '../../src/canary/place';
import { decodeRecord, encodeRecord } from '../../src/canary/record';

test('a record says what it is, and comes back as it was', () => {
  const record = { run: 'r1', partition: 2, sequence: 17, at: 1_795_774_762_025 };
  expect(decodeRecord(Buffer.from(encodeRecord(record)))).toEqual(record);
});

test.each(['', 'hello', 'null', '[]', '{}', '{"canary":"r","partition":-1,"sequence":0,"at":0}', '{"canary":1}'])(
  'what others wrote is none: %s',
  (value) => {
    expect(decodeRecord(Buffer.from(value))).toBeUndefined();
  },
);

test('a tombstone is none', () => {
  expect([decodeRecord(null), decodeRecord(undefined)]).toEqual([undefined, undefined]);
});

test.each([
  ['dr-canary', undefined, true],
  ['canary', undefined, true],
  ['team.Canary.v1', undefined, true],
  ['canaryish', undefined, false],
  ['orders', undefined, false],
  ['orders', 'orders', true],
  ['orders', 'heartbeat', false],
])('%s, where the deployment names %s: %s', (topic, designated, allowed) => {
  expect(isNamedForIt(topic, designated)).toBe(allowed);
});
