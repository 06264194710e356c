import { setTimeout as wait } from 'node:timers/promises';
import { type Role, ROLES } from '../observe/pair-observation';
import { CanaryAccount } from './account';
import { type CanaryBegin, type CanaryEvent } from './events';
import { causeOf } from './kafka/client';
import { Consuming, type ConsumingEvent } from './kafka/consuming';
import { beginAtEnd, beginSince, deleteGroups } from './kafka/offsets';
import { type Destination, Producing, type ProducingEvent } from './kafka/producing';
import { readBack } from './kafka/reading';
import { StandstillWatch } from './standstill';

export type CanaryPlan = Omit<CanaryBegin, 'type' | 'at'>;

export interface CanaryOptions {
  readonly plan: CanaryPlan;
  readonly places: Readonly<Record<Role, Destination>>;
  /** Milliseconds that one send may take. */
  readonly sendLimit: number;
  /** When the first run began that it goes on from; milliseconds since 1970. @default - when it begins itself */
  readonly since?: number;
  /** Gets each event, in order; the raw log is made of them. */
  readonly listener: (event: CanaryEvent) => void;
}

const CLOCK_MARGIN_MS = 60_000;
const SAME_TROUBLE_MS = 5000;

/** What the names of groups begin with that canaries have for themselves. */
export const OWN_GROUPS = 'confluent-dr-canary-';

/** The group that a run has for itself: of one that two have, each would get a part of the records. */
export const ownGroupOf = (run: string): string => `${OWN_GROUPS}${run}`;

/** The group cannot begin where it is to; nothing was sent. */
export class UnusableGroup extends Error {}

/** A producer and a consumer on one topic, which count. */
export class Canary {
  public readonly account = new CanaryAccount();
  private on: Role;
  private producing?: Producing;
  private consuming?: Consuming;
  private readonly watch: StandstillWatch;
  private readonly troubles = new Map<string, number>();

  constructor(private readonly options: CanaryOptions) {
    this.on = options.plan.on;
    this.watch = new StandstillWatch((standstill) => this.tell({ type: 'stood-still', on: this.on, ...standstill }));
  }

  /** Where it is. */
  public get place(): Role {
    return this.on;
  }

  /**
   * Begins to send once the consumer has its partitions.
   *
   * @param limit milliseconds that the consumer has for it
   * @throws UnusableGroup
   * @throws Error if it does not get them
   */
  public async start(limit: number, signal: AbortSignal): Promise<void> {
    const { plan, places, sendLimit } = this.options;
    const place = places[this.on];
    await beginAtEnd(place, plan.group).catch((error: unknown) => {
      throw new UnusableGroup(`the group ${plan.group} cannot be placed on the ${this.on}: ${causeOf(error)}`, {
        cause: error,
      });
    });
    const troubles: string[] = [];
    const noted = (event: ConsumingEvent): void => {
      if (event.type === 'trouble') {
        troubles.push(event.cause);
      }
      this.tell({ ...event, at: Date.now() });
    };
    this.tell({ type: 'begin', at: Date.now(), ...plan });
    this.consuming = new Consuming({ ...plan, listener: noted }, place);
    const waiting = new AbortController();
    const isReady = await Promise.race([
      this.consuming.ready.then(() => true),
      wait(limit, false, { signal: AbortSignal.any([signal, waiting.signal]) }).catch(() => false),
    ]);
    waiting.abort();
    if (!isReady) {
      await this.consuming.stop();
      signal.throwIfAborted();
      throw new Error(
        `the consumer got no partitions within ${limit / 1000} s: ${troubles.at(-1) ?? 'the group says nothing'}`,
      );
    }
    const listener = (event: ProducingEvent): void => this.tell({ ...event, at: Date.now() });
    this.producing = new Producing({ ...plan, sendLimit, listener }, place);
    this.producing.start();
    this.watch.start();
  }

  /** Takes both to a member, the producer as a fresh one. */
  public async moveTo(role: Role): Promise<void> {
    if (role === this.on) {
      return;
    }
    const { plan, places } = this.options;
    this.on = role;
    this.tell({ type: 'moved', at: Date.now(), on: role });
    this.producing?.moveTo(places[role]);
    try {
      await beginSince(places[role], plan.group, this.account.begin!.at - CLOCK_MARGIN_MS);
    } catch (error) {
      this.trouble('consumer', `the place of the group was not looked up: ${causeOf(error)}`);
    }
    this.consuming?.moveTo(places[role]);
  }

  /** Notes that something else went wrong. */
  public trouble(who: 'consumer' | 'look' | 'read', cause: string): void {
    this.tell({ type: 'trouble', at: Date.now(), on: this.on, who, cause });
  }

  /**
   * Sends no more, and lets the consumer have what it lacks.
   *
   * @param limit milliseconds that it has for it
   */
  public async stop(limit: number, signal: AbortSignal): Promise<void> {
    await this.producing?.stop();
    this.tell({ type: 'stopped', at: Date.now(), on: this.on });
    const end = Date.now() + limit;
    while (this.account.behind > 0 && Date.now() < end && !signal.aborted) {
      await wait(20);
    }
    await this.consuming?.stop();
    this.watch.stop();
  }

  /** Reads everything back from where it is now. */
  public async readBack(signal: AbortSignal): Promise<void> {
    const { plan, places } = this.options;
    const { since = this.account.begin!.at } = this.options;
    const { run, earlier } = plan;
    await readBack(places[this.on], { run, earlier, since, signal, listener: (event) => this.tell(event) });
  }

  /** Takes away the groups that it and those before it had for themselves; what is left of them, brokers take away in days. */
  public async deleteOwnGroups(): Promise<void> {
    const { plan, places } = this.options;
    const groups = [plan.run, ...(plan.earlier ?? [])].map(ownGroupOf);
    if (groups.includes(plan.group)) {
      // A link brings groups from where clients are: what is gone there does not come back.
      for (const role of [this.on, ...ROLES.filter((each) => each !== this.on)]) {
        await deleteGroups(places[role], groups).catch(() => undefined);
      }
    }
  }

  private tell(event: CanaryEvent): void {
    if (event.type === 'trouble' && this.isKnown(event.who, event.cause, event.at)) {
      return;
    }
    this.account.apply(event);
    this.options.listener(event);
  }

  /** The same trouble again and again is told once in a while. */
  private isKnown(who: string, cause: string, at: number): boolean {
    const key = `${who} ${cause}`;
    if (at - (this.troubles.get(key) ?? -Infinity) < SAME_TROUBLE_MS) {
      return true;
    }
    if (this.troubles.size > 1000) {
      this.troubles.clear();
    }
    this.troubles.set(key, at);
    return false;
  }
}
