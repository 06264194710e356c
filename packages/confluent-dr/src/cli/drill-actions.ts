import { type RequestListener } from '../client/request-event';
import { commandFor } from '../deployment/command-for';
import { type Deployment } from '../deployment/deployment';
import { type Recorder, type Result } from '../drill/recorder';
import { type DrillActions } from '../drill/run-drill';
import { askControlPlane } from '../health/control-plane';
import { instancesIn } from '../health/proxy-report';
import { healthReport } from '../health/report';
import { observePair } from '../observing/observe-pair';
import { pollPair } from '../observing/poll-pair';
import { operate } from '../operating/operation';
import { totalOf } from '../operating/record-counts';
import { type PairObservation } from '../pair/observation';
import { type Direction } from '../planning/failover-request';
import { catchUp } from '../status/catch-up';
import { proofOf } from '../toggle/proof';
import { causesOf } from '../words/operation';
import { impossibleInWords, proofFindingInWords } from '../words/proof';
import { ASKED, questionInWords } from '../words/questions';
import { type DrillOptions } from './drill-options';
import { PrimaryOutage } from './drill-outage';
import { pairChecker } from './named-brokers';
import { agreedBeforehand, canAsk, consent, hintOf, optionFor } from './operate-consent';
import { endingDocument } from './operate-document';
import { requestOf } from './operate-options';
import { outlivingPair } from './operate-pair';
import { OperateReport } from './operate-report';
import { proxyReport } from './proxy-report';
import { type Session } from './session';
import { targetsOf } from './target-options';
import { commandOf } from './toggle-command';
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
      const document = healthReport(checked, deployment, { controlPlane });
      return result(document.well, `Something needs a look; this tells what:\n${lookOf(deployment)}`, document);
    },
    toggle: async (blocked) => {
      const command = commandOf(blocked, options);
      const onLine = (line: string): void => console.error(line);
      const { exitCode, proof } = await toggled({ blocked, command, options, signal, onLine });
      if (exitCode === 0 && proof === undefined) {
        const because = options.proof === false ? 'no-proof' : 'interrupted';
        recorder.notProven({ code: 'effect-untried', phase: blocked ? 'block' : 'unblock', because });
      }
      const proven = exitCode === 0 && (proof === undefined || proof.kind === 'proven');
      const why =
        proof?.kind === 'impossible'
          ? [`${impossibleInWords(proof)}; --no-proof goes on without`]
          : proof?.findings.map((finding) => proofFindingInWords(finding, blocked));
      const problem = exitCode === 0 ? `It is not proven: ${why?.join(' ')}` : failureOf(exitCode, deployment);
      return result(proven, problem, { exitCode, proof });
    },
    isBlocked: async () => {
      const report = options.outputs === undefined ? await proxyReport(options, signal) : '';
      const reported = instancesIn(report)?.find(({ name }) => name === 'primary')?.blocked;
      if (reported !== undefined) {
        return reported !== 'none';
      }
      const limits = { lookup: options.resolver, limitMs: PROBE_MS, signal };
      const seen = healthReport(await pairChecker(deployment)({ ...limits, ways: ['proxy'] }), deployment);
      return proofOf(true, seen).kind === 'proven' ? true : proofOf(false, seen).kind === 'proven' ? false : undefined;
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
    const problem = causesOf(ending, hintOf(ending.declined, needed)).join('\n');
    return {
      ...result(ending.kind === 'done', problem, endingDocument(direction, ending)),
      lost: totalOf(ending.lost),
      discarded: totalOf(ending.discarded),
    };
  } finally {
    report.end();
    await close();
  }
}

const result = (ok: boolean, problem: string, document: unknown): Result => ({ ok, document, ...(!ok && { problem }) });
