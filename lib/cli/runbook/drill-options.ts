import { type Command } from 'commander';
import { type ToggleOptions, addToggleOptions } from './toggle-options';

export interface DrillOptions extends ToggleOptions {
  readonly unplanned?: boolean;
  readonly journal?: string;
  /** False for `--no-toggle`. */
  readonly toggle?: boolean;
  readonly fixAcls?: boolean;
  readonly discard?: boolean;
}

export function addDrillOptions(command: Command): Command {
  return addToggleOptions(command)
    .option('--unplanned', 'as if the primary were lost: fail over, then discard what only it has')
    .option('--journal <file>', 'where the journal goes (default: drill-<time>.json)')
    .option('--no-toggle', 'leave the proxy alone: without block and unblock')
    .option('--fix-acls', 'create ACLs that a reversal lacks')
    .option('--discard', 'with --unplanned: agree beforehand that records which only the primary has are discarded');
}
