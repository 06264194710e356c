import * as z from 'zod';
import { REDIRECTION_RESULTS } from '../../execute/client-redirection';
import { list, move, records, role, terraform } from './common';
import { proof } from './small';

const step = z.union([
  z.strictObject({
    kind: z.literal('operate'),
    operation: z.enum(['failover', 'resume', 'reverse-and-start-mirror', 'truncate-and-restore']),
    on: role,
    link: z.string(),
    topics: list(z.strictObject({ name: z.string(), nameThere: z.string() })),
    until: z.strictObject({ primary: z.string().optional(), secondary: z.string().optional() }),
    loss: z.strictObject({ kind: z.enum(['none', 'not-mirrored', 'discarded']), atLeast: records.optional() }),
    confirmations: list(
      z.strictObject({
        kind: z.enum(['switch-over', 'loss', 'two-writable-sides', 'discard']),
        text: z.string(),
        options: list(z.string()).describe('What agrees to it beforehand, all of them'),
      }),
    ),
  }),
  z.strictObject({
    kind: z.literal('wait'),
    topics: list(z.string()),
    until: z.strictObject({ primary: z.string().optional(), secondary: z.string().optional() }),
    underWay: z.strictObject({ code: z.enum(['reversal', 'stop', 'restore']), member: role }),
    because: z.string(),
    hindrance: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('cure-acls'), on: role, missing: list(z.string()) }),
]);

const traffic = z.strictObject({
  operation: z.enum(['reverse-and-start-mirror', 'truncate-and-restore']),
  on: role.describe('The member where clients should be quiet'),
  seconds: z.number().min(0).describe('Between the two looks'),
  producing: list(z.strictObject({ topic: z.string(), records: z.int().min(1) })).describe(
    'Topics that grew between the looks',
  ),
  groups: list(
    z.strictObject({
      group: z.string(),
      state: z.string(),
      isActive: z.boolean().describe('Whether it has members'),
      unread: z.int().min(0).describe('Records'),
      topics: list(z.string()),
    }),
  ).describe('Of a reversal those that are behind, of a truncation those with members'),
  untold: list(
    z.union([
      z.strictObject({ code: z.literal('ends'), topics: list(z.string()) }),
      z.strictObject({ code: z.literal('groups'), message: z.string() }),
      z.strictObject({ code: z.literal('lags'), groups: list(z.string()), message: z.string() }),
    ]),
  ),
});

/** What `confluent-dr failover --json` and `failback --json` print. */
export const FAILOVER_DOCUMENT = z.strictObject({
  command: z.enum(['failover', 'failback']),
  dryRun: z.boolean(),
  result: z
    .enum(['done', 'refused', 'busy', 'declined', 'hindered', 'time-limit', 'interrupted', 'wait', 'plan', 'refusal'])
    .describe('How it ended; of a dry run: done, wait, plan or refusal'),
  verdict: z
    .enum(['accepted', 'in-part', 'refused'])
    .describe('Of a dry run alone: what would become of a run with the same options')
    .optional(),
  target: role.describe('The member that is to be active').optional(),
  procedure: z.enum(['planned', 'unplanned']).optional(),
  proposal: z
    .strictObject({ code: z.enum(['active-answers', 'active-away', 'active-declines']), text: z.string() })
    .describe('Why this procedure is proposed; left out if it was named')
    .optional(),
  steps: list(step).describe('What is left to do').optional(),
  done: list(z.string()).describe('Topics where nothing is left to do').optional(),
  refusals: list(
    z.strictObject({
      topic: z.string().optional(),
      code: z.string(),
      cause: z.string(),
      cure: z.string(),
      acls: list(z.string()).describe('Those that are missing, if it is refused for that').optional(),
      option: z.string().describe('The option that agrees beforehand to what it is refused for').optional(),
    }),
  ).optional(),
  notes: list(
    z.strictObject({
      topic: z.string(),
      code: z.enum([
        'other-writable',
        'other-absent',
        'other-unseen',
        'not-followed',
        'partitions-differ',
        'mirror-error',
      ]),
      text: z.string(),
    }),
  ).optional(),
  warnings: list(
    z.strictObject({ code: z.enum(['task-in-error', 'unmirrored']), cause: z.string(), cure: z.string() }),
  ).optional(),
  operations: list(
    z.strictObject({
      operation: z.enum(['failover', 'resume', 'reverse-and-start-mirror', 'truncate-and-restore']),
      on: role,
      topic: z.string(),
      outcome: z.enum(['accepted', 'refused', 'failed', 'unknown']),
      message: z.string().optional(),
    }),
  )
    .describe('What this run asked of the clusters, topic by topic, in order')
    .optional(),
  obstacles: list(
    z.strictObject({
      topic: z.string().optional(),
      code: z.enum(['acls-not-created', 'operation-refused', 'request-failed', 'not-taken', 'turned-back']),
      cause: z.string(),
      cure: z.string(),
    }),
  ).optional(),
  traffic: traffic.describe('What clients were seen to do before a reversal or a truncation').optional(),
  lost: records.optional(),
  discarded: records.optional(),
  declined: z
    .strictObject({
      kind: z.enum(['switch-over', 'loss', 'two-writable-sides', 'discard', 'create-acls']),
      text: z.string(),
      records,
      option: z.string().describe('What agrees to it beforehand, where nobody could be asked').optional(),
    })
    .optional(),
  previews: list(
    z.strictObject({
      operation: z.enum(['failover', 'resume', 'reverse-and-start-mirror', 'truncate-and-restore']),
      on: role,
      refused: list(z.strictObject({ topic: z.string(), message: z.string() })).optional(),
      discarded: records.optional(),
      failure: z.string().optional(),
    }),
  )
    .describe('What the service said to a validation; of a dry run alone')
    .optional(),
  topics: list(z.strictObject({ name: z.string(), situation: z.string() })).optional(),
  blocked: z
    .string()
    .describe('How the proxy blocks the member that serves now, by its last report; left out where it does not')
    .optional(),
  proxy: z
    .strictObject({
      from: role.describe('The member that clients were let in to before'),
      to: role,
      result: z.enum(REDIRECTION_RESULTS),
      command: z.string().describe('As a line for a shell').optional(),
      exitCode: z.int().describe('Of the command; missing if it did not run or was ended by a signal').optional(),
      problem: z.string().describe('Why the command could not be run').optional(),
      proof: proof.optional(),
    })
    .describe('Whom the proxy lets clients in to; left out where it lets them in to both members')
    .optional(),
  clients: move.describe('Whether clients may be started on the member that is to be active').optional(),
  terraform: terraform.optional(),
});
