import { type EventEmitter } from 'node:events';
import { type LookupFunction } from 'node:net';
import type * as Kafka from '@platformatic/kafka' with { 'resolution-mode': 'import' };
import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import { type Credentials } from '../../client/endpoint';

export type { Kafka };

/** How to reach one cluster. */
export interface ClusterAccess {
  /** `pkc-….confluent.cloud:9092` */
  readonly bootstrap: string;
  readonly credentials: Credentials;
  /** Where the hosts of the cluster are; TLS names them as they are called, wherever that is. */
  readonly lookup: LookupFunction;
  /** Authorities to trust, in PEM. @default - those of Node.js */
  readonly ca?: readonly string[];
}

let library: Promise<typeof Kafka> | undefined;

/** Is loaded when it is needed, as it costs every other command a third of a second. */
export const kafkaLibrary = (): Promise<typeof Kafka> =>
  (library ??= import('@platformatic/kafka').then(failingWithinReach));

type Callback<T> = (error: Error | null, result?: T) => void;
type GetConnection = (broker: Kafka.Broker | undefined, callback: Callback<Kafka.Connection>) => void;
type Send = (...words: [...unknown[], Callback<unknown>]) => void;
type AskMetadata = (options: unknown, callback: Callback<unknown>) => void;

/**
 * Lets the library's calls fail by errors of its own. Version 1.35 throws within its callbacks, where no caller can catch it
 * and it ends the process: where metadata do not have a broker or a partition any more, and over every error that is not its
 * own, as of a closed pool, or of an answer with an error code that is newer than the library. And it loses its place in an
 * answer with tagged fields, as in one that tells a new leader. 2.x of it needs Node 22, and has the partitions still.
 */
function failingWithinReach(kafka: typeof Kafka): typeof Kafka {
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

const CONNECT_LIMIT_MS = 5000;
const CLOSE_LIMIT_MS = 2000;

/** What every client of a cluster is made with. Nothing is repeated within the library: whoever calls it decides. */
export function clientOptions({ bootstrap, credentials, lookup, ca }: ClusterAccess, clientId: string) {
  return {
    clientId,
    bootstrapBrokers: [bootstrap] as string[],
    tls: { lookup, ...(ca && { ca: [...ca] }) },
    tlsServerName: true,
    sasl: { mechanism: 'PLAIN', username: credentials.key, password: credentials.secret },
    connectTimeout: CONNECT_LIMIT_MS,
    retries: false,
    metadataMaxAge: 5000,
  } as const;
}

/**
 * Listens to the error events of a client: Node ends the process for one to which nobody listens. The library sends some
 * that no call of it tells, as when a consumer cannot join its group again, or when a connection that failed fails once more.
 */
export function withErrorListener<T extends EventEmitter>(client: T, listener: (error: Error) => void = ignored): T {
  client.on('error', listener);
  for (const event of ['client:broker:connect', 'client:broker:failed']) {
    client.on(event, ({ connection }: Kafka.ConnectionPoolEventPayload) => connection.on('error', ignored));
  }
  return client;
}

const ignored = (): void => undefined;

/** It did not come back within its time. */
export class TookTooLong extends Error {
  constructor(what: string, ms: number) {
    super(`${what} took longer than ${ms / 1000} s`);
    this.name = 'TookTooLong';
  }
}

/**
 * Waits for a call of the library no longer than told: some of them never come back, as a send with wrong credentials.
 *
 * @throws TookTooLong
 */
export async function bounded<T>(what: string, ms: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  // What it comes to later is nobody's concern.
  call.catch(() => undefined);
  try {
    return await Promise.race([
      call,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new TookTooLong(what, ms)), ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the brokers say of a group whose coordinator is only just coming up, as the first one of a new cluster. */
const COORDINATOR_COMES = ['COORDINATOR_LOAD_IN_PROGRESS', 'COORDINATOR_NOT_AVAILABLE', 'NOT_COORDINATOR'];

const comesUp = (error: unknown): boolean => {
  const { apiId, errors = [], cause } = error as { apiId?: string; errors?: unknown[]; cause?: unknown };
  return (apiId !== undefined && COORDINATOR_COMES.includes(apiId)) || [...errors, cause].filter(Boolean).some(comesUp);
};

/** Repeats what asks a group's coordinator until that is there: 10 s at most. */
export const onceCoordinated = <T>(call: () => Promise<T>): Promise<T> =>
  retry(handleWhen(comesUp), { maxAttempts: 40, backoff: new ConstantBackoff(250) }).execute(call);

/** The innermost cause that says something, on one line. */
export function causeOf(error: unknown): string {
  const { message, errors, cause } = error as { message?: string; errors?: unknown[]; cause?: unknown };
  const inner = errors?.at(-1) ?? cause;
  const told = inner === undefined || inner === null ? (message ?? String(error)) : causeOf(inner);
  return told.replace(/\s+/g, ' ');
}

/** Ends a client; one that cannot say farewell is left to itself. */
export async function closed(close: () => unknown): Promise<void> {
  await bounded('closing', CLOSE_LIMIT_MS, Promise.resolve(close())).catch(() => undefined);
}
