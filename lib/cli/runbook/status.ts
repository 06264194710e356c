import { setTimeout as wait } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { readGroups } from '../../runbook/lag';
import { observePair } from '../../runbook/observing';
import { type Role } from '../../runbook/pair';
import { changesBetween, type PairStatus, pairStatus } from '../../runbook/status';
import { EXIT, Exit } from '../exit';
import { printDocument } from '../json-output';
import { look, Progress } from '../terminal';
import { addSessionOptions, duration, type SessionOptions, SOURCES_HELP } from './options';
import { statusText } from './present/status';
import { inSession, type Session } from './session';
import { after, withinTime } from './time-limit';

const HELP = `${SOURCES_HELP}
Both members and which way they were reached, both ends of the link with their tasks, each topic with its lag, consumer
groups and schema exporters; who serves now, whether clients may move, and what Terraform would do. Nothing is changed.
--watch looks again and again, without the consumer groups, until Ctrl-C or the end of --timeout: on a terminal the view
is drawn anew, elsewhere each change is a line.

Exit code 0 if all is well, 4 if something needs a look; 0 after --watch.

Example:
  $ confluent-dr status
  $ confluent-dr status --all --json
  $ confluent-dr status --watch --interval 10s
`;

const INTERVAL_MS = 5000;
const CLEARED = '\u001b[H\u001b[2J\u001b[3J';

interface StatusCommandOptions extends SessionOptions {
  readonly all?: boolean;
  readonly watch?: boolean;
  /** Milliseconds. */
  readonly interval?: number;
}

export function addStatus(program: Command): void {
  addSessionOptions(program.command('status'))
    .description('both members, the link, topics, lags and exporters; who serves, and may clients move')
    .option('--all', 'every topic, group and remark, however many there are')
    .addOption(new Option('--watch', 'look again and again').conflicts('json'))
    .addOption(new Option('--interval <duration>', 'of --watch (default: 5s)').argParser(duration))
    .addHelpText('after', HELP)
    .action(status);
}

function status(options: StatusCommandOptions): Promise<void> {
  return inSession(options, (session) => (options.watch ? watch(session, options) : once(session, options)));
}

async function once(session: Session, { all = false, json, timeout }: StatusCommandOptions): Promise<void> {
  const progress = new Progress();
  progress.tell('Asking both members …');
  let seen: PairStatus;
  try {
    seen = await withinTime(timeout, session.signal, (signal) => statusOf(session, signal, true));
  } finally {
    progress.end();
  }
  if (json) {
    printDocument('status', seen);
  } else {
    console.log(statusText(seen, all, look()));
  }
  if (!seen.well) {
    throw new Exit(EXIT.notThere);
  }
}

async function statusOf(
  { source, deployment }: Session,
  signal: AbortSignal,
  withGroups: boolean,
): Promise<PairStatus> {
  const { primary, secondary } = source.members;
  const groupsOf = (role: Role) => readGroups(source.members[role].kafka, { signal });
  const [seen, groups] = await Promise.all([
    observePair(source, { signal }),
    withGroups ? Promise.all([groupsOf('primary'), groupsOf('secondary')]) : undefined,
  ]);
  return pairStatus({
    seen,
    routes: { primary: primary.kafka.route, secondary: secondary.kafka.route },
    linkName: deployment.linkName,
    ...(groups && { groups: { primary: groups[0], secondary: groups[1] } }),
  });
}

async function watch(session: Session, options: StatusCommandOptions): Promise<void> {
  const { timeout, interval = INTERVAL_MS } = options;
  const end = timeout === undefined ? session.signal : AbortSignal.any([session.signal, after(timeout)]);
  let before: PairStatus | undefined;
  try {
    for (;;) {
      const now = await statusOf(session, end, false);
      show(before, now, options);
      before = now;
      await wait(interval, undefined, { signal: end });
    }
  } catch (error) {
    if (!end.aborted) {
      throw error;
    }
  }
}

function show(before: PairStatus | undefined, now: PairStatus, { all = false }: StatusCommandOptions): void {
  const at = new Date().toISOString();
  if (process.stdout.isTTY) {
    process.stdout.write(`${CLEARED}${statusText(now, all, look())}\n\n${at}; Ctrl-C ends it\n`);
  } else if (before === undefined) {
    console.log(`${at} ${statusText(now, all, look())}`);
  } else {
    changesBetween(before, now).forEach((change) => console.log(`${at} ${change}`));
  }
}
