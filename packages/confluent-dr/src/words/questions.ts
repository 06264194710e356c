import { type Question } from '../operating/operation-run';
import { otherRole } from '../pair/role';
import { topicsInWords } from './advice';

/** What somebody is about to agree to. */
export function questionInWords({ kind, step, clusterId }: Question): string {
  if (step.kind !== 'operate') {
    const count = step.kind === 'cure-acls' ? step.missing.length : 0;
    return step.kind === 'cure-acls'
      ? `${count === 1 ? 'An ACL is' : `${count} ACLs are`} created on the ${step.on}.`
      : '';
  }
  const { on, topics } = step;
  const other = otherRole(on);
  const subject = capital(topicsInWords(topics.map(({ name }) => name)));
  switch (kind) {
    case 'switch-over':
      return `${subject}: the ${on} becomes active and the ${other} its mirror. Clients have to move.`;
    case 'loss':
      return `${subject}: the ${on} becomes active at once. Records that it does not have yet are lost.`;
    case 'two-writable-sides':
      return `The ${other} is not gone: both sides could be written to. Confirm that no client writes to the ${other} any more.`;
    case 'discard':
      return `${subject}: records that only the ${on} (${clusterId}) has are discarded for ever.`;
    case 'create-acls':
      return '';
  }
}

/** What a person is asked, to be answered by yes or no. */
export const ASKED: Readonly<Record<Question['kind'], string>> = {
  'switch-over': 'Switch over now?',
  loss: 'Fail over now, and lose what was not mirrored?',
  'two-writable-sides': 'Is it certain that no client writes there any more?',
  discard: 'Discard these records for ever?',
  'create-acls': 'Create these ACLs?',
};

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);
