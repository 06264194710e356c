import { type Role } from '../observe/pair-observation';

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

interface Happened {
  readonly at: number;
  readonly on: Role;
}

/** Shorter pauses are told of nowhere: records come one after the other, and machines breathe. */
const SHORTEST_MS = 1000;

/** Finds the pauses of what should happen again and again, as it happens. */
export class Interruptions {
  private readonly long: Interruption[] = [];
  private readonly watched = new Map<Interruption['what'], { last: Happened; longest?: Interruption }>();

  public happened(what: Interruption['what'], { at, on }: Happened): void {
    const seen = this.watched.get(what);
    if (seen === undefined) {
      this.watched.set(what, { last: { at, on } });
      return;
    }
    const gap = gapOf(what, seen.last, { at, on });
    if (gap.ended - gap.began >= SHORTEST_MS) {
      this.long.push(gap);
    }
    seen.longest = longer(seen.longest, gap);
    seen.last = { at, on };
  }

  /**
   * All pauses of a second or more, and the longest one however short it is, in the order in which they began.
   *
   * @param end when nothing was to be expected any more @default - when the last one happened
   */
  public until(end?: number): Interruption[] {
    const lastOnes = [...this.watched].flatMap(([what, { last, longest }]) => {
      const open = gapOf(what, last, { at: end ?? last.at });
      const most = longer(longest, open);
      return [most, ...(open !== most && open.ended - open.began >= SHORTEST_MS ? [open] : [])];
    });
    return [...new Set([...this.long, ...lastOnes])].sort((one, other) => one.began - other.began);
  }
}

/** @param next without a place where it is the end */
function gapOf(
  what: Interruption['what'],
  last: Happened,
  next: { readonly at: number; readonly on?: Role },
): Interruption {
  const ended = Math.max(last.at, next.at);
  return {
    what,
    from: last.on,
    ...(next.on && { to: next.on }),
    began: last.at,
    ended,
    seconds: (ended - last.at) / 1000,
  };
}

const longer = (one: Interruption | undefined, other: Interruption): Interruption =>
  one !== undefined && one.seconds >= other.seconds ? one : other;

/** The longest of a kind. */
export const longestOf = (
  interruptions: readonly Interruption[],
  what: Interruption['what'],
): Interruption | undefined =>
  interruptions
    .filter((gap) => gap.what === what)
    .reduce<Interruption | undefined>((most, gap) => longer(most, gap), undefined);
