import { setTimeout as sleep } from 'node:timers/promises';
import { otherRole, type Role, ROLES } from '../pair/role';

/** Milliseconds in which each member has to say anything; for ever where it is left out. */
export type PatienceMs = Partial<Record<Role, number>>;

/** Far more than a member needs that is there, and short enough to sit before a screen. */
export const PATIENCE_MS: PatienceMs = { primary: 5000, secondary: 5000 };

/** Where the other member needs long, too, a silent one has so many times as long, but of its own limit no more either. */
const FACTOR = 3;

/** Time, so that tests need not wait. */
export type Pause = (ms: number) => Promise<unknown>;

const machinePause: Pause = (ms) => sleep(ms, undefined, { ref: false });

export interface Patience {
  /** @default `PATIENCE_MS` */
  readonly patienceMs?: PatienceMs;
  /** @default the machine's */
  readonly pause?: Pause;
}

/**
 * Reads both members side by side, and tells each reading when its member, if it has said nothing yet, is not to be waited
 * for any longer. On a slow network both are slow: a member that is slow must not be taken for one that is gone.
 */
export async function sideBySide<T>(
  read: (role: Role, patience: AbortSignal) => Promise<T>,
  { patienceMs = PATIENCE_MS, pause = machinePause }: Patience,
): Promise<Record<Role, T>> {
  const begun = performance.now();
  const over = { primary: new AbortController(), secondary: new AbortController() };
  const took: Partial<Record<Role, number>> = {};
  const timed = async (role: Role): Promise<T> => {
    try {
      return await read(role, over[role].signal);
    } finally {
      took[role] = performance.now() - begun;
    }
  };
  const readings = { primary: timed('primary'), secondary: timed('secondary') };
  const runOut = async (role: Role, limitMs: number): Promise<void> => {
    const other = otherRole(role);
    await pause(limitMs);
    if (took[other] === undefined) {
      await Promise.race([readings[other].catch(() => undefined), pause(limitMs * (FACTOR - 1))]);
    }
    const { [other]: needed = limitMs } = took;
    const left = Math.min(needed, limitMs) * FACTOR - (performance.now() - begun);
    await (left > 0 ? pause(left) : undefined);
    over[role].abort();
  };
  for (const role of ROLES) {
    const { [role]: limitMs } = patienceMs;
    if (limitMs !== undefined) {
      void runOut(role, limitMs);
    }
  }
  const [primary, secondary] = await Promise.all([readings.primary, readings.secondary]);
  return { primary, secondary };
}
