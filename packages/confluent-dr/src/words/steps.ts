import { type Question } from '../execute/operation-run';
import { otherRole } from '../observe/pair-observation';
import { type Consent } from '../plan/failover-request';
import {
  type Hindrance,
  type OperationStep,
  type Proposal,
  type Step,
  type TopicNote,
  type UnderWay,
  type Warning,
} from '../plan/plan';
import { type Advice, missingAclsInWords, topicsInWords } from './advice';

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

export function proposalInWords({ code, member, answer }: Proposal): string {
  switch (code) {
    case 'active-answers':
      return `The ${member} answers, so that its records need not be lost.`;
    case 'active-away':
      return `The ${member} does not answer: ${answer}.`;
    case 'active-declines':
      return `The ${member} lives, though it does not tell: ${answer}.`;
  }
}

/** What a step does, as one sentence or two. */
export function stepInWords(step: Step): string {
  switch (step.kind) {
    case 'cure-acls':
      return `On the ${step.on}, create missing ACLs: ${missingAclsInWords(step.missing)}.`;
    case 'wait': {
      const held = step.hindrance ? ` It is held up: ${hindranceInWords(step.hindrance, step.underWay)}` : '';
      return `Wait for ${topicsInWords(step.topics)}: ${underWayInWords(step.underWay)}${held}`;
    }
    case 'operate':
      return `${OPERATION[step.operation](step.on)}: ${topicsInWords(step.topics.map(({ name }) => name))}.`;
  }
}

const OPERATION: Readonly<Record<OperationStep['operation'], (on: string) => string>> = {
  failover: (on) => `On the ${on}, stop the mirrors at once, so that it can be written to (failover)`,
  resume: (on) => `On the ${on}, let the paused mirrors go on (resume)`,
  'reverse-and-start-mirror': (on) =>
    `On the ${on}, make it active and the other member its mirror (reverse-and-start-mirror)`,
  'truncate-and-restore': (on) =>
    `On the ${on}, discard what only it has, and let it follow the other member (truncate-and-restore)`,
};

export function underWayInWords({ code, member }: UnderWay): string {
  switch (code) {
    case 'reversal':
      return `A reversal to the ${member} is under way.`;
    case 'stop':
      return `The mirror on the ${member} is being failed over or promoted.`;
    case 'restore':
      return `The ${member} is being restored as a mirror.`;
  }
}

/** What keeps it from ending, and what to do about it. */
export function hindranceInWords(
  { errors, missingAcls, silent, liftedBy }: Hindrance,
  { code, member }: UnderWay,
): string {
  const causes = [
    ...errors.map((error) => `${error.code} ${error.message}`),
    ...(missingAcls.length > 0 ? [`missing ACLs ${missingAclsInWords(missingAcls)}`] : []),
    ...silent.map((role) => `the ${role} does not tell`),
  ];
  const stops = liftedBy ? `; --unplanned with ${optionOf(liftedBy)} ends it at once` : '';
  const cure = {
    reversal: 'A reversal needs both members, their link and the ACLs of its principal.',
    restore: 'A restore needs both members and their link.',
    stop: `If it is a promotion, it cannot end before the ${otherRole(member)} is back${stops}.`,
  }[code];
  return causes.length === 0 ? cure : `${causes.join('; ')}. ${cure}`;
}

export function noteInWords(note: TopicNote): string {
  switch (note.code) {
    case 'other-writable':
      return `The ${note.other} can be written to as well; see to it that nobody writes there.`;
    case 'other-absent':
      return `The ${note.other} does not have it, so nothing follows; make the mirror anew.`;
    case 'other-unseen':
      return `The ${note.other} does not tell. Keep writers away from it, also when it comes back.`;
    case 'not-followed':
      return `The mirror on the ${note.other} does not follow: ${note.status}. Mend it, or the next failover loses records.`;
    case 'partitions-differ':
      return `It has ${note.partitions.primary} partitions on the primary and ${note.partitions.secondary} on the secondary.`;
    case 'mirror-error':
      return `The mirror on the ${note.on} tells the error ${note.error}.`;
  }
}

const TASK_CURE: Readonly<Record<string, string>> = {
  AclSync:
    "Mend acl.filters of the link, and see that its key may read ACLs on the other side; until then the clients' ACLs may be missing after a failover.",
  AutoCreateMirror: 'Mend auto.create.mirror.topics.filters of the link; until then new topics have no mirrors.',
  ConsumerOffsetSync:
    'Mend consumer.offset.group.filters of the link; until then consumers begin where they were last synced, or anew.',
};

export function warningInWords(warning: Warning): Advice {
  if (warning.code === 'unmirrored') {
    return {
      cause: `Nothing mirrors ${topicsInWords(warning.topics)}: what is written there stays behind, and how much it is, the API does not tell.`,
      cure: 'Mirror them; or, if nobody misses them, say so by the setting leaveOut.',
    };
  }
  const { on, link, task, errors } = warning;
  return {
    cause: `Task ${task} of link ${link} on the ${on} is IN_ERROR: ${errors.join('; ') || 'no error is told'}.`,
    cure: TASK_CURE[task] ?? "Look at the link's settings, and at what its key may do on the other side.",
  };
}
