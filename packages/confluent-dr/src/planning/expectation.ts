import { ROLES } from '../pair/role';
import { type TopicObservation } from '../pair/topic-observation';
import { type Expectation } from './decision';

/** Whether both sides tell what was waited for. A side that does not tell has not. */
export function isReached(until: Expectation, { sides }: TopicObservation): boolean {
  return ROLES.every((role) => {
    const [wanted, side] = [until[role], sides[role]];
    return wanted === undefined || (side.kind === 'mirror' && side.status === wanted);
  });
}
