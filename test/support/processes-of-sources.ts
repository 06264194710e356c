import { join } from 'node:path';

/** For `--require` of a process of its own that runs the sources. */
export const TYPESCRIPT_HOOK = join(__dirname, 'typescript-hook.cjs');
