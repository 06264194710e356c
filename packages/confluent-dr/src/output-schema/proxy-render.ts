import { z } from 'zod';
import { list } from './common';

/** What `confluent-dr proxy render --json` prints. */
export const PROXY_RENDER_DOCUMENT = z.strictObject({
  out: z.string().describe('The folder'),
  files: list(z.strictObject({ path: z.string().describe('In the folder'), mode: z.string().describe('Octal') })),
});
