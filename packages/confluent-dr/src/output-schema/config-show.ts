import { z } from 'zod';
import { list } from './common';

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
