import { z } from 'zod';
import { list, role } from './common';

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
