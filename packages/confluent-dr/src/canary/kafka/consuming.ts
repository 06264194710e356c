import { setTimeout as wait } from 'node:timers/promises';
import { type Role } from '../../observe/pair-observation';
import { type Span } from '../events';
import { decodeRecord } from '../record';
import { bounded, causeOf, clientOptions, closed, type Kafka, kafkaLibrary, withErrorListener } from './client';
import { EARLIEST, LATEST } from './offsets';
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

type Stream = Kafka.MessagesStream<Buffer, Buffer, Buffer, Buffer>;

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
  /** How many partitions the topic had when the group was joined last. */
  private count?: number;
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
    let isPlaceGone = false;
    while (!this.stopping.signal.aborted) {
      const { from } = this;
      const signal = AbortSignal.any([this.stopping.signal, this.moving.signal]);
      try {
        await this.session(from, signal, isPlaceGone);
      } catch (error) {
        isPlaceGone = Boolean((error as Partial<Kafka.GenericError>).findBy?.('apiId', 'OFFSET_OUT_OF_RANGE'));
        if (!signal.aborted) {
          this.options.listener({ type: 'trouble', on: from.role, who: 'consumer', cause: causeOf(error) });
          await wait(PAUSE_AFTER_FAILURE_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
        }
      }
    }
  }

  private async session(from: Destination, signal: AbortSignal, isPlaceGone: boolean): Promise<void> {
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
    const begun = this.join(consumer, from, isPlaceGone).then(() => opened(consumer, from.topic));
    let isWell = false;
    try {
      const stream = await bounded('joining the group', JOIN_LIMIT_MS, Promise.race([begun, until(signal), failed]));
      this.tellReady();
      await Promise.race([this.read(stream, from, signal), failed]);
      isWell = signal.aborted;
    } finally {
      if (isWell) {
        await closed(() => consumer.close(true));
      } else {
        // To leave the group would throw out the successor, which has the same instance id.
        void begun.then(
          (stream) => stream.destroy(),
          () => undefined,
        );
      }
      // Who cannot leave keeps its connections otherwise.
      await closed(() => Base.prototype.close.call(consumer));
    }
  }

  private async join(consumer: Kafka.Consumer, from: Destination, isPlaceGone: boolean): Promise<void> {
    const { topic } = from;
    consumer.topics.trackAll(topic);
    const { partitionsCount: count } = (await consumer.metadata({ topics: [topic] })).topics.get(topic)!;
    if (count !== (this.count ?? count)) {
      // To an instance that comes back the group gives what it had, also of a topic that was made anew since.
      await consumer.joinGroup({});
      await Promise.resolve(consumer.leaveGroup());
    }
    consumer.on('consumer:group:join', ({ assignments }) => this.look(assignments ?? [], count, from));
    await consumer.joinGroup({});
    this.count = count;
    if (isPlaceGone) {
      await beginAtWhatIsLeft(consumer, topic);
    }
  }

  /**
   * Whoever is alone in a group gets all partitions.
   *
   * @param count how many the topic has now
   */
  private look(assignments: readonly Kafka.GroupAssignment[], count: number, { topic, role: on }: Destination): void {
    const own = new Set(assignments.flatMap((each) => (each.topic === topic ? each.partitions : [])));
    const all = Array.from({ length: Math.min(this.options.partitions, count) }, (_, partition) => partition);
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

  private read(stream: Stream, { role }: Destination, signal: AbortSignal): Promise<void> {
    const together = new Together(role, this.options);
    return new Promise((resolve, reject) => {
      const silence = setTimeout(() => reject(new Error(`nothing was heard for ${SILENCE_MS / 1000} s`)), SILENCE_MS);
      signal.addEventListener('abort', () => resolve(), { once: true });
      stream.on('fetch', () => silence.refresh());
      let committed = Date.now();
      stream.on('autocommit', (error?: Error) => {
        if (!error) {
          committed = Date.now();
        } else if (Date.now() - committed > SESSION_MS) {
          // The library looks for the group's coordinator once, and sends no heartbeat after one that failed.
          reject(error);
        }
      });
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

function opened(consumer: Kafka.Consumer, topic: string): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const place = { mode: 'committed', fallbackMode: 'earliest', autocommit: COMMIT_MS } as const;
    consumer.consume({ topics: [topic], ...place }, (error, stream) => {
      // It may fail before anybody has it, or when nobody waits for it any more.
      stream?.on('error', () => undefined);
      return error ? reject(error) : resolve(stream!);
    });
  });
}

/**
 * Puts the group to the first record that is there where it stands at one that is not: it was deleted, or the topic made anew.
 * Other clients do so by themselves; this library fails again and again.
 */
async function beginAtWhatIsLeft(consumer: Kafka.Consumer, topic: string): Promise<void> {
  const list = async (timestamp: bigint): Promise<readonly bigint[]> =>
    (await consumer.listOffsets({ topics: [topic], timestamp, isolationLevel: 0 })).get(topic)!;
  const [starts, ends] = [await list(EARLIEST), await list(LATEST)];
  const partitions = (consumer.assignments ?? []).flatMap((each) => (each.topic === topic ? each.partitions : []));
  const committed = (await consumer.listCommittedOffsets({ topics: [{ topic, partitions }] })).get(topic);
  const offsets = partitions
    .filter(
      (partition) => committed && (committed[partition] < starts[partition] || committed[partition] > ends[partition]),
    )
    .map((partition) => ({ topic, partition, offset: starts[partition], leaderEpoch: -1 }));
  if (offsets.length > 0) {
    await consumer.commit({ offsets });
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
