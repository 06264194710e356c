import { z } from 'zod';
import { RUNBOOK_FORMATS } from '../document/runbook-text';

const format = z.enum(RUNBOOK_FORMATS);

/** What `confluent-dr runbook --json` prints. */
export const GUIDE_DOCUMENT = z.union([
  z.strictObject({ format, text: z.string().describe('The document') }),
  z.strictObject({ format, file: z.string().describe('Where it was written') }),
]);
