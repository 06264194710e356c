import { resolve } from 'node:path';
import { type Command } from 'commander';
import { duration } from './options';
import { type ToggleOptions, addToggleOptions, toggleWords } from './toggle-options';

export interface DrillOptions extends ToggleOptions {
  readonly unplanned?: boolean;
  readonly journal?: string;
  /** False for `--no-toggle`. */
  readonly toggle?: boolean;
  readonly resume?: boolean;
  /** Milliseconds. */
  readonly drain?: number;
  readonly fixAcls?: boolean;
  readonly discard?: boolean;
}

export function addDrillOptions(command: Command): Command {
  return addToggleOptions(command)
    .option('--unplanned', 'as if the primary were lost: fail over, then discard what only it has')
    .option('--journal <file>', 'where the journal goes (default: drill-<time>.json)')
    .option('--no-toggle', 'leave the proxy alone: without block and unblock')
    .option('--resume', 'agree beforehand to go on with what an earlier drill left; --yes never does')
    .option('--drain <duration>', 'before a reversal wait so long until clients are quiet: 90s, 5m', duration)
    .option('--fix-acls', 'create ACLs that a reversal lacks')
    .option('--discard', 'with --unplanned: agree beforehand that records which only the primary has are discarded');
}

/** The words that ask for the same again, of the drill and of its toggle; what was agreed to is to be agreed to anew. */
export interface DrillWords {
  readonly drill: readonly string[];
  readonly toggle: readonly string[];
}

export function drillWords(options: DrillOptions): DrillWords {
  const { unplanned, journal, toggle, drain, timeout, proof } = options;
  const toggling = toggle === false ? [] : [...toggleWords(options), ...(proof === false ? ['--no-proof'] : [])];
  return {
    drill: [
      'drill',
      ...(unplanned ? ['--unplanned'] : []),
      ...(toggle === false ? ['--no-toggle'] : []),
      ...toggling,
      ...(drain === undefined ? [] : ['--drain', `${drain / 1000}s`]),
      ...(timeout === undefined ? [] : ['--timeout', `${timeout / 1000}s`]),
      ...(journal === undefined ? [] : ['--journal', resolve(journal)]),
    ],
    toggle: toggling,
  };
}
