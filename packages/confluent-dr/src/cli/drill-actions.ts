import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type RequestListener } from '../client/http-client';
import { commandFor, type Deployment } from '../deployment/deployment';
import { type LossTarget } from '../drill/journal';
import { type DrillRequest, type Phase } from '../drill/phases';
import { type Recorder, type Result } from '../drill/recorder';
import { type EarlierDrill, phasesLeft } from '../drill/resume';
import { type DrillActions } from '../drill/run-drill';
import { totalOf } from '../execute/mirror-requests';
import { operate, propose } from '../execute/operate';
import { proofOf } from '../execute/toggle-proof';
import { observePair, pollPair } from '../observe/observe-pair';
import { type PairObservation, presenceOf, type Role, ROLES } from '../observe/pair-observation';
import { clientMove } from '../observe/serving';
import { type Direction } from '../plan/failover-request';
import { askControlPlane } from '../probe/control-plane';
import { healthReport } from '../probe/health-report';
import { instancesIn } from '../probe/proxy-report';
import { catchUp } from '../report/status/changes';
import { topicsInWords } from '../words/advice';
import { redirectionInWords, redirectionReasons } from '../words/client-redirection';
import { type DrillWords } from '../words/drill-report';
import { moveRemarkInWords } from '../words/moves';
import { causesOf } from '../words/operation';
import { verdictOf } from '../words/plan';
import { impossibleInWords, proofFindingInWords } from '../words/proof';
import { refusalsInWords } from '../words/refusals';
import { ASKED, questionInWords } from '../words/steps';
import { CANARY_DEFAULTS } from './canary-run';
import { PrimaryOutage } from './drill-outage';
import { isRedirected, redirectClients } from './redirect-clients';
import { pairChecker } from './named-brokers';
import { outlivingPair } from './operate';
import { agreedBeforehand, canAsk, consent, hintOf, optionFor, requestOf } from './operate-options';
import { endingDocument, OperateReport } from './operate-report';
import { duration, rate } from './options';
import { deployedProxyReport, proxySwitches, type Session } from './session';
import { targetsOf } from './target-options';
import { commandOf } from './toggle';
import { addToggleOptions, toggled, type ToggleOptions, toggleWords } from './toggle-run';

export interface DrillOptions extends ToggleOptions {
  readonly unplanned?: boolean;
  readonly disaster?: boolean;
  readonly journal?: string;
  /** False for `--no-toggle`. */
  readonly toggle?: boolean;
  readonly resume?: boolean;
  /** Milliseconds. */
  readonly drain?: number;
  readonly fixAcls?: boolean;
  readonly discard?: boolean;
  readonly canary?: boolean;
  readonly canaryTopic?: string;
  readonly canaryRate?: number;
  readonly canaryWay?: 'proxy' | 'direct';
  readonly canaryLog?: string;
  /** Milliseconds. */
  readonly clientsLog?: readonly string[];
  readonly targetRto?: number;
  readonly targetRpo?: LossTarget;
}

export function addDrillOptions(command: Command): Command {
  return addToggleOptions(command)
    .option('--unplanned', 'as if the primary were lost: fail over, then discard what only it has')
    .option(
      '--disaster',
      'the primary itself is lost: in a lab by the tool, elsewhere by you, when it asks; unplanned, without the proxy',
    )
    .option('--journal <file>', 'where the journal goes (default: drill-<time>.json)')
    .option('--no-toggle', 'leave the proxy alone: without block and unblock')
    .option('--resume', 'agree beforehand to go on with what an earlier drill left; --yes never does')
    .option('--drain <duration>', 'before a reversal wait so long until clients are quiet: 90s, 5m', duration)
    .option('--fix-acls', 'create ACLs that a reversal lacks')
    .option('--discard', 'with --unplanned: agree beforehand that records which only the primary has are discarded')
    .option('--canary', 'measure what clients see: a producer and a consumer go through it all, as those of canary')
    .option('--canary-topic <name>', "its topic, by its name on the primary (default: the deployment's canaryTopic)")
    .option('--canary-rate <count>', `its records a second (default: ${CANARY_DEFAULTS.rate})`, rate)
    .addOption(
      new Option('--canary-way <way>', 'through the proxy or past it (default: proxy, where there is one)').choices([
        'proxy',
        'direct',
      ]),
    )
    .option('--canary-log <file>', 'its raw log, a new file (default: canary-<time>.jsonl)')
    .option(
      '--clients-log <file...>',
      'what clients of applications log while it goes on; a line of JSON for each record',
    )
    .option(
      '--target-rto <duration>',
      'clients are to work on the secondary so long after the fault: 90s, 5m',
      duration,
    )
    .option(
      '--target-rpo <loss>',
      'so much of what was acknowledged may be lost: 0 or more records, or 5s',
      lossTarget,
    );
}

/** Records, or with a unit a time. */
function lossTarget(text: string): LossTarget {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) {
    return { records: Number(text) };
  }
  if (/^\d+(\.\d+)?[smh]$/.test(text)) {
    return { seconds: duration(text) / 1000 };
  }
  throw new InvalidArgumentError('Allowed is a number of records, such as 0 or 100, or a duration, such as 5s.');
}

export function drillWords(options: DrillOptions): DrillWords {
  const { unplanned, disaster, journal, toggle, drain, timeout, proof } = options;
  const { canary, canaryTopic, canaryRate, canaryWay, clientsLog, targetRto, targetRpo } = options;
  const toggling =
    toggle === false || disaster ? [] : [...toggleWords(options), ...(proof === false ? ['--no-proof'] : [])];
  return {
    drill: [
      'drill',
      ...(unplanned ? ['--unplanned'] : []),
      ...(disaster ? ['--disaster'] : []),
      ...(toggle === false ? ['--no-toggle'] : []),
      ...toggling,
      ...(drain === undefined ? [] : ['--drain', `${drain / 1000}s`]),
      ...(timeout === undefined ? [] : ['--timeout', `${timeout / 1000}s`]),
      ...(canary ? ['--canary'] : []),
      ...(canaryTopic === undefined ? [] : ['--canary-topic', canaryTopic]),
      ...(canaryRate === undefined ? [] : ['--canary-rate', String(canaryRate)]),
      ...(canaryWay === undefined ? [] : ['--canary-way', canaryWay]),
      ...(clientsLog ?? []).flatMap((file) => ['--clients-log', resolve(file)]),
      ...(targetRto === undefined ? [] : ['--target-rto', `${targetRto / 1000}s`]),
      ...(targetRpo === undefined ? [] : ['--target-rpo', lossWord(targetRpo)]),
      ...(journal === undefined ? [] : ['--journal', resolve(journal)]),
    ],
    toggle: toggling,
  };
}

const lossWord = ({ records, seconds }: LossTarget): string =>
  records === undefined ? `${seconds ?? 0}s` : String(records);

/** What a drill would do now, by phase. */
export interface Outlook {
  readonly begins: boolean;
  /** What it would go on with. @default - there is nothing of an earlier drill */
  readonly left?: readonly Phase['name'][];
  /** Whether it would begin. */
  readonly first: string;
  readonly phases: ReadonlyMap<Phase['name'], string>;
}

export const phaseOutlook = ({ phases }: Outlook, name: Phase['name']): string => phases.get(name) ?? '';

/** Looks, and lets the service validate the failover; the failback can be validated only when its turn comes. */
export async function outlookOf(
  { source, signal, deployment }: Session,
  phases: readonly Phase[],
  { unplanned }: DrillRequest,
  earlier?: EarlierDrill,
): Promise<Outlook> {
  const given = { planned: !unplanned, unplanned, althoughActiveAnswers: unplanned };
  const proposal = await propose({ pair: source, request: requestOf('failover', given), signal, traffic: {} });
  const { observation, plan, objections } = proposal;
  const steady = clientMove(observation, 'primary');
  const isSteady = steady.may === 'yes';
  const names = topicsInWords(observation.topics.map(({ name }) => name));
  const place = (role: Role): string =>
    `${deployment.members[role].bootstrapEndpoint} (${deployment.members[role].clusterId})`;
  const away = ROLES.filter((role) => presenceOf(observation.members[role].dataPlane) !== 'answers');
  const left = phasesLeft(observation, phases, { earlier });
  const objection = objections[0]?.message ?? refusalsInWords(plan.refusals)[0]?.cause;
  const isAccepted = verdictOf(proposal, false) === 'accepted';
  const failover = isAccepted
    ? `${unplanned ? 'the secondary is made active at once' : 'primary and secondary change places'}: ${names}; nothing of it is refused now`
    : `would be refused: ${objection ?? 'the service does not say why'}`;
  return {
    begins: isSteady && left === undefined,
    ...(left && { left: left.phases.map(({ name }) => name) }),
    first:
      isSteady && left === undefined
        ? isAccepted
          ? 'The drill would begin: the primary serves, and the secondary follows it.'
          : 'The drill would begin, and end at the failover, which would be refused.'
        : left
          ? `The drill would not begin anew: it would ask to go on with what is left of an earlier one: ${left.phases.map(({ name }) => name).join(', ') || 'the last look'}.`
          : `The drill would not begin: ${steady.remarks[0] ? [steady.remarks[0].topic, moveRemarkInWords(steady.remarks[0])].filter(Boolean).join(': ') : 'the pair is not steady.'}`,
    phases: new Map([
      ['check', away.length > 0 ? `the ${away.join(' and the ')} does not answer now` : 'both members answer now'],
      ['outage', `${place('primary')} is lost, with all that only it has`],
      ['block', `clients of the proxy lose ${place('primary')}`],
      ['failover', failover],
      ['check-moved', `clients have to work on ${place('secondary')}`],
      ['recovery', `${place('primary')} is back`],
      ['unblock', `clients of the proxy can reach ${place('primary')} again`],
      ['status', `the secondary serves${unplanned ? '' : ', and the primary follows it'}`],
      [
        'failback',
        unplanned
          ? `discards on the primary what only it has, of ${names}, then makes it active; validated when its turn comes`
          : `the primary becomes active again for ${names}; validated when its turn comes`,
      ],
    ]),
  };
}

const PROBE_MS = 5000;

/**
 * The drill's attempts, by what the commands of the same names do.
 *
 * @param quit ends the drill as Ctrl-C does, whose signal is among that of the interruption
 */
export function drillActions(
  session: Session,
  options: DrillOptions,
  recorder: Recorder,
  { signal, quit }: Interruption,
): DrillActions {
  const { deployment } = session;
  const onRequest: RequestListener = recorder.request;
  const observe = async (): Promise<PairObservation> => {
    const { pair, close } = outlivingPair(session, onRequest);
    try {
      const { observation } = await observePair(pair, { signal });
      recorder.state(observation);
      return observation;
    } finally {
      await close();
    }
  };
  return {
    observe,
    lose: (lost) => new PrimaryOutage(deployment, session.source, observe, () => recorder.journal, signal).lose(lost),
    check: async () => {
      const scope = { lookup: options.resolver, limitMs: PROBE_MS, signal };
      const [checked, controlPlane] = await Promise.all([
        pairChecker(deployment)(scope),
        askControlPlane(deployment, scope),
        measureLag(session, recorder, signal),
      ]);
      const report = await deployedProxyReport(options, signal);
      const document = healthReport(checked, deployment, { controlPlane, proxyReport: report });
      return result(document.well, `Something needs a look; this tells what:\n${lookOf(deployment)}`, document);
    },
    toggle: async (blocked) => {
      const switches = await proxySwitches(options, signal);
      const command = commandOf(blocked, options, switches);
      const wished = { blocked, active: switches.active };
      const onLine = (line: string): void => console.error(line);
      const { exitCode, proof } = await toggled({ wished, command, options, signal, onLine });
      if (exitCode === 0 && proof === undefined) {
        const because = options.proof === false ? 'no-proof' : 'interrupted';
        recorder.notProven({ code: 'effect-untried', phase: blocked ? 'block' : 'unblock', because });
      }
      const proven = exitCode === 0 && (proof === undefined || proof.kind === 'proven');
      const why =
        proof?.kind === 'impossible'
          ? [`${impossibleInWords(proof)}; --no-proof goes on without`]
          : proof?.findings.map((finding) => proofFindingInWords(finding, wished));
      const problem = exitCode === 0 ? `It is not proven: ${why?.join(' ')}` : failureOf(exitCode, deployment);
      return result(proven, problem, { exitCode, proof });
    },
    isBlocked: async () => {
      const report = await deployedProxyReport(options, signal);
      const reported = instancesIn(report)?.find(({ name }) => name === 'primary')?.blocked;
      if (reported !== undefined) {
        return reported !== 'none';
      }
      const limits = { lookup: options.resolver, limitMs: PROBE_MS, signal };
      const seen = healthReport(await pairChecker(deployment)({ ...limits, ways: ['proxy'] }), deployment);
      const { active } = await proxySwitches(options, signal);
      const isSeen = (blocked: boolean) => proofOf({ blocked, active }, seen).kind === 'proven';
      // Behind a fence a block cannot be seen.
      return active === 'secondary' ? undefined : isSeen(true) ? true : isSeen(false) ? false : undefined;
    },
    operate: (direction) => operated(direction, { session, options, recorder, onRequest, quit, signal }),
  };
}

/** Waits, as long as the target allows, until the mirrors have what their sources have now. */
async function measureLag(session: Session, recorder: Recorder, signal: AbortSignal): Promise<void> {
  const { timeMs } = targetsOf(session, {});
  let latest = await observePair(session.source, { mirrorsOnly: true, signal });
  const { topics } = latest.observation;
  const begun = performance.now();
  if (topics.length === 0 || topics.some(({ sides }) => sides.secondary.kind !== 'mirror')) {
    recorder.notProven({ code: 'lag-untold' });
    return;
  }
  const look = async () =>
    (latest = await pollPair(session.source, latest, { signal, roles: ['secondary'] })).observation;
  const late = await catchUp(latest.observation, look, { limitMs: timeMs, signal });
  const seconds = (performance.now() - begun) / 1000;
  recorder.caughtUp(late.length > 0 ? Math.max(seconds, timeMs / 1000) : seconds);
}

const lookOf = (deployment: Deployment): string => commandFor(deployment, ['check']);

const failureOf = (exitCode: number | undefined, deployment: Deployment): string =>
  exitCode === undefined
    ? `The command was interrupted; whether it had its effect, this tells:\n${lookOf(deployment)}`
    : `The command ended with exit code ${exitCode}.`;

/** How a drill is ended from outside: by a signal, or at a question. */
export interface Interruption {
  readonly signal: AbortSignal;
  readonly quit: () => void;
}

interface Surroundings extends Interruption {
  readonly session: Session;
  readonly options: DrillOptions;
  readonly recorder: Recorder;
  readonly onRequest: RequestListener;
}

async function operated(
  direction: Direction,
  { session, options, recorder, onRequest, signal, quit }: Surroundings,
): Promise<Result> {
  const { disaster = false } = options;
  const unplanned = options.unplanned === true || disaster;
  // What was done decides how it goes back: the failback is left to what is seen.
  const procedure =
    direction === 'failover' ? { planned: !unplanned, unplanned } : { planned: false, unplanned: false };
  // The primary of a drill is blocked for clients alone, and still answers this tool.
  const although = { althoughActiveAnswers: direction === 'failover' && unplanned && !disaster };
  const given = { ...options, ...procedure, ...although };
  const report = new OperateReport((text) => console.error(text));
  const confirmed = consent(given, (question) => report.question(question), quit);
  const { pair, close } = outlivingPair(session, onRequest);
  try {
    const ending = await operate({
      pair,
      request: requestOf(direction, given),
      askable: { truncation: true, aclCure: true },
      traffic: options.drain === undefined ? {} : { drainMs: options.drain },
      signal,
      confirm: async (question) => {
        const by = agreedBeforehand(question, given) ? 'option' : canAsk(given) ? 'person' : 'nobody';
        const text = [questionInWords(question), ASKED[question.kind]].join(' ');
        const agreed = await recorder.asked(text, by, () => confirmed(question, signal));
        if (agreed && question.kind === 'discard') {
          recorder.agreedToDiscard(totalOf(question.records));
        }
        return agreed;
      },
      listener: (event) => {
        report.listener(event);
        if (event.type === 'planned') {
          recorder.state(event.observation);
        }
      },
      ...(options.timeout !== undefined && { timeouts: { timeLimitMs: options.timeout } }),
    });
    if (ending.observation) {
      recorder.state(ending.observation);
    }
    const needed = ending.declined && !canAsk(options) ? optionFor(ending.declined, given) : undefined;
    const { kind, plan, observation } = ending;
    const redirection =
      kind === 'done' && plan && observation
        ? await redirectClients({
            ...{ to: plan.target, deployment: session.deployment, observation, signal },
            options: { ...options, leaveProxy: options.toggle === false },
            onLine: (line) => console.error(line),
          })
        : undefined;
    if (redirection?.result === 'redirected' && redirection.proof === undefined) {
      recorder.notProven({ code: 'effect-untried', phase: direction, because: 'no-proof' });
    }
    const problem =
      redirection && !isRedirected(redirection)
        ? [redirectionInWords(redirection), ...redirectionReasons(redirection)].join('\n')
        : causesOf(ending, hintOf(ending.declined, needed)).join('\n');
    return {
      ...result(
        kind === 'done' && isRedirected(redirection),
        problem,
        endingDocument(direction, ending, undefined, redirection),
      ),
      lost: totalOf(ending.lost),
      discarded: totalOf(ending.discarded),
    };
  } finally {
    report.end();
    await close();
  }
}

const result = (ok: boolean, problem: string, document: unknown): Result => ({ ok, document, ...(!ok && { problem }) });
