import { spawn } from 'node:child_process';
import { type Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { type ToggleCommand } from './toggle-command';

export interface ToggleRun {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Each line that it prints, without colours. */
  readonly onLine: (line: string) => void;
  /** Asks it to end in order: Terraform then writes its state first. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the command to its end.
 *
 * @returns its exit code; undefined if a signal ended it
 * @throws Error if it cannot be started
 */
export function runToggle(
  command: ToggleCommand,
  { folder, env, onLine, signal }: ToggleRun,
): Promise<number | undefined> {
  // In a group of its own: Ctrl-C of the terminal would reach Terraform a second time, and then it gives up its state.
  const child = spawn(command.program, command.args, {
    cwd: folder,
    env: { ...env, ...command.variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const interrupt = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, 'SIGINT');
    }
  };
  forLines(child.stdout, onLine);
  forLines(child.stderr, onLine);
  signal?.addEventListener('abort', interrupt, { once: true });
  return new Promise<number | undefined>((done, fail) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ENOENT' ? new Error(`there is no command ${command.program}`, { cause: error }) : error);
    });
    child.once('spawn', () => {
      if (signal?.aborted) {
        interrupt();
      }
    });
    child.once('close', (code) => done(code ?? undefined));
  }).finally(() => signal?.removeEventListener('abort', interrupt));
}

function forLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const tell = (line: string): void => {
    const plain = stripVTControlCharacters(line).trimEnd();
    if (plain !== '') {
      onLine(plain);
    }
  };
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(tell);
  });
  stream.on('end', () => tell(rest));
}
