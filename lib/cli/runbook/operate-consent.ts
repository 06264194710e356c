import { type Confirm, type Question } from '../../runbook/operating';
import { Exit } from '../exit';
import { confirm } from '../terminal';
import { type OperateOptions } from './operate-options';

/** The option that agrees to a question beforehand. */
export function optionFor({ kind }: Pick<Question, 'kind'>, { unplanned }: OperateOptions): string {
  switch (kind) {
    case 'discard':
      return '--discard';
    case 'create-acls':
      return '--fix-acls';
    case 'loss':
      return unplanned ? '--yes' : '--unplanned and --yes';
    case 'switch-over':
    case 'two-writable-sides':
      return '--yes';
  }
}

/** `--yes` never agrees to a loss that was not named, nor to discarding records. */
function agreedBeforehand({ kind }: Question, { yes, unplanned, discard, fixAcls }: OperateOptions): boolean {
  switch (kind) {
    case 'discard':
      return discard === true;
    case 'create-acls':
      return fixAcls === true;
    case 'loss':
      return yes === true && unplanned === true;
    case 'switch-over':
    case 'two-writable-sides':
      return yes === true;
  }
}

const WORDS: Record<Question['kind'], string> = {
  'switch-over': 'Switch over now?',
  loss: 'Fail over now, and lose what was not mirrored?',
  'two-writable-sides': 'Is it certain that no client writes there any more?',
  discard: 'Discard these records for ever?',
  'create-acls': 'Create these ACLs?',
};

export const canAsk = ({ input }: OperateOptions): boolean =>
  input !== false && process.stdin.isTTY && process.stderr.isTTY;

/**
 * Shows what it is about, and takes the answer of the options or of a person; nobody to ask is a no.
 *
 * @param interrupt called for Ctrl-C at a question, which is a no, too
 */
export function consent(
  options: OperateOptions,
  show: (question: Question) => void,
  interrupt: () => void = () => undefined,
): Confirm {
  return async (question) => {
    show(question);
    if (agreedBeforehand(question, options)) {
      return true;
    }
    if (!canAsk(options)) {
      return false;
    }
    try {
      return await confirm(WORDS[question.kind], {});
    } catch (error) {
      if (error instanceof Exit) {
        // What was done before is told all the same.
        interrupt();
        return false;
      }
      throw error;
    }
  };
}
