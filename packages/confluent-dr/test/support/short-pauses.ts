import { DEFAULT_REPETITION } from '../../src/client/repetition';
import { MACHINE_CLOCK } from '../../src/execute/time-limits';

/** So many times as fast; the time of a lab whose rate is as high goes on as it would for a tool that waits in earnest. */
const PACE = 20;

const { now, sleep } = MACHINE_CLOCK;
let leapt = 0;

/*
 * For whoever imports this, or requires it in a process of its own, waiting takes the tool a fraction of the time that it
 * believes; what it does meanwhile takes as long as ever, and its limits on a machine that is slow are the same. It repeats
 * what failed as often, too.
 */
Object.assign(DEFAULT_REPETITION, { firstWaitMs: 20 });
Object.assign(MACHINE_CLOCK, {
  now: () => now() + leapt,
  sleep: async (ms: number, signal?: AbortSignal) => {
    await sleep(ms / PACE, signal);
    leapt += signal?.aborted ? 0 : ms - ms / PACE;
  },
} satisfies Partial<typeof MACHINE_CLOCK>);
