import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Confirm, type Question } from '../execute/operation-run';
import { type Role, ROLES } from '../observe/pair-observation';
import { type Consent, type Direction, type FailoverRequest } from '../plan/failover-request';
import { ASKED, CONSENT, optionOf, optionsFor, YES_COVERS } from '../words/steps';
import { Exit } from './exit';
import { type RedirectionOptions } from './redirect-clients';
import {
  addChangeOptions,
  addSessionOptions,
  type ChangeOptions,
  duration,
  NAME,
  type SessionOptions,
} from './options';
import { confirm } from './terminal';
import { withOption } from './toggle-run';

/** What failover and failback take. */
export interface OperateOptions extends SessionOptions, ChangeOptions, RedirectionOptions {
  readonly planned?: boolean;
  readonly unplanned?: boolean;
  /** Milliseconds. */
  readonly drain?: number;
  readonly topics?: readonly string[];
  readonly keep?: Role;
  readonly partial?: boolean;
  readonly fixAcls?: boolean;
  readonly discard?: boolean;
  readonly althoughActiveAnswers?: boolean;
  readonly endPromotion?: boolean;
}

/** What both directions promise before they change anything. */
export const SAFETY_HELP = `All or nothing: every operation and permission is validated before the first one changes anything, and if one topic would be
refused, nothing is done. --partial goes on with the others. --dry-run tells the verdict in its first line and by its exit
code: 0 if all of it would be accepted, 4 if a part, 3 if nothing.

Before a planned reversal it looks for clients on the side that gives up: topics that still grow, and groups that have not read
all; before a truncation for groups with members, as it needs none. It tells what it saw, and goes on if you agree. With
--drain 5m it waits so long until no topic grows and no active group is behind, and is refused if that does not come, or if
nobody tells.

Where the proxy lets clients in to the active member alone (ClientAccess.activeOnly, cc_active), it is turned once every topic
is served by the other member, never before: by cdktf deploy or terraform apply in the folder of --from, as block does.`;

const DRAIN_COVERS =
  'before a planned reversal wait so long until clients are quiet, and refuse if they are not: 90s, 5m';

export function addOperateOptions(command: Command): Command {
  return addChangeOptions(addSessionOptions(command), YES_COVERS)
    .addOption(new Option('--planned', 'both members work: nothing is lost').conflicts('unplanned'))
    .addOption(new Option('--unplanned', 'the active member is gone: what it had not given yet is lost'))
    .option('--topics <names>', 'only these, by their names on the primary: orders,payments', names)
    .addOption(new Option('--drain <duration>', DRAIN_COVERS).argParser(duration).conflicts('unplanned'))
    .addOption(consentOption('partial'))
    .addOption(consentOption('keep').choices([...ROLES]))
    .addOption(consentOption('aclCure'))
    .addOption(consentOption('truncation'))
    .addOption(consentOption('unplannedWhileActiveAnswers'))
    .addOption(consentOption('endPromotion'))
    .option('--leave-proxy', 'where the proxy lets clients in to the active member alone: do not turn it')
    .addOption(withOption())
    .option('--no-proof', 'be content with a command of the proxy that succeeded');
}

const consentOption = (consent: Consent): Option => new Option(CONSENT[consent].flags, CONSENT[consent].covers);

export function requestOf(direction: Direction, options: OperateOptions): FailoverRequest {
  const { planned, unplanned, topics, keep } = options;
  const procedure = planned ? 'planned' : unplanned ? 'unplanned' : 'undecided';
  return {
    direction,
    procedure,
    ...(topics && { topics }),
    ...(keep && { keep }),
    allow: {
      truncation: options.discard === true,
      aclCure: options.fixAcls === true,
      unplannedWhileActiveAnswers: options.althoughActiveAnswers === true,
      endPromotion: options.endPromotion === true,
      partial: options.partial === true,
    },
  };
}

/** The words that ask for the same again; what was agreed to is to be agreed to anew. */
export function wordsOf(
  direction: Direction,
  { planned, unplanned, drain, topics, keep, with: tool, proof }: OperateOptions,
): string[] {
  return [
    direction,
    ...(planned ? ['--planned'] : []),
    ...(unplanned ? ['--unplanned'] : []),
    ...(drain === undefined ? [] : ['--drain', `${drain / 1000}s`]),
    ...(topics ? ['--topics', topics.join(',')] : []),
    ...(keep ? [optionOf('keep'), keep] : []),
    ...(tool === undefined ? [] : ['--with', tool]),
    ...(proof === false ? ['--no-proof'] : []),
  ];
}

function names(text: string): string[] {
  const given = text.split(',').map((name) => name.trim());
  if (given.some((name) => !NAME.test(name))) {
    throw new InvalidArgumentError('Allowed are names of topics, separated by commas.');
  }
  return [...new Set(given)];
}

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
