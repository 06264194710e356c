import { homedir } from 'node:os';
import { join } from 'node:path';

/** A file of the package's `data/`, which stands beside `src/` and beside `dist/`. */
export const dataFile = (name: string): string => join(__dirname, '../data', name);

/**
 * Where what was fetched or built for labs is kept from one to the next.
 * Source: https://specifications.freedesktop.org/basedir-spec/latest/
 */
export const userCache = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'confluent-dr');

/** Where labs keep what they know, a folder each. Source: the same. */
export const userLabs = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'confluent-dr', 'labs');
