import { type Look } from '../cli/terminal';
import { type Proposal } from '../operating/propose';
import { type StepPreview } from '../operating/validation';
import { isQuiet, type Traffic } from '../traffic/traffic';
import { grouped, topicsInWords } from './advice';
import { recordsTable } from './loss';
import { obstacleInWords } from './obstacles';
import { advicesText, planText, refusalsText } from './plan';
import { topicCountInWords } from './records';
import { indented, wrapped } from './status-layout';
import { trafficText } from './traffic';

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
