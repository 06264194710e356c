import { writeFileSync } from 'node:fs';
import { type Command } from 'commander';
import { checkPair, healthReport } from '../../runbook/health';
import { otherRole } from '../../runbook/pair';
import { judged, junitReport, type ReadyFacts, type RuleFinding } from '../../runbook/ready';
import { groupsLeftOut } from '../../runbook/ready/group-filters';
import { type PairStatus } from '../../runbook/status';
import { BadInput } from '../bad-input';
import { EXIT, Exit } from '../exit';
import { printDocument } from '../json-output';
import { type Look, look, Progress } from '../terminal';
import { addSessionOptions, type SessionOptions, SOURCES_HELP } from './options';
import { indented, wrapped } from './present/status-layout';
import { proxyReport } from './proxy-report';
import { inSession, type Session } from './session';
import { wholeStatus } from './status';
import { addTargetOptions, type TargetOptions } from './target-options';
import { withinTime } from './time-limit';

const HELP = `${SOURCES_HELP}
Whether the pair could be failed over now, by rules with stable ids: to be run on a schedule. A rule that cannot be judged is
not met. Nothing is changed.

Exit code 0 if every rule is met, 4 if one is broken or cannot be judged.

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
    .action(ready);
}

async function ready(options: ReadyOptions): Promise<void> {
  const findings = await inSession(options, async (session) => {
    const progress = new Progress();
    progress.tell('Asking both members, and trying every service …');
    try {
      return await withinTime(options.timeout, session.signal, async (signal) =>
        judged(await factsOf(session, options, signal)),
      );
    } finally {
      progress.end();
    }
  });
  if (options.junit !== undefined) {
    written(options.junit, junitReport(findings));
  }
  const isReady = findings.every(({ verdict }) => verdict === 'met');
  if (options.json) {
    printDocument('ready', { ready: isReady, rules: findings });
  } else {
    console.log(readyText(findings, look()));
  }
  if (!isReady) {
    throw new Exit(EXIT.notThere);
  }
}

async function factsOf(session: Session, options: ReadyOptions, signal: AbortSignal): Promise<ReadyFacts> {
  const { deployment } = session;
  const [status, checked, report, controlPlane] = await Promise.all([
    wholeStatus(session, options, signal),
    checkPair(deployment, { lookup: options.resolver, signal }),
    options.outputs === undefined ? proxyReport(options, signal) : '',
    controlPlaneAnswer(session, signal),
  ]);
  const leftOut = await leftOutGroups(session, status, signal);
  const health = healthReport(checked, deployment, report);
  return { status, health, ...(controlPlane && { controlPlane }), ...(leftOut && { groupsLeftOut: leftOut }) };
}

async function controlPlaneAnswer(
  { controlPlane, deployment }: Session,
  signal: AbortSignal,
): Promise<ReadyFacts['controlPlane']> {
  const { environmentId, clusterId } = deployment.members.primary;
  if (controlPlane === undefined || environmentId === undefined) {
    return undefined;
  }
  try {
    await controlPlane.cluster(environmentId, clusterId, { signal });
    return { answers: true, told: '' };
  } catch (error) {
    signal.throwIfAborted();
    return { answers: false, told: (error as Error).message };
  }
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

const MOST_TOLD = 3;
const STYLE = { met: 'green', broken: 'red', unknown: 'yellow' } as const;

function readyText(findings: readonly RuleFinding[], { width, paint }: Look): string {
  const lines = findings.map(({ id, title, verdict, told }) => {
    const more = told.length > MOST_TOLD ? ` and ${told.length - MOST_TOLD} more` : '';
    const what =
      told.length > 0
        ? `\n${indented(wrapped(`${told.slice(0, MOST_TOLD).join('; ')}${more}`, width - 4), '    ')}`
        : '';
    return `${paint(STYLE[verdict], verdict.padEnd(7))}  ${id}  ${title}${what}`;
  });
  const failed = findings.filter(({ verdict }) => verdict !== 'met').length;
  return [...lines, '', failed === 0 ? 'Ready.' : `Not ready: ${failed} of ${findings.length} rules are not met.`].join(
    '\n',
  );
}
