import { eventually } from '../../support/waiting';
import { bootstrapName } from '../proxy/harness/network';
import { ClientsOf, missing } from './clients-of';
import { KafkaJsClient } from './kafkajs-client';
import { kcat } from './kcat-client';
import { BROKERS, type KafkaLab, startKafkaLab } from './lab';

jest.setTimeout(900_000);

/** So many records of the secondary's producer, one after the other, go by before the primary's clients count as stopped. */
const STANDSTILL = 60;

describe.each(['reject', 'blackhole'] as const)('An outage of the primary by %s, seen by Kafka clients', (manner) => {
  let lab: KafkaLab;
  let primary: ClientsOf;
  let secondary: ClientsOf;
  const topic = `orders-${manner}`;
  const impatient = { bootstrap: bootstrapName('primary'), topic, partitions: BROKERS.primary };
  let began = Infinity;

  beforeAll(async () => {
    lab = await startKafkaLab();
    await Promise.all([lab.createTopic('primary', topic), lab.createTopic('secondary', topic)]);
    primary = ClientsOf.start(lab, 'primary', topic);
    secondary = ClientsOf.start(lab, 'secondary', topic);
    await Promise.all([primary.flowSince(0), secondary.flowSince(0)]);
    began = Date.now();
    await lab.proxy.outage('primary', manner);
  });

  afterAll(async () => {
    await Promise.all([primary?.stop(), secondary?.stop()]);
    await lab?.stop();
  });

  test('clients with short time-outs fail within them', async () => {
    const kafkajs = KafkaJsClient.start(lab.network.world, {
      ...impatient,
      caFile: lab.caFile,
      mode: 'produce',
      label: 'impatient',
      records: 1,
      requestTimeoutMs: 2000,
      retry: { retries: 0 },
    });
    const options = { ...impatient, caFile: lab.caFile, properties: { 'message.timeout.ms': 3000 } };
    const [delivered] = await Promise.all([
      lab.network.world.run(kcat(['-P'], options), { input: 'impatient-kcat\n', timeoutMs: 120_000 }),
      kafkajs.end(),
    ]);
    expect(kafkajs.values('acknowledged')).toEqual([]);
    expect(kafkajs.values('failed')).toEqual(['connect', 'impatient-0']);
    expect(delivered.status).toBe(1);
    expect(delivered.stderr).toMatch(/timed out|All broker connections are down/);
  });

  test('patient clients come to a stop, and go on when it is lifted', async () => {
    const lastOf = ({ kafkajsProducer, kafkajsConsumer }: ClientsOf): number =>
      Math.max(
        ...[...kafkajsProducer.events, ...kafkajsConsumer.events]
          .filter(({ kind }) => kind !== 'failed')
          .map(({ at }) => at),
      );
    // What was on its way when the block began still arrives.
    await eventually(
      () =>
        secondary.kafkajsProducer.events.filter(
          ({ kind, at }) => kind === 'acknowledged' && at > Math.max(began, lastOf(primary)),
        ).length,
      (count) => count >= STANDSTILL,
      { what: "that the primary's clients stand still while the secondary's go on" },
    );
    await lab.proxy.outage('primary', 'none');
    const lifted = Date.now();
    await primary.flowSince(lifted);
    expect(lastOf(primary)).toBeGreaterThanOrEqual(lifted);
    process.stdout.write(`${manner}: all clients flow ${Date.now() - lifted} ms after the outage was lifted\n`);
  });

  test('no acknowledged record is lost', async () => {
    const { acknowledged, kcatExit } = await primary.finishProducing();
    expect(kcatExit).toBe(0);
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(missing(acknowledged, await lab.read('primary', topic))).toEqual([]);
    await eventually(
      () => Object.values(primary.received()).map((values) => missing(acknowledged, values).length),
      (lacking) => lacking.every((count) => count === 0),
      { what: 'at the consumers all that was acknowledged' },
    );
  });

  test("the secondary's clients saw nothing", async () => {
    const { acknowledged, kcatExit } = await secondary.finishProducing();
    expect(secondary.errors(began)).toEqual([]);
    expect(kcatExit).toBe(0);
    expect(missing(acknowledged, await lab.read('secondary', topic))).toEqual([]);
  });
});
