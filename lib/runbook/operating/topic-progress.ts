import { type PairObservation, ROLES, type TopicObservation } from '../pair';
import { type Expectation, isReached } from '../planning';

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
    return side.kind === 'mirror' ? `${side.status} ${side.lags.reduce((sum, { lag }) => sum + lag, 0)}` : side.kind;
  }).join(' ');
}
