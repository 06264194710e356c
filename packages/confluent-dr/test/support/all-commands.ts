import { type Command } from 'commander';
import { labCommands } from '../../../confluent-dr-lab/src/cli/lab-commands';
import { commands } from '../../src/cli/commands';

/** The tool's commands, with the lab's own where the tool leads to them. */
export function allCommands(): Command {
  const program = commands();
  const all = program.commands as Command[];
  const place = all.findIndex((command) => command.name() === 'lab');
  all.splice(place, 1, labCommands().name('lab'));
  return program;
}
