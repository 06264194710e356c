import { type Question } from '../operating/operation-run';
import { type Consent } from '../planning/failover-request';

/** An option of the command line, and what somebody who gives it agrees to. */
export interface ConsentOption {
  /** As commander reads it. */
  readonly flags: string;
  readonly covers: string;
}

/** All ways to agree to something beforehand, each by its one option. */
export const CONSENT: Readonly<Record<Consent, ConsentOption>> = {
  truncation: {
    flags: '--discard',
    covers: 'agree beforehand that records which only the restored member has are discarded for ever',
  },
  unplannedWhileActiveAnswers: {
    flags: '--although-active-answers',
    covers: 'with --unplanned: agree that both sides can be written to, as the active member is not gone',
  },
  endPromotion: {
    flags: '--end-promotion',
    covers: 'with --unplanned: agree that a promotion is ended which waits for a member that is gone',
  },
  partial: {
    flags: '--partial',
    covers: 'agree to go on with some topics where others are refused; without it, it is all or none',
  },
  aclCure: { flags: '--fix-acls', covers: 'agree that ACLs are created which a reversal lacks' },
  keep: {
    flags: '--keep <member>',
    covers: 'whose records count where both sides stopped mirroring',
  },
};

/** The name of the option alone: `--keep`. */
export const optionOf = (consent: Consent): string => CONSENT[consent].flags.split(' ')[0];

/** What `--yes` answers. It never agrees to what has an option of its own. */
export const YES_COVERS =
  'answer yes to a switch-over, to the loss that --unplanned named, and that nobody writes to the other side';

/** The options that agree to a question beforehand, all of them. */
export function optionsFor(kind: Question['kind']): readonly string[] {
  switch (kind) {
    case 'switch-over':
    case 'two-writable-sides':
      return ['--yes'];
    case 'loss':
      return ['--unplanned', '--yes'];
    case 'discard':
      return [optionOf('truncation')];
    case 'create-acls':
      return [optionOf('aclCure')];
  }
}
