import * as z from 'zod';
import { FAULTS } from '../../canary/verdict';
import { list, ofBoth, role } from './common';

const records = z.int().min(0);
const at = z.int().describe('Milliseconds since 1970');

export const tally = z.strictObject({
  sent: records,
  acknowledged: records,
  consumed: records.describe('Different ones'),
  late: records.describe('Consumed later than allowed'),
  twice: records.describe('Consumed again'),
  outOfOrder: records.describe('Consumed after one that was sent later'),
  notConsumed: records.describe('Acknowledged, and never consumed'),
});

export const found = z.strictObject({
  there: records,
  missing: records.describe('Acknowledged, and not there'),
  twice: records.describe('There more than once, each time counted'),
  outOfOrder: records.describe('Acknowledged, and there after one that was sent later'),
  unacknowledged: records.describe('There, though nobody acknowledged it'),
});

const begin = z.strictObject({
  type: z.literal('begin'),
  at,
  on: role,
  run: z.string(),
  topic: z.string().describe('By its name on the primary'),
  partitions: z.int().min(1),
  rate: z.number().describe('Records a second'),
  lateAfter: z.number().describe('Milliseconds'),
  group: z.string(),
  way: z.enum(['proxy', 'direct']),
  clusters: ofBoth(z.string()),
  versions: z.record(z.string(), z.string()),
});

const second = z.strictObject({
  type: z.literal('second'),
  at: at.describe('Its beginning: milliseconds since 1970'),
  place: role.describe('Where the producer and the consumer were at its end'),
  sent: records,
  acknowledged: records,
  notAcknowledged: records,
  consumed: records,
  late: records,
  twice: records,
  outOfOrder: records,
  age: z.number().describe('Milliseconds, of the oldest record consumed; left out where there was none').optional(),
  waiting: records.describe('At its end: acknowledged, and not consumed'),
  on: ofBoth(z.strictObject({ sent: records, acknowledged: records, consumed: records })),
});

const moved = z.strictObject({ type: z.literal('moved'), at, on: role });

const trouble = z.strictObject({
  type: z.literal('trouble'),
  at,
  on: role,
  who: z.enum(['producer', 'consumer', 'look', 'read']),
  cause: z.string(),
});

const standstill = {
  since: at.describe('When it was known to run for the last time: milliseconds since 1970'),
  at: at.describe('When it was known to run again; earlier than the other where the clock was put back'),
};

const stoodStill = z.strictObject({ type: z.literal('stood-still'), on: role, ...standstill });

const shared = z.strictObject({
  type: z.literal('shared'),
  at,
  on: role,
  partitions: list(z.int().min(0)).describe(
    'Which other members of the group read; none where it has all of them again',
  ),
});

const interruption = z.strictObject({
  what: z.enum(['acknowledged', 'consumed']).describe('What was not'),
  from: role.describe('Where the last one was'),
  to: role.describe('Where the next one was; left out where none came any more').optional(),
  began: at.describe('Of the last one before: milliseconds since 1970'),
  ended: at.describe('Of the first one after, or the end'),
  seconds: z.number(),
});

const sum = z.strictObject({
  type: z.literal('sum'),
  run: z.string(),
  topic: z.string(),
  verdict: z.strictObject({ ok: z.boolean(), faults: list(z.enum(FAULTS)) }),
  on: role.describe('The member that was read in the end'),
  seconds: z.number(),
  tally,
  interruptions: list(interruption).describe('Of a second and more, and the longest of each kind'),
  standstills: list(z.strictObject(standstill)).describe('Times in which the canary itself did not run'),
  found: found.describe('Left out where it was not read to its end').optional(),
  partitions: list(
    z.strictObject({
      partition: z.int().min(0),
      tally,
      found: found.optional(),
      missing: list(z.strictObject({ first: records, last: records })).describe('Sequence numbers; of many the first'),
      shared: records
        .describe(
          'Acknowledged and not consumed here, which other members of the group may have got; left out for none',
        )
        .optional(),
    }),
  ),
  log: z.strictObject({ path: z.string(), sha256: z.string() }),
});

/** What `confluent-dr canary --json` prints: one of these on each line, the sum last, or an error in its place. */
export const CANARY_DOCUMENT = z.union([begin, second, moved, shared, trouble, stoodStill, sum]);
