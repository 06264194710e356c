import { type Command } from 'commander';
import { readPairGroups } from '../observe/group-lag';
import { observePair } from '../observe/observe-pair';
import { isToldWhole, type LagReport, lagReport, type LagScope } from '../report/status/lag-report';
import { lagText } from '../words/lag';
import { EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { addSessionOptions, names, type SessionOptions, SOURCES_HELP } from './options';
import { inSession, type Session } from './session';
import { look, Progress } from './terminal';
import { withinTime } from './time-limit';

const HELP = `${SOURCES_HELP}
For each topic: records of the source that its mirror does not have. For each consumer group: records that it has not
read on either member, and what would be read twice, or never, if its consumers moved to the other member now. A number
that nobody tells is shown as ?. Nothing is changed.

Exit code 0 if all of it is told, 4 if a part is not.

Example:
  $ confluent-dr lag
  $ confluent-dr lag --topics orders,payments --group billing
  $ confluent-dr lag --json
`;

interface LagCommandOptions extends SessionOptions {
  readonly group?: readonly string[];
  readonly topics?: readonly string[];
  readonly all?: boolean;
}

export function addLag(program: Command): void {
  addSessionOptions(program.command('lag'))
    .description('how far the members are apart, by topic, partition and consumer group')
    .option('--topics <names>', 'by their names on the primary, separated by commas (default: all of the pair)', names)
    .option('--group <names>', 'consumer groups, separated by commas (default: all)', names)
    .option('--all', 'every row and partition, however many there are')
    .addHelpText('after', HELP)
    .action(lag);
}

async function lag(options: LagCommandOptions): Promise<void> {
  const { topics, group: groups, all = false, json, timeout } = options;
  const { report, deployment } = await inSession(options, async (session) => {
    const progress = new Progress();
    progress.tell('Asking both members …');
    try {
      const read = (signal: AbortSignal) => readLag(session, { topics, groups }, signal);
      return {
        report: await withinTime(timeout, session.signal, read),
        deployment: session.deployment,
      };
    } finally {
      progress.end();
    }
  });
  if (json) {
    printDocument('lag', report);
  } else {
    console.log(lagText(report, all, deployment, look()));
  }
  if (!isToldWhole(report)) {
    throw new Exit(EXIT.notThere);
  }
}

export async function readLag(
  { source }: Pick<Session, 'source'>,
  scope: LagScope,
  signal: AbortSignal,
): Promise<LagReport> {
  const looked = observePair(source, { mirrorsOnly: true, signal });
  const [seen, groups] = await Promise.all([looked, readPairGroups(source, looked, { groups: scope.groups, signal })]);
  return lagReport(seen.observation, groups, scope);
}
