import { type ActivityRun, type DrillEvent, type Journal, type Phase } from '../../../runbook/drill';
import { totalOf } from '../../../runbook/operating';
import { type RecordsLost } from '../../../runbook/planning';
import { type Look } from '../../terminal';
import { recordsInWords, topicsInWords } from '../words';
import { indented, wrapped } from './status-layout';

/** What a drill would do. */
export function phasesText(phases: readonly Phase[]): string {
  const width = Math.max(...phases.map(({ name }) => name.length));
  return phases
    .map(({ name, steps, activity }) => {
      const { path, arguments: words } = activity.provider;
      return `${name.padEnd(width)}  step ${steps.padEnd(7)}  ${path} ${words}`;
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

/** How it ended, and what is to be done next. */
export function drillText(journal: Journal, file: string, look: Look): string {
  const { paint, width } = look;
  const last = journal.run.at(-1);
  const parts = [
    paint(journal.status === 'completed' ? 'green' : 'red', wrapped(headline(journal), width)),
    ...(last?.status === 'failed' ? (last.exception ?? []).map((line) => indented(wrapped(line, width - 2))) : []),
    ...recordsGone(journal, width),
    ...differences(journal, width),
    ...(journal.status === 'completed' ? ['Move the clients back to the primary.'] : leftBehind(journal, width)),
    wrapped(`The journal is in ${file}.`, width),
  ];
  return parts.join('\n');
}

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
function leftBehind({ run }: Journal, width: number): string[] {
  const begun = (name: string): boolean => run.some(({ activity }) => activity.name === name);
  const well = (name: string): boolean =>
    run.some(({ activity, status }) => activity.name === name && status === 'succeeded');
  const words = [
    ...(begun('failover') && !well('failback') ? ['confluent-dr failback'] : []),
    ...(begun('block') && !well('unblock') ? ['confluent-dr unblock'] : []),
  ];
  return words.length === 0
    ? [wrapped('Where the clients may be now: confluent-dr status.', width)]
    : [wrapped(`To go back: ${['confluent-dr status', ...words].join(', then ')}.`, width)];
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
    ...[...changed].map(([stand, topics]) => `Different from before: ${topicsInWords(topics)}, ${stand}.`),
    ...(block && unblock?.status !== 'succeeded'
      ? [
          `Different from before: the proxy ${block.status === 'succeeded' ? 'keeps' : 'may keep'} clients from the primary.`,
        ]
      : []),
  ];
  return texts.map((text) => wrapped(text, width));
}

const standsIn = (runs: readonly ActivityRun[]): Map<string, string> =>
  new Map(runs.flatMap(({ output }) => output.states.flatMap(({ topics }) => Object.entries(topics))));

/** Records that an operation left behind or took away, by the phase that did; they do not come back with the primary. */
function recordsGone({ run }: Journal, width: number): string[] {
  return run.flatMap(({ activity, output }) => {
    const { lost = [], discarded = [] } = (output.result ?? {}) as Gone;
    const told = [
      ...(lost.length > 0 ? [`${recordsInWords(totalOf(lost))} lost`] : []),
      ...(discarded.length > 0 ? [`${recordsInWords(totalOf(discarded))} discarded`] : []),
    ];
    return told.length === 0 ? [] : [wrapped(`By ${activity.name}: ${told.join(', ')}.`, width)];
  });
}

/** What the result of an operation tells of records; other activities tell nothing of them. */
interface Gone {
  readonly lost?: readonly RecordsLost[];
  readonly discarded?: readonly RecordsLost[];
}
