import { type Role } from '../observe/pair-observation';

/** Numbers of records. */
export interface Flow {
  readonly sent: number;
  readonly acknowledged: number;
  readonly consumed: number;
}

/** What happened within one second; numbers of records. */
export interface Second {
  /** Its beginning: milliseconds since 1970. */
  readonly at: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly notAcknowledged: number;
  readonly consumed: number;
  readonly late: number;
  readonly twice: number;
  readonly outOfOrder: number;
  /** Age of the oldest record that was consumed; milliseconds. @default - none was */
  readonly age?: number;
  /** At its end: acknowledged, and not consumed. */
  readonly waiting: number;
  /** By member. */
  readonly on: Readonly<Record<Role, Flow>>;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const NONE: Flow = { sent: 0, acknowledged: 0, consumed: 0 };
const NOTHING: Omit<Second, 'at'> = {
  sent: 0,
  acknowledged: 0,
  notAcknowledged: 0,
  consumed: 0,
  late: 0,
  twice: 0,
  outOfOrder: 0,
  waiting: 0,
  on: { primary: NONE, secondary: NONE },
};

/** Seconds of which nothing is known are counted one by one up to here. */
const MOST_EMPTY = 600;
/** So much earlier nothing happens, unless the clock was put back. */
const PUT_BACK_MS = 5000;

/** Seconds one after the other since a canary began; where a clock is set, or nothing happens for long, from there on. */
export class Seconds {
  private first = 0;
  private readonly list: Writable<Second>[] = [];
  private taken = 0;
  private waiting = 0;

  public begin(at: number): void {
    this.first = at;
  }

  public count(
    { at, on }: { readonly at: number; readonly on: Role },
    { age, waiting, ...counts }: Partial<Omit<Second, 'at' | 'on'>>,
  ): void {
    const second = this.second(at);
    for (const [name, number] of Object.entries(counts) as [keyof typeof counts, number][]) {
      second[name] += number;
    }
    if (age !== undefined) {
      second.age = Math.max(second.age ?? 0, age);
    }
    if (waiting !== undefined) {
      second.waiting = waiting;
      this.waiting = waiting;
    }
    const { sent = 0, acknowledged = 0, consumed = 0 } = counts;
    const before = second.on[on];
    second.on = {
      ...second.on,
      [on]: {
        sent: before.sent + sent,
        acknowledged: before.acknowledged + acknowledged,
        consumed: before.consumed + consumed,
      },
    };
  }

  /** Takes out those that are over by now: what is not taken stays. */
  public take(now: number): Second[] {
    this.second(now);
    const over = this.list.splice(0, this.indexOf(now) - this.taken);
    this.taken += over.length;
    return over;
  }

  /** Those that were not taken out. */
  public all(): readonly Second[] {
    return this.list;
  }

  private indexOf(at: number): number {
    return Math.max(0, Math.floor((at - this.first) / 1000));
  }

  /** A clock that was put back a little counts into the first second that is left. */
  private second(at: number): Writable<Second> {
    const next = this.taken + this.list.length;
    const end = this.first + next * 1000;
    if (next > 0 && (at >= end + MOST_EMPTY * 1000 || at < end - 1000 - PUT_BACK_MS)) {
      // Shows that nothing came after what was last.
      this.list.push({ ...NOTHING, at: end, waiting: this.waiting });
      this.first = at - (next + 1) * 1000;
    }
    const index = Math.max(0, this.indexOf(at) - this.taken);
    while (this.list.length <= index) {
      this.list.push({ ...NOTHING, at: this.first + (this.taken + this.list.length) * 1000, waiting: this.waiting });
    }
    return this.list[index];
  }
}
