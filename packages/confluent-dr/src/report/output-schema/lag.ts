import * as z from 'zod';
import { UNTOLD_CODES } from '../status/lag-report';
import { list, role } from './common';

export const topicLag = z.strictObject({
  topic: z.string().describe('By its name on the primary'),
  kind: z.enum(['measured', 'frozen', 'unknown', 'none']).describe('frozen: of when the mirror stopped'),
  partitions: list(z.strictObject({ partition: z.int(), records: z.int() })),
  mirrorOn: role.optional(),
  status: z.string().optional(),
  records: z.int().describe('Over all partitions; left out where it is not known').optional(),
});

const position = z.strictObject({
  offset: z.int().describe('The offset that the group reads next'),
  logEnd: z.int(),
  lag: z.int(),
});

export const group = z.strictObject({
  group: z.string(),
  topic: z.string(),
  lag: z
    .strictObject({ primary: z.int().optional(), secondary: z.int().optional() })
    .describe('Records not read, by member; left out where it is not told'),
  partitions: list(
    z.strictObject({
      partition: z.int(),
      primary: position.optional(),
      secondary: position.optional(),
      readAgain: z.int().describe('Below 0: records that would be left out').optional(),
    }),
  ),
  active: role.optional(),
  readAgain: z.int().describe('Records read twice if the consumers moved now').optional(),
  leftOut: z.int().describe('Records never read then').optional(),
});

export const untold = z.strictObject({
  code: z.enum(UNTOLD_CODES),
  on: role.describe('The member that did not tell it; both where left out').optional(),
  names: list(z.string()).describe('Groups, or a topic').optional(),
  told: z.string().describe('What the member said instead').optional(),
  next: list(z.string()).describe('The command that helps: words after confluent-dr').optional(),
});

/** What `confluent-dr lag --json` prints. */
export const LAG_DOCUMENT = z.strictObject({
  topics: list(topicLag),
  groups: list(group),
  untold: list(untold).describe('What is missing above, and how to find it out'),
});
