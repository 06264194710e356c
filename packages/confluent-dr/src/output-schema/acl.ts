import { z } from 'zod';
import { list, ofBoth, role } from './common';

const member = z.union([
  z.strictObject({
    kind: z.literal('known'),
    principal: z.string(),
    acls: list(
      z.strictObject({
        operation: z.enum(['READ', 'DESCRIBE_CONFIGS', 'DESCRIBE', 'ALTER']),
        resourceType: z.enum(['TOPIC', 'CLUSTER']),
        resourceName: z.string(),
        verdict: z.enum(['allowed', 'missing', 'denied']),
      }),
    ),
  }),
  z.strictObject({ kind: z.literal('unknown'), code: z.literal('principal-unknown') }),
  z.strictObject({ kind: z.literal('unknown'), code: z.literal('not-read'), cause: z.string() }),
]);

/** What `confluent-dr acl --json` prints. */
export const ACL_DOCUMENT = z.strictObject({
  command: z.literal('acl'),
  dryRun: z.boolean(),
  members: ofBoth(member),
  created: list(z.strictObject({ on: role, acl: z.string() })),
});
