import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { run, type Run } from '../terraform/support/terraform';

const root = join(__dirname, '../../..');
const main = ['--require', require.resolve('ts-node/register'), join(root, 'lib/cli/main.ts')];

const environment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...process.env,
  ...env,
  NO_COLOR: '1',
  CHECKPOINT_DISABLE: '1',
  TS_NODE_PROJECT: join(root, 'tsconfig.json'),
});

/** `confluent-dr` as a process, to its end. */
export const dr = (words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Run> =>
  run(process.execPath, [...main, ...words], cwd, environment(env));

/** `confluent-dr` as a process that goes on. */
export const started = (words: readonly string[], cwd: string): ChildProcess =>
  spawn(process.execPath, [...main, ...words], { cwd, env: environment({}), stdio: ['ignore', 'ignore', 'pipe'] });
