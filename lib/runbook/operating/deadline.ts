import { type OperatingClock } from './clock';

/** Ends an undertaking from within; the reason says how it ends. */
export class Stopped extends Error {
  constructor(public readonly reason: 'time-limit' | 'interrupted') {
    super(reason);
    this.name = 'Stopped';
  }
}

/** The time that an undertaking has; it stands still while a person thinks. */
export class Deadline {
  private readonly begun: number;
  private pausedMs = 0;

  constructor(
    private readonly clock: OperatingClock,
    private readonly limitMs: number,
    private readonly signal?: AbortSignal,
  ) {
    this.begun = clock.now();
  }

  /** @throws Stopped if it was interrupted, or its time is over */
  public check(): void {
    if (this.signal?.aborted) {
      throw new Stopped('interrupted');
    }
    if (this.clock.now() - this.begun - this.pausedMs >= this.limitMs) {
      throw new Stopped('time-limit');
    }
  }

  /** @throws Stopped */
  public async sleep(ms: number): Promise<void> {
    this.check();
    const left = this.limitMs - (this.clock.now() - this.begun - this.pausedMs);
    await this.clock.sleep(Math.min(ms, left), this.signal);
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
