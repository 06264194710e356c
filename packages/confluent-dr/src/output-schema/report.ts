import { z } from 'zod';
import { list } from './common';

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
