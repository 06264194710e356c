import { type EventEmitter } from 'node:events';
import type * as Library from '@platformatic/kafka' with { 'resolution-mode': 'import' };

/** The Kafka client library, which is an ES module: loaded when there are brokers, and not before. */
export type Kafka = typeof Library;

export const loadKafka = (): Promise<Kafka> => import('@platformatic/kafka');

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
