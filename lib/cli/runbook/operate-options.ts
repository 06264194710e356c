import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Role, ROLES } from '../../runbook/pair';
import { type Direction, type Wish } from '../../runbook/planning';
import { addChangeOptions, addSessionOptions, type ChangeOptions, type SessionOptions } from './options';

/** What failover and failback take. */
export interface OperateOptions extends SessionOptions, ChangeOptions {
  readonly planned?: boolean;
  readonly unplanned?: boolean;
  readonly topics?: readonly string[];
  readonly keep?: Role;
  readonly partial?: boolean;
  readonly fixAcls?: boolean;
  readonly discard?: boolean;
  readonly althoughActiveAnswers?: boolean;
  readonly endPromotion?: boolean;
}

export function addOperateOptions(command: Command): Command {
  return addChangeOptions(addSessionOptions(command))
    .addOption(new Option('--planned', 'both members work: nothing is lost').conflicts('unplanned'))
    .addOption(new Option('--unplanned', 'the active member is gone: what it had not given yet is lost'))
    .option('--topics <names>', 'only these, by their names on the primary: orders,payments', names)
    .option('--partial', 'go on with some topics where others are refused')
    .addOption(
      new Option('--keep <member>', 'whose records count where both sides stopped mirroring').choices([...ROLES]),
    )
    .option('--fix-acls', 'create ACLs that a reversal lacks')
    .option('--discard', 'agree beforehand that records which only the restored member has are discarded')
    .option('--although-active-answers', 'with --unplanned: even if the active member may still be written to')
    .option('--end-promotion', 'with --unplanned: end a promotion that waits for a member which is gone');
}

export function wishOf(direction: Direction, options: OperateOptions): Wish {
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

function names(text: string): string[] {
  const given = text.split(',').map((name) => name.trim());
  if (given.some((name) => !/^[a-zA-Z0-9._-]{1,249}$/.test(name))) {
    throw new InvalidArgumentError('Allowed are names of topics, separated by commas.');
  }
  return [...new Set(given)];
}
