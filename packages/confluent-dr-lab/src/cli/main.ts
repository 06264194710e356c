import { type Command, CommanderError } from 'commander';
import { BadInput, Exit } from './ending';
import { printBy, type PrintDocument } from './json-output';
import { labCommands } from './lab-commands';
import { type Cdk } from './up';

/** How a command ended: the exit codes are those of `confluent-dr`. */
export interface Ending {
  /** 0 for done, 2 for bad input, 130 for Ctrl-C, 1 for another failure, or the command's own. */
  readonly code: number;
  /** What went wrong, which has been told already. */
  readonly message: string;
}

const DONE = 0;
const FAILURE = 1;
const BAD_INPUT = 2;
const INTERRUPTED = 130;

/**
 * Runs the words after `confluent-dr lab`, and tells how that ended.
 *
 * @param print what prints the documents of `--json`
 * @param cdk the command that deploys in the current project, for what is printed
 */
export async function run(words: readonly string[], print: PrintDocument, cdk: Cdk = 'cdktf'): Promise<Ending> {
  printBy(print);
  const commands = labCommands(cdk);
  exitByException(commands);
  try {
    await commands.parseAsync(words, { from: 'user' });
    return { code: DONE, message: '' };
  } catch (error) {
    return endingOf(error as Error);
  }
}

/** Tells what went wrong, where that is still to be said. */
function endingOf(error: Error): Ending {
  if (error instanceof Exit) {
    return { code: error.code, message: error.message };
  }
  if (error instanceof CommanderError) {
    return { code: error.exitCode === 0 ? DONE : BAD_INPUT, message: error.message.replace(/^error: /, '') };
  }
  const isInterrupted = error.name === 'AbortError';
  const message = isInterrupted ? 'interrupted' : error.message;
  console.error(`confluent-dr: ${message}`);
  return { code: isInterrupted ? INTERRUPTED : error instanceof BadInput ? BAD_INPUT : FAILURE, message };
}

function exitByException(command: Command): void {
  command.exitOverride();
  command.commands.forEach(exitByException);
}
