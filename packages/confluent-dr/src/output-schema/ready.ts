import { z } from 'zod';
import { TERRAFORM_CODES } from '../planning/terraform-outlook';
import { OWN_REASON_CODES, VERDICTS } from '../ready/rule';
import { BY_URGENCY } from '../status/next-step';
import { list, role } from './common';

/** What `confluent-dr ready --json` prints. */
export const READY_DOCUMENT = z.strictObject({
  ready: z.boolean().describe('Whether every rule that applies is met; one that could not be judged is not'),
  rules: list(
    z.strictObject({
      id: z.string().regex(/^DR\d{3}$/),
      title: z.string(),
      verdict: z.enum(VERDICTS),
      reasons: list(
        z.strictObject({
          code: z.enum([...new Set([...BY_URGENCY, ...TERRAFORM_CODES, ...OWN_REASON_CODES])]),
          on: role.optional(),
          names: list(z.string()).describe('Topics by their names on the primary, groups, or hosts').optional(),
          records: z.int().optional(),
          told: z.string().describe('What a service said').optional(),
        }),
      ).describe('Why it is broken, cannot be judged, or does not apply'),
    }),
  ),
});
