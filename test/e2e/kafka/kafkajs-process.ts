/** A kafkajs client in a process of its own, inside the world; reports each event to the test (see kafkajs-client.ts). */
import { readFileSync } from 'node:fs';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { PASSWORD, USER } from './cluster';
import { type KafkaJsEvent, type KafkaJsOptions } from './kafkajs-client';

const options = JSON.parse(process.argv[2]) as KafkaJsOptions;
const tell = (event: Omit<KafkaJsEvent, 'at'>): void => void process.send?.({ ...event, at: Date.now() });
const reason = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

const kafka = new Kafka({
  clientId: 'kafkajs',
  brokers: [`${options.bootstrap}:9092`],
  ssl: { ca: [readFileSync(options.caFile, 'utf8')] },
  sasl: { mechanism: 'plain', username: USER, password: PASSWORD },
  logLevel: logLevel.NOTHING,
  // Its own default of a second is too short for a handshake on a busy machine.
  connectionTimeout: options.requestTimeoutMs ?? 30_000,
  requestTimeout: options.requestTimeoutMs,
  retry: options.retry,
});

let stopping = false;
process.on('message', () => (stopping = true));

async function produce(): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  try {
    await producer.connect();
  } catch (error) {
    tell({ kind: 'failed', value: 'connect', error: reason(error) });
  }
  for (let number = 0; !stopping && number < (options.records ?? Infinity); number += 1) {
    const value = `${options.label}-${number}`;
    await producer
      .send({ topic: options.topic, acks: -1, messages: [{ value, partition: number % options.partitions }] })
      .then(
        () => tell({ kind: 'acknowledged', value }),
        (error: unknown) => tell({ kind: 'failed', value, error: reason(error) }),
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await producer.disconnect();
}

async function consume(): Promise<void> {
  // With the default of 30 s a consumer that comes back waits for its own dead predecessor.
  const consumer = kafka.consumer({ groupId: options.label, sessionTimeout: 6000, maxWaitTimeInMs: 100 });
  consumer.on('consumer.crash', ({ payload }) =>
    tell({ kind: 'failed', value: 'consume', error: reason(payload.error) }),
  );
  await consumer.connect();
  await consumer.subscribe({ topic: options.topic, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => {
      tell({ kind: 'received', value: message.value!.toString() });
      return Promise.resolve();
    },
  });
  while (!stopping) await new Promise((resolve) => setTimeout(resolve, 50));
  await consumer.disconnect();
}

void (options.mode === 'produce' ? produce() : consume())
  .catch((error: unknown) => tell({ kind: 'failed', value: options.mode, error: reason(error) }))
  .finally(() => process.exit(0));
