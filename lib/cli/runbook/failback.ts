import { type Command } from 'commander';
import { addOperateOptions, type OperateOptions } from './operate-options';
import { runOperation } from './operate-command';
import { SOURCES_HELP } from './options';

const HELP = `${SOURCES_HELP}
After a planned failover the members change places again. After a disaster the primary first follows the secondary, and
discards what only it has: that is shown, and asked. Records are never discarded unasked, --yes or not; --discard agrees
beforehand.

All or nothing: every operation and permission is validated before the first one changes anything, and if one topic would be
refused, nothing is done. --partial goes on with the others. --dry-run tells the verdict in its first line and by its exit
code: 0 if all of it would be accepted, 4 if a part, 3 if nothing.

Before a planned reversal it looks for clients on the side that gives up: topics that still grow, and groups that have not read
all; before a truncation for groups with members, as it needs none. It tells what it saw, and goes on if you agree. With
--drain 5m it waits so long until no topic grows and no active group is behind, and is refused if that does not come, or if
nobody tells.

Exit code 0 when the primary serves every topic, 3 if it is refused and nothing was done, 4 if it is done in part or not
within --timeout (default 15m), 130 after Ctrl-C.

Example:
  $ confluent-dr failback --dry-run
  $ confluent-dr failback --yes --drain 5m
  $ confluent-dr failback --yes --discard --json
`;

export function addFailback(program: Command): void {
  addOperateOptions(program.command('failback'))
    .description('make the primary the active member again')
    .addHelpText('after', HELP)
    .action((options: OperateOptions) => runOperation('failback', options));
}
