import { readGroups } from '../lag/group-reader';
import { observePair, type PairSource } from '../observing/observe-pair';
import { type DisturbedStep, isQuiet, quietSideOf, type Traffic, trafficBetween, type TrafficLook } from './traffic';

/** The time in which ends have to stand still for one look to be quiet. */
export const APART_MS = 1000;

/** So many looks in succession have to be quiet until a wait is over. */
const QUIET_LOOKS = 3;

export interface TrafficTime {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Ends it with an error. */
  readonly signal?: AbortSignal;
}

/**
 * Looks twice, a second apart.
 *
 * @throws RequestFailure of kind `aborted`; what else goes wrong is part of what is told
 */
export async function readTraffic(source: PairSource, step: DisturbedStep, time: TrafficTime): Promise<Traffic> {
  const first = await lookAt(source, step, time);
  await time.sleep(APART_MS, time.signal);
  return trafficBetween(step, first, await lookAt(source, step, time));
}

/**
 * Looks until clients are quiet three times in succession, or the time is over.
 *
 * @returns the last look
 * @throws RequestFailure of kind `aborted`
 */
export async function waitForQuiet(
  source: PairSource,
  step: DisturbedStep,
  time: TrafficTime,
  limitMs: number,
  onLook: (traffic: Traffic) => void = () => undefined,
): Promise<{ readonly traffic: Traffic; readonly isQuiet: boolean }> {
  const begun = time.now();
  let first = await lookAt(source, step, time);
  for (let quiet = 0; ;) {
    await time.sleep(APART_MS, time.signal);
    const last = await lookAt(source, step, time);
    const traffic = trafficBetween(step, first, last);
    first = last;
    quiet = isQuiet(traffic) ? quiet + 1 : 0;
    onLook(traffic);
    if (quiet >= QUIET_LOOKS) {
      return { traffic, isQuiet: true };
    }
    if (quiet === 0 && time.now() - begun >= limitMs) {
      return { traffic, isQuiet: false };
    }
  }
}

async function lookAt(source: PairSource, step: DisturbedStep, { now, signal }: TrafficTime): Promise<TrafficLook> {
  const { kafka } = source.members[quietSideOf(step)];
  const [{ observation }, groups] = await Promise.all([
    observePair(source, { mirrorsOnly: true, signal }),
    readGroups(kafka, { signal }),
  ]);
  return { topics: observation.topics, groups, at: now() };
}
