import { otherRole, type PairObservation, type Role, type Situation, type TopicObservation } from '../pair';
import { memberRefusal } from './member-refusal';
import { refusal, type Refusal } from './refusal';
import { type Permissions, type Wish } from './wish';

/** One topic, and all that a decision about it depends on. */
export interface TopicContext {
  readonly pair: PairObservation;
  readonly topic: TopicObservation;
  readonly situation: Situation;
  /** The member that is to be active. */
  readonly target: Role;
  readonly wish: Wish;
}

export const otherThanTarget = ({ target }: TopicContext): Role => otherRole(target);

export const permissions = ({ wish }: Pick<TopicContext, 'wish'>): Permissions => wish.allow ?? {};

/** Why a topic is not known on a member. */
export function unknownRefusal({ pair, topic }: TopicContext, role: Role): Refusal {
  const side = topic.sides[role];
  const cause = side.kind === 'unknown' ? side.cause : 'its answer does not say';
  return (
    memberRefusal(role, pair.members[role]) ??
    refusal(
      'topic-unknown',
      `What topic ${side.topicName} is on the ${role} is not known: ${cause}.`,
      `Let the key of the ${role} describe the topic and its mirror, and run it again.`,
    )
  );
}
