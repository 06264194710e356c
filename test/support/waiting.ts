import { type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 120_000;
const TOLD_CHARACTERS = 3000;
/** For what somebody else holds open that a process has left. */
const CLOSE_LIMIT_MS = 2000;

export interface Waiting {
  /** What is waited for, for who reads that it did not come. */
  readonly what?: string;
  /** How that has ended of which it is to come, and what it said; undefined as long as it can come. */
  readonly died?: () => string | undefined;
  /** For any machine: what takes longer hangs. @default 120,000 */
  readonly limitMs?: number;
}

/** Looks until it is so. @throws Error with what was seen last, as soon as it cannot come any more, or has not in the limit */
export async function eventually<T>(
  look: () => T | Promise<T>,
  wanted: (seen: T) => boolean,
  { what = 'it', died, limitMs = LIMIT_MS }: Waiting = {},
): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    // Asked before: what it did last counts.
    const ending = died?.();
    const seen = await look();
    if (wanted(seen)) {
      return seen;
    }
    if (ending !== undefined || performance.now() > end) {
      const why = ending ?? `not within ${limitMs} ms`;
      throw new Error(`${what} did not come: ${why}; last: ${JSON.stringify(seen)?.slice(-TOLD_CHARACTERS)}`);
    }
    await sleep(20);
  }
}

/** For `died` of `eventually`: how work has ended that was to go on; undefined as long as it goes on. */
export function endingOf<T>(work: Promise<T>, told: (ended: T) => string): () => string | undefined {
  let ending: string | undefined;
  work.then(
    (ended) => (ending = `it has ended: ${told(ended)}`),
    (error: Error) => (ending = `it has failed: ${error.message}`),
  );
  return () => ending;
}

/** A process that a test started: what it has said, and how it ended. */
export class Program {
  /** Of both its outputs, where they are pipes. */
  public said = '';
  private end?: { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly words: string };

  public constructor(
    public readonly child: ChildProcess,
    private readonly name: string,
  ) {
    const hear = (chunk: unknown): void => {
      this.said += String(chunk);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    const ended = (code: number | null, signal: NodeJS.Signals | null): void => {
      this.end ??= { code, signal, words: signal === null ? `with ${code}` : `by ${signal}` };
    };
    child.once('error', (error) => (this.end ??= { code: null, signal: null, words: `with ${error.message}` }));
    child.once('close', ended);
    child.once('exit', (code, signal) => setTimeout(() => ended(code, signal), CLOSE_LIMIT_MS).unref());
  }

  /** For `died` of `eventually`; undefined of one that runs. */
  public readonly died = (): string | undefined =>
    this.end && `${this.name} has ended ${this.end.words}, and said:\n${this.lastSaid}`;

  /** Jest leaves out lines of a message that look like those of a stack; these do not. */
  private get lastSaid(): string {
    return this.said.slice(-TOLD_CHARACTERS).replace(/^(?=.)/gm, '| ');
  }

  /** Waits for its end. @throws Error with what it said last, once it is killed, where it does not end in the limit */
  public async ended(
    limitMs = 300_000,
  ): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }> {
    try {
      const { code, signal } = (await eventually(() => this.end, Boolean, { limitMs }))!;
      return { code, signal };
    } catch {
      this.child.kill('SIGKILL');
      throw new Error(`${this.name} does not end within ${limitMs} ms. It said:\n${this.lastSaid}`);
    }
  }
}

/** Whether a process runs; one that has ended, and whose end nobody asks for, does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
