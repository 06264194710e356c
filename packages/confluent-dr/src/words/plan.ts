import { type Proposal } from '../execute/operate';
import { type StepPreview } from '../execute/validation';
import { isQuiet, type Traffic } from '../observe/traffic';
import { type Plan, type TopicRefusal } from '../plan/plan';
import { grouped, type TopicsAdvice, topicsInWords } from './advice';
import { obstacleInWords } from './concerns';
import { advice, indented, wrapped } from './layout';
import { recordsTable, trafficText } from './progress';
import { refusalsInWords, topicCountInWords } from './refusals';
import { noteInWords, proposalInWords, stepInWords, warningInWords } from './steps';
import { type Look } from './text-style';

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

/** How many topics a run would leave out, or all. */
export function verdictOf({ plan, objections }: Proposal, partial: boolean): 'accepted' | 'in-part' | 'refused' {
  if (plan.kind === 'refusal' || (objections.length > 0 && !partial)) {
    return 'refused';
  }
  return plan.refusals.length > 0 || objections.length > 0 ? 'in-part' : 'accepted';
}

/** What a run would do; whether it would be refused comes first. */
export function proposalText(proposal: Proposal, look: Look, partial = false, drain = false): string {
  const { plan, previews, objections, traffic } = proposal;
  const { paint, width } = look;
  const [verdict, bad] = [verdictOf(proposal, partial), plan.refusals.length + objections.length];
  const first = {
    refused: `Would be refused${bad > 0 && plan.kind !== 'refusal' ? `, for ${topicCount(objections)}` : ''}: nothing would be done.`,
    'in-part': `Would be done in part: ${topicCount([...plan.refusals, ...objections])} would be left out.`,
    accepted: plan.kind === 'done' ? 'Nothing is left to do.' : acceptance(proposal),
  }[verdict];
  const losses = plan.steps.flatMap((step) =>
    step.kind === 'operate' && step.loss.kind === 'not-mirrored' ? step.loss.atLeast : [],
  );
  return [
    paint(verdict === 'accepted' ? 'green' : 'red', wrapped(first, width)),
    ...(objections.length > 0 ? [advicesText('Refused', grouped(objections, obstacleInWords), look)] : []),
    plan.kind === 'refusal' ? refusalsText(plan.refusals, look) : planText(plan, look),
    ...(losses.length > 0 ? ['Would be lost, at least:', indented(recordsTable(losses, look))] : []),
    ...previews.flatMap((preview) => previewText(preview, look)),
    ...(traffic ? [trafficText(traffic, look), ...trafficHint(traffic, drain, look)] : []),
    'Nothing was changed: this was a dry run.',
  ].join('\n');
}

function trafficHint(traffic: Traffic, drain: boolean, { width }: Look): string[] {
  return isQuiet(traffic)
    ? []
    : [
        wrapped(
          drain
            ? 'With --drain a run waits for it, and is refused if clients do not become quiet.'
            : 'A run would say so, and go on; with --drain 5m it waits for them, and is refused if they do not become quiet.',
          width,
        ),
      ];
}

/** What can only be validated when what comes before it is done, is told apart. */
function acceptance({ plan: { steps }, previews }: Proposal): string {
  const validated = new Set(previews.filter(({ answer }) => answer).map(({ step }) => step));
  const later = steps.filter((step) => step.kind === 'operate' && !validated.has(step)).length;
  return later === 0
    ? 'Would be accepted: nothing of it is refused.'
    : 'Nothing is refused now. The service can validate the rest only when its turn comes.';
}

const topicCount = (items: readonly { readonly topic?: string }[]): string =>
  topicCountInWords(new Set(items.map(({ topic }) => topic)).size);

function previewText({ step, answer, failure }: StepPreview, look: Look): string[] {
  const about = `The ${step.on}, asked to validate ${step.operation},`;
  if (!answer) {
    return [wrapped(`${about} did not answer: ${failure ?? ''}`, look.width)];
  }
  const [refused] = answer.refused;
  const verdict = refused
    ? `${about} would refuse ${topicsInWords([...answer.refused.keys()])}: ${refused[1].message}`
    : `${about} would accept it.`;
  return [
    wrapped(verdict, look.width),
    ...(answer.discarded.length > 0 ? ['Would be discarded:', indented(recordsTable(answer.discarded, look))] : []),
  ];
}
