import { type Kafka } from './library';

/**
 * Fetch and Produce of Kafka's protocol, by which batches of records are handed on as they are: the library's own take them
 * apart. Source: https://kafka.apache.org/protocol
 */

export type Connection = InstanceType<Kafka['Connection']>;

/** A partition of a fetch: from where on; and what came of it. */
export interface FetchRequest {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export interface Fetched {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly logStart: number;
  /** Record batches as they are in the log; the last one may be cut. */
  readonly records: Buffer | null;
}

export interface ProduceRequest {
  readonly topic: string;
  readonly partition: number;
  /** One record batch. */
  readonly records: Buffer;
}

export interface Produced {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly baseOffset: number;
}

const FETCH_BYTES = 16_777_216;
const PARTITION_BYTES = 2_097_164;

export function fetchBy(
  kafka: Kafka,
  connection: Connection,
  requests: readonly FetchRequest[],
  waitMs: number,
): Promise<Fetched[]> {
  const request = () =>
    kafka.Writer.create()
      .appendInt32(-1)
      .appendInt32(waitMs)
      .appendInt32(1)
      .appendInt32(FETCH_BYTES)
      .appendInt8(0)
      .appendInt32(0)
      .appendInt32(-1)
      .appendArray(byTopic(requests), (w, [topic, partitions]) => {
        w.appendString(topic).appendArray(partitions, (p, { partition, offset }) => {
          p.appendInt32(partition).appendInt32(-1).appendInt64(BigInt(offset)).appendInt32(-1);
          p.appendInt64(-1n).appendInt32(PARTITION_BYTES);
        });
      })
      .appendArray([] as number[], () => undefined)
      .appendString('')
      .appendTaggedFields();
  return call(connection, 1, 12, request, readFetched);
}

export function produceBy(
  kafka: Kafka,
  connection: Connection,
  requests: readonly ProduceRequest[],
  limitMs: number,
): Promise<Produced[]> {
  const request = () =>
    kafka.Writer.create()
      .appendString(null)
      .appendInt16(-1)
      .appendInt32(limitMs)
      .appendArray(byTopic(requests), (w, [topic, partitions]) => {
        w.appendString(topic).appendArray(partitions, (p, { partition, records }) => {
          p.appendInt32(partition).appendBytes(records);
        });
      })
      .appendTaggedFields();
  return call(connection, 0, 9, request, readProduced);
}

function call<T>(
  connection: Connection,
  key: number,
  version: number,
  request: Parameters<Connection['send']>[2],
  read: (reader: Reader) => T,
): Promise<T> {
  return new Promise((resolve, reject) =>
    connection.send<T>(
      key,
      version,
      request,
      (_correlation, _key, _version, reader) => read(reader),
      true,
      true,
      (error, answer) => (error ? reject(error) : resolve(answer as T)),
    ),
  );
}

type Reader = InstanceType<Kafka['Reader']>;

function readFetched(reader: Reader): Fetched[] {
  reader.readInt32();
  const errorCode = reader.readInt16();
  reader.readInt32();
  if (errorCode !== 0) {
    throw new Error(`A fetch was answered with error ${errorCode}`);
  }
  return reader
    .readArray((r) => {
      const topic = r.readString();
      return r.readArray((p): Fetched => {
        const [partition, error] = [p.readInt32(), p.readInt16()];
        p.readInt64();
        p.readInt64();
        const logStart = Number(p.readInt64());
        p.readNullableArray((a) => [a.readInt64(), a.readInt64()]);
        p.readInt32();
        return { topic, partition, errorCode: error, logStart, records: p.readNullableBytes() };
      });
    })
    .flat();
}

function readProduced(reader: Reader): Produced[] {
  return reader
    .readArray((r) => {
      const topic = r.readString();
      return r.readArray((p): Produced => {
        const [partition, errorCode, baseOffset] = [p.readInt32(), p.readInt16(), Number(p.readInt64())];
        p.readInt64();
        p.readInt64();
        p.readArray((e) => [e.readInt32(), e.readNullableString()]);
        return { topic, partition, errorCode, baseOffset, errorMessage: p.readNullableString() };
      });
    })
    .flat();
}

function byTopic<T extends { readonly topic: string }>(requests: readonly T[]): [string, T[]][] {
  const topics = new Map<string, T[]>();
  for (const request of requests) {
    topics.set(request.topic, [...(topics.get(request.topic) ?? []), request]);
  }
  return [...topics];
}
