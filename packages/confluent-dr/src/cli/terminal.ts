import { stripVTControlCharacters, styleText } from 'node:util';
import { type Look, PLAIN } from '../words/text-style';
import { ENDING_SIGNALS, EXIT, Exit, NothingDone } from './exit';

/** Whether there is a terminal has been judged already. */
const UNASKED = { validateStream: false };

const UNKNOWN_WIDTH = 100;

const NARROWEST = 40;

/** How standard output looks; read anew each time, as windows change. */
export function look({ stdout, env } = process): Look {
  const coloured = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return {
    width: Math.max(NARROWEST, columnsOf(stdout.columns, env.COLUMNS)),
    paint: coloured ? (style, text) => styleText(style, text, UNASKED) : PLAIN,
  };
}

function columnsOf(columns: number | undefined, given: string | undefined): number {
  return columns || Number(given) || UNKNOWN_WIDTH;
}

/** Tells on standard error what takes long. On a terminal one line is written over and over. */
export class Progress {
  private shown = '';

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** Says nothing where it was said last. */
  public tell(text: string): void {
    const line = text.replace(/\s*\n\s*/g, ' ');
    if (line === this.shown) {
      return;
    }
    if (this.stream.isTTY) {
      this.stream.write(`\r\u001b[2K${fitting(line, this.stream.columns || UNKNOWN_WIDTH)}`);
    } else {
      this.stream.write(`${line}\n`);
    }
    this.shown = line;
  }

  /** Takes the line away, so that what follows begins at the margin. */
  public end(): void {
    if (this.shown !== '' && this.stream.isTTY) {
      this.stream.write('\r\u001b[2K');
    }
    this.shown = '';
  }
}

function fitting(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length < columns ? line : `${plain.slice(0, columns - 2)}…`;
}

/** What a prompt ends with that nobody answered: by Ctrl-C, by a signal. */
const INTERRUPTIONS = ['ExitPromptError', 'AbortPromptError'];

/** How questions are answered. */
export interface Consent {
  /** By yes. @default false */
  readonly yes?: boolean;
  /** Whether anyone may be asked. @default true */
  readonly input?: boolean;
}

/**
 * Asks whether to go on. The question is written to standard error, so that standard output stays a document.
 *
 * @param signal ends the question as Ctrl-C does, and as a signal to the process
 * @throws NothingDone where there is no one to ask, Exit where it was interrupted
 */
export async function confirm(
  question: string,
  { yes = false, input = true }: Consent,
  signal?: AbortSignal,
): Promise<boolean> {
  if (yes) {
    return true;
  }
  if (!input || !process.stdin.isTTY || !process.stderr.isTTY) {
    throw new NothingDone(
      `nothing was done: "${question}" has to be answered, and there is no terminal to ask in. Give --yes to answer yes.`,
    );
  }
  const prompts = await import('@inquirer/prompts');
  const ended = new AbortController();
  const end = (): void => ended.abort();
  ENDING_SIGNALS.forEach((name) => process.on(name, end));
  const release = whenInputEnds(process.stdin, end);
  try {
    const signals = AbortSignal.any([ended.signal, ...(signal ? [signal] : [])]);
    return await prompts.confirm({ message: question, default: false }, { output: process.stderr, signal: signals });
  } catch (error) {
    if (error instanceof Error && INTERRUPTIONS.includes(error.name)) {
      throw new Exit(EXIT.interrupted, 'interrupted at a question');
    }
    throw error;
  } finally {
    release();
    ENDING_SIGNALS.forEach((name) => process.removeListener(name, end));
  }
}

/**
 * Tells that nobody answers any more, as by Ctrl-D or where the terminal was closed: the prompt itself would wait on, and where
 * nothing else is left to do Node would end the process with 0, as if all were done.
 *
 * @returns what ends the watch
 */
function whenInputEnds(stdin: NodeJS.ReadStream, end: () => void): () => void {
  const setRawMode = (stdin as { readonly setRawMode: (mode: boolean) => NodeJS.ReadStream }).setRawMode;
  const atKey = (_: unknown, { ctrl, name }: { readonly ctrl?: boolean; readonly name?: string } = {}): void => {
    if (ctrl === true && name === 'd') {
      end();
    }
  };
  // A terminal that is closed takes no settings: Node's readline would throw where nobody catches it.
  stdin.setRawMode = (mode) => {
    try {
      return setRawMode.call(stdin, mode);
    } catch {
      return stdin;
    }
  };
  stdin.on('keypress', atKey).once('end', end);
  return () => {
    stdin.removeListener('keypress', atKey).removeListener('end', end);
    stdin.setRawMode = setRawMode;
  };
}
