import { setTimeout as wait } from 'node:timers/promises';
import { type PairObservation } from '../pair/observation';
import { ROLES } from '../pair/role';
import { type TopicObservation } from '../pair/topic-observation';

const INTERVAL_MS = 500;

/**
 * Waits until each mirror has what its source had at first. That measures time, of which the API tells nothing: whoever
 * has within the limit what was there at its beginning is not later than the limit.
 *
 * @param look again, after which the time of `limitMs` counts
 * @returns the topics that are later
 */
export async function catchUp(
  first: PairObservation,
  look: () => Promise<PairObservation>,
  { limitMs, signal }: { readonly limitMs: number; readonly signal?: AbortSignal },
): Promise<string[]> {
  const end = performance.now() + limitMs;
  let behind = goalsOf(first);
  while (behind.size > 0 && performance.now() < end) {
    await wait(Math.max(1, Math.min(INTERVAL_MS, end - performance.now())), undefined, { signal });
    const now = await look();
    const topics = new Map(now.topics.map((topic) => [topic.name, topic]));
    behind = new Map([...behind].filter(([name, goals]) => !isReached(goals, topics.get(name))));
  }
  return [...behind.keys()];
}

/** Where each partition's source ended, of those that are behind. */
type Goals = ReadonlyMap<number, number | undefined>;

function goalsOf({ topics }: PairObservation): Map<string, Goals> {
  return new Map(
    topics.flatMap((topic) => {
      const goals = lagsOf(topic)
        .filter(({ lag }) => lag > 0)
        .map(({ partition, lag, lastSourceFetchOffset: offset }) => {
          // -1 is for never: then there is nothing to count from.
          return [partition, offset === undefined || offset < 0 ? undefined : offset + lag] as const;
        });
      return goals.length > 0 ? [[topic.name, new Map(goals)] as const] : [];
    }),
  );
}

function isReached(goals: Goals, topic?: TopicObservation): boolean {
  const now = new Map((topic ? lagsOf(topic) : []).map((lag) => [lag.partition, lag]));
  return [...goals].every(([partition, goal]) => {
    const at = now.get(partition);
    return at !== undefined && (at.lag === 0 || (goal !== undefined && (at.lastSourceFetchOffset ?? -1) >= goal));
  });
}

/** Of the mirror that follows. */
const lagsOf = ({ sides }: TopicObservation) =>
  ROLES.flatMap((role) => {
    const side = sides[role];
    return side.kind === 'mirror' && side.status !== 'STOPPED' ? side.lags : [];
  });
