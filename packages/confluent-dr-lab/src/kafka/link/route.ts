import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterClient } from '../client/cluster-client';
import { type Fetched } from '../client/record-batches';
import { asWritten, type Batch, batchesIn, type Checksum, obstacleTo } from './batches';

/** A topic that is copied to the other cluster. */
export interface Copy {
  readonly source: string;
  readonly destination: string;
  readonly partitions: number;
  /**
   * The producer id under which the mirror is written, from its beginning to its end and by whoever copies it: a number of
   * 64 bits. By it, and by offsets as sequence numbers, brokers take each batch once and after the one before, also where
   * a request of a link that was killed comes to them late.
   */
  readonly writer: string;
}

export interface RouteProps {
  readonly source: ClusterClient;
  readonly destination: ClusterClient;
  readonly checksum: Checksum;
  /** Tells of a topic that cannot be copied, and why; nothing of it is copied from then on. */
  readonly failed: (destination: string, reason: string) => void;
  readonly warn: (message: string) => void;
}

interface Partition {
  readonly copy: Copy;
  readonly index: number;
  /** The offset that is fetched next. */
  next: number;
  /** The offset at which the next batch is to be written. */
  written: number;
  readonly queue: Batch[];
  queuedBytes: number;
  /** Whether the brokers know its writer, and so the order of what they get: until then one batch is sent at a time. */
  isKnown: boolean;
  sending: number;
}

const WAIT_MS = 100;
const REST_MS = 200;
const MOST_QUEUED_BYTES = 4_194_304;
const MOST_REQUEST_BYTES = 8_388_608;
const MOST_IN_FLIGHT = 4;
const SEQUENCES = 2 ** 31;
/** Who finds the end of a log so often where its own batches do not follow on, for a minute, has not written what is there. */
const MOST_REFUSALS = 300;

/**
 * Copies topics from one cluster to another, batch for batch: what is there at an offset of the source is there at the
 * same offset of the destination. All that it knows of its progress is where the destination's logs end, so it goes on
 * rightly whenever it was ended.
 */
export class Route {
  private copies = new Map<string, Copy>();
  private readonly failures = new Set<string>();
  private partitions = new Map<string, Partition>();
  private readonly refusals = new Map<string, { readonly end: number; readonly times: number }>();
  private readonly busy = new Set<Promise<void>>();
  private broken = false;
  private isEnding = false;
  private delayMs = 0;
  private readonly running: Promise<void>;

  constructor(private readonly props: RouteProps) {
    this.running = this.run();
  }

  /** From now on copies these topics, and no others; resolves once nothing is under way for any other. */
  public async follow(copies: readonly Copy[], delayMs = 0): Promise<void> {
    this.delayMs = delayMs;
    this.copies = new Map(copies.map((copy) => [copy.destination, copy]));
    for (const failed of this.failures) {
      if (!this.copies.has(failed)) {
        this.failures.delete(failed);
      }
    }
    for (const [key, partition] of this.partitions) {
      if (!this.isWanted(partition)) {
        partition.queue.length = 0;
        this.partitions.delete(key);
      }
    }
    await Promise.all([...this.busy]);
  }

  public async end(): Promise<void> {
    this.isEnding = true;
    this.copies.clear();
    await this.running;
  }

  private isWanted({ copy }: Partition): boolean {
    const wanted = this.copies.get(copy.destination);
    return wanted?.source === copy.source && wanted.writer === copy.writer && !this.failures.has(copy.destination);
  }

  private async run(): Promise<void> {
    let told = '';
    while (!this.isEnding) {
      try {
        if (this.broken) {
          await this.startAgain();
        }
        await this.findPositions();
        const isIdle = this.partitions.size === 0;
        await (isIdle ? sleep(50) : this.fetchOnce());
        told = '';
      } catch (error) {
        const message = (error as Error).message;
        // The same trouble is told once, however long it lasts.
        if (message !== told) {
          this.props.warn(message);
          told = message;
        }
        this.broken = true;
        await sleep(REST_MS);
      }
    }
  }

  /** After any trouble nothing is taken for granted: neither who leads, nor where the logs end. */
  private async startAgain(): Promise<void> {
    await Promise.all([...this.busy]);
    this.partitions.clear();
    this.props.source.forgetLeaders();
    this.props.destination.forgetLeaders();
    this.broken = false;
  }

  private async findPositions(): Promise<void> {
    const added = [...this.copies.values()].filter(
      (copy) => !this.failures.has(copy.destination) && !this.partitions.has(keyOf(copy, copy.partitions - 1)),
    );
    if (added.length === 0) {
      return;
    }
    const sizes = new Map(added.map(({ destination, partitions }) => [destination, partitions]));
    const ends = await this.props.destination.offsets(sizes, 'end');
    for (const copy of added) {
      for (let index = 0; index < copy.partitions; index += 1) {
        const end = ends.get(copy.destination)![index];
        const empty = { queue: [], queuedBytes: 0, isKnown: false, sending: 0 };
        const start: Partition = { copy, index, next: end, written: end, ...empty };
        if (this.copies.get(copy.destination) === copy && !this.partitions.has(keyOf(copy, index))) {
          this.partitions.set(keyOf(copy, index), start);
        }
      }
    }
  }

  private async fetchOnce(): Promise<void> {
    const { source } = this.props;
    const hungry = [...this.partitions.values()].filter(({ queuedBytes }) => queuedBytes < MOST_QUEUED_BYTES);
    if (hungry.length === 0) {
      await Promise.race([...this.busy, sleep(WAIT_MS)]);
      return;
    }
    const leaders = await source.leaders([...new Set(hungry.map(({ copy }) => copy.source))]);
    const byLeader = new Map<number, Partition[]>();
    for (const partition of hungry) {
      const leader = leaders.get(partition.copy.source)?.[partition.index];
      if (leader === undefined) {
        throw new Error(`partition ${partition.index} of ${partition.copy.source} has no leader`);
      }
      byLeader.set(leader, [...(byLeader.get(leader) ?? []), partition]);
    }
    // A leader without news answers after a while; another one's news are not to wait for it.
    const waitMs = byLeader.size === 1 ? WAIT_MS : WAIT_MS / 5;
    await Promise.all(
      [...byLeader].map(async ([leader, partitions]) => {
        const requests = partitions.map(({ copy, index, next }) => ({
          topic: copy.source,
          partition: index,
          offset: next,
        }));
        const fetched = await source.fetch(leader, requests, waitMs);
        if (this.delayMs > 0) {
          await sleep(this.delayMs);
        }
        const asked = new Map(
          partitions.map((partition) => [`${partition.copy.source} ${partition.index}`, partition]),
        );
        for (const answer of fetched) {
          const partition = asked.get(`${answer.topic} ${answer.partition}`);
          if (partition) {
            this.take(partition, answer);
          }
        }
        await this.write();
      }),
    );
  }

  private take(partition: Partition, { errorCode, logStart, records }: Fetched): void {
    if (this.partitions.get(keyOf(partition.copy, partition.index)) !== partition) {
      return;
    }
    if (errorCode === OFFSET_OUT_OF_RANGE) {
      const where = `${partition.copy.source}, partition ${partition.index}`;
      this.fail(
        partition,
        `offset ${partition.next} of ${where} is not there: its log ${
          logStart > partition.next ? `begins at ${logStart}` : 'ends before it'
        }`,
      );
      return;
    }
    if (errorCode !== 0) {
      throw new Error(`fetching ${partition.copy.source}, partition ${partition.index}: error ${errorCode}`);
    }
    for (const batch of batchesIn(records ?? Buffer.alloc(0))) {
      const obstacle = obstacleTo(batch, partition.next);
      if (obstacle !== undefined) {
        this.fail(partition, `${obstacle} (${partition.copy.source}, partition ${partition.index})`);
        return;
      }
      partition.queue.push(batch);
      partition.queuedBytes += batch.bytes.length;
      partition.next = batch.lastOffset + 1;
    }
  }

  /** Sends what waits: to each leader one batch of each partition at a time, in order. */
  private async write(): Promise<void> {
    const { destination, checksum } = this.props;
    const waiting = (): Partition[] => [...this.partitions.values()].filter(({ queue }) => queue.length > 0);
    for (let ready = waiting(); ready.length > 0 && !this.broken; ready = waiting()) {
      ready = ready.filter(mayBeSent);
      if (ready.length === 0) {
        await Promise.race([...this.busy, sleep(WAIT_MS)]);
        continue;
      }
      const leaders = await destination.leaders([...new Set(ready.map(({ copy }) => copy.destination))]);
      const byLeader = new Map<number, Partition[]>();
      for (const partition of ready) {
        const leader = leaders.get(partition.copy.destination)?.[partition.index];
        if (leader === undefined) {
          throw new Error(`partition ${partition.index} of ${partition.copy.destination} has no leader`);
        }
        byLeader.set(leader, [...(byLeader.get(leader) ?? []), partition]);
      }
      for (const [leader, partitions] of byLeader) {
        while (this.busy.size >= MOST_IN_FLIGHT * byLeader.size) {
          await Promise.race([...this.busy]);
        }
        this.send(leader, partitions, checksum);
      }
    }
  }

  private send(leader: number, candidates: readonly Partition[], checksum: Checksum): void {
    const sent: { readonly partition: Partition; readonly batch: Batch; readonly at: number }[] = [];
    const requests = [];
    let size = 0;
    for (const partition of candidates) {
      // Looked at again: a follower of other topics may have taken it away in the meantime.
      const batch = this.isWanted(partition) && mayBeSent(partition) ? partition.queue[0] : undefined;
      if (batch === undefined || size > MOST_REQUEST_BYTES) {
        continue;
      }
      partition.queue.shift();
      const count = batch.lastOffset - batch.baseOffset + 1;
      const writing = { id: BigInt(partition.copy.writer), epoch: 0, sequence: partition.written % SEQUENCES };
      const records = asWritten(batch, writing, checksum);
      sent.push({ partition, batch, at: partition.written });
      requests.push({ topic: partition.copy.destination, partition: partition.index, records });
      partition.written += count;
      partition.sending += 1;
      size += records.length;
    }
    if (sent.length === 0) {
      return;
    }
    const work = this.props.destination
      .produce(leader, requests)
      .then((answers) => {
        for (const { partition, batch, at } of sent) {
          partition.queuedBytes -= batch.bytes.length;
          partition.sending -= 1;
          const answer = answers.find(
            ({ topic, partition: index }) => topic === partition.copy.destination && index === partition.index,
          );
          if (answer?.errorCode === OUT_OF_ORDER_SEQUENCE_NUMBER) {
            this.noteRefusal(partition, at);
          }
          if (answer?.errorCode !== 0) {
            throw new Error(
              `writing ${partition.copy.destination}, partition ${partition.index}: error ${answer?.errorCode} ${answer?.errorMessage ?? ''}`,
            );
          }
          partition.isKnown = true;
          this.refusals.delete(keyOf(partition.copy, partition.index));
          if (answer.baseOffset !== at) {
            const where = `${partition.copy.destination}, partition ${partition.index}`;
            this.fail(partition, `somebody else wrote to ${where}: offset ${at} became ${answer.baseOffset}`);
          }
        }
      })
      .catch((error: Error) => {
        this.props.warn(error.message);
        this.broken = true;
      })
      .finally(() => this.busy.delete(work));
    this.busy.add(work);
  }

  /** Brokers that have more of this writer than they show as the end of the log will show it before long. */
  private noteRefusal(partition: Partition, end: number): void {
    const key = keyOf(partition.copy, partition.index);
    const before = this.refusals.get(key);
    const times = before?.end === end ? before.times + 1 : 1;
    this.refusals.set(key, { end, times });
    if (times === MOST_REFUSALS) {
      const where = `${partition.copy.destination}, partition ${partition.index}`;
      this.fail(partition, `somebody else wrote to ${where} before offset ${end}`);
    }
  }

  private fail({ copy }: Partition, reason: string): void {
    if (this.failures.has(copy.destination)) {
      return;
    }
    this.failures.add(copy.destination);
    for (const [key, partition] of this.partitions) {
      if (partition.copy === copy) {
        partition.queue.length = 0;
        this.partitions.delete(key);
      }
    }
    this.props.failed(copy.destination, reason);
  }
}

const OFFSET_OUT_OF_RANGE = 1;
const OUT_OF_ORDER_SEQUENCE_NUMBER = 45;

const mayBeSent = ({ isKnown, sending }: Partition): boolean => isKnown || sending === 0;

const keyOf = ({ source, destination, writer }: Copy, partition: number): string =>
  `${source} ${destination} ${writer} ${partition}`;
