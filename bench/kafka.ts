/**
 * What the lab's link, the canary and a drill cost, as ratios of medians of interleaved rounds in one run: a table to read,
 * never a test, for times depend on the machine. The measures are Kafka's own producer and consumer, from the same jars,
 * consumers of the source, and a mirror that is turned by requests alone.
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
import { type Journal } from '../packages/confluent-dr/src/drill/journal';
import { LabWithBrokers, type Role } from '../test/e2e/brokers/lab-with-brokers';
import { printRatios } from './ratios';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const RECORDS = 60_000;
const RECORD_BYTES = 1000;
const PARTITIONS = 3;
const LAG_RATE = 500;
const LAG_SECONDS = 5;
const CANARY_TOPIC = 'canary';

/** What one of Kafka's own tools says of all records of a topic, which it reaches without TLS and keys. */
async function told(lab: LabWithBrokers, role: Role, tool: string, topic: string, ...more: string[]): Promise<string> {
  const [{ address }] = (await lab.status()).kafka.clusters[lab.sample[role].clusterId].brokers;
  const words = ['--bootstrap-server', `${address}:9094`, '--topic', topic, '--num-records', String(RECORDS), ...more];
  const [command, ...args] = java(await kafkaJars(), `org.apache.kafka.tools.${tool}`, ...words);
  return (await promisify(execFile)(command, args)).stdout;
}

/** Seconds in which Kafka's own producer writes all records, by what it tells itself: without the start of its JVM. */
async function written(lab: LabWithBrokers, topic: string): Promise<number> {
  const way = ['--record-size', String(RECORD_BYTES), '--throughput', '-1', '--command-property', 'acks=all'];
  const text = await told(lab, 'primary', 'ProducerPerformance', topic, ...way);
  return RECORDS / Number([...text.matchAll(/([\d.]+) records\/sec/g)].at(-1)![1]);
}

/** Seconds in which Kafka's own consumer reads all records, by what it tells itself: without joining its group. */
async function consumed(lab: LabWithBrokers, role: Role, topic: string): Promise<number> {
  const [header, values] = (await told(lab, role, 'ConsumerPerformance', topic, '--timeout', '60000'))
    .split('\n')
    .map((line) => line.split(', '));
  const column = (name: string): number => Number(values[header.indexOf(name)]);
  if (column('data.consumed.in.nMsg') < RECORDS) {
    throw new Error(`the consumer read ${values.join(', ')}, which is less than ${RECORDS}`);
  }
  return column('fetch.time.ms') / 1000;
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

/** Seconds in which a mirror is turned to a member by requests alone: the least that a failover or a failback can take. */
async function turned(lab: LabWithBrokers, role: Role, topic: string): Promise<number> {
  await lab.caughtUp(role, topic);
  const begun = performance.now();
  await lab.operate(role, 'reverse-and-start-mirror', topic);
  await lab.stopped(role, topic);
  return (performance.now() - begun) / 1000;
}

/** The journal of a drill with a canary. */
async function drilled(lab: LabWithBrokers, outputs: string, name: string): Promise<Journal> {
  const file = join(lab.tool.cwd, `${name}.json`);
  const words = ['drill', '--no-toggle', '--yes', '--outputs', outputs, '--journal', file];
  const canary = ['--canary', '--canary-log', join(lab.tool.cwd, `${name}.jsonl`)];
  const drill = lab.tool.argumentsFor([...words, ...canary]);
  const { exitCode, text } = await lab.tool.lab('exec', '--', process.execPath, ...drill);
  if (exitCode !== 0) {
    throw new Error(text);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Journal;
}

/** Seconds by what was measured. */
class Times {
  private readonly seconds = new Map<string, number[]>();

  public add(name: string, value: number): void {
    this.of(name).push(value);
  }

  public of(name: string): number[] {
    this.seconds.set(name, this.seconds.get(name) ?? []);
    return this.seconds.get(name)!;
  }
}

async function round(lab: LabWithBrokers, outputs: string, number: number): Promise<Times> {
  const times = new Times();
  const create = (topic: string): Promise<unknown> =>
    lab.rest('primary', 'POST', '/topics', { topic_name: topic, partitions_count: PARTITIONS });
  const [copied, slow, beside] = ['copied', 'slow', 'beside'].map((name) => `${name}-${number}`);
  await create(copied);
  times.add('produced', await written(lab, copied));
  times.add('consumed', await consumed(lab, 'primary', copied));
  times.add('linked', await mirrored(lab, copied));
  times.add('consumed at the mirror', await consumed(lab, 'secondary', copied));
  await create(slow);
  await mirrored(lab, slow);
  const { primary, secondary } = await ages(lab, slow);
  times.add('p50', quantile(primary, 0.5));
  times.add('p99', quantile(primary, 0.99));
  times.add('linked p50', quantile(secondary, 0.5));
  times.add('linked p99', quantile(secondary, 0.99));
  await create(beside);
  const canary = await canaryBeside(lab, outputs, join(lab.tool.cwd, `canary-${number}.jsonl`));
  times.add('beside', await written(lab, beside));
  const ended = once(canary, 'exit');
  canary.kill('SIGTERM');
  await ended;
  times.add('turned', await turned(lab, 'secondary', CANARY_TOPIC));
  times.add('turned back', await turned(lab, 'primary', CANARY_TOPIC));
  await lab.caughtUp('secondary', CANARY_TOPIC);
  const { run, traffic } = await drilled(lab, outputs, `drill-${number}`);
  run.forEach(({ activity, duration }) => times.add(activity.name, duration));
  times.add('rto', traffic!.failover!.rto!);
  times.add('rto back', traffic!.failback!.rto!);
  return times;
}

async function measured(lab: LabWithBrokers): Promise<void> {
  await lab.link();
  await lab.allowAll();
  await lab.rest('primary', 'POST', '/topics', { topic_name: CANARY_TOPIC, partitions_count: PARTITIONS });
  await mirrored(lab, CANARY_TOPIC);
  const outputs = await lab.outputsFile(CANARY_TOPIC);
  const rounds: Times[] = [];
  // The first round warms up and does not count.
  for (let number = 0; number <= ROUNDS; number += 1) {
    rounds.push(await round(lab, outputs, number));
  }
  const secondsOf = (name: string): number[] => rounds.slice(1).flatMap((times) => times.of(name));
  const producer = `${RECORDS} records of ${RECORD_BYTES} bytes by Kafka's producer`;
  const consumer = "the same by Kafka's consumer";
  const [half, most] = [`half of ${LAG_RATE} records a second at the source within`, 'and 99 of 100 within'];
  const [turn, back] = ['a mirror turned by a request', 'and turned back'];
  const phases = ['check', 'failover', 'check-moved', 'status', 'failback'];
  printRatios([
    { name: producer, seconds: secondsOf('produced') },
    { name: consumer, seconds: secondsOf('consumed') },
    { name: 'the same by the link, to a new mirror', seconds: secondsOf('linked'), against: producer },
    { name: "and by Kafka's consumer of the mirror", seconds: secondsOf('consumed at the mirror'), against: consumer },
    { name: 'the same by the producer, with a canary beside it', seconds: secondsOf('beside'), against: producer },
    { name: half, seconds: secondsOf('p50') },
    { name: 'half of them at the mirror within', seconds: secondsOf('linked p50'), against: half },
    { name: most, seconds: secondsOf('p99') },
    { name: '99 of 100 at the mirror within', seconds: secondsOf('linked p99'), against: most },
    { name: turn, seconds: secondsOf('turned') },
    { name: back, seconds: secondsOf('turned back') },
    ...phases.map((name) => ({
      name: `${name} of a drill`,
      seconds: secondsOf(name),
      against: name === 'failback' ? back : turn,
    })),
    { name: "clients' RTO by its canary", seconds: secondsOf('rto'), against: turn },
    { name: 'and that of the way back', seconds: secondsOf('rto back'), against: back },
  ]);
  const rates = secondsOf('linked').map((seconds) => Math.round(RECORDS / seconds));
  console.log(`The link copied ${rates.join(', ')} records of ${RECORD_BYTES} bytes a second.`);
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
