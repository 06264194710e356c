import { z } from 'zod';
import { VERDICTS } from '../ready/rule';
import { list } from './common';

/** What `confluent-dr ready --json` prints. */
export const READY_DOCUMENT = z.strictObject({
  ready: z.boolean().describe('Whether every rule that applies is met; one that could not be judged is not'),
  rules: list(
    z.strictObject({
      id: z.string().regex(/^DR\d{3}$/),
      title: z.string(),
      verdict: z.enum(VERDICTS),
      told: list(z.string()).describe('What it is about'),
    }),
  ),
});
