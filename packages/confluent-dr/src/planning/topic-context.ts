import { type PairObservation } from '../pair/observation';
import { otherRole, type Role } from '../pair/role';
import { type Situation } from '../pair/situation';
import { type TopicObservation } from '../pair/topic-observation';
import { type FailoverRequest, type Permissions } from './failover-request';
import { memberRefusal } from './member-refusal';
import { refusal, type Refusal } from './refusal';

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
