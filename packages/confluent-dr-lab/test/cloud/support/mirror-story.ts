import { serialize } from 'node:v8';
import { type MirrorOperation } from '../../../src/cloud/vocabulary';
import { ModelPair, type Side, STEP } from './model-pair';

export const SIDES: readonly Side[] = ['primary', 'secondary'];

/** A pair to which things happen by chance, and what has to be true whatever they are. */
export class MirrorStory {
  public readonly pair = new ModelPair({}, { fetchRecords: 7 });
  /** What happened. */
  public readonly told: string[] = [];
  /** What should not be, and after what. */
  public readonly violations: string[] = [];
  private readonly random: (below: number) => number;
  private readonly down = new Map<Side, () => void>();
  /** After a promotion or a failover both sides may be written to, and differ. */
  private diverged = false;

  constructor(
    seed: number,
    private readonly operations: readonly MirrorOperation[],
  ) {
    this.random = randomOf(seed);
  }

  public play(steps: number): this {
    for (let step = 0; step < steps; step += 1) {
      this.step();
      this.check();
    }
    return this;
  }

  /** Lets everything come to its end: both sides are there, and time passes. */
  public finish(): this {
    SIDES.filter((side) => this.down.has(side)).forEach((side) => this.toggle(side));
    this.wait(60 * STEP);
    this.check();
    for (const side of SIDES) {
      this.require(!this.pair.mirror(side)?.status.startsWith('PENDING'), `the ${side} is in between for ever`);
    }
    return this;
  }

  private step(): void {
    const side = SIDES[this.random(2)];
    const chance = this.random(12);
    if (chance < 4) {
      this.operate(side, this.operations[this.random(this.operations.length)]);
    } else if (chance < 7) {
      this.produce(side, this.random(60));
    } else if (chance < 11) {
      this.wait([10, 150, STEP, 3 * STEP][this.random(4)]);
    } else {
      // One that is away is rather brought back than the other taken away as well.
      this.toggle([...this.down.keys()][0] ?? side);
    }
  }

  private operate(side: Side, operation: MirrorOperation): void {
    this.pair.wait(0);
    const before = serialize(this.pair.state);
    const row = this.pair.operate(side, operation);
    this.told.push(`${operation} on ${side}: ${row.errorMessage ?? 'accepted'}`);
    if (row.errorMessage !== null) {
      this.require(serialize(this.pair.state).equals(before), 'a refused operation changed something');
    } else if (operation === 'failover' || operation === 'promote') {
      this.diverged = true;
    } else if (operation === 'truncate-and-restore') {
      const truncated = row.truncation?.reduce((sum, { messages }) => sum + messages, 0);
      const lost = this.extraRecords()[side];
      this.require(truncated === lost, `it says that ${truncated} records are thrown away, and ${lost} are`);
    }
  }

  private produce(side: Side, count: number): void {
    if (!this.down.has(side) && this.pair.isWritable(side)) {
      this.told.push(`${count} records to ${side}`);
      this.pair.produce(side, count);
    }
  }

  private wait(milliseconds: number): void {
    this.told.push(`${milliseconds} ms pass`);
    this.pair.wait(milliseconds);
  }

  private toggle(side: Side): void {
    const bringBack = this.down.get(side);
    this.told.push(`${side} ${bringBack ? 'comes back' : 'is lost'}`);
    if (bringBack) {
      bringBack();
      this.down.delete(side);
    } else {
      this.down.set(side, this.pair.lose(side));
    }
  }

  private check(): void {
    const extra = this.extraRecords();
    for (const side of SIDES) {
      const mirror = this.pair.mirror(side);
      const status = mirror?.status ?? 'no mirror';
      const follows = ['ACTIVE', 'PAUSED', 'PENDING_SYNCHRONIZE', 'PENDING_RESTORE'].includes(status);
      this.require(
        !follows || extra[side] === 0,
        `the ${side} is ${status} and has ${extra[side]} records that its source has not`,
      );
      const waits = /^PENDING_(?!MIRROR)/.test(status);
      this.require(
        waits === (mirror?.transition !== undefined),
        `the ${side} is ${status} without or with a transition`,
      );
    }
    if (!this.diverged) {
      const writable = SIDES.filter((side) => this.pair.isWritable(side));
      this.require(writable.length < 2, 'both sides can be written to');
      this.require(Math.min(extra.primary, extra.secondary) === 0, 'each side has records that the other has not');
    }
  }

  /** How many records each side has that the other has not. */
  private extraRecords(): Record<Side, number> {
    const [primary, secondary] = [new Set(this.pair.records('primary')), new Set(this.pair.records('secondary'))];
    const without = (records: Set<string>, others: Set<string>): number =>
      [...records].filter((name) => !others.has(name)).length;
    return { primary: without(primary, secondary), secondary: without(secondary, primary) };
  }

  private require(truth: boolean, violation: string): void {
    if (!truth) {
      this.violations.push(`${violation}, after: ${this.told.join('; ')}`);
    }
  }
}

/** Numbers that look random and are the same each time: mulberry32. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
