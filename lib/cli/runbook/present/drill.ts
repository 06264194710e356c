import { commandFor, type CommandPlace } from '../../../runbook/deployment';
import { type ActivityRun, type DrillEvent, type Journal, type Phase } from '../../../runbook/drill';
import { type Look, type Style } from '../../terminal';
import { recordsInWords, topicsInWords } from '../words';
import { commandText, indented, wrapped } from './status-layout';

/** What a drill would do; of a deployment that is not known, what would do it of any. */
export function phasesText(
  phases: readonly Phase[],
  deployment?: CommandPlace,
  outlook?: (name: Phase['name']) => string,
): string {
  const width = Math.max(...phases.map(({ name }) => name.length));
  return phases
    .map(({ name, steps, activity }) => {
      const words = activity.provider.arguments;
      const command = deployment ? commandFor(deployment, words.split(' ')) : `npx confluent-dr ${words}`;
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

/**
 * How it ended, and what is to be done next.
 *
 * @param toggle the options that say how the proxy is toggled
 */
export function drillText(
  journal: Journal,
  file: string,
  deployment: CommandPlace,
  look: Look,
  toggle: readonly string[] = [],
): string {
  const { paint, width } = look;
  const last = journal.run.at(-1);
  const parts = [
    paint(colourOf(journal), wrapped(headline(journal), width)),
    ...(last?.status === 'failed' ? (last.exception ?? []).map((line) => indented(wrapped(line, width - 2))) : []),
    ...recordsGone(journal, width),
    ...differences(journal, width),
    ...journal.not_proven.map((what) => wrapped(`Not proven. ${what}`, width)),
    ...(journal.status === 'completed'
      ? ['Move the clients back to the primary.']
      : leftBehind(journal, deployment, look, toggle)),
    wrapped(`The journal is in ${file}.`, width),
  ];
  return parts.join('\n');
}

/** A drill that lost something, or proved less than it should, is no success to be glad of. */
const colourOf = ({ status, deviated, not_proven: unproven }: Journal): Style =>
  status !== 'completed' ? 'red' : deviated || unproven.length > 0 ? 'yellow' : 'green';

function headline({ status, deviated, duration, run }: Journal): string {
  const last = run.at(-1)?.activity.name;
  switch (status) {
    case 'completed':
      return `The drill is done, in ${Math.round(duration)} s: the primary serves, and the secondary follows it.`;
    case 'failed':
      return deviated ? 'The drill is done, and the pair is not steady.' : 'The pair is not steady: nothing was begun.';
    case 'aborted':
      return last === undefined ? 'The drill was not begun.' : `The drill ended after ${last}.`;
    case 'interrupted':
      return last === undefined ? 'Interrupted: nothing was begun.' : `Interrupted, after ${last}.`;
  }
}

/** The commands that lead back; whoever is to run them looks first. */
function leftBehind({ run }: Journal, deployment: CommandPlace, look: Look, toggle: readonly string[]): string[] {
  const begun = (name: string): boolean => run.some(({ activity }) => activity.name === name);
  const well = (name: string): boolean =>
    run.some(({ activity, status }) => activity.name === name && status === 'succeeded');
  const back = [
    ...(begun('failover') && !well('failback') ? [['failback']] : []),
    ...(begun('block') && !well('unblock') ? [['unblock', ...toggle]] : []),
  ];
  return [
    back.length === 0 ? 'Where the clients may be now:' : 'To go back, one after the other:',
    ...[['status'], ...back].map((words) => commandText(commandFor(deployment, words), look)),
  ];
}

/** What is not as it was before, as far as it was seen. */
function differences({ steady_states: { before, after }, run }: Journal, width: number): string[] {
  const first = before?.probes ?? [];
  const was = standsIn(first);
  const is = standsIn([...first, ...run, ...(after?.probes ?? [])]);
  const changed = new Map<string, string[]>();
  for (const [topic, stand] of is) {
    if (was.get(topic) !== stand) {
      changed.set(stand, [...(changed.get(stand) ?? []), topic]);
    }
  }
  const of = (name: string): ActivityRun | undefined => run.find(({ activity }) => activity.name === name);
  const [block, unblock] = [of('block'), of('unblock')];
  const texts = [
    ...[...changed].map(([stand, topics]) => `Different from before: ${namesInWords(topics)}, ${stand}.`),
    ...(block && unblock?.status !== 'succeeded'
      ? [
          `Different from before: the proxy ${block.status === 'succeeded' ? 'keeps' : 'may keep'} clients from the primary.`,
        ]
      : []),
  ];
  return texts.map((text) => wrapped(text, width));
}

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

const namesInWords = (topics: readonly string[]): string =>
  topics.includes('*') ? 'all topics that are not named' : topicsInWords(topics);

/** Records that an operation left behind or took away, by the phase that did; they do not come back with the primary. */
function recordsGone({ run }: Journal, width: number): string[] {
  return run.flatMap(({ activity, output: { lost = 0, discarded = 0 } }) => {
    const told = [
      ...(lost > 0 ? [`${recordsInWords(lost)} lost`] : []),
      ...(discarded > 0 ? [`${recordsInWords(discarded)} discarded`] : []),
    ];
    return told.length === 0 ? [] : [wrapped(`By ${activity.name}: ${told.join(', ')}.`, width)];
  });
}
