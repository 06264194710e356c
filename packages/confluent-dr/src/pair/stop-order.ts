import { type Role, ROLES } from './role';
import { type TopicObservation } from './topic-observation';

/** How far apart the clocks of the two clusters may be: they keep time with the cloud's, which is better than this. */
export const CLOCK_TOLERANCE_MS = 1_000;

/** Which of two stopped mirrors stopped last; undefined where their times are not told, or too close to tell. */
export function newerStopped({ sides }: TopicObservation): Role | undefined {
  const [primary, secondary] = ROLES.map((role) => {
    const side = sides[role];
    return side.kind === 'mirror' && side.status === 'STOPPED' ? side.statusSince : undefined;
  });
  if (primary === undefined || secondary === undefined || Math.abs(primary - secondary) <= CLOCK_TOLERANCE_MS) {
    return undefined;
  }
  return primary > secondary ? 'primary' : 'secondary';
}
