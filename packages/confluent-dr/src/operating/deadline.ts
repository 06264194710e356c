import { type OperatingClock } from './clock';

/** Ends a run from within; the reason says how it ends. */
export class Stopped extends Error {
  constructor(public readonly reason: 'time-limit' | 'interrupted') {
    super(reason);
    this.name = 'Stopped';
  }
}

/** The time that a run has; it stands still while a person thinks. */
export class Deadline {
  private readonly begun: number;
  private pausedMs = 0;

  constructor(
    private readonly clock: OperatingClock,
    private readonly limitMs: number,
    private readonly interruption?: AbortSignal,
  ) {
    this.begun = clock.now();
  }

  /** @throws Stopped if it was interrupted, or its time is over */
  public check(): void {
    if (this.interruption?.aborted) {
      throw new Stopped('interrupted');
    }
    if (this.leftMs <= 0) {
      throw new Stopped('time-limit');
    }
  }

  /** Ends a look that nobody has time for any more. */
  public get signal(): AbortSignal {
    const signals = [this.interruption, this.clock.limit?.(this.leftMs)].filter((signal) => signal !== undefined);
    return AbortSignal.any(signals);
  }

  /** Why a look was ended. */
  public get reason(): Stopped['reason'] {
    return this.interruption?.aborted ? 'interrupted' : 'time-limit';
  }

  private get leftMs(): number {
    return this.limitMs - (this.clock.now() - this.begun - this.pausedMs);
  }

  /** @throws Stopped */
  public async sleep(ms: number): Promise<void> {
    this.check();
    await this.clock.sleep(Math.min(ms, this.leftMs), this.interruption);
    this.check();
  }

  public async without<T>(wait: () => Promise<T>): Promise<T> {
    const since = this.clock.now();
    try {
      return await wait();
    } finally {
      this.pausedMs += this.clock.now() - since;
    }
  }
}
