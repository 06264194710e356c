import { type Proposal, type StepPreview } from '../../../runbook/operating';
import { type Look } from '../../terminal';
import { recordsTable } from './loss';
import { topicsInWords } from '../words';
import { planText, refusalsText } from './plan';
import { indented, wrapped } from './status-layout';

/** What a run would do. */
export function proposalText({ plan, previews }: Proposal, look: Look): string {
  if (plan.kind === 'refusal') {
    return [refusalsText(plan.refusals, look), 'Nothing would be done.'].join('\n');
  }
  const losses = plan.steps.flatMap((step) =>
    step.kind === 'operate' && step.loss.kind === 'not-mirrored' ? step.loss.atLeast : [],
  );
  return [
    planText(plan, look),
    ...(losses.length > 0 ? ['Would be lost, at least:', indented(recordsTable(losses, look))] : []),
    ...previews.flatMap((preview) => previewText(preview, look)),
    plan.kind === 'done' ? 'Nothing is left to do.' : 'Nothing was changed: this was a dry run.',
  ].join('\n');
}

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
