import { type RequestListener } from '../client/http-client';
import { commandFor, type Deployment } from '../deployment/deployment';
import { type Recorder, type Result } from '../drill/recorder';
import { type DrillActions } from '../drill/run-drill';
import { totalOf } from '../execute/mirror-requests';
import { operate } from '../execute/operate';
import { proofOf } from '../execute/toggle-proof';
import { observePair, pollPair } from '../observe/observe-pair';
import { type PairObservation } from '../observe/pair-observation';
import { type Direction } from '../plan/failover-request';
import { askControlPlane } from '../probe/control-plane';
import { healthReport } from '../probe/health-report';
import { instancesIn } from '../probe/proxy-report';
import { catchUp } from '../report/status/changes';
import { redirectionInWords, redirectionReasons } from '../words/client-redirection';
import { causesOf } from '../words/operation';
import { impossibleInWords, proofFindingInWords } from '../words/proof';
import { ASKED, questionInWords } from '../words/steps';
import { type DrillOptions } from './drill-options';
import { PrimaryOutage } from './drill-outage';
import { isRedirected, redirectClients } from './redirect-clients';
import { pairChecker } from './named-brokers';
import { outlivingPair } from './operate';
import { agreedBeforehand, canAsk, consent, hintOf, optionFor, requestOf } from './operate-options';
import { endingDocument, OperateReport } from './operate-report';
import { deployedProxyReport, proxySwitches, type Session } from './session';
import { targetsOf } from './target-options';
import { commandOf } from './toggle';
import { toggled } from './toggle-run';

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
        endingDocument(direction, ending, undefined, { proxy: redirection }),
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
