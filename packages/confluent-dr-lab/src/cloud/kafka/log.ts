/** Consecutive records of one batch. A record is told from all others by its batch and its place there. */
interface Run {
  readonly batch: number;
  readonly first: number;
  readonly count: number;
  /** When they were produced, in the lab's time. */
  readonly at?: number;
}

/** A partition's log: real records, without their contents. */
export interface Log {
  /** The offset of the first record. @default 0 */
  start?: number;
  /** The offset that the next record gets. */
  end: number;
  runs: Run[];
}

export const emptyLog = (): Log => ({ end: 0, runs: [] });

export function append(log: Log, run: Run): void {
  if (run.count === 0) {
    return;
  }
  const last = log.runs.at(-1);
  if (last?.batch === run.batch && last.first + last.count === run.first) {
    log.runs[log.runs.length - 1] = { ...last, count: last.count + run.count };
  } else {
    log.runs.push(run);
  }
  log.end += run.count;
}

/** The records from an offset on, at most so many. */
export function slice(log: Log, from: number, most: number): Run[] {
  const runs: Run[] = [];
  let offset = startOf(log);
  let left = most;
  for (const run of log.runs) {
    const skipped = Math.max(0, from - offset);
    const count = Math.min(left, run.count - skipped);
    if (count > 0) {
      runs.push({ ...run, first: run.first + skipped, count });
      left -= count;
    }
    offset += run.count;
  }
  return runs;
}

/** Copies what a log lacks of another one that it is a beginning of. */
export function catchUp(log: Log, source: Log, most: number): void {
  for (const run of slice(source, log.end, most)) {
    append(log, run);
  }
}

export const startOf = (log: Log): number => log.start ?? 0;

/** The first offset of what was produced at that time or later; the end if there is nothing. */
export function offsetAt(log: Log, time: number): number {
  let offset = startOf(log);
  for (const { at = 0, count } of log.runs) {
    if (at >= time) {
      break;
    }
    offset += count;
  }
  return offset;
}

/** Throws away what lies beyond an offset, and tells how many records that was. */
export function truncate(log: Log, end: number): number {
  const lost = Math.max(0, log.end - end);
  if (lost > 0) {
    log.runs = slice(log, startOf(log), end - startOf(log));
    log.end = end;
  }
  return lost;
}

/** The records by name, `batch/place`: for consumers, and for telling two logs apart. */
export function recordNames(log: Log, from = 0, most = Number.MAX_SAFE_INTEGER): string[] {
  return slice(log, from, most).flatMap(({ batch, first, count }) =>
    Array.from({ length: count }, (_, index) => `${batch}/${first + index}`),
  );
}
