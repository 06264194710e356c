import { type Command } from 'commander';
import { SOURCES_HELP } from './options';
import { runToggleCommand } from './toggle-command';
import { addToggleOptions, type ToggleOptions } from './toggle-options';

export const TOGGLE_HELP = `
It runs cdktf deploy or terraform apply in the folder of --from, with the variable of the toggle and without a refresh, so
that it works while the primary is gone. Then it looks through the proxy whether clients meet what was wished for. In a
lab without nginx nothing can be seen. Of what the command prints it shows the change and its outcome, on one screen; with
--all every line. Where the command fails, its errors are shown, and the file with all lines named.

Exit code 0 if it is proven, 1 if the command failed, 3 if nothing was done, 4 if it is not proven.
`;

const HELP = `${SOURCES_HELP}${TOGGLE_HELP}
Example:
  $ confluent-dr block
  $ confluent-dr block --from proxy-stack --with terraform --outputs outputs.json --yes
  $ confluent-dr block --dry-run
`;

export function addBlock(program: Command): void {
  addToggleOptions(program.command('block'))
    .description('take the primary away from the clients of the proxy')
    .addHelpText('after', HELP)
    .action((options: ToggleOptions) => runToggleCommand(true, options));
}
