import { setTimeout as wait } from 'node:timers/promises';
import { type Role } from '../../observe/pair-observation';
import { type Span } from '../events';
import { encodeRecord } from '../record';
import {
  bounded,
  causeOf,
  clientOptions,
  closed,
  type ClusterAccess,
  type Kafka,
  kafkaLibrary,
  withErrorListener,
} from './client';

/** What becomes of records that were handed over. */
export type ProducingEvent =
  | ({ readonly type: 'sent' | 'acknowledged'; readonly on: Role } & Span)
  | ({ readonly type: 'not-acknowledged'; readonly on: Role; readonly cause: string } & Span);

export interface ProducingOptions {
  readonly run: string;
  readonly partitions: number;
  /** Records a second, over all partitions. */
  readonly rate: number;
  /** Milliseconds that one send may take. */
  readonly sendLimit: number;
  readonly listener: (event: ProducingEvent) => void;
}

/** The library gives two sends to one partition the same sequence number where the first is still on its way. */
const MOST_AT_ONCE = 1000;
const PAUSE_AFTER_FAILURE_MS = 100;
const LONGEST_SLEEP_MS = 50;

/**
 * Sends numbered records at a rate, one send at a time for each partition. Nothing is sent again: what was not acknowledged
 * may have been written or not. After a failure goes on with a fresh producer, whose sequence the brokers cannot take amiss.
 */
export class Producing {
  private readonly next: number[];
  private readonly lanes: Promise<void>[] = [];
  private readonly left = new AbortController();
  private current: Line;
  private began = 0;

  constructor(
    private readonly options: ProducingOptions,
    to: Destination,
  ) {
    this.next = Array.from({ length: options.partitions }, () => 0);
    this.current = new Line(to);
  }

  public start(): void {
    this.began = performance.now();
    for (let partition = 0; partition < this.options.partitions; partition += 1) {
      this.lanes.push(this.lane(partition));
    }
  }

  /** What is on its way is not waited for; what comes of it is still told. */
  public moveTo(to: Destination): void {
    const before = this.current;
    this.renew(to);
    before.abandon();
  }

  /** Sends nothing more, and waits for what is on its way. */
  public async stop(): Promise<void> {
    this.left.abort();
    await Promise.all(this.lanes);
    this.current.leave();
    await this.current.ended();
  }

  private async lane(partition: number): Promise<void> {
    while (!this.left.signal.aborted) {
      const count = Math.min(MOST_AT_ONCE, this.due(partition) - this.next[partition]);
      if (count > 0) {
        await this.send(partition, count);
      } else {
        await this.sleep(Math.min(LONGEST_SLEEP_MS, (1000 * this.options.partitions) / this.options.rate));
      }
    }
  }

  private async send(partition: number, count: number): Promise<void> {
    const { run, listener, sendLimit } = this.options;
    const line = this.current;
    const span = { partition, first: this.next[partition], last: this.next[partition] + count - 1 };
    const { role: on } = line.to;
    this.next[partition] += count;
    listener({ type: 'sent', on, ...span });
    const at = Date.now();
    const values = Array.from({ length: count }, (_, index) =>
      encodeRecord({ run, partition, sequence: span.first + index, at }),
    );
    const outcome = line.send(partition, values, at, sendLimit).then(
      () => {
        listener({ type: 'acknowledged', on, ...span });
        return true;
      },
      (error: unknown) => {
        listener({ type: 'not-acknowledged', on, ...span, cause: causeOf(error) });
        return false;
      },
    );
    const sent = await Promise.race([outcome, line.abandoned.then(() => true)]);
    if (!sent) {
      if (this.current === line) {
        this.renew(line.to);
      }
      await this.sleep(PAUSE_AFTER_FAILURE_MS);
    }
  }

  /** The other partitions wait for what they sent, so that nothing overtakes it. */
  private renew(to: Destination): void {
    this.current.leave();
    this.current = new Line(to);
  }

  /** How many records a partition should have got by now. */
  private due(partition: number): number {
    const { partitions, rate } = this.options;
    const all = Math.floor(((performance.now() - this.began) / 1000) * rate);
    return Math.floor((all - partition + partitions - 1) / partitions);
  }

  private sleep(ms: number): Promise<void> {
    return wait(ms, undefined, { signal: this.left.signal }).catch(() => undefined);
  }
}

/** Where records go. */
export interface Destination {
  readonly role: Role;
  readonly topic: string;
  readonly access: ClusterAccess;
}

/** One producer, from its beginning to its first failure. */
class Line {
  /** When nobody waits for it any more. */
  public readonly abandoned: Promise<void>;
  public abandon!: () => void;
  private producer?: Promise<Kafka.Producer<string, string, string, string>>;
  private sends = 0;
  private isLeft = false;
  private closing: Promise<void> = Promise.resolve();

  constructor(public readonly to: Destination) {
    this.abandoned = new Promise((resolve) => (this.abandon = resolve));
  }

  public async send(partition: number, values: readonly string[], at: number, limit: number): Promise<void> {
    this.sends += 1;
    try {
      const { topic } = this.to;
      const timestamp = BigInt(at);
      const messages = values.map((value) => ({ topic, partition, value, timestamp }));
      await bounded(
        'a send',
        limit,
        this.open().then(async (producer) => {
          const { topics } = await producer.metadata({ topics: [topic] });
          // The library would send it to another one.
          if (partition >= topics.get(topic)!.partitionsCount) {
            throw new Error(`the topic has no partition ${partition} any more`);
          }
          return producer.send({ messages, acks: -1 });
        }),
      );
    } finally {
      this.sends -= 1;
      this.closeIfIdle();
    }
  }

  /** Nothing more is sent by it. */
  public leave(): void {
    this.isLeft = true;
    this.closeIfIdle();
  }

  public ended(): Promise<void> {
    return this.closing;
  }

  private open(): Promise<Kafka.Producer<string, string, string, string>> {
    return (this.producer ??= kafkaLibrary().then(({ Producer, stringSerializers }) =>
      withErrorListener(
        new Producer({
          ...clientOptions(this.to.access, 'confluent-dr-canary-producer'),
          idempotent: true,
          acks: -1,
          repeatOnStaleMetadata: true,
          serializers: stringSerializers,
        }),
      ),
    ));
  }

  private closeIfIdle(): void {
    const { producer } = this;
    if (this.isLeft && this.sends === 0 && producer) {
      this.producer = undefined;
      this.closing = producer.then((open) => closed(() => open.close(true))).catch(() => undefined);
    }
  }
}
