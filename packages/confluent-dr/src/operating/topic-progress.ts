import { type PairObservation } from '../pair/observation';
import { ROLES } from '../pair/role';
import { type TopicObservation } from '../pair/topic-observation';
import { type Expectation } from '../planning/decision';
import { isReached } from '../planning/expectation';

/** How far some topics are; `shape` is another whenever one of them moved, also by a record. */
export interface Progress {
  readonly reached: readonly string[];
  readonly shape: string;
}

export function progressOf({ topics }: PairObservation, names: ReadonlySet<string>, until: Expectation): Progress {
  const own = topics.filter(({ name }) => names.has(name));
  return {
    reached: own.filter((topic) => isReached(until, topic)).map(({ name }) => name),
    shape: own.map(shapeOf).join('\n'),
  };
}

function shapeOf({ sides }: TopicObservation): string {
  return ROLES.map((role) => {
    const side = sides[role];
    if (side.kind !== 'mirror') {
      return side.kind;
    }
    // What a failed mirror lacks grows with its source: that is no movement.
    const lag = side.status === 'FAILED' ? 0 : side.lags.reduce((sum, each) => sum + each.lag, 0);
    return `${side.status} ${lag}`;
  }).join(' ');
}
