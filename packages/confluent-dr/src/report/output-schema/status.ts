import * as z from 'zod';
import { BY_URGENCY } from '../status/next-step';
import { controlPlane } from './check';
import { list, move, ofBoth, role, terraform } from './common';
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
  serving: z.enum(['primary', 'secondary', 'both', 'nobody', 'unknown']).describe('Where it can be written to'),
  stands: z.string().describe('The situation in words'),
  sides: ofBoth(z.string()).describe("The mirror's status; or topic, absent or unknown"),
  lag: topicLag,
  reasons: list(z.string()),
});

const code = z.enum(BY_URGENCY);

const concern = z.strictObject({
  code,
  on: role.describe('The member that it is about').optional(),
  topics: list(z.string()).describe('By their names on the primary').optional(),
  told: z.string().describe('What the service said').optional(),
  records: z.int().optional(),
});

/** What `confluent-dr status --json` prints. */
export const STATUS_DOCUMENT = z.strictObject({
  well: z
    .boolean()
    .describe(
      'A planned switch-over would move all now, an unplanned one lose no more than the target; nothing else is amiss',
    ),
  outages: list(
    z.strictObject({
      on: role,
      clusterId: z.string(),
      since: z.iso.datetime().describe('As its mirrors on the other member tell').optional(),
      records: z.int().describe('Known of on the other member, and not there; there may be more').optional(),
    }),
  ),
  next: z
    .strictObject({
      because: code,
      on: role.optional(),
      command: list(z.string()).describe('Words after confluent-dr'),
    })
    .describe('What to do next; left out where nothing needs a look')
    .optional(),
  targets: z.strictObject({ records: z.int().min(0), timeMs: z.number().min(0) }),
  loss: z
    .int()
    .describe('Records that an unplanned failover would lose; left out where it would be refused')
    .optional(),
  unmirrored: list(z.strictObject({ name: z.string(), on: list(role) })).describe('Topics without a mirror'),
  serving: z.enum(['primary', 'secondary', 'both', 'nobody', 'mixed', 'unknown']),
  members: ofBoth(member),
  topics: list(topic).describe('Those that are not steady first'),
  moves: ofBoth(move).describe('Whether clients may be started on a member'),
  untold: list(untold),
  terraform,
  access: role
    .describe('The one member that the proxy lets clients in to; left out where it is both, or not known')
    .optional(),
  controlPlane,
  concerns: list(concern).describe('What needs a look'),
  groups: list(group).optional(),
});
