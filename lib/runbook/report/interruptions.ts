import { type CanaryEvent } from '../canary';
import { type Role } from '../pair';

/** A time in which nothing went through. */
export interface Interruption {
  readonly what: 'acknowledged' | 'consumed';
  /** Where the last one was, and where the next one was. @default - none came any more */
  readonly from: Role;
  readonly to?: Role;
  /** Of the last one before, and of the first one after it, or the end; milliseconds since 1970. */
  readonly began: number;
  readonly ended: number;
  readonly seconds: number;
}

/** Shorter pauses are told of nowhere: records come one after the other, and machines breathe. */
const SHORTEST_MS = 1000;

/** All pauses of a second or more, and the longest one however short it is, in the order in which they began. */
export function interruptionsOf(events: readonly CanaryEvent[]): Interruption[] {
  const end = events.find(({ type }) => type === 'stopped')?.at;
  return (['acknowledged', 'consumed'] as const)
    .flatMap((what) => {
      const times = events.filter(({ type }) => type === what);
      const gaps = times.map((event, index): Interruption => {
        const next = times[index + 1];
        const ended = next?.at ?? Math.max(event.at, end ?? event.at);
        return {
          what,
          from: event.on,
          ...(next && { to: next.on }),
          began: event.at,
          ended,
          seconds: (ended - event.at) / 1000,
        };
      });
      const longest = gaps.reduce<Interruption | undefined>(
        (most, gap) => (most === undefined || gap.seconds > most.seconds ? gap : most),
        undefined,
      );
      return gaps.filter((gap) => gap === longest || gap.ended - gap.began >= SHORTEST_MS);
    })
    .sort((one, other) => one.began - other.began);
}
