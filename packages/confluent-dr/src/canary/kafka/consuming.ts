import { setTimeout as wait } from 'node:timers/promises';
import { type Role } from '../../observe/pair-observation';
import { type Span } from '../events';
import { decodeRecord } from '../record';
import { bounded, causeOf, clientOptions, closed, type Kafka, kafkaLibrary, withErrorListener } from './client';
import { type Destination } from './producing';

export type ConsumingEvent =
  | ({ readonly type: 'consumed'; readonly on: Role; readonly age: number; readonly late: number } & Span)
  | { readonly type: 'shared'; readonly on: Role; readonly partitions: readonly number[] }
  | { readonly type: 'trouble'; readonly on: Role; readonly who: 'consumer'; readonly cause: string };

export interface ConsumingOptions {
  readonly run: string;
  readonly group: string;
  /** How many the topic has. */
  readonly partitions: number;
  /** Milliseconds. */
  readonly lateAfter: number;
  readonly listener: (event: ConsumingEvent) => void;
}

/** A consumer that dies is missed by its group after this time; brokers allow no less than 6 s by default. */
const SESSION_MS = 6000;
const HEARTBEAT_MS = 1500;
const JOIN_LIMIT_MS = 15_000;
const FETCH_WAIT_MS = 250;
/** Even an empty fetch comes back: who hears nothing for so long begins anew. */
const SILENCE_MS = 4000;
const COMMIT_MS = 500;
const PAUSE_AFTER_FAILURE_MS = 200;

/**
 * Consumes in a group, from where the group stands. Whatever ends it, it begins anew with a fresh consumer, which takes the
 * place of its predecessor in the group at once: both have the same instance id.
 */
export class Consuming {
  private readonly ended: Promise<void>;
  private readonly stopping = new AbortController();
  private moving = new AbortController();
  /** Settles when the first consumer has its partitions. */
  public readonly ready: Promise<void>;
  private tellReady!: () => void;
  private readonly begun = Date.now();
  private readonly othersSeen = new Set<string>();
  /** Partitions that others of the group have. */
  private shared: readonly number[] = [];

  constructor(
    private readonly options: ConsumingOptions,
    private from: Destination,
  ) {
    this.ready = new Promise((resolve) => (this.tellReady = resolve));
    this.ended = this.consume();
  }

  public moveTo(from: Destination): void {
    this.from = from;
    this.moving.abort();
    this.moving = new AbortController();
  }

  /** Commits what was consumed and leaves the group. */
  public async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  private async consume(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const { from } = this;
      const signal = AbortSignal.any([this.stopping.signal, this.moving.signal]);
      try {
        await this.session(from, signal);
      } catch (error) {
        if (!signal.aborted) {
          this.options.listener({ type: 'trouble', on: from.role, who: 'consumer', cause: causeOf(error) });
          await wait(PAUSE_AFTER_FAILURE_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
        }
      }
    }
  }

  private async session(from: Destination, signal: AbortSignal): Promise<void> {
    const { Base, Consumer } = await kafkaLibrary();
    const { group, run } = this.options;
    let fail!: (error: Error) => void;
    const failed = new Promise<never>((_, reject) => (fail = reject));
    failed.catch(() => undefined);
    const consumer = withErrorListener(
      new Consumer({
        ...clientOptions(from.access, 'confluent-dr-canary-consumer'),
        groupId: group,
        groupInstanceId: run,
        sessionTimeout: SESSION_MS,
        rebalanceTimeout: SESSION_MS,
        heartbeatInterval: HEARTBEAT_MS,
        requestTimeout: JOIN_LIMIT_MS,
        maxWaitTime: FETCH_WAIT_MS,
      }),
      fail,
    );
    consumer.on('consumer:group:join', ({ assignments }) => this.look(assignments ?? [], from));
    let stream: Kafka.MessagesStream<Buffer, Buffer, Buffer, Buffer> | undefined;
    let isWell = false;
    try {
      const begun = consumer.consume({
        topics: [from.topic],
        mode: 'committed',
        fallbackMode: 'earliest',
        autocommit: COMMIT_MS,
      });
      stream = await bounded('joining the group', JOIN_LIMIT_MS, Promise.race([begun, until(signal), failed]));
      this.tellReady();
      await Promise.race([this.read(stream, from, signal), failed]);
      isWell = signal.aborted;
    } finally {
      stream?.on('error', () => undefined);
      if (isWell) {
        await closed(() => consumer.close(true));
      } else {
        // To leave the group would throw out the successor, which has the same instance id.
        stream?.destroy();
        await closed(() => Base.prototype.close.call(consumer));
      }
    }
  }

  /** Whoever is alone in a group gets all partitions. */
  private look(assignments: readonly Kafka.GroupAssignment[], { topic, role: on }: Destination): void {
    const own = new Set(assignments.flatMap((each) => (each.topic === topic ? each.partitions : [])));
    const all = Array.from({ length: this.options.partitions }, (_, partition) => partition);
    const shared = all.filter((partition) => !own.has(partition));
    if (shared.join() !== this.shared.join()) {
      this.shared = shared;
      this.options.listener({ type: 'shared', on, partitions: shared });
    }
  }

  private noteOther(run: string, on: Role): void {
    if (!this.othersSeen.has(run)) {
      this.othersSeen.add(run);
      const cause = `another canary writes to the topic too, run ${run}; its records are not counted`;
      this.options.listener({ type: 'trouble', on, who: 'consumer', cause });
    }
  }

  private read(
    stream: Kafka.MessagesStream<Buffer, Buffer, Buffer, Buffer>,
    { role }: Destination,
    signal: AbortSignal,
  ): Promise<void> {
    const together = new Together(role, this.options);
    return new Promise((resolve, reject) => {
      const silence = setTimeout(() => reject(new Error(`nothing was heard for ${SILENCE_MS / 1000} s`)), SILENCE_MS);
      signal.addEventListener('abort', () => resolve(), { once: true });
      stream.on('fetch', () => silence.refresh());
      stream.on('error', reject);
      stream.on('close', () => reject(new Error('the connection was closed')));
      stream.on('data', ({ value }: Kafka.Message<Buffer, Buffer, Buffer, Buffer>) => {
        const record = decodeRecord(value);
        if (record?.run === this.options.run) {
          together.add(record);
        } else if (record !== undefined && record.at >= this.begun) {
          this.noteOther(record.run, role);
        }
      });
      const end = (): void => {
        clearTimeout(silence);
        together.flush();
      };
      signal.addEventListener('abort', end, { once: true });
      stream.once('close', end);
      stream.once('error', end);
    });
  }
}

const until = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('it was ended')), { once: true });
  });

/** Joins records that follow one another and come at the same time, so that the log has a line for all of them. */
class Together {
  private span?: { partition: number; first: number; last: number; oldest: number; late: number };
  private isScheduled = false;

  constructor(
    private readonly on: Role,
    private readonly options: ConsumingOptions,
  ) {}

  public add({ partition, sequence, at }: { partition: number; sequence: number; at: number }): void {
    const { span } = this;
    const late = Date.now() - at > this.options.lateAfter ? 1 : 0;
    if (span?.partition === partition && span.last === sequence - 1) {
      span.last = sequence;
      span.late += late;
    } else {
      this.flush();
      this.span = { partition, first: sequence, last: sequence, oldest: at, late };
    }
    if (!this.isScheduled) {
      this.isScheduled = true;
      setImmediate(() => {
        this.isScheduled = false;
        this.flush();
      });
    }
  }

  public flush(): void {
    if (this.span) {
      const { oldest, ...span } = this.span;
      this.span = undefined;
      const age = Math.max(0, Date.now() - oldest);
      this.options.listener({ type: 'consumed', on: this.on, ...span, age });
    }
  }
}
