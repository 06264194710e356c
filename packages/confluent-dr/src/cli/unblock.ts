import { type Command } from 'commander';
import { TOGGLE_HELP } from './block';
import { SOURCES_HELP } from './options';
import { runToggleCommand } from './toggle-command';
import { addToggleOptions, type ToggleOptions } from './toggle-options';

const HELP = `${SOURCES_HELP}${TOGGLE_HELP}
After an unplanned failover, restore the primary first: clients that come back would write records that are discarded.

Example:
  $ confluent-dr unblock
  $ confluent-dr unblock --yes
`;

export function addUnblock(program: Command): void {
  addToggleOptions(program.command('unblock'))
    .description('let the clients of the proxy come to the primary again')
    .addHelpText('after', HELP)
    .action((options: ToggleOptions) => runToggleCommand(false, options));
}
