import { type AclStep, type OperationStep, type RecordsLost } from '../planning';
import { type Question } from './undertaking';

/** @param discarded what a validation told that a truncation takes */
export function questionsOf(step: OperationStep, discarded: readonly RecordsLost[]): Question[] {
  return step.confirmations.map(({ kind, text }) => ({ kind, text, step, records: recordsOf(kind, step, discarded) }));
}

export function aclQuestion(step: AclStep): Question {
  const count = step.missing.length === 1 ? 'An ACL is' : `${step.missing.length} ACLs are`;
  return { kind: 'create-acls', text: `${count} created on the ${step.on}.`, step, records: [] };
}

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
