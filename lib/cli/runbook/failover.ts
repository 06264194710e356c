import { type Command } from 'commander';
import { addOperateOptions, type OperateOptions } from './operate-options';
import { runOperation } from './operate-command';
import { SOURCES_HELP } from './options';

const HELP = `${SOURCES_HELP}
Looks at both members, tells what it is going to do, asks, does it, and waits until both members show it. Run again after
whatever happened, it goes on from what the clusters tell. Without --planned or --unplanned it proposes one of the two.

All or nothing: every operation and permission is validated before the first one changes anything, and if one topic would be
refused, nothing is done. --partial goes on with the others. --dry-run tells the verdict in its first line and by its exit
code: 0 if all of it would be accepted, 4 if a part, 3 if nothing.

Before a planned reversal it looks for clients on the side that gives up: topics that still grow, and groups that have not read
all; before a truncation for groups with members, as it needs none. It tells what it saw, and goes on if you agree. With
--drain 5m it waits so long until no topic grows and no active group is behind, and is refused if that does not come, or if
nobody tells.

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
