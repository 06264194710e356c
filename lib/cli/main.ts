#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { packageVersion } from '../package-folder';
import { BadInput } from './bad-input';
import { addProxyRender } from './proxy-render';

/** Runs the tool and gives its exit code: 0, 1 for a failure, 2 for input that it cannot take. */
export function run(words: string[]): number {
  const program = new Command('confluent-dr')
    .description('Disaster recovery of Kafka on Confluent Cloud')
    .version(packageVersion())
    .showHelpAfterError('(add --help for the options and examples)');
  addProxyRender(program.command('proxy').description('the failover proxy, on any host'));
  exitByException(program);
  try {
    program.parse(words, { from: 'user' });
    return 0;
  } catch (error) {
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
  process.exitCode = run(process.argv.slice(2));
}
