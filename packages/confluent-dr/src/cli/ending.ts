import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { isatty } from 'node:tty';
import { type DocumentOf } from '../report/output-schema/documents';
import { ENDING_SIGNALS, EXIT } from './exit';

// `begin` loads it before everything else: it loads next to nothing itself.

let command: readonly string[] = [];
let printed = false;

/** Begins a command, which has not printed its document yet. */
export function beginCommand(words: readonly string[]): void {
  command = words;
  printed = false;
}

/** Notes that the command's document is on standard output. */
export function documentPrinted(): void {
  printed = true;
}

/**
 * Prints what went wrong where a command was to print JSON and has not: there is one document for every ending. It is one
 * line, as a command may have printed other lines of JSON before.
 */
export function printError(exitCode: number, message: string): void {
  if (!printed && isJsonWanted(command)) {
    printed = true;
    const document: DocumentOf<'error'> = { error: { exitCode, message } };
    console.log(JSON.stringify(document));
  }
}

/** Asked of the words themselves: where they are wrong, nobody has read the options. What `lab exec` runs has its own. */
function isJsonWanted(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  const isExec = words[0] === 'lab' && words[1] === 'exec';
  return !isExec && words.slice(0, end < 0 ? undefined : end).includes('--json');
}

/** Ends the process as interrupted, without waiting for what goes on. */
export function endAtOnce(): never {
  console.error('confluent-dr: interrupted');
  printError(EXIT.interrupted, 'interrupted');
  process.exit(EXIT.interrupted);
}

/**
 * Lets the process end with its exit code also where its terminal was closed meanwhile: Node gives terminals their settings
 * back at its very end, and aborts where one is gone. What is no terminal by then it leaves alone.
 * Source: ResetStdio in https://github.com/nodejs/node/blob/v20.20.2/src/node.cc
 */
export function outliveTerminal(): void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  process.on('exit', () => {
    for (const descriptor of terminals.filter((each) => !isatty(each))) {
      closeSync(descriptor);
      // Takes the number that has become free.
      openSync(devNull, 'r+');
    }
  });
}

/** Ends the process at a signal that nothing else listens to: before a command does, and after it has. */
export function endBySignals(): void {
  for (const signal of ENDING_SIGNALS) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) {
        endAtOnce();
      }
    });
  }
}
