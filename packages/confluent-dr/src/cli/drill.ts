import { resolve } from 'node:path';
import { type Command } from 'commander';
import { StandstillWatch } from '../canary/standstill';
import { RequestFailure } from '../client/request-failure';
import { type Deployment } from '../deployment/deployment';
import { type Journal } from '../drill/journal';
import { type DrillRequest, experimentOf, type Phase, phasesOf } from '../drill/phases';
import { Recorder } from '../drill/recorder';
import { type EarlierDrill, earlierDrillOf, type Left } from '../drill/resume';
import { type DrillTraffic, runDrill } from '../drill/run-drill';
import { missedTargets } from '../drill/targets';
import { type PairObservation } from '../observe/pair-observation';
import { type DocumentOf } from '../report/output-schema/documents';
import { experimentInWords, journalNoteInWords, phaseQuestionInWords } from '../words/drill';
import { drillText, earlierText, phaseCommand, phaseLine, phasesText } from '../words/drill-report';
import { wrapped } from '../words/layout';
import { clientPlaceText } from '../words/status';
import { CANARY_DEFAULTS } from './canary-run';
import { drillActions, type Interruption } from './drill-actions';
import { allOf, DrillClients, logsIn } from './drill-clients';
import { DrillJournal } from './drill-journal';
import { type DrillLock, withDrillLock } from './drill-lock';
import { addDrillOptions, type DrillOptions, drillWords } from './drill-options';
import { outlookOf, phaseOutlook } from './drill-outlook';
import { labOf, loserOf } from './drill-outage';
import { DrillCanary } from './drill-canary';
import { BadInput, EXIT, Exit, NothingDone } from './exit';
import { printDocument } from './json-output';
import { readLag } from './lag';
import { canAsk } from './operate-options';
import { SOURCES_HELP } from './options';
import { inSession, knownDeployment, type Session } from './session';
import { targetsOf } from './target-options';
import { confirm, look } from './terminal';
import { deployingTool } from './toggle';
import { toolVersion } from './tool-version';

const HELP = `${SOURCES_HELP}
Steps 4 to 13 of the guide, one after the other: check, block, fail over, see that clients may move, unblock, status, fail
back. It begins only where the primary serves and the secondary follows, stops for a yes before each change, and ends at the
first thing that does not succeed: what is left then is told, and left to you. With --unplanned the block is lifted last.

Run again after it ended on the way, by Ctrl-C, a kill or something that did not succeed, it goes on from where the clusters
are: what came last it takes from the journal, that of --journal or the last drill-*.json in the current folder, and goes on
writing it. A journal of the same drill that is less than a day old is enough for --yes to agree to that; without one a
failover in earnest looks the same, so that it asks whether it was a drill, which --resume agrees to beforehand and --yes does
not. A block is never taken on trust: it is done and proven again. Another drill's journal in the place of --journal is kept
beside it, with its time in its name. --dry-run looks at the deployment and says what each phase would do; exit code 3 if it
would not begin anew.

The journal has the shape of Chaos Toolkit's, whose own chaos report reads it: who ran it, every question with its answer,
every request, state and time, targets and what was reached (records lost, and how late mirrors were at the check, against
maxLagRecords and maxLagSeconds of the deployment), and what nobody has proven. It is written as the drill goes on.

While a drill of a pair goes on, another one on this machine is refused, whatever its journal is.

With --disaster the primary itself is lost after the check, and is back before the failback: in a lab it is the lab that
takes it away, brokers and all; elsewhere you do it when the drill asks, and it goes on once it sees that.

With --canary a producer and a consumer go through all of it (see canary), and the journal says what they saw: the time from
the fault until records were acknowledged and consumed on the secondary (RTO) and what it is made of, what of the
acknowledged is missing in the end (RPO), and the pause of the way back; --target-rto and --target-rpo are held against it.

With --clients-log the journal says of clients of your own, which nobody moves, how long each was without an acknowledgement
and without a record consumed, by what they log: a line {"client", "version", "time", "event": "acknowledged" or "consumed"}
for each record. The drill waits a minute at most for all of them after the failover, and again after the failback.

Exit code 0 if the primary serves again and the secondary follows it, and no target for clients was missed, 3 if nothing was changed, 4 if it ended on the way or not steady, 130 after Ctrl-C, Ctrl-D at a question, or where the terminal was closed.

Example:
  $ confluent-dr drill
  $ confluent-dr drill --dry-run
  $ confluent-dr drill --resume
  $ confluent-dr drill --unplanned --discard --yes --journal drill.json
  $ confluent-dr drill --canary --target-rto 5m --target-rpo 0
  $ confluent-dr drill --clients-log orders.jsonl payments.jsonl
`;

export function addDrill(program: Command): void {
  addDrillOptions(program.command('drill'))
    .description('the whole sequence, there and back, with a stop before each change and a journal')
    .addHelpText('after', HELP)
    .action(drill);
}

async function drill(options: DrillOptions): Promise<void> {
  if (options.dryRun) {
    return tryOut(options);
  }
  refuseWhatWouldStop(options, requestOf(options));
  refuseTargetsOfNothing(options);
  logsIn(options.clientsLog ?? []);
  const { journal, ...place } = await inSession(options, (session) =>
    withDrillLock(session.deployment, (lock) => drilled(session, options, lock)),
  );
  say(options, journal, () => drillText({ journal, ...place, words: drillWords(options) }, look()));
  const code = exitCodeOf(journal);
  if (code !== EXIT.done) {
    throw new Exit(code);
  }
}

interface EndedDrill {
  readonly journal: Journal;
  readonly deployment: Deployment;
  readonly file: string;
  readonly observation?: PairObservation;
}

async function drilled(session: Session, options: DrillOptions, lock: DrillLock): Promise<EndedDrill> {
  const request = requestOf(options, session.deployment);
  const phases = phasesOf(request);
  if (request.disaster === 'lab') {
    await labOf(session.deployment);
  }
  const { records, timeMs } = targetsOf(session, {});
  const kept = journalFor(session, request, options);
  lock.journal = () => resolve(kept.file);
  const recorder = recorderOf(kept, experimentFor(session, request), {
    lost: records,
    lag: timeMs / 1000,
    ...(options.targetRto !== undefined && { rto: options.targetRto / 1000 }),
    ...(options.targetRpo && { rpo: options.targetRpo }),
  });
  if (!request.toggle && !request.disaster) {
    recorder.notProven({ code: 'proxy-left-alone' });
  }
  const left = new AbortController();
  const interruption = {
    signal: AbortSignal.any([session.signal, left.signal]),
    quit: () => left.abort(),
  };
  const clock = new StandstillWatch(({ since, at }) => {
    if (at < since) {
      recorder.notProven({ code: 'clock-put-back', at: new Date(at).toISOString(), seconds: (since - at) / 1000 });
    }
  });
  clock.start();
  const ended = await runDrill({
    phases,
    unplanned: request.unplanned,
    attempts: drillActions(session, options, recorder, interruption),
    recorder,
    traffic: trafficOf(session, options, recorder, interruption.signal),
    confirm: async (phase) => {
      await tellPlace(phase, session);
      return asked(phase, options, recorder, interruption);
    },
    resume: (left) => askedToResume(left, kept, options, recorder, interruption),
    earlier: kept.earlier,
    listener: (event) => console.error(phaseLine(event, look())),
    signal: interruption.signal,
  }).finally(() => clock.stop());
  return { journal: ended, deployment: session.deployment, file: kept.file, observation: recorder.observation };
}

const requestOf = ({ unplanned, disaster, toggle }: DrillOptions, deployment?: Deployment): DrillRequest => ({
  unplanned: unplanned === true || disaster === true,
  toggle: toggle !== false && disaster !== true,
  ...(disaster && { disaster: deployment ? loserOf(deployment) : 'operator' }),
});

async function tryOut(options: DrillOptions): Promise<void> {
  const deployment = await knownDeployment(options);
  const request = requestOf(options, deployment);
  const phases = phasesOf(request);
  const outlook =
    deployment &&
    (await inSession(options, (session) => outlookOf(session, phases, request, earlierOf(session, request, options))));
  const { toggle } = drillWords(options);
  const document = {
    phases: phases.map(({ name, steps, activity }) => ({
      name,
      steps,
      ...activity.provider,
      ...(deployment && { command: phaseCommand(deployment, { name, activity }, toggle) }),
      ...(outlook && { outlook: phaseOutlook(outlook, name) }),
    })),
    ...(outlook && { begins: outlook.begins, ...(outlook.left && { left: [...outlook.left] }) }),
  };
  say(options, document, () =>
    [
      ...(outlook ? [outlook.first] : []),
      phasesText(phases, deployment, toggle, outlook && ((name) => phaseOutlook(outlook, name))),
    ].join('\n'),
  );
  if (outlook?.begins === false) {
    throw new Exit(EXIT.refused);
  }
}

const experimentFor = ({ deployment }: Session, request: DrillRequest): Journal['experiment'] => {
  const { primary, secondary } = deployment.members;
  return experimentOf(request, experimentInWords(request, `${primary.clusterId} and ${secondary.clusterId}`));
};

function earlierOf(session: Session, request: DrillRequest, options: DrillOptions): EarlierDrill | undefined {
  const { earlier } = journalFor(session, request, options);
  return earlier && earlierDrillOf(earlier);
}

const journalFor = (session: Session, request: DrillRequest, { journal }: DrillOptions): DrillJournal =>
  new DrillJournal(journal ?? newName(), journal !== undefined, experimentFor(session, request));

/** A question that nobody can answer is better met before the drill than in the middle of it. */
function refuseWhatWouldStop(
  options: DrillOptions,
  { unplanned, toggle }: { unplanned: boolean; toggle: boolean },
): void {
  if (toggle && options.with === 'print') {
    throw new BadInput('received --with print; a drill runs the toggle itself, or leaves it out: --no-toggle.');
  }
  if (toggle) {
    deployingTool(options);
  }
  if (canAsk(options)) {
    return;
  }
  const missing = [...(options.yes ? [] : ['--yes']), ...(unplanned && !options.discard ? ['--discard'] : [])];
  if (missing.length > 0) {
    throw new NothingDone(
      `nothing was done: the drill has questions, and there is no terminal to ask in. Give ${missing.join(' and ')} to agree beforehand.`,
    );
  }
}

/** Without a canary nothing is measured that could be held to them. */
function refuseTargetsOfNothing({
  canary,
  targetRto,
  targetRpo,
  canaryTopic,
  canaryRate,
  canaryWay,
  canaryLog,
  canaryGroup,
}: DrillOptions): void {
  const given = Object.entries({
    '--target-rto': targetRto,
    '--target-rpo': targetRpo,
    '--canary-topic': canaryTopic,
    '--canary-rate': canaryRate,
    '--canary-way': canaryWay,
    '--canary-log': canaryLog,
    '--canary-group': canaryGroup,
  }).flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (!canary && given.length > 0) {
    throw new BadInput(`received ${given.join(' and ')} without --canary, which measures it; add --canary.`);
  }
}

const canaryOf = (session: Session, options: DrillOptions, recorder: Recorder, signal: AbortSignal): DrillCanary => {
  const { canaryTopic, canaryRate, canaryWay, canaryLog, canaryGroup } = options;
  const { rate } = CANARY_DEFAULTS;
  const request = {
    ...CANARY_DEFAULTS,
    ...{ rate: canaryRate ?? rate, topic: canaryTopic, way: canaryWay, log: canaryLog, group: canaryGroup },
  };
  return new DrillCanary(session, request, recorder, signal, (line) => console.error(line));
};

/** Those who look at what clients see. */
const trafficOf = (
  session: Session,
  options: DrillOptions,
  recorder: Recorder,
  signal: AbortSignal,
): DrillTraffic | undefined => {
  const tell = (line: string): void => console.error(line);
  const traffics = [
    ...(options.clientsLog ? [new DrillClients(options.clientsLog, recorder, signal, tell)] : []),
    ...(options.canary ? [canaryOf(session, options, recorder, signal)] : []),
  ];
  return traffics.length > 0 ? allOf(traffics) : undefined;
};

const newName = (): string => `drill-${new Date().toISOString().replace(/[:.]/g, '-')}.json`;

function recorderOf(
  { file, write }: DrillJournal,
  experiment: Journal['experiment'],
  targets: Journal['targets'],
): Recorder {
  try {
    return new Recorder({ experiment, version: toolVersion(), targets, inWords: journalNoteInWords, write });
  } catch (error) {
    throw new BadInput(`--journal ${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

function asked(phase: Phase, options: DrillOptions, recorder: Recorder, interruption: Interruption): Promise<boolean> {
  const by = options.yes === true ? 'option' : 'person';
  const question = phase.question ? phaseQuestionInWords(phase.question) : '';
  return recorder.asked(question, by, () => agreed(question, options, interruption));
}

const LAG_MS = 10_000;

/** Whoever is asked about clients sees where these have to go, and what is behind. */
async function tellPlace({ name }: Phase, session: Session): Promise<void> {
  const to =
    name === 'failback'
      ? 'primary'
      : name === 'failover' || name === 'unblock' || name === 'recovery'
        ? 'secondary'
        : undefined;
  if (to === undefined) {
    return;
  }
  const signal = AbortSignal.any([session.signal, AbortSignal.timeout(LAG_MS)]);
  const lag = await readLag(session, {}, signal).catch((error: unknown) => {
    if (error instanceof RequestFailure) {
      return undefined;
    }
    throw error;
  });
  console.error(clientPlaceText(to, session.deployment, lag, look()));
}

/** A failover in earnest looks like half a drill: where no journal tells of one, --yes does not agree to go on with it. */
async function askedToResume(
  { phases, isCertain }: Left,
  { earlier, file }: DrillJournal,
  options: DrillOptions,
  recorder: Recorder,
  interruption: Interruption,
): Promise<boolean> {
  console.error(wrapped(earlierText(phases, isCertain ? earlier : undefined, file), look().width));
  const question = isCertain ? 'Shall it go on from there?' : 'Was it a drill, and shall it go on from there?';
  if (options.resume === true || (isCertain && options.yes === true)) {
    return recorder.asked(question, 'option', () => Promise.resolve(true));
  }
  if (!canAsk(options)) {
    console.error('There is no terminal to ask in. To agree beforehand, give --resume.');
    return recorder.asked(question, 'nobody', () => Promise.resolve(false));
  }
  return recorder.asked(question, 'person', () => agreed(question, { ...options, yes: false }, interruption));
}

/** Ctrl-C at a question, or a signal, interrupts the drill: the journal is written all the same. */
async function agreed(question: string, options: DrillOptions, { signal, quit }: Interruption): Promise<boolean> {
  try {
    return await confirm(question, options, signal);
  } catch (error) {
    if (error instanceof Exit) {
      quit();
      return false;
    }
    throw error;
  }
}

function exitCodeOf(journal: Journal): number {
  const { status, run } = journal;
  if (status === 'interrupted') {
    return EXIT.interrupted;
  }
  if (status === 'completed') {
    return missedTargets(journal).length === 0 ? EXIT.done : EXIT.notThere;
  }
  return run.some(({ activity }) => activity.type === 'action') ? EXIT.notThere : EXIT.refused;
}

function say({ json }: DrillOptions, document: DocumentOf<'drill'>, text: () => string): void {
  if (json) {
    printDocument('drill', document);
  } else {
    console.log(text());
  }
}
