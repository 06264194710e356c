import { setTimeout as pause } from 'node:timers/promises';

/** What takes longer than this hangs, on any machine. */
export const LIMIT_MS = 120_000;

const NAP_MS = 50;
/** Answers of a control: one may have been on its way before. */
const CONTROLS = 3;
const TURNS = 5;

/** So long at least, in short naps: where all of the machine stands still, that is one of them and not the whole time. */
export async function patience(ms: number, isOver = (): boolean => false): Promise<void> {
  for (let left = ms; left > 0 && !isOver(); left -= NAP_MS) {
    await pause(NAP_MS);
  }
}

/** Something of the same kind, done to its end: it shows that the machine goes on. */
export type Control = () => Promise<unknown>;

/**
 * What became of something, or `hangs`. Time alone does not tell that, as a busy machine may do nothing in it: it hangs when
 * the control, begun later, was done again and again. Without one it hangs when nothing takes so long on any machine.
 */
export async function orHangs<T>(work: Promise<T>, control?: Control, leastMs = 1000): Promise<T | 'hangs'> {
  let over = false;
  const waited = async (): Promise<'hangs'> => {
    await patience(control ? leastMs : LIMIT_MS, () => over);
    for (let count = 0; control && count < CONTROLS && !over; count += 1) {
      await control();
    }
    return 'hangs';
  };
  try {
    return await Promise.race([work, waited()]);
  } finally {
    over = true;
  }
}

/** How many milliseconds something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * The least of some measurements, the first of which may be given. What a proxy does it does each time, what a busy machine
 * does it does not: as long as it is more than the limit it is measured again, a few times.
 */
export async function least(limit: number, measure: () => Promise<number>, first?: number): Promise<number> {
  let lowest = first ?? (await measure());
  for (let turn = 1; turn < TURNS && lowest > limit; turn += 1) {
    lowest = Math.min(lowest, await measure());
  }
  return lowest;
}
