import { setTimeout as wait } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { pairAcls } from '../observe/acls';
import { readPairGroups } from '../observe/group-lag';
import { observePair, pollPair } from '../observe/observe-pair';
import { ROLES } from '../observe/pair-observation';
import { askControlPlane } from '../probe/control-plane';
import { catchUp, changesBetween } from '../report/status/changes';
import { type PairStatus, pairStatus, type StatusSource } from '../report/status/pair-status';
import { statusText } from '../words/status';
import { EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { addSessionOptions, duration, type SessionOptions, SOURCES_HELP } from './options';
import { inSession, deployedProxyReport, type Session } from './session';
import { addTargetOptions, sourceOf, type TargetOptions, targetsOf } from './target-options';
import { look, Progress } from './terminal';
import { after, withinTime } from './time-limit';

const HELP = `${SOURCES_HELP}
One screen: who serves, who is gone and since when, what an unplanned failover would lose, whether clients may move, what
needs a look, and the command to run next. --all shows each topic, group and remark before it. Nothing is changed.
All is well where a planned switch-over would move everything now, an unplanned failover would lose no more than
--max-lag-records, each mirror has within --max-lag what its source has now, no topic is without a mirror, and the proxy lets
clients in to the member that serves.
--watch looks again and again, without the consumer groups and without waiting for mirrors, until Ctrl-C or the end of --timeout: on a terminal the view
is drawn anew, elsewhere each change is a line.

Exit code 0 if all is well, 4 if something needs a look; 0 after --watch.

Example:
  $ confluent-dr status
  $ confluent-dr status --all --json
  $ confluent-dr status --leave-out 'test-*' --max-lag-records 0
  $ confluent-dr status --watch --interval 10s
`;

const INTERVAL_MS = 5000;
const CLEARED = '\u001b[H\u001b[2J\u001b[3J';

interface StatusCommandOptions extends SessionOptions, TargetOptions {
  readonly all?: boolean;
  readonly watch?: boolean;
  /** Milliseconds. */
  readonly interval?: number;
}

export function addStatus(program: Command): void {
  addTargetOptions(addSessionOptions(program.command('status')))
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

async function once(session: Session, options: StatusCommandOptions): Promise<void> {
  const { all = false, json, timeout } = options;
  const progress = new Progress();
  progress.tell('Asking both members …');
  let seen: PairStatus;
  try {
    seen = await withinTime(timeout, session.signal, (signal) => wholeStatus(session, options, signal));
  } finally {
    progress.end();
  }
  if (json) {
    printDocument('status', seen);
  } else {
    console.log(statusText(seen, all, session.deployment, look()));
  }
  if (!seen.well) {
    throw new Exit(EXIT.notThere);
  }
}

/** With consumer groups, and mirrors that are behind measured by time; the rest is as it is after that time. */
export async function wholeStatus(
  session: Session,
  options: TargetOptions & SessionOptions,
  signal: AbortSignal,
): Promise<PairStatus> {
  const source = sourceOf(session, options);
  const targets = targetsOf(session, options);
  const looked = observePair(source, { signal });
  const [first, groups, controlPlane, report] = await Promise.all([
    looked,
    readPairGroups(source, looked, { signal }),
    askControlPlane(session.deployment, { lookup: options.resolver, signal }),
    // Outputs from elsewhere are of another deployment than the current folder's.
    deployedProxyReport(options, signal),
  ]);
  const roles = ROLES.filter((role) => first.readings[role].mirrors.known);
  let latest = first;
  const look = async () => (latest = await pollPair(source, latest, { signal, roles })).observation;
  const late = await catchUp(first.observation, look, { limitMs: targets.timeMs, signal });
  const seen = latest === first ? first : await observePair(source, { signal });
  return statusOf(session, { seen, targets, late, controlPlane, groups, proxyReport: report });
}

function statusOf(
  { source, deployment }: Session,
  told: Pick<StatusSource, 'seen' | 'targets' | 'late' | 'groups' | 'controlPlane' | 'proxyReport'>,
): PairStatus {
  const { primary, secondary } = source.members;
  return pairStatus({
    ...told,
    acls: pairAcls(source, told.seen),
    routes: { primary: primary.kafka.route, secondary: secondary.kafka.route },
    linkName: deployment.linkName,
    access: deployment.access?.active,
  });
}

async function watch(session: Session, options: StatusCommandOptions): Promise<void> {
  const { timeout, interval = INTERVAL_MS } = options;
  const left = new AbortController();
  // Nobody reads any more, as after head.
  process.stdout.once('error', () => left.abort());
  const limits = timeout === undefined ? [] : [after(timeout)];
  const end = AbortSignal.any([session.signal, left.signal, ...limits]);
  let before: PairStatus | undefined;
  try {
    for (;;) {
      const [seen, controlPlane, proxyReport] = await Promise.all([
        observePair(sourceOf(session, options), { signal: end }),
        askControlPlane(session.deployment, { lookup: options.resolver, signal: end }),
        deployedProxyReport(options, end),
      ]);
      const now = statusOf(session, { seen, controlPlane, proxyReport, targets: targetsOf(session, options) });
      show(before, now, session, options);
      before = now;
      await wait(interval, undefined, { signal: end });
    }
  } catch (error) {
    if (!end.aborted) {
      throw error;
    }
  }
}

function show(
  before: PairStatus | undefined,
  now: PairStatus,
  { deployment }: Session,
  { all = false }: StatusCommandOptions,
): void {
  const at = new Date().toISOString();
  if (process.stdout.isTTY) {
    process.stdout.write(`${CLEARED}${statusText(now, all, deployment, look())}\n\n${at}; Ctrl-C ends it\n`);
  } else if (before === undefined) {
    console.log(`${at} ${statusText(now, all, deployment, look())}`);
  } else {
    changesBetween(before, now).forEach((change) => console.log(`${at} ${change}`));
  }
}
