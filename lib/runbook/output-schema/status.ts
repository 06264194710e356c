import { z } from 'zod';
import { list, move, ofBoth, remark, terraform } from './common';
import { group, topicLag, untold } from './lag';

const error = z.strictObject({ code: z.string(), message: z.string() });

const link = z.union([
  z.strictObject({
    kind: z.literal('link'),
    name: z.string(),
    linkId: z.string(),
    state: z.enum(['ACTIVE', 'FAILED', 'UNAVAILABLE', 'PAUSED', 'UNKNOWN']),
    paused: z.boolean(),
    tasks: list(z.strictObject({ name: z.string(), state: z.string(), errors: list(error) })),
    error: z.string().optional(),
    errorMessage: z.string().optional(),
    prefix: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('absent'), name: z.string() }),
  z.strictObject({ kind: z.literal('unknown'), cause: z.string() }),
]);

const exporters = z.union([
  z.strictObject({
    kind: z.literal('known'),
    exporters: list(
      z.strictObject({
        name: z.string(),
        state: z.string(),
        offset: z.int().optional(),
        ts: z.int().optional(),
        trace: z.string().optional(),
      }),
    ),
  }),
  z.strictObject({ kind: z.literal('unknown'), cause: z.string() }),
]);

const member = z.strictObject({
  clusterId: z.string(),
  presence: z.enum(['answers', 'away', 'declines']),
  dataPlane: z.strictObject({
    kind: z.string().describe('answers, or what became of the request'),
    cause: z.string().optional(),
  }),
  route: z
    .strictObject({ host: z.string(), way: z.enum(['dns', 'machine', 'literal']), addresses: list(z.string()) })
    .describe('Which way the member was reached'),
  link,
  exporters: exporters.optional(),
});

const topic = z.strictObject({
  topic: z.string(),
  situation: z.looseObject({ kind: z.string() }),
  stands: z.string().describe('The situation in words'),
  sides: ofBoth(z.string()).describe("The mirror's status; or topic, absent or unknown"),
  lag: topicLag,
  reasons: list(z.string()),
});

/** What `confluent-dr status --json` prints. */
export const STATUS_DOCUMENT = z.strictObject({
  well: z.boolean().describe('Whether nothing needs a look'),
  serving: z.enum(['primary', 'secondary', 'both', 'nobody', 'mixed', 'unknown']),
  members: ofBoth(member),
  topics: list(topic).describe('Those that are not steady first'),
  moves: ofBoth(move).describe('Whether clients may be started on a member'),
  untold: list(untold),
  terraform,
  concerns: list(remark).describe('What needs a look'),
  groups: list(group).optional(),
});
