import { type EventEmitter } from 'node:events';
import type * as Library from '@platformatic/kafka' with { 'resolution-mode': 'import' };

/** The Kafka client library, which is an ES module: loaded when there are brokers, and not before. */
export type Kafka = typeof Library;

let library: Promise<Kafka> | undefined;

export const loadKafka = (): Promise<Kafka> => (library ??= import('@platformatic/kafka').then(failingWithinReach));

type Callback<T> = (error: Error | null, result?: T) => void;
type GetConnection = (broker: Library.Broker | undefined, callback: Callback<Library.Connection>) => void;
type Send = (...words: [...unknown[], Callback<unknown>]) => void;
type AskMetadata = (options: unknown, callback: Callback<unknown>) => void;

/**
 * Lets the library's calls fail by errors of its own. Version 1.35 throws within its callbacks, where no caller can catch it
 * and it ends the process: where metadata do not have a broker or a partition any more, and over every error that is not its
 * own, as of a closed pool, or of an answer with an error code that is newer than the library. And it loses its place in an
 * answer with tagged fields, as in one that tells a new leader. 2.x of it needs Node 22, and has the partitions still.
 */
function failingWithinReach(kafka: Kafka): Kafka {
  const own = (error: Error | null, what: string): Error | null =>
    !error || kafka.GenericError.isGenericError(error)
      ? error
      : new kafka.NetworkError(`${what}: ${error.message}`, { hasStaleMetadata: true });

  const pool = kafka.ConnectionPool.prototype as { get: GetConnection };
  const { get } = pool;
  pool.get = function (broker, callback) {
    if (broker === undefined) {
      callback(own(new Error('the metadata have no such broker any more'), 'no connection'));
    } else {
      get.call(this, broker, (error, connection) => callback(own(error, 'no connection'), connection));
    }
  };

  const connection = kafka.Connection.prototype as unknown as { send: Send };
  const { send } = connection;
  connection.send = function (...words) {
    const callback = words.pop() as Callback<unknown>;
    const answered: Callback<unknown> = (error, answer) => callback(own(error, 'an answer cannot be read'), answer);
    send.call(this, ...words, answered);
  };

  kafka.Reader.prototype.readTaggedFields = function () {
    for (let left = this.readUnsignedVarInt(); left > 0; left -= 1) {
      this.readUnsignedVarInt();
      this.skip(this.readUnsignedVarInt());
    }
  };

  const base = kafka.Base.prototype as unknown as Record<symbol, AskMetadata>;
  const ask = base[kafka.kMetadata];
  base[kafka.kMetadata] = function (options, callback) {
    ask.call(this, options, (error, metadata) => {
      try {
        callback(error, metadata);
      } catch (thrown) {
        // Whoever asked looks for the partition before anything else is done.
        callback(own(thrown as Error, 'the metadata have no such partition any more'));
      }
    });
  };
  return kafka;
}

/** The library's calls may never come back, so each is bounded from outside. */
export async function within<T>(limitMs: number, what: string, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
    call.catch(() => undefined);
  }
}

/** Node ends the process for an error event to which nobody listens; what failed, the library's calls tell as well. */
export function ignoringErrorEvents<T extends EventEmitter>(client: T): T {
  client.on('error', ignored);
  for (const event of ['client:broker:connect', 'client:broker:failed']) {
    client.on(event, ({ connection }: Library.ConnectionPoolEventPayload) => connection.on('error', ignored));
  }
  return client;
}

const ignored = (): void => undefined;
