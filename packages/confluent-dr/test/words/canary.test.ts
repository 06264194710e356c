import { CanaryAccount } from '../../src/canary/account';
import { summaryOf } from '../../src/canary/summary';
import { canaryText } from '../../src/words/canary';
import { BEGIN, found } from '../canary/support/story';

const span = (first: number, last: number) => ({ partition: 0, first, last }) as const;
const at = (ms: number): number => BEGIN.at + ms;

test('the end of a run through an outage tells how long it was for the producer and for the consumer', () => {
  const account = CanaryAccount.of([
    BEGIN,
    { type: 'sent', on: 'primary', at: at(10), ...span(0, 1) },
    { type: 'acknowledged', on: 'primary', at: at(20), ...span(0, 1) },
    { type: 'consumed', on: 'primary', at: at(30), ...span(0, 1), age: 20, late: 0 },
    { type: 'stood-still', on: 'primary', since: at(2000), at: at(14_500) },
    { type: 'stood-still', on: 'primary', since: at(20_000), at: at(17_000) },
    { type: 'moved', on: 'secondary', at: at(20_000) },
    { type: 'sent', on: 'secondary', at: at(24_300), ...span(2, 2) },
    { type: 'acknowledged', on: 'secondary', at: at(24_320), ...span(2, 2) },
    { type: 'stopped', on: 'secondary', at: at(30_000) },
    ...found(0, [0, 1, 2]),
  ]);
  const look = { width: 100, paint: (_: string, text: string): string => text };
  expect(canaryText(summaryOf(account), { path: 'canary.jsonl', sha256: 'aa' }, look as never)).toBe(
    [
      'Not well: records that were acknowledged were not consumed.',
      'canary, 30.0 s: sent 3, acknowledged 3, consumed 2 (late 0, twice 0, out of order 0, not consumed',
      '1).',
      'Longest without an acknowledgement: 24.3 s (12:00:00.0 to 12:00:24.3); without a record consumed:',
      '30.0 s (12:00:00.0 to the end).',
      'The canary itself did not run, or its clock was set: 12.5 s (12:00:02.0 to 12:00:14.5), put back by',
      '3.0 s (at 12:00:20.0). What clients would have seen then was not measured.',
      'Read back from the secondary: there 3, missing 0, twice 0, out of order 0, there without having been',
      'acknowledged 0.',
      '  partition  acknowledged  there  missing  twice  out of order  not consumed  which',
      '  0          3             3      0        0      0             1',
      'The raw log is in canary.jsonl, SHA-256 aa.',
    ].join('\n'),
  );
});
