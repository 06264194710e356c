import { setTimeout as wait } from 'node:timers/promises';
import { type CanaryEvent } from '../events';
import { decodeRecord } from '../record';
import { bounded, causeOf, clientOptions, closed, type Kafka, kafkaLibrary, withErrorListener } from './client';
import { endsOf, offsetsAt } from './offsets';
import { type Destination } from './producing';

/** Brokers that stamp the records themselves may have another clock. */
const CLOCK_MARGIN_MS = 600_000;
const FETCH_LIMIT_MS = 15_000;
const PAUSE_AFTER_FAILURE_MS = 500;
const MOST_FAILURES = 10;
const MOST_BYTES = 4_194_304;

type ReadEvent = Extract<CanaryEvent, { readonly type: 'found' | 'read' | 'trouble' }>;

export interface ReadOptions {
  readonly run: string;
  /** Others whose records are told of with their run. @default - none */
  readonly earlier?: readonly string[];
  /** When the first of them began: milliseconds since 1970. */
  readonly since: number;
  readonly signal: AbortSignal;
  readonly listener: (event: ReadEvent) => void;
}

/**
 * Reads everything of a run that a cluster holds, from the brokers themselves: without the group, and with a connection of its
 * own. A partition that cannot be read to its end has no event `read`.
 */
export async function readBack(
  place: Destination,
  { run, earlier = [], since, signal, listener }: ReadOptions,
): Promise<void> {
  const on = place.role;
  const trouble = (error: unknown): void => {
    listener({ type: 'trouble', at: Date.now(), on, who: 'read', cause: causeOf(error) });
  };
  for (let failures = 0; failures < MOST_FAILURES && !signal.aborted; failures += 1) {
    let ends: readonly bigint[];
    let starts: readonly bigint[];
    try {
      [ends, starts] = [await endsOf(place), await offsetsAt(place, BigInt(since - CLOCK_MARGIN_MS))];
    } catch (error) {
      trouble(error);
      await wait(PAUSE_AFTER_FAILURE_MS);
      continue;
    }
    for (const [partition, to] of ends.entries()) {
      const from = starts[partition];
      const reader = new PartitionReader(place, partition, { run, earlier }, listener);
      try {
        await reader.read(from, to, signal);
        listener({ type: 'read', at: Date.now(), on, partition, from: Number(from), to: Number(to) });
      } catch (error) {
        trouble(error);
      } finally {
        await reader.close();
      }
    }
    return;
  }
}

/** One partition from an offset to another, however often a fetch fails on the way. */
class PartitionReader {
  private consumer?: Kafka.Consumer;
  private span?: { run?: string; partition: number; first: number; last: number };

  constructor(
    private readonly place: Destination,
    private readonly partition: number,
    private readonly runs: Required<Pick<ReadOptions, 'run' | 'earlier'>>,
    private readonly listener: (event: ReadEvent) => void,
  ) {}

  public async read(from: bigint, to: bigint, signal: AbortSignal): Promise<void> {
    let at = from;
    let failures = 0;
    while (at < to) {
      signal.throwIfAborted();
      try {
        const next = await bounded('a fetch', FETCH_LIMIT_MS, this.fetch(at, to));
        if (next === at) {
          throw new Error(`nothing came from offset ${at} of partition ${this.partition}, which ends at ${to}`);
        }
        at = next;
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === MOST_FAILURES) {
          throw error;
        }
        await this.close();
        await wait(PAUSE_AFTER_FAILURE_MS);
      }
    }
    this.flush();
  }

  public async close(): Promise<void> {
    const { consumer } = this;
    this.consumer = undefined;
    if (consumer) {
      await closed(() => consumer.close(true));
    }
  }

  /** @returns the offset to go on at */
  private async fetch(fetchOffset: bigint, to: bigint): Promise<bigint> {
    const { partition } = this;
    const { Consumer } = await kafkaLibrary();
    const { access, topic } = this.place;
    const consumer = (this.consumer ??= withErrorListener(
      new Consumer({ ...clientOptions(access, 'confluent-dr-canary-reader'), groupId: 'none' }),
    ));
    const { topics } = await consumer.metadata({ topics: [topic] });
    const { id: topicId, partitions } = topics.get(topic)!;
    const { responses } = await consumer.fetch({
      node: partitions[partition].leader,
      minBytes: 1,
      maxBytes: MOST_BYTES,
      maxWaitTime: 500,
      isolationLevel: 0,
      topics: [
        {
          topicId,
          partitions: [
            {
              partition,
              fetchOffset,
              partitionMaxBytes: MOST_BYTES,
              currentLeaderEpoch: -1,
              lastFetchedEpoch: -1,
            },
          ],
        },
      ],
    });
    let next = fetchOffset;
    for (const batch of responses.flatMap((response) => response.partitions.flatMap(({ records }) => records ?? []))) {
      for (const { offsetDelta, value } of batch.records) {
        const offset = batch.firstOffset + BigInt(offsetDelta);
        // A batch is given whole, also where it begins before the offset that was asked for.
        if (offset >= next && offset < to) {
          this.take(value);
        }
      }
      const end = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n;
      next = end > next ? end : next;
    }
    return next;
  }

  private take(value: Buffer | null): void {
    const record = decodeRecord(value);
    const { runs } = this;
    const isOwn = record?.run === runs.run;
    if (record?.partition !== this.partition || !(isOwn || runs.earlier.includes(record.run))) {
      return;
    }
    const run = isOwn ? undefined : record.run;
    if (this.span?.last === record.sequence - 1 && this.span.run === run) {
      this.span.last = record.sequence;
    } else {
      this.flush();
      const span = { partition: this.partition, first: record.sequence, last: record.sequence };
      this.span = { ...span, ...(run !== undefined && { run }) };
    }
  }

  private flush(): void {
    if (this.span) {
      const { span } = this;
      this.span = undefined;
      this.listener({ type: 'found', at: Date.now(), on: this.place.role, ...span });
    }
  }
}
