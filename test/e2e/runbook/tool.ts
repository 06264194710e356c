import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, Program } from '../../support/waiting';
import { run, type Run } from '../terraform/support/terraform';

const root = join(__dirname, '../../..');
const main = join(root, 'packages/confluent-dr/bin/confluent-dr.js');

const environment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...process.env,
  ...env,
  NO_COLOR: '1',
  CHECKPOINT_DISABLE: '1',
});

/** `confluent-dr` as a process, to its end. */
export const dr = (words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Run> =>
  run(process.execPath, [main, ...words], cwd, environment(env));

/** `confluent-dr` as a process that goes on. */
export const started = (words: readonly string[], cwd: string): Program =>
  new Program(
    spawn(process.execPath, [main, ...words], { cwd, env: environment({}), stdio: ['ignore', 'ignore', 'pipe'] }),
    words[0],
  );

/**
 * `confluent-dr` at a terminal of its own, of 80 columns.
 *
 * @param answers what is typed, or sent as a signal, each as soon as its question is there: one is not to be found in the
 * line that the answer before leaves behind
 */
export async function atTerminal(
  words: readonly string[],
  cwd: string,
  answers: readonly (readonly [question: RegExp, typed: string | { readonly signal: NodeJS.Signals }])[],
): Promise<{ readonly code: number | null; readonly text: string }> {
  const line = ['stty cols 80; exec', ...[process.execPath, main, ...words].map((word) => `'${word}'`)].join(' ');
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', line, '/dev/null'], {
    cwd,
    env: environment({}),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const left = [...answers];
  let [text, unseen] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    unseen += chunk.toString();
    const [next] = left;
    if (next?.[0].test(unseen)) {
      left.shift();
      unseen = '';
      const [, typed] = next;
      if (typeof typed === 'string') {
        child.stdin.write(typed);
      } else {
        childrenOf(child.pid!).forEach((pid) => process.kill(pid, typed.signal));
      }
    }
  });
  try {
    return { code: (await new Program(child, words[0]).ended()).code, text };
  } catch (error) {
    throw new Error(`${(error as Error).message}; not asked: ${left.map(([question]) => String(question)).join(', ')}`);
  }
}

/**
 * The same at a terminal that is closed as soon as a question is there.
 *
 * @returns its exit code, which its shell notes: nobody is left to whom it would be told
 */
export async function atClosedTerminal(words: readonly string[], cwd: string, question: RegExp): Promise<number> {
  const tool = [process.execPath, main, ...words].map((word) => `'${word}'`).join(' ');
  const noted = join(cwd, 'exit-code');
  const shell = join(cwd, 'shell.sh');
  // The system tells the shell alone, which tells what runs in it.
  writeFileSync(
    shell,
    `trap 'kill -HUP $!' HUP; ${tool} </dev/tty & wait; wait $!; echo $? >'${noted}.draft'; mv '${noted}.draft' '${noted}'`,
  );
  const child = spawn('script', ['--quiet', '--flush', '--command', `exec sh '${shell}'`, '/dev/null'], {
    cwd,
    env: environment({}),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const terminal = new Program(child, words[0]);
  await eventually(
    () => terminal.said,
    (said) => question.test(said),
    { what: String(question), died: terminal.died },
  );
  child.kill('SIGKILL');
  await eventually(() => existsSync(noted), Boolean, { what: 'its exit code' });
  return Number(readFileSync(noted, 'utf8'));
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
