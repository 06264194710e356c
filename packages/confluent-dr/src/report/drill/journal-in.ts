import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** What was given for a journal is none; the message tells why. */
export class UnusableJournal extends Error {}

const time = z.iso.datetime();
const amount = z.number().min(0);

const activity = z.object({
  type: z.string(),
  name: z.string(),
  provider: z.object({ path: z.string(), arguments: z.string() }).partial().optional(),
});

const run = z.object({
  activity,
  status: z.string(),
  output: z.object({ lost: amount.optional(), discarded: amount.optional() }).nullish(),
  start: time,
  end: time,
  duration: amount,
  exception: z.array(z.string()).nullish(),
});

const recovery = z.object({
  fault: z.object({ kind: z.string(), at: time }),
  acknowledged_after: amount.optional(),
  consumed_after: amount.optional(),
  rto: amount.optional(),
  parts: z
    .object({ noticed: amount, decided: amount, mirrors_turned: amount, clients_back: amount, other: amount })
    .optional(),
  pause: z.object({ acknowledged: amount.optional(), consumed: amount.optional() }),
});

const clientRecovery = recovery.pick({ fault: true, acknowledged_after: true, consumed_after: true, pause: true });

const steady = z.object({ steady_state_met: z.boolean() }).nullish();

/** What the report needs of a journal of `confluent-dr drill`. Whatever else is in it is left alone. */
const JOURNAL = z.object({
  'chaoslib-version': z.string(),
  platform: z.string(),
  node: z.string(),
  experiment: z.looseObject({
    title: z.string(),
    description: z.string(),
    tags: z.array(z.string()).optional(),
    method: z.array(activity),
  }),
  start: time,
  end: time,
  duration: amount,
  status: z.string(),
  deviated: z.boolean(),
  steady_states: z.object({ before: steady, after: steady }),
  run: z.array(run),
  operator: z.object({ user: z.string(), folder: z.string() }).optional(),
  questions: z
    .array(z.object({ text: z.string(), by: z.string(), answer: z.boolean(), at: time, seconds: amount }))
    .optional(),
  not_proven: z.array(z.string()).optional(),
  interruptions: z.array(z.object({ end: time, status: z.string(), resumed: time, from: z.string() })).optional(),
  targets: z
    .object({
      lost: amount,
      rto: amount.optional(),
      rpo: z.object({ records: amount.optional(), seconds: amount.optional() }).optional(),
    })
    .optional(),
  traffic: z
    .object({
      run: z.string().optional(),
      log: z.object({ path: z.string(), sha256: z.string().optional() }),
      earlier: z.array(z.object({ log: z.object({ path: z.string(), sha256: z.string().optional() }) })).optional(),
      untimed: z.literal(true).optional(),
      failover: recovery.optional(),
      failback: recovery.optional(),
      loss: z.object({ records: amount, seconds: amount.optional() }).optional(),
    })
    .optional(),
  clients: z
    .object({
      logs: z.array(z.object({ path: z.string(), sha256: z.string() })),
      seen: z
        .array(
          z.object({
            client: z.string(),
            version: z.string(),
            failover: clientRecovery.optional(),
            failback: clientRecovery.optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  actuals: z.object({ lost: amount, discarded: amount, moved_after: amount.optional() }).optional(),
});

export type ReadJournal = z.output<typeof JOURNAL>;

export interface JournalFile {
  readonly path: string;
  readonly journal: ReadJournal;
  /** Of the file. */
  readonly sha256: string;
  /** Of the plan: the journal's experiment as JSON, without white space. */
  readonly planSha256: string;
}

const hashOf = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/**
 * Reads a journal.
 * @throws UnusableJournal
 */
export function readJournal(path: string): JournalFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UnusableJournal(`${path} cannot be read: ${(error as Error).message}`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UnusableJournal(`${path} is no JSON. Give the journal that a drill wrote: drill-<time>.json.`);
  }
  const { data, error } = JOURNAL.safeParse(parsed);
  if (error) {
    const lines = error.issues.map((issue) => `  - ${issue.path.join('.') || 'the document'}: ${issue.message}`);
    throw new UnusableJournal(
      `${path} is no journal of a drill. Give the file that a drill wrote:\n${lines.join('\n')}`,
    );
  }
  const { experiment } = parsed as { experiment: unknown };
  return { path, journal: data, sha256: hashOf(bytes), planSha256: hashOf(JSON.stringify(experiment)) };
}
