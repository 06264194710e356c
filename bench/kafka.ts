/**
 * What the lab's link and the canary cost, as ratios of medians of interleaved rounds in one run: a table to read, never a
 * test, for times depend on the machine. The measures are Kafka's own producer, from the same jars, and consumers of the source.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Partitioners } from 'kafkajs';
import { kafkaJars } from '../packages/confluent-dr-lab/src/kafka/broker/class-archive';
import { java } from '../packages/confluent-dr-lab/src/kafka/broker/java';
import { LabWithBrokers, type Role } from '../test/e2e/brokers/lab-with-brokers';
import { printRatios } from './ratios';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const RECORDS = 60_000;
const RECORD_BYTES = 1000;
const PARTITIONS = 3;
const LAG_RATE = 500;
const LAG_SECONDS = 5;
const CANARY_TOPIC = 'canary';

/** Seconds in which Kafka's own producer writes all records, by what it tells itself: without the start of its JVM. */
async function written(lab: LabWithBrokers, topic: string): Promise<number> {
  const [{ address }] = (await lab.status()).kafka.clusters[lab.sample.primary.clusterId].brokers;
  const size = ['--topic', topic, '--num-records', String(RECORDS), '--record-size', String(RECORD_BYTES)];
  const way = ['--throughput', '-1', '--bootstrap-server', `${address}:9094`, '--command-property', 'acks=all'];
  const [command, ...args] = java(await kafkaJars(), 'org.apache.kafka.tools.ProducerPerformance', ...size, ...way);
  const { stdout } = await promisify(execFile)(command, args);
  const rate = [...stdout.matchAll(/([\d.]+) records\/sec/g)].at(-1)![1];
  return RECORDS / Number(rate);
}

/** Seconds until a mirror that is made now has all records. */
async function mirrored(lab: LabWithBrokers, topic: string): Promise<number> {
  const begun = performance.now();
  await lab.rest('secondary', 'POST', '/links/dr/mirrors', { source_topic_name: topic });
  await lab.caughtUp('secondary', topic);
  return (performance.now() - begun) / 1000;
}

/** For each member, seconds from the sending of each record to its arrival at a consumer there. */
async function ages(lab: LabWithBrokers, topic: string): Promise<Record<Role, number[]>> {
  const seen: Record<Role, number[]> = { primary: [], secondary: [] };
  const consumers = await Promise.all(
    (['primary', 'secondary'] as const).map(async (role) => {
      const consumer = (await lab.client(role, lab.sample[role].kafka)).consumer({ groupId: `bench-${topic}` });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ message }) => {
          seen[role].push((Date.now() - Number(message.value)) / 1000);
          return Promise.resolve();
        },
      });
      return consumer;
    }),
  );
  const producer = (await lab.client('primary', lab.sample.primary.kafka)).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const send = (): Promise<unknown> =>
    producer.send({ topic, acks: -1, messages: [{ value: String(Date.now()), partition: 0 }] });
  // Whoever joins a group, or has a new topic, is slow at first.
  while (seen.primary.length === 0 || seen.secondary.length === 0) {
    await send();
    await sleep(100);
  }
  seen.primary.length = 0;
  seen.secondary.length = 0;
  const sending: Promise<unknown>[] = [];
  const end = Date.now() + LAG_SECONDS * 1000;
  for (let next = Date.now(); next < end; next += 1000 / LAG_RATE) {
    await sleep(Math.max(0, next - Date.now()));
    sending.push(send());
  }
  await Promise.all(sending);
  await sleep(1000);
  await Promise.all([producer, ...consumers].map((client) => client.disconnect()));
  return seen;
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.floor(share * (values.length - 1))];

/** A canary that is served. */
async function canaryBeside(lab: LabWithBrokers, outputs: string, log: string): Promise<ChildProcess> {
  const canary = lab.tool.argumentsFor(['canary', '--outputs', outputs, '--log', log]);
  const words = lab.tool.argumentsFor(['lab', 'exec', '--', process.execPath, ...canary]);
  const child = spawn(process.execPath, words, { cwd: lab.tool.cwd, env: lab.tool.env, stdio: 'ignore' });
  while (!existsSync(log) || !readFileSync(log, 'utf8').includes('"consumed"')) {
    if (child.exitCode !== null) {
      throw new Error(`the canary ended with ${child.exitCode}`);
    }
    await sleep(100);
  }
  return child;
}

async function measured(lab: LabWithBrokers): Promise<void> {
  await lab.link();
  for (const role of ['primary', 'secondary'] as const) {
    await lab.allow(role, lab.sample.administratorId, 'TOPIC', '*', 'ALL');
    await lab.allow(role, lab.sample.administratorId, 'GROUP', '*', 'ALL');
  }
  const create = (topic: string): Promise<unknown> =>
    lab.rest('primary', 'POST', '/topics', { topic_name: topic, partitions_count: PARTITIONS });
  await create(CANARY_TOPIC);
  await mirrored(lab, CANARY_TOPIC);
  const outputs = await lab.outputsFile(CANARY_TOPIC);
  const times: Record<'alone' | 'link' | 'beside' | 'p50' | 'linked p50' | 'p99' | 'linked p99', number[]> = {
    ...{ alone: [], link: [], beside: [] },
    ...{ p50: [], 'linked p50': [], p99: [], 'linked p99': [] },
  };
  // The first round warms up and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [copied, slow, beside] = ['copied', 'slow', 'beside'].map((name) => `${name}-${round}`);
    await create(copied);
    const alone = await written(lab, copied);
    const link = await mirrored(lab, copied);
    await create(slow);
    await mirrored(lab, slow);
    const { primary, secondary } = await ages(lab, slow);
    await create(beside);
    const canary = await canaryBeside(lab, outputs, join(lab.tool.cwd, `canary-${round}.jsonl`));
    const besideIt = await written(lab, beside);
    const ended = once(canary, 'exit');
    canary.kill('SIGTERM');
    await ended;
    if (round > 0) {
      times.alone.push(alone);
      times.link.push(link);
      times.beside.push(besideIt);
      times.p50.push(quantile(primary, 0.5));
      times.p99.push(quantile(primary, 0.99));
      times['linked p50'].push(quantile(secondary, 0.5));
      times['linked p99'].push(quantile(secondary, 0.99));
    }
  }
  const producer = `${RECORDS} records of ${RECORD_BYTES} bytes by Kafka's producer`;
  const [half, most] = [`half of ${LAG_RATE} records a second at the source within`, 'and 99 of 100 within'];
  printRatios([
    { name: producer, seconds: times.alone },
    { name: 'the same by the link, to a new mirror', seconds: times.link, against: producer },
    { name: 'the same by the producer, with a canary beside it', seconds: times.beside, against: producer },
    { name: half, seconds: times.p50 },
    { name: 'half of them at the mirror within', seconds: times['linked p50'], against: half },
    { name: most, seconds: times.p99 },
    { name: '99 of 100 at the mirror within', seconds: times['linked p99'], against: most },
  ]);
}

async function main(): Promise<void> {
  const lab = new LabWithBrokers();
  try {
    await lab.up();
    await measured(lab);
  } finally {
    await lab.tool.remove();
  }
}

void main();
