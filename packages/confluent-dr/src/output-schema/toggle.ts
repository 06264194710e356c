import { z } from 'zod';
import { SERVICES, UNTRIED } from '../health/passage';
import { BLOCKS } from '../health/proxy-report';
import { SEEN_THROUGH_PROXY } from '../toggle/proof';
import { list, role } from './common';

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
]);

const proof = z
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
