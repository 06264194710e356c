import * as z from 'zod';
import { FINDING_CODES } from '../../probe/findings';
import { FAILURE_CODES, OUTCOMES, SERVICES, UNTRIED, WAYS } from '../../probe/probe-result';
import { BLOCKS } from '../../probe/proxy-report';
import { SERVICE_VERDICTS } from '../../probe/verdict';
import { list, ofBoth, role } from './common';

const outcome = z.enum(OUTCOMES);

const failureCode = z.enum(FAILURE_CODES);

const findings = list(
  z.strictObject({
    code: z.enum(FINDING_CODES),
    service: z
      .enum([...SERVICES, 'control-plane'])
      .describe('Left out where it is not about one')
      .optional(),
    told: z.string().describe('What each VM of the proxy said of each cluster').optional(),
    next: list(z.string()).describe('The command that helps: words after confluent-dr').optional(),
  }),
);

const found = z.strictObject({ addresses: list(z.string()), problem: z.string().optional() });

const member = z.strictObject({
  clusterId: z.string(),
  verdict: z.enum([...SERVICE_VERDICTS, 'mixed']),
  findings: findings.describe('What is to be said of it, the member as a whole first'),
  services: list(
    z.strictObject({
      service: z.enum(SERVICES),
      verdict: z.enum(SERVICE_VERDICTS),
      outcomes: z.strictObject({ direct: outcome, proxy: outcome }),
      codes: z.strictObject({ direct: failureCode.optional(), proxy: failureCode.optional() }),
      failures: z.strictObject({ direct: z.string().optional(), proxy: z.string().optional() }),
    }),
  ),
  hosts: list(
    z.strictObject({
      host: z.string(),
      dns: found,
      machine: found,
      machineLeadsToProxy: z.boolean().describe("Whether this machine's own programs are led to the proxy"),
    }),
  ),
  passages: list(
    z.strictObject({
      way: z.enum(WAYS),
      service: z.enum(SERVICES),
      host: z.string(),
      port: z.int(),
      outcome,
      detail: z.string().describe('What answered or failed; left out where it was not tried').optional(),
      untried: z.enum(UNTRIED).describe('Why it was not tried').optional(),
      certificate: z.string().optional(),
    }),
  ),
});

/** How the control plane answers. */
export const controlPlane = z.union([
  z.strictObject({ kind: z.literal('not-asked') }),
  z.strictObject({ kind: z.literal('answers'), withKey: z.boolean().describe('Whether a Cloud API key was given') }),
  z.strictObject({ kind: z.literal('fails'), code: failureCode, detail: z.string() }),
]);

/** What `confluent-dr check --json` prints. */
export const CHECK_DOCUMENT = z.strictObject({
  well: z.boolean().describe('Whether nothing needs a look'),
  members: ofBoth(member),
  proxy: z.strictObject({
    told: list(
      z.strictObject({
        role,
        told: z.enum(BLOCKS),
        fenced: z.literal(true).describe('Clients are kept from it, as another member is the active one').optional(),
        until: z.iso.datetime().describe('When the block ends by itself').optional(),
        seen: z.enum(['open', 'blocked']),
        agrees: z.boolean().describe('Whether it is as it was told'),
      }),
    ).describe("By the proxy's own report; empty without one"),
    address: z.string().optional(),
  }),
  controlPlane,
  findings: findings.describe('Of both members together, of the proxy, and of the control plane'),
});
