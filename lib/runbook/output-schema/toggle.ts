import { z } from 'zod';
import { list } from './common';

const proof = z
  .strictObject({
    kind: z.enum(['proven', 'contradicted', 'impossible']),
    because: z.string().describe('Why it is impossible').optional(),
    findings: list(z.string()),
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
