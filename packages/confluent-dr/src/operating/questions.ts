import { type AclStep, type OperationStep, type RecordsLost } from '../planning/plan';
import { type Question } from './operation-run';

/** @param discarded what a validation told that a truncation takes */
export function questionsOf(step: OperationStep, discarded: readonly RecordsLost[]): Question[] {
  return step.confirmations.map(({ kind, clusterId }) => ({
    kind,
    step,
    clusterId,
    records: recordsOf(kind, step, discarded),
  }));
}

export const aclQuestion = (step: AclStep): Question => ({ kind: 'create-acls', step, records: [] });

function recordsOf(
  kind: Question['kind'],
  { loss }: OperationStep,
  discarded: readonly RecordsLost[],
): readonly RecordsLost[] {
  if (kind === 'discard') {
    return discarded;
  }
  return kind === 'loss' && loss.kind === 'not-mirrored' ? loss.atLeast : [];
}
