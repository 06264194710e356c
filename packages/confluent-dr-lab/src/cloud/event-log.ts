/** Who called what, and what they were told. Neither bodies nor credentials are part of it. */
export interface Event {
  readonly number: number;
  /** In the lab's time, ISO 8601. */
  readonly at: string;
  /** `control-plane`, a cluster or a Schema Registry. */
  readonly target: string;
  /** Who called, and with which key; absent where the caller was not let in. */
  readonly caller?: string;
  readonly method: string;
  readonly path: string;
  /** 0 where the caller was left without an answer. */
  readonly status: number;
  readonly faults?: readonly string[];
}

const MOST = 10_000;

export class EventLog {
  private events: Event[] = [];
  private count = 0;

  public add(event: Omit<Event, 'number'>): void {
    this.count += 1;
    this.events.push({ number: this.count, ...event });
    if (this.events.length > MOST * 2) {
      this.events = this.events.slice(-MOST);
    }
  }

  /** Those after a number, of a target if one is named. */
  public list(after = 0, target?: string): Event[] {
    return this.events
      .slice(-MOST)
      .filter((event) => event.number > after && (target === undefined || event.target === target));
  }
}
