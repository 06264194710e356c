import * as z from 'zod';
import { ROLES } from '../../observe/pair-observation';
import { MOVE_CODES } from '../../observe/serving';
import { TERRAFORM_CODES } from '../../plan/terraform-outlook';

export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

export const role = z.enum(ROLES);

/** The same for both members. */
export const ofBoth = <T extends z.ZodType>(each: T) => z.strictObject({ primary: each, secondary: each });

/** What Terraform would meet. */
const remark = z
  .strictObject({
    code: z.enum(TERRAFORM_CODES),
    on: role.optional(),
    topics: list(z.string()).describe('By their names on the primary; none if it is about a member'),
    told: z.string().describe("What became of the request, or the mirror's status").optional(),
  })
  .meta({ id: 'remark' });

export const records = list(
  z.strictObject({
    topic: z.string(),
    partition: z.int().min(-1).describe('-1 for all partitions together, where no more is told'),
    records: z.int().min(1),
  }),
).meta({ id: 'records', description: 'Numbers of records, by topic and partition; none for 0' });

export const move = z
  .strictObject({
    to: role,
    may: z.enum(['yes', 'with-care', 'no']),
    remarks: list(
      z.strictObject({
        code: z.enum(MOVE_CODES),
        topic: z.string().optional(),
        on: role.optional(),
        status: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'move', description: 'Whether clients may be started on a member' });

export const terraform = z
  .strictObject({ plan: list(remark), destroy: list(remark) })
  .meta({ id: 'terraform', description: "What Terraform's next run would meet" });

/** What every command prints in place of its own document when it ends before there is one: wrong input, for example. */
export const ERROR_DOCUMENT = z.strictObject({
  error: z.strictObject({
    exitCode: z.int().min(1).describe('2: wrong input, 3: nothing was done, 4: not there in time, 130: by Ctrl-C'),
    message: z.string(),
  }),
});
