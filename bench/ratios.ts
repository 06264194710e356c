import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Times of something that is done in each round of a benchmark, and what they are held against. */
export interface Timed {
  readonly name: string;
  readonly seconds: readonly number[];
  /** The name of what it is compared with. @default - nothing */
  readonly against?: string;
  /** What the ratio should not exceed. @default - nothing is asked of it */
  readonly target?: number;
}

/** What is measured in each round, by the work that it is. */
export interface Subject extends Omit<Timed, 'seconds'> {
  readonly work: () => void;
}

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);

/** Times the subjects one after the other, round by round, and shows what `printRatios` makes of it. */
export function measureInRounds(subjects: readonly Subject[]): void {
  const timed = subjects.map(({ work, ...rest }) => ({ ...rest, work, seconds: [] as number[] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { work, seconds } of timed) {
      const start = process.hrtime.bigint();
      work();
      // The first round fills the caches of disk and compiler.
      if (round > 0) {
        seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
      }
    }
  }
  printRatios(timed);
}

/** Runs a process of its own, with the arguments of `node`. @throws if it failed */
export function runNode(args: readonly string[], env: Record<string, string> = {}): void {
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: join(__dirname, '..'),
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) {
    throw new Error(`${args.join(' ')} failed: ${stderr}`);
  }
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
