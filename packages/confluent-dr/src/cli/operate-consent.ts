import { type Confirm, type Question } from '../operating/operation-run';
import { optionsFor } from '../words/consent';
import { ASKED } from '../words/questions';
import { Exit } from './exit';
import { type OperateOptions } from './operate-options';
import { confirm } from './terminal';

/** The options that agree to a question beforehand, of those that were not given. */
export function optionFor({ kind }: Pick<Question, 'kind'>, { unplanned }: OperateOptions): string {
  return optionsFor(kind)
    .filter((option) => !(option === '--unplanned' && unplanned))
    .join(' and ');
}

/** What somebody has to give who could not be asked. */
export const hintOf = (declined?: Question, needed?: string): string | undefined =>
  declined && needed ? `There is no terminal to ask in. To agree beforehand, give ${needed}.` : undefined;

/** `--yes` never agrees to a loss that was not named, nor to discarding records. */
export function agreedBeforehand({ kind }: Question, { yes, unplanned, discard, fixAcls }: OperateOptions): boolean {
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
  return async (question, signal) => {
    show(question);
    if (agreedBeforehand(question, options)) {
      return true;
    }
    if (!canAsk(options)) {
      return false;
    }
    try {
      return await confirm(ASKED[question.kind], {}, signal);
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
