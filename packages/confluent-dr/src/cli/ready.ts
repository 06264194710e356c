import { writeFileSync } from 'node:fs';
import { type Command } from 'commander';
import { isLab } from '../deployment/deployment';
import { propose } from '../execute/operate';
import { otherRole, ROLES } from '../observe/pair-observation';
import { healthReport } from '../probe/health-report';
import { groupsLeftOut } from '../report/ready/group-filters';
import { isReady, judged, type ReadyFacts } from '../report/ready/rules';
import { type PairStatus } from '../report/status/pair-status';
import { junitReport } from '../words/junit';
import { readyText } from '../words/ready';
import { BadInput, EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { pairChecker } from './named-brokers';
import { addSessionOptions, type SessionOptions, SOURCES_HELP } from './options';
import { inSession, deployedProxyReport, type Session } from './session';
import { wholeStatus } from './status';
import { addTargetOptions, type TargetOptions } from './target-options';
import { look, Progress } from './terminal';
import { withinTime } from './time-limit';

const HELP = `${SOURCES_HELP}
Whether the pair could be failed over now, by rules with stable ids: to be run on a schedule. A rule that cannot be judged is
not met; one about what the deployment does not have, a proxy or schema exporters, does not apply. The service is asked to
validate a switch-over (validate_only) as failover --dry-run does. Nothing is changed.

Exit code 0 if every rule that applies is met, 4 if one is broken or cannot be judged.

Example:
  $ confluent-dr ready
  $ confluent-dr ready --json --junit ready.xml
`;

interface ReadyOptions extends SessionOptions, TargetOptions {
  readonly junit?: string;
}

export function addReady(program: Command): void {
  addTargetOptions(addSessionOptions(program.command('ready')))
    .description('whether the pair could be failed over now, rule by rule')
    .option('--junit <file>', "write the findings as JUnit's XML, too")
    .addHelpText('after', HELP)
    .action(judge);
}

async function judge(options: ReadyOptions): Promise<void> {
  const [at, begin] = [new Date(), performance.now()];
  const { facts, findings, deployment } = await inSession(options, async (session) => {
    const progress = new Progress();
    progress.tell('Asking both members, and trying every service …');
    try {
      const seen = await withinTime(options.timeout, session.signal, (signal) => factsOf(session, options, signal));
      return { facts: seen, findings: judged(seen), deployment: session.deployment };
    } finally {
      progress.end();
    }
  });
  if (options.junit !== undefined) {
    written(options.junit, junitReport(findings, { at, seconds: (performance.now() - begin) / 1000 }));
  }
  const ready = isReady(findings);
  if (options.json) {
    printDocument('ready', { ready, rules: findings });
  } else {
    console.log(readyText(findings, facts.status.next, deployment, look()));
  }
  if (!ready) {
    throw new Exit(EXIT.notThere);
  }
}

async function factsOf(session: Session, options: ReadyOptions, signal: AbortSignal): Promise<ReadyFacts> {
  const { deployment } = session;
  const [status, checked, proxyReportText] = await Promise.all([
    wholeStatus(session, options, signal),
    pairChecker(deployment)({ lookup: options.resolver, signal }),
    deployedProxyReport(options, signal),
  ]);
  const [leftOut, switchOver] = await Promise.all([
    leftOutGroups(session, status, signal),
    switchOverOf(session, status, signal),
  ]);
  const health = healthReport(checked, deployment, {
    proxyReport: proxyReportText,
    controlPlane: status.controlPlane,
  });
  const noProxy = isLab(deployment) ? 'in-lab' : deployment.proxyAddress === undefined ? 'no-proxy' : undefined;
  return {
    status,
    health,
    ...(noProxy && { noProxy }),
    ...(leftOut && { groupsLeftOut: leftOut }),
    ...(switchOver && { switchOver }),
  };
}

/** Both members have to answer: the plan is made of what they tell, and the service validates it without doing it. */
async function switchOverOf(
  { source: pair }: Session,
  { serving, members }: PairStatus,
  signal: AbortSignal,
): Promise<ReadyFacts['switchOver']> {
  const areThere = ROLES.every((role) => members[role].presence === 'answers');
  if ((serving !== 'primary' && serving !== 'secondary') || !areThere) {
    return undefined;
  }
  const direction = serving === 'primary' ? 'failover' : 'failback';
  const { plan, objections } = await propose({ pair, request: { direction, procedure: 'planned' }, signal });
  return { refusals: plan.refusals.map(({ code }) => code), objections };
}

/** The filters that count are those of the link's end on the member that does not serve. */
async function leftOutGroups(
  { source }: Session,
  { serving, groups, untold }: PairStatus,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  if ((serving !== 'primary' && serving !== 'secondary') || groups === undefined || untold.length > 0) {
    return undefined;
  }
  const { kafka, linkName } = source.members[otherRole(serving)];
  try {
    const configs = await kafka.linkConfigs(linkName, { signal });
    const used = groups.filter(({ lag }) => lag[serving] !== undefined).map(({ group }) => group);
    return groupsLeftOut(new Map(configs.map(({ name, value }) => [name, value])), [...new Set(used)]);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function written(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new BadInput(`--junit ${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
