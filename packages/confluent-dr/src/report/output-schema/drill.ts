import * as z from 'zod';
import { FAULTS } from '../../canary/verdict';
import { FAILURE_KINDS } from '../../client/request-failure';
import { PHASE_NAMES } from '../../drill/journal';
import { found, tally } from './canary';
import { list } from './common';

const none = list(z.never()).describe('Always empty');

const activity = z.strictObject({
  type: z.enum(['action', 'probe']),
  name: z.string(),
  provider: z.strictObject({ type: z.literal('process'), path: z.string(), arguments: z.string() }),
  tolerance: z.literal(true).optional(),
});

const failure = z.enum(FAILURE_KINDS);
const effect = z.enum(['read', 'write']);

const request = z.union([
  z.strictObject({
    type: z.literal('attempt'),
    at: z.iso.datetime(),
    method: z.string(),
    url: z.string(),
    effect,
    attempt: z.int().min(1),
    durationMs: z.number().min(0),
    way: z.enum(['dns', 'machine', 'literal']),
    status: z.int().describe('Left out where there was no answer').optional(),
    failure: failure.optional(),
    times: z.int().min(2).describe('How often it was made with the same outcome; left out for once').optional(),
  }),
  z.strictObject({
    type: z.literal('waiting'),
    method: z.string(),
    url: z.string(),
    waitMs: z.number().min(0),
    failure,
  }),
]);

const run = z.strictObject({
  activity,
  status: z.enum(['succeeded', 'failed']),
  output: z.strictObject({
    result: z.unknown().optional(),
    lost: z.int().min(1).describe('Records; left out for none').optional(),
    discarded: z.int().min(1).describe('Records; left out for none').optional(),
    announced: z.int().min(1).describe('Records that somebody agreed to discard before it was killed').optional(),
    states: list(z.strictObject({ at: z.iso.datetime(), topics: z.record(z.string(), z.string()) })),
    requests: list(request),
  }),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  duration: z.number().min(0).describe('Seconds'),
  exception: list(z.string()).optional(),
  tolerance_met: z.boolean().optional(),
});

const seconds = z.number().min(0).describe('Seconds');

const recovery = z.strictObject({
  fault: z.strictObject({ kind: z.enum(['proxy', 'disaster', 'switch-over']), at: z.iso.datetime() }),
  acknowledged_after: seconds.optional(),
  consumed_after: seconds.optional(),
  rto: seconds.describe('Seconds until records were acknowledged and consumed there').optional(),
  parts: z
    .strictObject({
      noticed: seconds,
      decided: seconds,
      mirrors_turned: seconds,
      clients_back: seconds,
      other: seconds,
    })
    .describe('What rto is made of')
    .optional(),
  pause: z
    .strictObject({ acknowledged: seconds.optional(), consumed: seconds.optional() })
    .describe('The longest time without one, until the first one on the other side'),
});

const rawLog = z.strictObject({ path: z.string(), sha256: z.string().optional() }).describe('The raw log');

const traffic = z.strictObject({
  run: z.string(),
  topic: z.string(),
  rate: z.number().positive().describe('Records a second'),
  way: z.enum(['proxy', 'direct']),
  log: rawLog,
  earlier: list(z.strictObject({ run: z.string(), log: rawLog }))
    .describe('Parts of a drill that was taken up, measured with it as one; left out for none')
    .optional(),
  sum: z
    .strictObject({
      verdict: z.strictObject({ ok: z.boolean(), faults: list(z.enum(FAULTS)) }),
      tally: tally,
      found: found.optional(),
    })
    .describe('Left out where it did not come to its end')
    .optional(),
  untimed: z.literal(true).describe('The clock was put back meanwhile, so that no time is told').optional(),
  failover: recovery.describe('Left out where clients did not move').optional(),
  failback: recovery.describe('Left out where clients did not move').optional(),
  loss: z
    .strictObject({ records: z.int().min(0), seconds: seconds.optional() })
    .describe('What was acknowledged and is missing in the end; left out where not all was read back')
    .optional(),
});

const clientRecovery = recovery.pick({ fault: true, acknowledged_after: true, consumed_after: true, pause: true });

const clients = z.strictObject({
  logs: list(z.strictObject({ path: z.string(), sha256: z.string() })).describe('What was read'),
  seen: list(
    z.strictObject({
      client: z.string(),
      version: z.string(),
      failover: clientRecovery.describe('Left out where it did not work before').optional(),
      failback: clientRecovery.describe('Left out where it did not work before').optional(),
    }),
  )
    .describe('Left out until the drill has ended')
    .optional(),
});

const status = z.enum(['completed', 'failed', 'aborted', 'interrupted']);

export const JOURNAL = z.strictObject({
  'chaoslib-version': z.string(),
  platform: z.string(),
  node: z.string(),
  experiment: z.strictObject({
    title: z.string(),
    description: z.string(),
    tags: list(z.string()),
    'steady-state-hypothesis': z.strictObject({ title: z.string(), probes: list(activity) }),
    method: list(activity),
    rollbacks: none,
  }),
  start: z.iso.datetime(),
  status,
  deviated: z.boolean(),
  steady_states: z.strictObject({
    before: z.strictObject({ steady_state_met: z.boolean(), probes: list(run) }).nullable(),
    after: z.strictObject({ steady_state_met: z.boolean(), probes: list(run) }).nullable(),
    during: none,
  }),
  run: list(run),
  under_way: z
    .strictObject({ name: z.enum(PHASE_NAMES), start: z.iso.datetime(), discarded: z.int().min(1).optional() })
    .describe('What was begun and has not ended; left out for nothing')
    .optional(),
  interruptions: list(
    z.strictObject({ end: z.iso.datetime(), status, resumed: z.iso.datetime(), from: z.string() }),
  ).describe('Where it ended on the way, and was taken up again'),
  rollbacks: none,
  end: z.iso.datetime(),
  duration: z.number().min(0).describe('Seconds'),
  pid: z.int().describe('The process that is at work on it; left out once it ended').optional(),
  operator: z.strictObject({ user: z.string(), folder: z.string() }),
  questions: list(
    z.strictObject({
      text: z.string(),
      by: z.enum(['option', 'person', 'nobody']),
      answer: z.boolean(),
      at: z.iso.datetime(),
      seconds: z.number().min(0),
    }),
  ),
  not_proven: list(z.string()),
  targets: z.strictObject({
    lost: z.int().min(0).describe('Records'),
    lag: z.number().min(0).describe('Seconds within which a mirror has to have what its source has'),
    rto: seconds.optional(),
    rpo: z.strictObject({ records: z.int().min(0).optional(), seconds: seconds.optional() }).optional(),
  }),
  traffic: traffic.describe('What clients saw; left out where no canary ran').optional(),
  clients: clients.describe('What clients of applications logged; left out without --clients-log').optional(),
  actuals: z.strictObject({
    lost: z.int().min(0).describe('Records'),
    discarded: z.int().min(0).describe('Records'),
    lag: z.number().min(0).describe('Seconds until the mirrors had what their sources had').optional(),
    moved_after: z.number().min(0).describe('Seconds until the clients could move').optional(),
  }),
});

const phases = z.strictObject({
  phases: list(
    z.strictObject({
      name: z.string(),
      steps: z.string(),
      type: z.literal('process'),
      path: z.string(),
      arguments: z.string(),
      command: z.string().describe('The same as a line to copy; left out where the deployment is not known').optional(),
      outlook: z.string().describe('What it would do now; left out where the deployment is not known').optional(),
    }),
  ),
  left: list(z.string()).describe('Phases that are left of an earlier drill; left out for none').optional(),
  begins: z.boolean().describe('Whether a drill would begin; left out where the deployment is not known').optional(),
});

/** What `confluent-dr drill --json` prints. */
export const DRILL_DOCUMENT = z.union([JOURNAL, phases]);
