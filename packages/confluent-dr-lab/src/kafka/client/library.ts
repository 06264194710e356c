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
