import { otherRole, type ReportedError, type Role, ROLES, type TopicObservation } from '../observe/pair-observation';
import { type Consent } from './failover-request';
import { type Expectation, type Stage, type WaitStage } from './plan';
import { otherThanTarget, type TopicContext } from './refusals';

/** Whether both sides tell what was waited for. A side that does not tell has not. */
export function isReached(until: Expectation, { sides }: TopicObservation): boolean {
  return ROLES.every((role) => {
    const [wanted, side] = [until[role], sides[role]];
    return wanted === undefined || (side.kind === 'mirror' && side.status === wanted);
  });
}

/** Waits for a reversal that has begun. */
export function reversalWait(context: TopicContext, to: Role): WaitStage {
  return {
    operation: 'wait',
    until: { [to]: 'STOPPED', [otherRole(to)]: 'ACTIVE' },
    underWay: { code: 'reversal', member: to },
    needsAcls: true,
    ...hindranceOf(context),
  };
}

/** Waits for a failover or a promotion; which of them it is, nobody tells: a promotion cannot end without the other side. */
export function stopWait(context: TopicContext, on: Role): WaitStage {
  const unseen = context.topic.sides[otherRole(on)].kind === 'unknown';
  return {
    operation: 'wait',
    until: { [on]: 'STOPPED' },
    underWay: { code: 'stop', member: on },
    ...hindranceOf(context, unseen ? 'endPromotion' : undefined),
  };
}

export function restoreWait(context: TopicContext, on: Role): WaitStage {
  return {
    operation: 'wait',
    until: { [on]: 'ACTIVE' },
    underWay: { code: 'restore', member: on },
    ...hindranceOf(context),
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

function hindranceOf({ topic, request, pair }: TopicContext, liftedBy?: Consent): Pick<WaitStage, 'hindrance'> {
  const errors = ROLES.flatMap((role): ReportedError[] => {
    const side = topic.sides[role];
    return side.kind === 'mirror' ? [...side.transitionErrors] : [];
  });
  const { missingAcls = [] } = request;
  const silent = ROLES.filter((role) => pair.members[role].dataPlane.kind !== 'answers');
  const nothing = errors.length + missingAcls.length + silent.length === 0 && liftedBy === undefined;
  return nothing ? {} : { hindrance: { errors, missingAcls, silent, ...(liftedBy && { liftedBy }) } };
}
