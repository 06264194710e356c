import { type Command } from 'commander';
import { addConfig } from './config-show';

/** The commands of the run book, each in a file of its own. */
export function addRunbook(program: Command): void {
  addConfig(program);
}
