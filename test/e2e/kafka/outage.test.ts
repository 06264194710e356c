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
  let impatient: { acknowledged: string[]; failed: string[]; kcat: { status: number | null; stderr: string } };
  let began = Infinity;
  let lifted = Infinity;

  /** What clients with short time-outs find. */
  async function tryImpatiently(): Promise<typeof impatient> {
    const options = { bootstrap: bootstrapName('primary'), topic, partitions: BROKERS.primary, caFile: lab.caFile };
    const kafkajs = KafkaJsClient.start(lab.network.world, {
      ...options,
      mode: 'produce',
      label: 'impatient',
      records: 1,
      requestTimeoutMs: 2000,
      retry: { retries: 0 },
    });
    const [delivered] = await Promise.all([
      lab.network.world.run(kcat(['-P'], { ...options, properties: { 'message.timeout.ms': 3000 } }), {
        input: 'impatient-kcat\n',
        timeoutMs: 120_000,
      }),
      kafkajs.end(),
    ]);
    return { acknowledged: kafkajs.values('acknowledged'), failed: kafkajs.values('failed'), kcat: delivered };
  }

  /** When the primary's clients wrote or read last, before a time. */
  const lastOf = ({ kafkajsProducer, kafkajsConsumer }: ClientsOf, before = Infinity): number =>
    Math.max(
      ...[...kafkajsProducer.events, ...kafkajsConsumer.events]
        .filter(({ kind, at }) => kind !== 'failed' && at < before)
        .map(({ at }) => at),
    );

  /** How many records of the secondary's producer were acknowledged in a time. */
  const goneBy = (from: number, to = Infinity): number =>
    secondary.kafkajsProducer.events.filter(({ kind, at }) => kind === 'acknowledged' && at > from && at < to).length;

  /** What was on its way when the block began still arrives. */
  const standstill = () =>
    eventually(
      () => goneBy(Math.max(began, lastOf(primary))),
      (count) => count >= STANDSTILL,
      { what: "that the primary's clients stand still while the secondary's go on" },
    );

  // One outage from its beginning to its end, of which each test looks at a part.
  beforeAll(async () => {
    lab = await startKafkaLab();
    await Promise.all([lab.createTopic('primary', topic), lab.createTopic('secondary', topic)]);
    primary = ClientsOf.start(lab, 'primary', topic);
    secondary = ClientsOf.start(lab, 'secondary', topic);
    await Promise.all([primary.flowSince(0), secondary.flowSince(0)]);
    began = Date.now();
    await lab.proxy.outage('primary', manner);
    impatient = await tryImpatiently();
    await standstill();
    lifted = Date.now();
    await lab.proxy.outage('primary', 'none');
    await primary.flowSince(lifted);
    process.stdout.write(`${manner}: all clients flow ${Date.now() - lifted} ms after the outage was to be lifted\n`);
  });

  afterAll(async () => {
    await Promise.all([primary?.stop(), secondary?.stop()]);
    await lab?.stop();
  });

  test('clients with short time-outs fail within them', () => {
    expect(impatient.acknowledged).toEqual([]);
    expect(impatient.failed).toEqual(['connect', 'impatient-0']);
    expect(impatient.kcat.status).toBe(1);
    expect(impatient.kcat.stderr).toMatch(/timed out|All broker connections are down/);
  });

  test('patient clients come to a stop, and go on when it is lifted', () => {
    expect(goneBy(lastOf(primary, lifted), lifted)).toBeGreaterThanOrEqual(STANDSTILL);
    expect(lastOf(primary)).toBeGreaterThanOrEqual(lifted);
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
