import { type PairObservation } from '../pair/observation';
import { ROLES } from '../pair/role';
import { type SideOfTopic, type TopicObservation } from '../pair/topic-observation';

/** Takes away what an observation claims about a member that did not answer: it cannot be of now. */
export function dropStaleObservations(pair: PairObservation): PairObservation {
  const silent = ROLES.filter((role) => pair.members[role].dataPlane.kind !== 'answers');
  return silent.length === 0 ? pair : silent.reduce(forget, pair);
}

function forget(pair: PairObservation, role: 'primary' | 'secondary'): PairObservation {
  const member = pair.members[role];
  const cause = member.dataPlane.kind === 'answers' ? '' : member.dataPlane.cause;
  return {
    ...pair,
    members: { ...pair.members, [role]: { ...member, link: { kind: 'unknown', cause } } },
    topics: pair.topics.map((topic): TopicObservation => {
      const { topicName } = topic.sides[role];
      const side: SideOfTopic = { kind: 'unknown', topicName, cause };
      return { ...topic, sides: { ...topic.sides, [role]: side } };
    }),
  };
}
