/** From the first number to the last one, both included. */
export type Range = readonly [first: number, last: number];

/**
 * A set of whole numbers that costs memory by its gaps, not by its numbers: a day of records in order is one range. Numbers
 * that come in order, as they nearly always do, are added in constant time.
 */
export class Ranges {
  /** Apart, in ascending order. */
  private readonly ranges: [first: number, last: number][] = [];
  private total = 0;

  /** How many numbers. */
  public get size(): number {
    return this.total;
  }

  /** The highest number. @default - there is none */
  public get highest(): number | undefined {
    return this.ranges.at(-1)?.[1];
  }

  public has(number: number): boolean {
    const at = this.reaching(number);
    return at < this.ranges.length && this.ranges[at][0] <= number;
  }

  /** @returns whether it is new */
  public add(number: number): boolean {
    const at = this.reaching(number - 1);
    const range = this.ranges[at];
    if (range !== undefined && range[0] <= number && number <= range[1]) {
      return false;
    }
    this.total += 1;
    const touchesNext = (index: number): boolean => this.ranges[index]?.[0] === number + 1;
    if (range?.[1] === number - 1) {
      range[1] = number;
      if (touchesNext(at + 1)) {
        range[1] = this.ranges[at + 1][1];
        this.ranges.splice(at + 1, 1);
      }
    } else if (touchesNext(at)) {
      range[0] = number;
    } else {
      this.ranges.splice(at, 0, [number, number]);
    }
    return true;
  }

  public addRange([first, last]: Range): void {
    for (let number = first; number <= last; number += 1) {
      this.add(number);
    }
  }

  /** What is in this set and not in the other. */
  public minus(other: Ranges): Ranges {
    const rest = new Ranges();
    let at = 0;
    for (const [first, last] of this.ranges) {
      let from = first;
      while (at < other.ranges.length && other.ranges[at][1] < first) {
        at += 1;
      }
      for (let index = at; index < other.ranges.length && other.ranges[index][0] <= last; index += 1) {
        rest.append(from, other.ranges[index][0] - 1);
        from = Math.max(from, other.ranges[index][1] + 1);
      }
      rest.append(from, last);
    }
    return rest;
  }

  public *[Symbol.iterator](): Iterator<Range> {
    yield* this.ranges;
  }

  private append(first: number, last: number): void {
    if (first <= last) {
      this.ranges.push([first, last]);
      this.total += last - first + 1;
    }
  }

  /** Index of the first range that ends at the number or beyond it. */
  private reaching(number: number): number {
    let high = this.ranges.length;
    if (high === 0 || this.ranges[high - 1][1] < number) {
      return high;
    }
    let low = 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ranges[middle][1] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
