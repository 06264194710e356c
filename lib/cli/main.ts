#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { packageVersion } from '../package-folder';
import { BadInput } from './bad-input';
import { Exit } from './exit';
import { addLab } from './lab/lab-commands';
import { addProxyRender } from './proxy-render';

/** Runs the tool and gives its exit code: 0, 1 for a failure, 2 for input that it cannot take; a command may set another. */
export async function run(words: string[]): Promise<number> {
  const program = new Command('confluent-dr')
    .description('Disaster recovery of Kafka on Confluent Cloud')
    .version(packageVersion())
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for the options and examples)');
  addProxyRender(program.command('proxy').description('the failover proxy, on any host'));
  addLab(program);
  exitByException(program);
  try {
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof Exit) {
      return error.code;
    }
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : 2;
    }
    console.error(`confluent-dr: ${(error as Error).message}`);
    return error instanceof BadInput ? 2 : 1;
  }
}

function exitByException(command: Command): void {
  command.exitOverride();
  command.commands.forEach(exitByException);
}

if (require.main === module) {
  void run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
