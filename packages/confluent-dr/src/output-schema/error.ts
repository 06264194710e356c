import { z } from 'zod';

/** What every command prints in place of its own document when it ends before there is one: wrong input, for example. */
export const ERROR_DOCUMENT = z.strictObject({
  error: z.strictObject({
    exitCode: z.int().min(1).describe('2: wrong input, 3: nothing was done, 4: not there in time, 130: by Ctrl-C'),
    message: z.string(),
  }),
});
