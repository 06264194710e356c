import { commandFor, type CommandPlace, type Deployment, isLab } from '../deployment/deployment';
import { type ActivityRun } from '../drill/activity';
import { type Journal } from '../drill/journal';
import { type Phase } from '../drill/phases';
import { type DrillEvent } from '../drill/run-drill';
import { type PairObservation } from '../observe/pair-observation';
import { servingOf } from '../observe/serving';
import { situationName, situationOf } from '../observe/situation';
import { topicsInWords } from './advice';
import { clientLines, trafficLines } from './drill-traffic';
import { commandText, indented, wrapped } from './layout';
import { endpointOf, scatteredClients, stayingBehind } from './operation';
import { recordsInWords } from './refusals';
import { type Look, type Style } from './text-style';

/** What does a phase by itself, as a line to copy. */
export const phaseCommand = (
  deployment: CommandPlace,
  { name, activity }: Pick<Phase, 'name' | 'activity'>,
  toggle: readonly string[],
): string =>
  commandFor(deployment, [
    ...activity.provider.arguments.split(' '),
    ...(name === 'block' || name === 'unblock' ? toggle : []),
  ]);

/**
 * What a drill would do; of a deployment that is not known, what would do it of any.
 *
 * @param toggle the options that say how the proxy is toggled
 */
export function phasesText(
  phases: readonly Phase[],
  deployment?: CommandPlace,
  toggle: readonly string[] = [],
  outlook?: (name: Phase['name']) => string,
): string {
  const width = Math.max(...phases.map(({ name }) => name.length));
  return phases
    .map((phase) => {
      const { name, steps, activity } = phase;
      const command = deployment
        ? phaseCommand(deployment, phase, toggle)
        : `npx confluent-dr ${activity.provider.arguments}`;
      const line = `${name.padEnd(width)}  step ${steps.padEnd(7)}  ${command}`;
      return outlook ? `${line}\n${indented(outlook(name))}` : line;
    })
    .join('\n');
}

/** One line for each beginning and end. */
export function phaseLine(event: DrillEvent, { paint, width }: Look): string {
  if (event.type === 'begins') {
    return paint('bold', `=== ${event.name} (step ${event.steps} of the guide)`);
  }
  const word = event.ok ? paint('green', 'well') : paint('red', 'not well');
  const problem = event.problem?.split('\n').map((line) => indented(wrapped(line, width - 2))) ?? [];
  return [`${event.name}: ${word}`, ...problem].join('\n');
}

/** What there is of an earlier drill, and what is left of it. */
export function earlierText(left: readonly Phase[], earlier: Journal | undefined, file: string): string {
  const rest = left.length === 0 ? 'only the last look' : left.map(({ name }) => name).join(', ');
  if (earlier === undefined) {
    return `The pair is not where a drill begins. If an earlier drill ended on the way, left of it is: ${rest}.`;
  }
  const last = earlier.under_way?.name ?? earlier.run.at(-1)?.activity.name;
  return `By its journal ${file}, a drill ended on the way, in or after ${last}, at ${earlier.end}. Left of it is: ${rest}.`;
}

export interface DrillEnding {
  readonly journal: Journal;
  readonly file: string;
  readonly deployment: Deployment;
  /** What was seen of the pair last. @default - nothing */
  readonly observation?: PairObservation;
  readonly words: DrillWords;
}

/** How it ended: what is so now, what is gone, what is different from before, what nobody proved, and what is to be done next. */
export function drillText(ending: DrillEnding, look: Look): string {
  const { journal, file } = ending;
  const { paint, width } = look;
  const parts = [
    paint(colourOf(journal), wrapped(headline(journal), width)),
    ...causes(journal).map((line) => indented(wrapped(line, width - 2))),
    ...reached(journal).map((line) => wrapped(line, width)),
    ...(isUnchanged(journal.run)
      ? []
      : [...trafficLines(journal), ...clientLines(journal)].map((line) => wrapped(line, width))),
    ...(isUnchanged(journal.run) ? [] : differences(ending, width)),
    ...(isUnchanged(journal.run) ? [] : journal.not_proven.map((what) => wrapped(`Not proven. ${what}`, width))),
    ...clients(ending, look),
    wrapped(`The journal is in ${file}.`, width),
    ...next(ending, look),
  ];
  return parts.join('\n');
}

/** A drill that lost something, or proved less than it should, is no success to be glad of. */
const colourOf = ({ status, deviated, not_proven: unproven }: Journal): Style =>
  status !== 'completed' ? 'red' : deviated || unproven.length > 0 ? 'yellow' : 'green';

function headline({
  status,
  deviated,
  duration,
  run,
  questions,
  interruptions,
  steady_states: { before },
}: Journal): string {
  const last = run.at(-1);
  const name = last?.activity.name;
  const declined = questions.at(-1)?.answer === false;
  const nothing = isUnchanged(run) ? ' Nothing was changed.' : '';
  switch (status) {
    case 'completed': {
      const [what, times] = [
        before?.steady_state_met === false ? 'What was left of the drill' : 'The drill',
        interruptions.length,
      ];
      const way = times === 0 ? '' : `, interrupted ${times === 1 ? 'once' : `${times} times`} on the way`;
      return `${what} is done, in ${Math.round(duration)} s${way}${deviated ? ', and deviated' : ''}: the primary serves, and the secondary follows it.`;
    }
    case 'failed':
      if (last === undefined) {
        return declined
          ? 'Nothing was begun: the pair is not steady, and nobody agreed to go on with an earlier drill.'
          : 'The pair is not steady: nothing was begun.';
      }
      return 'The drill is done, and the pair is not steady.';
    case 'aborted':
      if (last === undefined) {
        return `The drill was not begun${declined ? ', as nobody agreed to it' : ''}: nothing was changed.`;
      }
      return last.status === 'failed'
        ? `The drill ended in ${name}, which did not succeed.${nothing}`
        : `The drill ended after ${name}${declined ? ', as nobody agreed to go on' : ''}.${nothing}`;
    case 'interrupted':
      return last === undefined
        ? 'Interrupted: nothing was begun.'
        : `Interrupted ${last.status === 'failed' ? 'in' : 'after'} ${name}.${nothing}`;
  }
}

const isUnchanged = (run: readonly ActivityRun[]): boolean => run.every(({ activity }) => activity.type === 'probe');

/** Why it did not come to its end. */
function causes({ status, run, steady_states: { before, after } }: Journal): readonly string[] {
  const last = run.at(-1);
  const look = status === 'failed' ? (after ?? before)?.probes[0] : last?.status === 'failed' ? last : undefined;
  return status === 'completed' ? [] : (look?.exception ?? []);
}

/** Targets and what was reached; of what is lost and discarded, by which phase. */
function reached({ targets, actuals, run }: Journal): string[] {
  if (isUnchanged(run)) {
    return [];
  }
  const { lost, discarded, lag } = actuals;
  const late = lag !== undefined && lag >= targets.lag;
  return [
    ...(lost > 0
      ? [
          `By failover: ${recordsInWords(lost)} lost. ${lost > targets.lost ? 'More than' : 'Within'} the target of ${recordsInWords(targets.lost)}.`,
        ]
      : []),
    ...(discarded > 0 ? [`By failback: ${recordsInWords(discarded)} discarded.`] : []),
    ...(late ? [`Mirrors did not have within ${targets.lag} s what their sources had: later than the target.`] : []),
  ];
}

/** Where clients may work now. */
function clients({ journal: { status }, observation, deployment }: DrillEnding, look: Look): string[] {
  if (observation === undefined) {
    return ['Where clients may work now, nobody saw.'];
  }
  const back = `Clients may work on the primary: ${endpointOf(deployment, 'primary')}. Move them back there.`;
  const served = status === 'completed' ? [wrapped(back, look.width)] : scatteredClients(observation, deployment, look);
  return [...served, ...stayingBehind(observation, look)];
}

/** The commands that lead on, or back. */
function next({ journal, observation, deployment, words }: DrillEnding, look: Look): string[] {
  const { status, run } = journal;
  const advised = (says: string, ...commands: (readonly string[])[]): string[] => [
    look.paint('cyan', wrapped(`→ ${says}`, look.width, '  ')),
    ...commands.map((command) => commandText(commandFor(deployment, command), look)),
  ];
  if (status === 'completed') {
    return advised('Look at both members:', ['status']);
  }
  if (run.length === 0 && status === 'failed' && journal.questions.at(-1)?.answer === false) {
    return [
      ...advised('If it was a drill, go on with it:', [...words.drill, '--resume']),
      ...advised('If it was in earnest, this tells what a failback would do:', ['failback', '--dry-run']),
    ];
  }
  if (isUnchanged(run)) {
    const failed = run.at(-1)?.status === 'failed' || status === 'failed';
    return [
      ...(failed ? advised('Look at what stands in the way:', run.length > 0 ? ['check'] : ['status']) : []),
      ...advised('Then run the drill again:', words.drill),
    ];
  }
  const open = (name: string, end: string): boolean =>
    lastOf(journal, name) !== undefined && lastOf(journal, end)?.status !== 'succeeded';
  const back = [
    ...(open('failover', 'failback') && !isAtHome(observation) ? [['failback']] : []),
    ...(open('block', 'unblock') ? [['unblock', ...words.toggle]] : []),
  ];
  const lost = open('outage', 'recovery');
  const first = [...(lost && isLab(deployment) ? [['lab', 'fault', 'clear']] : [])];
  return [
    ...advised('Run the same drill again: it goes on from where the clusters are:', words.drill),
    ...(back.length > 0 || lost
      ? advised(
          `Or leave it, ${lost && !isLab(deployment) ? 'bring the primary back, ' : ''}and go back, one after the other:`,
          ...first,
          ['status'],
          ...back,
        )
      : advised('Look at both members:', ['status'])),
  ];
}

const isAtHome = (observation?: PairObservation): boolean =>
  observation !== undefined && observation.topics.every((topic) => servingOf(topic) === 'primary');

/** What is not as it was before, as far as it was seen. */
function differences({ journal, observation }: DrillEnding, width: number): string[] {
  const { before } = journal.steady_states;
  // Of a drill whose beginning nobody noted, before is where a drill begins.
  const was = before?.steady_state_met === false ? new Map([['*', 'steady']]) : standsIn(before?.probes ?? []);
  const changed = new Map<string, string[]>();
  for (const topic of observation?.topics ?? []) {
    const stand = situationName(situationOf(topic));
    if ((was.get(topic.name) ?? was.get('*')) !== stand) {
      changed.set(stand, [...(changed.get(stand) ?? []), topic.name]);
    }
  }
  const [block, unblock] = [lastOf(journal, 'block'), lastOf(journal, 'unblock')];
  const keeps = block?.status === 'succeeded' && unblock === undefined ? 'keeps' : 'may keep';
  const texts = [
    ...[...changed].map(([stand, topics]) => `Different from before: ${topicsInWords(topics)}, ${stand}.`),
    ...(lastOf(journal, 'outage') && lastOf(journal, 'recovery')?.status !== 'succeeded'
      ? ['Different from before: the primary was lost, and was not seen to be back.']
      : []),
    ...(block && unblock?.status !== 'succeeded'
      ? [`Different from before: the proxy ${keeps} clients from the primary.`]
      : []),
  ];
  return texts.map((text) => wrapped(text, width));
}

const lastOf = ({ run }: Pick<Journal, 'run'>, name: string): ActivityRun | undefined =>
  run.filter(({ activity }) => activity.name === name).at(-1);

function standsIn(runs: readonly ActivityRun[]): Map<string, string> {
  const stands = new Map<string, string>();
  for (const { topics } of runs.flatMap(({ output }) => output.states)) {
    if ('*' in topics) {
      stands.clear();
    }
    Object.entries(topics).forEach(([topic, stand]) => stands.set(topic, stand));
  }
  return stands;
}

/** The words that ask for the same again, of the drill and of its toggle; what was agreed to is to be agreed to anew. */
export interface DrillWords {
  readonly drill: readonly string[];
  readonly toggle: readonly string[];
}
