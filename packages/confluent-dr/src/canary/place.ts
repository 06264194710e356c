import { type Role, type TopicObservation } from '../observe/pair-observation';
import { type Situation, situationOf } from '../observe/situation';

/** Where a topic is written to now, by what both members tell. @default - nowhere, or it cannot be told */
export function activeOn(topic: TopicObservation): Role | undefined {
  const situation = situationOf(topic);
  return 'active' in situation ? situation.active : undefined;
}

/** Where nothing is mirrored, there is nothing to measure. */
const UNMIRRORED: readonly Situation['kind'][] = ['not-mirrored', 'missing', 'foreign-mirror', 'source-missing'];

export const isMirrored = (topic: TopicObservation): boolean => !UNMIRRORED.includes(situationOf(topic).kind);

/** What the topic is called on a member. */
export const nameOn = (role: Role, { sides }: TopicObservation): string => sides[role].topicName;

const NAMED_FOR_IT = /(^|[._-])canary([._-]|$)/i;

/**
 * Whether a canary may write there: its records would be nonsense to whoever reads a topic of somebody else.
 *
 * @param designated the topic that the deployment names for it
 */
export const isNamedForIt = (topic: string, designated?: string): boolean =>
  topic === designated || NAMED_FOR_IT.test(topic);
