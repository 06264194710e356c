import { type PairObservation } from './observation';
import { type Role, ROLES } from './role';
import { type TopicObservation } from './topic-observation';
import { writabilityOf } from './writability';

/**
 * Where clients can write to a topic now. `both` is a split brain unless no client writes to one of them; `unknown`
 * where a member that does not tell may be the one.
 */
export type Serving = Role | 'nobody' | 'both' | 'unknown';

/**
 * A stopped mirror serves even if the other member does not tell: that is what an unplanned failover is for. A topic that
 * never was a mirror may have been failed over to the other side since.
 */
export function servingOf({ sides }: TopicObservation): Serving {
  const writable = ROLES.filter((role) => writabilityOf(sides[role]) === 'writable');
  if (writable.length === 2) {
    return 'both';
  }
  if (ROLES.every((role) => sides[role].kind !== 'unknown')) {
    return writable[0] ?? 'nobody';
  }
  const turned = writable.find((role) => sides[role].kind === 'mirror');
  return turned ?? 'unknown';
}

/** Who serves the whole pair: `mixed` where not all topics are served alike, `nobody` where there are no topics. */
export function servingOfPair({ topics }: Pick<PairObservation, 'topics'>): Serving | 'mixed' {
  const [first = 'nobody', ...others] = new Set(topics.map(servingOf));
  return others.length === 0 ? first : 'mixed';
}
