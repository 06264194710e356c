/** A time in which a canary did not see what happened; milliseconds since 1970. */
export interface Standstill {
  /** When it was known to run for the last time, and for the first time again; the latter is earlier where the clock was put back. */
  readonly since: number;
  readonly at: number;
}

/** Two clocks, in milliseconds. */
export interface Clocks {
  /** Since 1970, as the machine has it: it can be set. */
  readonly time: () => number;
  /** Of one that nobody sets; it may stand still while the machine sleeps. */
  readonly steady: () => number;
}

const MACHINE: Clocks = { time: () => Date.now(), steady: () => performance.now() };

const LOOK_MS = 250;
/** Shorter ones are those of a busy machine, and hide nothing. */
const SHORTEST_MS = 2000;

/**
 * Notices that this process was stopped, that its machine slept or was too busy for it, or that the clock was set: pauses of
 * clients around such a time are not those of the clusters.
 */
export class StandstillWatch {
  private last: { readonly time: number; readonly steady: number };
  private looking?: NodeJS.Timeout;

  constructor(
    private readonly listener: (standstill: Standstill) => void,
    private readonly clocks: Clocks = MACHINE,
  ) {
    this.last = this.now();
  }

  public start(): void {
    this.last = this.now();
    this.looking = setInterval(() => this.look(), LOOK_MS).unref();
  }

  public look(): void {
    const { last } = this;
    const now = (this.last = this.now());
    const steady = now.steady - last.steady;
    const time = now.time - last.time;
    if (steady > LOOK_MS + SHORTEST_MS || Math.abs(time - steady) > SHORTEST_MS) {
      this.listener({ since: last.time, at: now.time });
    }
  }

  public stop(): void {
    clearInterval(this.looking);
  }

  private now(): { readonly time: number; readonly steady: number } {
    return { time: this.clocks.time(), steady: this.clocks.steady() };
  }
}
