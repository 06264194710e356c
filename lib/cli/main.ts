#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { packageVersion } from '../package-folder';
import { RequestFailure } from '../runbook/client';
import { BadInput } from './bad-input';
import { EXIT, Exit, NothingDone } from './exit';
import { addLab } from './lab/lab-commands';
import { addProxyRender } from './proxy-render';
import { addRunbook } from './runbook/runbook-commands';

/** Runs the tool and gives its exit code, one of `EXIT` or the command's own. */
export async function run(words: string[]): Promise<number> {
  try {
    await commands().parseAsync(words, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return codeOf(error);
  }
}

/** Every command of the tool, with its options. */
export function commands(): Command {
  const program = new Command('confluent-dr')
    .description('Disaster recovery of Kafka on Confluent Cloud')
    .version(packageVersion())
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for the options and examples)');
  addProxyRender(program.command('proxy').description('the failover proxy, on any host'));
  addLab(program);
  addRunbook(program);
  exitByException(program);
  return program;
}

/** Tells what went wrong, where that is still to be said. */
function codeOf(error: unknown): number {
  if (error instanceof Exit) {
    return error.code;
  }
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
  }
  if (isInterruption(error)) {
    console.error('confluent-dr: interrupted');
    return EXIT.interrupted;
  }
  console.error(`confluent-dr: ${(error as Error).message}`);
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

if (require.main === module) {
  void run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
