/** The lab's own time: runs as fast as told, stands still if told, and can be moved on, never back. */
export class Clock {
  private base: number;
  private since = Date.now();
  private factor: number;

  /** @param rate lab seconds a real second; 0 stands still */
  constructor(start: number, rate = 1) {
    this.base = start;
    this.factor = checked(rate);
  }

  public now(): number {
    return Math.floor(this.base + (Date.now() - this.since) * this.factor);
  }

  public get rate(): number {
    return this.factor;
  }

  public advance(milliseconds: number): void {
    this.rebase(this.now() + checked(milliseconds));
  }

  public setRate(rate: number): void {
    this.rebase(this.now());
    this.factor = checked(rate);
  }

  private rebase(now: number): void {
    this.base = now;
    this.since = Date.now();
  }
}

function checked(value: number): number {
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(`Received ${value}; the lab's time only goes on, so give a number of 0 or more.`);
  }
  return value;
}
