import { type TopicLag } from '../lag/topic-lag';
import { type Role, ROLES } from '../pair/role';
import { type Serving, servingOf } from '../pair/serving';
import { type Situation, situationName, situationOf } from '../pair/situation';
import { type SideOfTopic, type TopicObservation } from '../pair/topic-observation';

export interface TopicStatus {
  /** By its name on the primary. */
  readonly topic: string;
  readonly situation: Situation;
  /** Where it can be written to. */
  readonly serving: Serving;
  /** The situation in words. */
  readonly stands: string;
  /** The mirror's status, or what it is instead, by member. */
  readonly sides: Readonly<Record<Role, string>>;
  readonly lag: TopicLag;
  /** What holds it up, in the service's words. */
  readonly reasons: readonly string[];
}

/** Whether a topic is as it should be in the long run, whichever member serves. */
export const isSteady = ({ situation }: Pick<TopicStatus, 'situation'>): boolean => situation.kind === 'replicating';

export function topicStatus(topic: TopicObservation, lag: TopicLag, linkName: string): TopicStatus {
  const situation = situationOf(topic, { linkName });
  return {
    topic: topic.name,
    situation,
    serving: servingOf(topic),
    stands: situationName(situation),
    sides: { primary: sideWord(topic.sides.primary), secondary: sideWord(topic.sides.secondary) },
    lag,
    reasons: [...new Set(ROLES.flatMap((role) => reasonsOf(topic.sides[role])))],
  };
}

const sideWord = (side: SideOfTopic): string => (side.kind === 'mirror' ? side.status : side.kind);

function reasonsOf(side: SideOfTopic): string[] {
  if (side.kind !== 'mirror') {
    return side.kind === 'unknown' ? [side.cause] : [];
  }
  return [...(side.error === undefined ? [] : [side.error]), ...side.transitionErrors.map(({ message }) => message)];
}
