import { type Command } from 'commander';
import { addOperateOptions, type OperateOptions, SAFETY_HELP } from './operate-options';
import { runOperation } from './operate-command';
import { SOURCES_HELP } from './options';

const HELP = `${SOURCES_HELP}
Looks at both members, tells what it is going to do, asks, does it, and waits until both members show it. Run again after
whatever happened, it goes on from what the clusters tell. Without --planned or --unplanned it proposes one of the two.

${SAFETY_HELP}

Exit code 0 when the secondary serves every topic, 3 if it is refused and nothing was done, 4 if it is done in part or
not within --timeout (default 15m), 130 after Ctrl-C.

Example:
  $ confluent-dr failover --dry-run
  $ confluent-dr failover --planned --drain 5m --yes --fix-acls
  $ confluent-dr failover --unplanned --topics orders,payments --yes --json
`;

export function addFailover(program: Command): void {
  addOperateOptions(program.command('failover'))
    .description('make the secondary the active member')
    .addHelpText('after', HELP)
    .action((options: OperateOptions) => runOperation('failover', options));
}
