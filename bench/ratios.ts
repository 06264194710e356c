/** Times of something that is done in each round of a benchmark, and what they are held against. */
export interface Timed {
  readonly name: string;
  readonly seconds: readonly number[];
  /** The name of what it is compared with. @default - nothing */
  readonly against?: string;
  /** What the ratio should not exceed. @default - nothing is asked of it */
  readonly target?: number;
}

/** Shows the median of each, and its ratio to that of what it is compared with. */
export function printRatios(timed: readonly Timed[]): void {
  const medians = new Map(timed.map(({ name, seconds }) => [name, median(seconds)]));
  const rows = timed.map(({ name, against, target }) => [
    name,
    {
      'median (s)': medians.get(name)!.toFixed(2),
      'compared with': against ?? '',
      ratio: against === undefined ? '' : (medians.get(name)! / medians.get(against)!).toFixed(2),
      ...(timed.some((each) => each.target !== undefined) && { 'at most': target ?? '' }),
    },
  ]);
  console.table(Object.fromEntries(rows));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
