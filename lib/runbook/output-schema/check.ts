import { z } from 'zod';
import { OUTCOMES } from '../health/outcome';
import { SERVICES, WAYS } from '../health/passage';
import { BLOCKS } from '../health/proxy-report';
import { SERVICE_VERDICTS } from '../health/service-verdict';
import { list, ofBoth, role } from './common';

const outcome = z.enum(OUTCOMES);

const found = z.strictObject({ addresses: list(z.string()), problem: z.string().optional() });

const member = z.strictObject({
  clusterId: z.string(),
  verdict: z.enum([...SERVICE_VERDICTS, 'mixed']),
  meaning: z.string(),
  services: list(
    z.strictObject({
      service: z.enum(SERVICES),
      verdict: z.enum(SERVICE_VERDICTS),
      outcomes: z.strictObject({ direct: outcome, proxy: outcome }),
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
      detail: z.string(),
      certificate: z.string().optional(),
    }),
  ),
  cure: z.string().describe('What to do; left out where nothing is amiss').optional(),
});

/** What `confluent-dr check --json` prints. */
export const CHECK_DOCUMENT = z.strictObject({
  well: z.boolean().describe('Whether nothing needs a look'),
  members: ofBoth(member),
  proxy: z.strictObject({
    told: list(
      z.strictObject({
        role,
        told: z.enum(BLOCKS),
        agrees: z.boolean().describe('Whether it is as it was told'),
        text: z.string(),
      }),
    ).describe("By the proxy's own report; empty without one"),
    address: z.string().optional(),
  }),
  advice: z
    .strictObject({ meaning: z.string(), cure: z.string().optional() })
    .describe('What only both members together tell')
    .optional(),
});
