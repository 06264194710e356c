import { type Look } from '../cli/terminal';
import { type Plan } from '../planning/plan';
import { type TopicRefusal } from '../planning/refusal';
import { grouped, type TopicsAdvice, topicsInWords } from './advice';
import { refusalsInWords } from './refusals';
import { advice, indented, wrapped } from './status-layout';
import { noteInWords, proposalInWords, stepInWords, warningInWords } from './steps';

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
    ...(proposal === undefined ? [] : [indented(wrapped(`Proposed because: ${proposalInWords(proposal)}`, width - 2))]),
    ...(done.length === 0 ? [] : [wrapped(`Nothing to do for ${topicsInWords(done)}.`, width)]),
    ...steps.map((step, index) => wrapped(`${index + 1}. ${stepInWords(step)}`, width, '   ')),
    ...(refusals.length === 0 ? [] : [refusalsText(refusals, look)]),
    ...grouped(notes, (note) => ({ cause: noteInWords(note), cure: '' })).map(({ topics, cause }) =>
      wrapped(`Note on ${topicsInWords(topics)}: ${cause}`, width, '  '),
    ),
    ...warnings.map(warningInWords).map(({ cause, cure }) => advice(`Warning: ${cause}`, cure, look, '')),
  ].join('\n');
}

/** Cause and cure of each refusal; what is the same for many topics is told once. */
export const refusalsText = (refusals: readonly TopicRefusal[], look: Look): string =>
  advicesText('Refused', refusalsInWords(refusals), look);

/** `Refused (not-mirrored), 3 topics (a, b, c): …` */
export const advicesText = (title: string, advices: readonly TopicsAdvice[], look: Look): string =>
  [
    ...[advicesWhole(title, advices.slice(0, MOST_ADVICES), look)],
    ...(advices.length > MOST_ADVICES ? [`… and ${advices.length - MOST_ADVICES} more; --json tells them all.`] : []),
  ].join('\n');

/** More of them would push what comes first from the screen. */
const MOST_ADVICES = 6;

const advicesWhole = (title: string, advices: readonly TopicsAdvice[], look: Look): string =>
  advices
    .map(({ code, topics, cause, cure }) => {
      const about = topics.length > 0 ? `, ${topicsInWords(topics)}` : '';
      return advice(`${look.paint('red', `${title} (${code})${about}:`)} ${cause}`, cure, look, '');
    })
    .join('\n');
