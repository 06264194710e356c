import { type EventEmitter } from 'node:events';
import type * as Library from '@platformatic/kafka' with { 'resolution-mode': 'import' };

/** The Kafka client library, which is an ES module: loaded when there are brokers, and not before. */
export type Kafka = typeof Library;

let library: Promise<Kafka> | undefined;

export const loadKafka = (): Promise<Kafka> =>
  (library ??= import('@platformatic/kafka').then(tellingOfMissingBrokers));

type GetConnection = (
  broker: Library.Broker | undefined,
  callback: Library.CallbackWithPromise<Library.Connection>,
) => void;

/**
 * Lets a call fail, by an error of the library's own, that gets no connection. In 1.35 it throws out of reach of every caller
 * where metadata do not have a broker any more, as one that was just killed, and its callers throw over the error of a closed
 * pool: each ends the process. 2.x of the library does as this, and needs Node 22.
 */
function tellingOfMissingBrokers(kafka: Kafka): Kafka {
  const pool = kafka.ConnectionPool.prototype as { get: GetConnection };
  const { get } = pool;
  pool.get = function (broker, callback) {
    if (broker === undefined) {
      callback(new kafka.NetworkError('the metadata have no such broker any more', { hasStaleMetadata: true }));
      return;
    }
    get.call(this, broker, (error, connection) => {
      const isForeign = error && !kafka.GenericError.isGenericError(error);
      callback(isForeign ? new kafka.NetworkError(error.message, { cause: error }) : error, connection);
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
