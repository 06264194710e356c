import { otherRole, type PairObservation, type Role, type Situation, type TopicObservation } from '../pair';
import { memberRefusal } from './member-refusal';
import { refusal, type Refusal } from './refusal';
import { type Permissions, type FailoverRequest } from './failover-request';

/** One topic, and all that a decision about it depends on. */
export interface TopicContext {
  readonly pair: PairObservation;
  readonly topic: TopicObservation;
  readonly situation: Situation;
  /** The member that is to be active. */
  readonly target: Role;
  readonly request: FailoverRequest;
}

export const otherThanTarget = ({ target }: TopicContext): Role => otherRole(target);

export const permissions = ({ request }: Pick<TopicContext, 'request'>): Permissions => request.allow ?? {};

/** Why a topic is not known on a member. */
export function unknownRefusal({ pair, topic }: TopicContext, role: Role): Refusal {
  const side = topic.sides[role];
  const cause = side.kind === 'unknown' ? side.cause : undefined;
  return (
    memberRefusal(role, pair.members[role]) ??
    refusal('topic-unknown', { on: role, ...(cause !== undefined && { cause }) })
  );
}
