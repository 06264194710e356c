import { type Role } from '../observe/pair-observation';
import { Arrivals } from './arrivals';
import { Changeovers } from './changeovers';
import { type CanaryBegin, type CanaryEvent, type Span } from './events';
import { Interruptions } from './interruptions';
import { Ranges } from './ranges';
import { type Second, Seconds } from './seconds';
import { type Standstill } from './standstill';

/** Numbers of records. */
export interface Tally {
  readonly sent: number;
  readonly acknowledged: number;
  /** Different ones, acknowledged or not. */
  readonly consumed: number;
  /** Consumed later than allowed. */
  readonly late: number;
  /** Consumed again. */
  readonly twice: number;
  /** Consumed after one that was sent later. */
  readonly outOfOrder: number;
  /** Acknowledged and never consumed. */
  readonly notConsumed: number;
}

/** What the independent read says of one partition, or of all; numbers of records. */
export interface Found {
  readonly there: number;
  /** Acknowledged, and not there: lost. */
  readonly missing: number;
  /** There more than once, each time counted. */
  readonly twice: number;
  /** Acknowledged, and there after one that was sent later. */
  readonly outOfOrder: number;
  /** There, though nobody acknowledged it. */
  readonly unacknowledged: number;
}

export interface PartitionAccount {
  readonly partition: number;
  readonly tally: Tally;
  /** @default - it was not read to its end */
  readonly found?: Found;
  /** Which records are missing, by sequence number; of many the first. */
  readonly missing: readonly { readonly first: number; readonly last: number }[];
  /** Acknowledged and not consumed here, which others of the group got or may have got. @default none */
  readonly shared?: number;
}

interface PartitionState {
  sent: number;
  late: number;
  readonly acknowledged: Ranges;
  readonly consumed: Arrivals;
  /** Acknowledged, and not consumed while nobody was there to consume. */
  unwatched: Ranges;
  /** Acknowledged, and not consumed while another member of the group had the partition. */
  ofOthers: Ranges;
  /** Whether one has it now. */
  isShared: boolean;
  readonly found: Arrivals;
  /** Acknowledged, and there after one that was sent later. */
  overtaken: number;
  isRead: boolean;
}

const MOST_SPANS = 20;

/**
 * The books of a canary: everything that it tells follows from the events that are put in here, be it while it runs or from
 * its raw log.
 */
export class CanaryAccount {
  public begin?: CanaryBegin;
  /** When it was where. */
  public readonly places: { readonly at: number; readonly on: Role }[] = [];
  public stoppedAt?: number;
  public readonly seconds = new Seconds();
  public readonly standstills: Standstill[] = [];
  public readonly interruptions = new Interruptions();
  public readonly changeovers = new Changeovers();
  private readonly partitions: PartitionState[] = [];
  /** Acknowledged and not consumed. */
  private waiting = 0;

  public static of(events: Iterable<CanaryEvent>): CanaryAccount {
    const account = new CanaryAccount();
    for (const event of events) {
      account.apply(event);
    }
    return account;
  }

  public apply(event: CanaryEvent): void {
    switch (event.type) {
      case 'begin':
        this.begin = event;
        this.seconds.begin(event.at);
        this.places.push({ at: event.at, on: event.on });
        break;
      case 'sent':
        this.of(event).sent += sizeOf(event);
        this.seconds.count(event, { sent: sizeOf(event) });
        break;
      case 'acknowledged':
        this.acknowledge(event);
        this.interruptions.happened('acknowledged', event);
        this.changeovers.happened('acknowledged', event);
        this.seconds.count(event, { acknowledged: sizeOf(event), waiting: this.waiting });
        break;
      case 'not-acknowledged':
        this.seconds.count(event, { notAcknowledged: sizeOf(event) });
        break;
      case 'consumed':
        this.interruptions.happened('consumed', event);
        this.changeovers.happened('consumed', event);
        this.seconds.count(event, { ...this.consume(event), late: event.late, age: event.age, waiting: this.waiting });
        break;
      case 'moved':
        this.changeovers.moved(this.places.at(-1)!.on, event.on, event.at);
        this.places.push({ at: event.at, on: event.on });
        break;
      case 'shared':
        this.share(event.partitions);
        break;
      case 'stood-still':
        this.standstills.push({ since: event.since, at: event.at });
        break;
      case 'stopped':
        this.stoppedAt = event.at;
        break;
      case 'taken-up':
        this.takeUp(event);
        break;
      case 'found':
        if (event.run === undefined) {
          this.find(event);
        }
        break;
      case 'read':
        this.of(event).isRead = true;
        break;
      case 'trouble':
        break;
    }
  }

  /** Records that were acknowledged and have not been consumed. */
  public get behind(): number {
    return this.waiting;
  }

  public byPartition(): PartitionAccount[] {
    return this.partitions.map((state, partition) => {
      const missing = state.isRead ? state.acknowledged.minus(state.found.seen) : new Ranges();
      const shared = (state.isShared ? openOf(state) : state.ofOthers.minus(state.consumed.seen)).size;
      return {
        partition,
        tally: tallyOf(state),
        ...(state.isRead && { found: foundOf(state, missing) }),
        missing: [...missing].slice(0, MOST_SPANS).map(([first, last]) => ({ first, last })),
        ...(shared > 0 && { shared }),
      };
    });
  }

  private consume(event: Span & { readonly late: number }): Partial<Second> {
    const state = this.of(event);
    const counts = { consumed: 0, twice: 0, outOfOrder: 0 };
    for (let sequence = event.first; sequence <= event.last; sequence += 1) {
      const arrival = state.consumed.add(sequence);
      counts.consumed += arrival === 'twice' ? 0 : 1;
      counts.twice += arrival === 'twice' ? 1 : 0;
      counts.outOfOrder += arrival === 'out-of-order' ? 1 : 0;
      const isLeft = state.isShared || state.unwatched.has(sequence) || state.ofOthers.has(sequence);
      const isWaitedFor = state.acknowledged.has(sequence) && !isLeft;
      this.waiting -= arrival !== 'twice' && isWaitedFor ? 1 : 0;
    }
    state.late += event.late;
    return counts;
  }

  private takeUp({ at, on }: { readonly at: number; readonly on: Role }): void {
    this.partitions.forEach((state) => {
      if (state.isShared) {
        state.ofOthers = openOf(state);
        state.isShared = false;
      }
      state.unwatched = openOf(state).minus(state.ofOthers);
    });
    this.waiting = 0;
    const { on: before } = this.places.at(-1)!;
    if (before !== on) {
      this.changeovers.moved(before, on, at);
    }
    this.places.push({ at, on });
  }

  /** What another member got, or had left, when it comes and when it goes is not waited for. */
  private share(partitions: readonly number[]): void {
    partitions.forEach((partition) => this.of({ partition }));
    this.partitions.forEach((state, partition) => {
      const isShared = partitions.includes(partition);
      if (isShared !== state.isShared) {
        this.waiting -= state.isShared ? 0 : openOf(state).minus(state.ofOthers).size;
        state.ofOthers = openOf(state);
        state.isShared = isShared;
      }
    });
  }

  /** What nobody acknowledged may have been written late, by a broker that was thought to be gone: that breaks no promise. */
  private find(event: Span): void {
    const state = this.of(event);
    for (let sequence = event.first; sequence <= event.last; sequence += 1) {
      const arrival = state.found.add(sequence);
      state.overtaken += arrival === 'out-of-order' && state.acknowledged.has(sequence) ? 1 : 0;
    }
  }

  private acknowledge(event: Span): void {
    const { acknowledged, consumed, isShared } = this.of(event);
    for (let sequence = event.first; sequence <= event.last; sequence += 1) {
      this.waiting += acknowledged.add(sequence) && !consumed.seen.has(sequence) && !isShared ? 1 : 0;
    }
  }

  private of({ partition }: Pick<Span, 'partition'>): PartitionState {
    for (let index = this.partitions.length; index <= partition; index += 1) {
      this.partitions.push({
        sent: 0,
        late: 0,
        acknowledged: new Ranges(),
        consumed: new Arrivals(),
        unwatched: new Ranges(),
        ofOthers: new Ranges(),
        isShared: false,
        found: new Arrivals(),
        overtaken: 0,
        isRead: false,
      });
    }
    return this.partitions[partition];
  }
}

const sizeOf = ({ first, last }: Span): number => last - first + 1;

/** Acknowledged, and not consumed, though somebody was there to consume it. */
const openOf = ({ acknowledged, consumed, unwatched }: PartitionState): Ranges =>
  acknowledged.minus(consumed.seen).minus(unwatched);

function tallyOf(state: PartitionState): Tally {
  const { sent, late, acknowledged, consumed, ofOthers, isShared } = state;
  return {
    sent,
    acknowledged: acknowledged.size,
    consumed: consumed.seen.size,
    late,
    twice: consumed.twice,
    outOfOrder: consumed.outOfOrder,
    notConsumed: isShared ? 0 : openOf(state).minus(ofOthers).size,
  };
}

function foundOf({ acknowledged, found, overtaken }: PartitionState, missing: Ranges): Found {
  return {
    there: found.seen.size,
    missing: missing.size,
    twice: found.twice,
    outOfOrder: overtaken,
    unacknowledged: found.seen.minus(acknowledged).size,
  };
}

/** The numbers of all partitions together. */
export function total<Counts extends Tally | Found>(counts: readonly Counts[]): Counts | undefined {
  const [first, ...others] = counts;
  return others.reduce<Counts | undefined>(
    (sum, count) =>
      sum &&
      (Object.fromEntries(
        Object.entries(sum).map(([name, number]) => [
          name,
          number + (count as unknown as Record<string, number>)[name],
        ]),
      ) as unknown as Counts),
    first,
  );
}
