import { type Command } from 'commander';
import { addCheck } from './check';
import { addConfig } from './config-show';
import { addDocument } from './document';
import { addHosts } from './hosts';

/** The commands of the run book, each in a file of its own. */
export function addRunbook(program: Command): void {
  addConfig(program);
  addCheck(program);
  addHosts(program);
  addDocument(program);
}
