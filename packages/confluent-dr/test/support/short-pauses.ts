import { DEFAULT_RETRY } from '../../src/client/retry';
import { MACHINE_CLOCK } from '../../src/execute/time-limits';

/** So many times as fast; the time of a lab whose rate is as high goes on as it would for a tool that waits in earnest. */
const PACE = 20;

/** More does not pass between two looks at the clock: how much a tool does before its time is over is no matter of the machine. */
const LONGEST_MS = 20;

const { now, sleep } = MACHINE_CLOCK;
let [seen, passed] = [now(), 0];

/*
 * For whoever imports this, or requires it in a process of its own, waiting takes the tool a fraction of the time that it
 * believes, and what it does meanwhile takes it next to none. It repeats what failed as often as ever.
 */
Object.assign(DEFAULT_RETRY, { firstWaitMs: 20 });
Object.assign(MACHINE_CLOCK, {
  now: () => {
    const before = seen;
    seen = now();
    passed += Math.min(seen - before, LONGEST_MS);
    return passed;
  },
  sleep: async (ms: number, signal?: AbortSignal) => {
    await sleep(ms / PACE, signal);
    seen = now();
    passed += signal?.aborted ? 0 : ms;
  },
} satisfies Partial<typeof MACHINE_CLOCK>);
