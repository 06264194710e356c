import * as z from 'zod';
import { SEEN_THROUGH_PROXY } from '../../execute/toggle-proof';
import { TERRAFORM_CODES } from '../../plan/terraform-outlook';
import { SERVICES, UNTRIED } from '../../probe/probe-result';
import { BLOCKS } from '../../probe/proxy-report';
import { RUNBOOK_FORMATS } from '../guide/guide-text';
import { OWN_REASON_CODES, VERDICTS } from '../ready/rule';
import { BY_URGENCY } from '../status/next-step';
import { CLIENT_REMARKS } from '../../proxy/client-remarks';
import { CLIENTS } from '../../proxy/rendering';
import { list, ofBoth, role } from './common';

const member = z.union([
  z.strictObject({
    kind: z.literal('known'),
    principal: z.string(),
    acls: list(
      z.strictObject({
        operation: z.enum(['READ', 'DESCRIBE_CONFIGS', 'DESCRIBE', 'ALTER']),
        resourceType: z.enum(['TOPIC', 'CLUSTER']),
        resourceName: z.string(),
        verdict: z.enum(['allowed', 'missing', 'denied']),
      }),
    ),
  }),
  z.strictObject({ kind: z.literal('unknown'), code: z.literal('principal-unknown') }),
  z.strictObject({ kind: z.literal('unknown'), code: z.literal('not-read'), cause: z.string() }),
]);

/** What `confluent-dr acl --json` prints. */
export const ACL_DOCUMENT = z.strictObject({
  command: z.literal('acl'),
  dryRun: z.boolean(),
  members: ofBoth(member),
  created: list(z.strictObject({ on: role, acl: z.string() })),
});

/** What `confluent-dr config show --json` prints. */
export const CONFIG_SHOW_DOCUMENT = z.strictObject({
  values: list(
    z.strictObject({
      name: z.string(),
      value: z.string().describe('(set) in place of a secret'),
      origin: z.enum(['option', 'environment', 'file', 'outputs', 'derived', 'default']),
      from: z.string(),
    }),
  ),
  complete: z.boolean(),
  problem: z.string().optional(),
});

/** What `confluent-dr clients --json` prints. */
export const CLIENTS_DOCUMENT = z.strictObject({
  bootstrapServers: list(z.string()).describe('Of the primary, then of the secondary'),
  access: role
    .describe('The one member that the proxy lets clients in to; left out where it is both, or not known')
    .optional(),
  secrets: list(z.string()).describe('Variables of the environment that stand for the key and its secret'),
  clients: list(
    z.strictObject({
      client: z.enum(CLIENTS),
      format: z.enum(['properties', 'javascript']),
      text: z.string(),
      remarks: list(z.enum(CLIENT_REMARKS)).describe('What it can and cannot do'),
    }),
  ),
});

/** What `confluent-dr hosts --json` prints. */
export const HOSTS_DOCUMENT = z.strictObject({
  entries: list(z.strictObject({ address: z.string(), host: z.string(), role })),
  /** Brokers' names that are not among the entries; without `names` nothing is known of them. Not told by `--remove`. */
  untold: list(z.strictObject({ role, names: z.string().optional() })).optional(),
  action: z.enum(['apply', 'remove']).optional(),
  file: z.string().optional(),
  changed: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  added: list(z.string()).optional(),
  removed: list(z.string()).optional(),
  others: list(z.strictObject({ line: z.int(), text: z.string() })).optional(),
});

/** What `confluent-dr ready --json` prints. */
export const READY_DOCUMENT = z.strictObject({
  ready: z.boolean().describe('Whether every rule that applies is met; one that could not be judged is not'),
  rules: list(
    z.strictObject({
      id: z.string().regex(/^DR\d{3}$/),
      title: z.string(),
      verdict: z.enum(VERDICTS),
      reasons: list(
        z.strictObject({
          code: z.enum([...new Set([...BY_URGENCY, ...TERRAFORM_CODES, ...OWN_REASON_CODES])]),
          on: role.optional(),
          names: list(z.string()).describe('Topics by their names on the primary, groups, or hosts').optional(),
          records: z.int().optional(),
          told: z.string().describe('What a service said').optional(),
        }),
      ).describe('Why it is broken, cannot be judged, or does not apply'),
    }),
  ),
});

const format = z.enum(RUNBOOK_FORMATS);

/** What `confluent-dr runbook --json` prints. */
export const GUIDE_DOCUMENT = z.union([
  z.strictObject({ format, text: z.string().describe('The document') }),
  z.strictObject({ format, file: z.string().describe('Where it was written') }),
]);

const service = z.enum(SERVICES);
const agrees = z.boolean().describe('Whether it is as it was wished for');

const finding = z.union([
  z.strictObject({
    code: z.enum(SEEN_THROUGH_PROXY),
    on: role,
    service,
    host: z.string(),
    port: z.int(),
    agrees,
    detail: z.string().describe('What answered or failed').optional(),
  }),
  z.strictObject({
    code: z.literal('not-tried'),
    on: role,
    service,
    untried: z.enum(UNTRIED).optional(),
    agrees: z.literal(true),
  }),
  z.strictObject({ code: z.literal('reported'), told: z.enum(BLOCKS), agrees }),
  z.strictObject({ code: z.literal('reported-fence'), on: role, fenced: z.boolean(), agrees }),
]);

export const proof = z
  .strictObject({
    kind: z.enum(['proven', 'contradicted', 'impossible']),
    because: z
      .enum([...UNTRIED, 'deployment-unknown'])
      .describe('Why it is impossible')
      .optional(),
    detail: z.string().describe('What is wrong with the deployment').optional(),
    findings: list(finding),
  })
  .meta({ id: 'proof' });

/** What `confluent-dr block --json` and `unblock --json` print. */
export const TOGGLE_DOCUMENT = z.strictObject({
  blocked: z.boolean().describe('What was wished for: true of block, false of unblock'),
  folder: z.string().describe('Where the command is run'),
  command: z.string().describe('As a line for a shell'),
  ran: z.boolean(),
  exitCode: z.int().describe('Of the command; missing if it did not run or was ended by a signal').optional(),
  proof: proof.optional(),
});

/** What `confluent-dr proxy render --json` prints. */
export const PROXY_RENDER_DOCUMENT = z.strictObject({
  out: z.string().describe('The folder'),
  files: list(z.strictObject({ path: z.string().describe('In the folder'), mode: z.string().describe('Octal') })),
});

/** What `confluent-dr report --json` prints. */
export const REPORT_DOCUMENT = z.strictObject({
  verdict: z.enum(['met', 'not-met', 'not-proven']),
  findings: list(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      target: z.string().describe('Left out where none was set').optional(),
      actual: z.string().describe('Left out where it was not measured').optional(),
      verdict: z.enum(['met', 'not-met', 'not-measured', 'untargeted']),
    }),
  ),
  page: z.string().describe('The HTML file'),
  junit: z.string().describe('The XML file'),
});
