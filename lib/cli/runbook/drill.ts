import { type Command } from 'commander';
import { RequestFailure } from '../../runbook/client';
import { packageVersion } from '../../package-folder';
import {
  experimentOf,
  type Journal,
  type Phase,
  phasesOf,
  Recorder,
  runDrill,
  writeJournal,
} from '../../runbook/drill';
import { type DocumentOf } from '../../runbook/output-schema';
import { type Deployment } from '../../runbook/deployment';
import { BadInput } from '../bad-input';
import { EXIT, Exit, NothingDone } from '../exit';
import { printDocument } from '../json-output';
import { confirm, look } from '../terminal';
import { drillActions } from './drill-actions';
import { addDrillOptions, type DrillOptions } from './drill-options';
import { readLag } from './lag';
import { canAsk } from './operate-consent';
import { SOURCES_HELP } from './options';
import { outlookOf, phaseOutlook } from './drill-outlook';
import { clientPlaceText } from './present/client-place';
import { drillText, phaseLine, phasesText } from './present/drill';
import { inSession, readDeployment, type Session } from './session';
import { targetsOf } from './target-options';
import { commandOf } from './toggle-command';
import { toggleWords } from './toggle-options';

const HELP = `${SOURCES_HELP}
Steps 4 to 13 of the guide, one after the other: check, block, fail over, see that clients may move, unblock, status, fail
back. It begins only where the primary serves and the secondary follows, stops for a yes before each change, and ends at the
first thing that does not succeed: what is left then is told, and left to you. With --unplanned the block is lifted last.

Run again after it ended on the way, it finds where the clusters are and offers what is left. A failover in earnest looks the
same, so it asks whether that was a drill; --resume agrees beforehand, --yes does not. A drill that only blocked is begun anew
after unblock. --dry-run looks at the deployment and says what each phase would do; exit code 3 if it would not begin.

The journal has the shape of Chaos Toolkit's, whose own chaos report reads it: who ran it, every question with its answer,
every request, state and time, what was lost, and what nobody has proven. It is written as the drill goes on.

Exit code 0 if the primary serves again and the secondary follows it, 3 if nothing was changed, 4 if it ended on the way or not steady, 130 after Ctrl-C.

Example:
  $ confluent-dr drill
  $ confluent-dr drill --dry-run
  $ confluent-dr drill --resume
  $ confluent-dr drill --unplanned --discard --yes --journal drill.json
`;

export function addDrill(program: Command): void {
  addDrillOptions(program.command('drill'))
    .description('the whole sequence, there and back, with a stop before each change and a journal')
    .addHelpText('after', HELP)
    .action(drill);
}

async function drill(options: DrillOptions): Promise<void> {
  const request = { unplanned: options.unplanned === true, toggle: options.toggle !== false };
  const phases = phasesOf(request);
  if (options.dryRun) {
    const deployment = await knownDeployment(options);
    const outlook = deployment && (await inSession(options, (session) => outlookOf(session, phases, request)));
    say(
      options,
      {
        phases: phases.map(({ name, steps, activity }) => ({
          name,
          steps,
          ...activity.provider,
          ...(outlook && { outlook: phaseOutlook(outlook, name) }),
        })),
        ...(outlook && { begins: outlook.begins }),
      },
      () =>
        [
          ...(outlook ? [outlook.first] : []),
          phasesText(phases, deployment, outlook && ((name) => phaseOutlook(outlook, name))),
        ].join('\n'),
    );
    if (outlook?.begins === false) {
      throw new Exit(EXIT.refused);
    }
    return;
  }
  refuseWhatWouldStop(options, request);
  const file = options.journal ?? `drill-${new Date().toISOString().replace(/[:.]/g, '-')}.json`;
  const { journal, deployment } = await inSession(options, async (session) => {
    const { primary, secondary } = session.deployment.members;
    const experiment = experimentOf(request, `${primary.clusterId} and ${secondary.clusterId}`);
    const { records } = targetsOf(session, {});
    const recorder = recorderOf(file, experiment, { lost: records });
    if (!request.toggle) {
      recorder.notProven(
        'The proxy was left alone (--no-toggle): that it keeps clients from the primary was not tried.',
      );
    }
    const left = new AbortController();
    const interruption = {
      signal: AbortSignal.any([session.signal, left.signal]),
      quit: () => left.abort(),
    };
    const ended = await runDrill({
      phases,
      unplanned: request.unplanned,
      attempts: drillActions(session, options, recorder, interruption),
      recorder,
      confirm: async (phase) => {
        await tellPlace(phase, session);
        return asked(phase, options, recorder, interruption.quit);
      },
      resume: (left) => askedToResume(left, options, recorder, interruption.quit),
      listener: (event) => console.error(phaseLine(event, look())),
      signal: interruption.signal,
    });
    return { journal: ended, deployment: session.deployment };
  });
  say(options, journal, () => drillText(journal, file, deployment, look(), toggleWords(options)));
  const code = exitCodeOf(journal);
  if (code !== EXIT.done) {
    throw new Exit(code);
  }
}

/** What a drill would do can be told before there is a deployment. */
async function knownDeployment(options: DrillOptions): Promise<Deployment | undefined> {
  try {
    return await readDeployment(options);
  } catch (error) {
    if (error instanceof BadInput) {
      return undefined;
    }
    throw error;
  }
}

/** A question that nobody can answer is better met before the drill than in the middle of it. */
function refuseWhatWouldStop(
  options: DrillOptions,
  { unplanned, toggle }: { unplanned: boolean; toggle: boolean },
): void {
  if (toggle && options.with === 'print') {
    throw new BadInput('received --with print; a drill runs the toggle itself, or leaves it out: --no-toggle.');
  }
  if (toggle) {
    commandOf(true, options);
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

function recorderOf(file: string, experiment: Journal['experiment'], targets: Journal['targets']): Recorder {
  const write = (journal: Journal): void => writeJournal(file, journal);
  try {
    return new Recorder({ experiment, version: packageVersion(), targets, write });
  } catch (error) {
    throw new BadInput(`--journal ${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

function asked(phase: Phase, options: DrillOptions, recorder: Recorder, quit: () => void): Promise<boolean> {
  const by = options.yes === true ? 'option' : 'person';
  return recorder.asked(phase.question ?? '', by, () => agreed(phase, options, quit));
}

const LAG_MS = 10_000;

/** Whoever is asked about clients sees where these have to go, and what is behind. */
async function tellPlace({ name }: Phase, session: Session): Promise<void> {
  const to = name === 'failback' ? 'primary' : name === 'failover' || name === 'unblock' ? 'secondary' : undefined;
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

/** A failover in earnest looks like half a drill: --yes does not agree to go on with one. */
async function askedToResume(
  left: readonly Phase[],
  options: DrillOptions,
  recorder: Recorder,
  quit: () => void,
): Promise<boolean> {
  const names = left.map(({ name }) => name).join(', ');
  console.error(`The pair is not where a drill begins. If an earlier drill ended on the way, left of it is: ${names}.`);
  const question = 'Was it a drill, and shall it go on from there?';
  if (options.resume) {
    return recorder.asked(question, 'option', () => Promise.resolve(true));
  }
  if (!canAsk(options)) {
    console.error('There is no terminal to ask in. To agree beforehand, give --resume.');
    return recorder.asked(question, 'nobody', () => Promise.resolve(false));
  }
  return recorder.asked(question, 'person', () => agreed({ question }, { ...options, yes: false }, quit));
}

/** Ctrl-C at a question interrupts the drill: the journal is written all the same. */
async function agreed(
  { question }: Pick<Phase, 'question'>,
  options: DrillOptions,
  quit: () => void,
): Promise<boolean> {
  try {
    return await confirm(question ?? '', options);
  } catch (error) {
    if (error instanceof Exit) {
      quit();
      return false;
    }
    throw error;
  }
}

function exitCodeOf({ status, run }: Journal): number {
  if (status === 'completed' || status === 'interrupted') {
    return status === 'completed' ? EXIT.done : EXIT.interrupted;
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
