import { type Plan, type Refusal, type Step, type TopicRefusal } from '../../../runbook/planning';
import { type Look } from '../../terminal';
import { advice, indented, wrapped } from './status-layout';

/** As many names as one can read. */
const MOST_NAMES = 5;

/** `topic orders`, `3 topics (a, b, c)`, `1000 topics (a, b, c, …)` */
export function topicsInWords(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const more = names.length > MOST_NAMES ? ', …' : '';
  return names.length === 1 ? `topic ${names[0]}` : `${names.length} topics (${shown}${more})`;
}

/** What is going to be done, before anything is. */
export function planText(plan: Plan, look: Look): string {
  const { procedure, target, proposal, steps, done, refusals, notes, warnings } = plan;
  const { paint, width } = look;
  const discards = steps.some((step) => step.kind === 'operate' && step.loss.kind === 'discarded');
  const title =
    procedure === 'unplanned'
      ? `Unplanned: the ${target} becomes active without the other member.`
      : discards
        ? `Planned: the ${target} becomes active; what only the ${target} has is discarded first.`
        : `Planned: the ${target} becomes active, nothing is lost.`;
  return [
    paint('bold', wrapped(title, width)),
    ...(proposal === undefined ? [] : [indented(wrapped(`Proposed because: ${proposal}`, width - 2))]),
    ...(done.length === 0 ? [] : [wrapped(`Nothing to do for ${topicsInWords(done)}.`, width)]),
    ...steps.map((step, index) => wrapped(`${index + 1}. ${stepInWords(step)}`, width, '   ')),
    ...(refusals.length === 0 ? [] : [refusalsText(refusals, look)]),
    ...grouped(notes.map(({ topic, text }) => ({ key: text, text: `${topic}: ${text}` }))).map((text) =>
      wrapped(`Note: ${text}`, width, '  '),
    ),
    ...warnings.map(({ cause, cure }) => advice(`Warning: ${cause}`, cure, look, '')),
  ].join('\n');
}

/** What a step does, as one sentence or two. */
export function stepInWords(step: Step): string {
  switch (step.kind) {
    case 'cure-acls':
      return `On the ${step.on}, create missing ACLs: ${step.missing.join('; ')}.`;
    case 'wait':
      return `Wait for ${topicsInWords(step.topics)}: ${step.because}${step.hindrance ? ` It is held up: ${step.hindrance}` : ''}`;
    case 'operate':
      return `${OPERATION[step.operation](step.on)}: ${topicsInWords(step.topics.map(({ name }) => name))}.`;
  }
}

const OPERATION = {
  failover: (on: string) => `On the ${on}, stop the mirrors at once, so that it can be written to (failover)`,
  resume: (on: string) => `On the ${on}, let the paused mirrors go on (resume)`,
  'reverse-and-start-mirror': (on: string) =>
    `On the ${on}, make it active and the other member its mirror (reverse-and-start-mirror)`,
  'truncate-and-restore': (on: string) =>
    `On the ${on}, discard what only it has, and let it follow the other member (truncate-and-restore)`,
} as const;

/** Cause and cure of each refusal; what is the same for many topics is told once. */
export function refusalsText(refusals: readonly TopicRefusal[], look: Look): string {
  const kinds = new Map<string, TopicRefusal[]>();
  for (const refusal of refusals) {
    const key = `${refusal.code} ${withoutTopic(refusal)}`;
    kinds.set(key, [...(kinds.get(key) ?? []), refusal]);
  }
  return [...kinds.values()]
    .map(([first, ...others]) => {
      const more = others.flatMap(({ topic }) => topic ?? []);
      const cause = more.length === 0 ? first.cause : `${first.cause} The same for ${topicsInWords(more)}.`;
      return advice(look.paint('red', `Refused (${first.code}): `) + cause, inOptions(first.cure), look, '');
    })
    .join('\n');
}

const withoutTopic = ({ cause, topic }: TopicRefusal): string =>
  topic === undefined ? cause : cause.replaceAll(topic, '');

const OPTION_OF: Readonly<Record<string, string>> = {
  '(unplannedWhileActiveAnswers)': '(--although-active-answers)',
  '(endPromotion)': '(--end-promotion)',
  '(aclCure)': '(--fix-acls)',
  '(keep)': '(--keep)',
};

/** A cure in the words of the command line. */
export function inOptions(cure: Refusal['cure']): string {
  const named = Object.entries(OPTION_OF).reduce((text, [name, option]) => text.replaceAll(name, option), cure);
  return named.replace(/allow the truncation(?! \()/, 'allow the truncation (--discard)');
}

function grouped(items: readonly { readonly key: string; readonly text: string }[]): string[] {
  const groups = new Map<string, { text: string; count: number }>();
  for (const { key, text } of items) {
    groups.set(key, { text: groups.get(key)?.text ?? text, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()].map(({ text, count }) => (count === 1 ? text : `${text} And ${count - 1} topics more.`));
}
