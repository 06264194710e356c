import { Command, CommanderError } from 'commander';
import { RequestFailure } from '../client/request-failure';
import { beginCommand, printError } from './ending';
import { BadInput, EXIT, Exit, NothingDone } from './exit';
import { addLab } from './lab';
import { addProxyRender } from './proxy-render';
import { addRunbook } from './runbook-commands';
import { toolVersion } from './tool-version';

/** Runs the tool and gives its exit code, one of `EXIT` or the command's own. */
export async function run(words: string[]): Promise<number> {
  beginCommand(words);
  try {
    await commands().parseAsync(words, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    const { code, message } = endingOf(error);
    if (code !== EXIT.done) {
      printError(code, message);
    }
    return code;
  }
}

/** Every command of the tool, with its options. */
export function commands(): Command {
  const program = new Command('confluent-dr')
    .description('Disaster recovery of Kafka on Confluent Cloud')
    .version(toolVersion())
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for the options and examples)');
  addProxyRender(program.command('proxy').description('the failover proxy, on any host'));
  addLab(program);
  addRunbook(program);
  exitByException(program);
  return program;
}

interface ErrorEnding {
  readonly code: number;
  readonly message: string;
}

/** Tells what went wrong, where that is still to be said. */
function endingOf(error: unknown): ErrorEnding {
  const { message } = error as Error;
  if (error instanceof Exit) {
    return { code: error.code, message };
  }
  if (error instanceof CommanderError) {
    return { code: error.exitCode === 0 ? EXIT.done : EXIT.badInput, message: message.replace(/^error: /, '') };
  }
  if (isInterruption(error)) {
    console.error('confluent-dr: interrupted');
    return { code: EXIT.interrupted, message: 'interrupted' };
  }
  console.error(`confluent-dr: ${message}`);
  return { code: codeOf(error), message };
}

function codeOf(error: unknown): number {
  if (error instanceof NothingDone) {
    return EXIT.refused;
  }
  return error instanceof BadInput ? EXIT.badInput : EXIT.failure;
}

const isInterruption = (error: unknown): boolean =>
  error instanceof RequestFailure ? error.kind === 'aborted' : (error as Error).name === 'AbortError';

function exitByException(command: Command): void {
  command.exitOverride();
  command.commands.forEach(exitByException);
}
