import { type Command } from 'commander';
import { addOperateOptions, type OperateOptions, SAFETY_HELP } from './operate-options';
import { runOperation } from './operate-command';
import { SOURCES_HELP } from './options';

const HELP = `${SOURCES_HELP}
After a planned failover the members change places again. After a disaster the primary first follows the secondary, and
discards what only it has: that is shown, and asked. Records are never discarded unasked, --yes or not; --discard agrees
beforehand.

${SAFETY_HELP}

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
