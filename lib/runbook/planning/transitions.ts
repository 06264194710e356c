import { otherRole, type ReportedError, type Role, ROLES } from '../pair';
import { type Stage, type WaitStage } from './decision';
import { otherThanTarget, type TopicContext } from './topic-context';

/** Waits for a reversal that has begun. */
export function reversalWait(context: TopicContext, to: Role): WaitStage {
  return {
    operation: 'wait',
    until: { [to]: 'STOPPED', [otherRole(to)]: 'ACTIVE' },
    because: `A reversal to the ${to} is under way.`,
    needsAcls: true,
    ...hindranceOf(context, 'A reversal needs both members, their link and the ACLs of its principal.'),
  };
}

/** Waits for a failover or a promotion; which of them it is, nobody tells. */
export function stopWait(context: TopicContext, on: Role): WaitStage {
  const unseen = context.topic.sides[otherRole(on)].kind === 'unknown';
  const promotion = `If it is a promotion, it cannot end before the ${otherRole(on)} is back; fail over unplanned with leave to end promotions (endPromotion) to stop it at once.`;
  return {
    operation: 'wait',
    until: { [on]: 'STOPPED' },
    because: `The mirror on the ${on} is being failed over or promoted.`,
    ...hindranceOf(context, promotion, unseen ? promotion : undefined),
  };
}

export function restoreWait(context: TopicContext, on: Role): WaitStage {
  return {
    operation: 'wait',
    until: { [on]: 'ACTIVE' },
    because: `The ${on} is being restored as a mirror.`,
    ...hindranceOf(context, 'A restore needs both members and their link.'),
  };
}

/** The stage that makes the target active once it is an ACTIVE mirror. */
export function reversal(context: TopicContext): Stage {
  const { target } = context;
  return {
    operation: 'reverse-and-start-mirror',
    on: target,
    until: { [target]: 'STOPPED', [otherThanTarget(context)]: 'ACTIVE' },
  };
}

function hindranceOf(
  { topic, wish, pair }: TopicContext,
  cure: string,
  otherwise?: string,
): Pick<WaitStage, 'hindrance'> {
  const errors = ROLES.flatMap((role): ReportedError[] => {
    const side = topic.sides[role];
    return side.kind === 'mirror' ? [...side.transitionErrors] : [];
  });
  const acls = ROLES.flatMap((role) => wish.missingAcls?.[role] ?? []);
  const silent = ROLES.filter((role) => pair.members[role].dataPlane.kind !== 'answers');
  const causes = [
    ...errors.map(({ code, message }) => `${code} ${message}`),
    ...acls.map((acl) => `missing ACL ${acl}`),
    ...silent.map((role) => `the ${role} does not tell`),
  ];
  const hindrance = causes.length > 0 ? `${causes.join('; ')}. ${cure}` : otherwise;
  return hindrance === undefined ? {} : { hindrance };
}
