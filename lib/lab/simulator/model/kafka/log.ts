/** Consecutive records of one batch. A record is told from all others by its batch and its place there. */
interface Run {
  readonly batch: number;
  readonly first: number;
  readonly count: number;
}

/** A partition's log from offset 0 on: real records, without their contents. */
export interface Log {
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
  let offset = 0;
  let left = most;
  for (const run of log.runs) {
    const skipped = Math.max(0, from - offset);
    const count = Math.min(left, run.count - skipped);
    if (count > 0) {
      runs.push({ batch: run.batch, first: run.first + skipped, count });
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

/** Throws away what lies beyond an offset, and tells how many records that was. */
export function truncate(log: Log, end: number): number {
  const lost = Math.max(0, log.end - end);
  if (lost > 0) {
    log.runs = slice(log, 0, end);
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
