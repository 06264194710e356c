import { eventually } from '../../support/waiting';
import { brokerName, bootstrapName } from '../proxy/harness/network';
import { missing } from './clients-of';
import { KafkaJsClient } from './kafkajs-client';
import { kcat } from './kcat-client';
import { BROKERS, type KafkaLab, startKafkaLab } from './lab';

jest.setTimeout(900_000);

describe('Kafka clients that know only the bootstrap name', () => {
  let lab: KafkaLab;
  const topic = 'metadata';
  const bootstrap = bootstrapName('primary');
  const namesSeen = (): string[] => lab.proxy.sessions('primary').map(({ sni }) => sni);

  beforeAll(async () => {
    lab = await startKafkaLab();
    await lab.createTopic('primary', topic);
  });
  afterAll(() => lab?.stop());

  test('kafkajs is led through the proxy to every broker', async () => {
    const before = namesSeen().length;
    const client = KafkaJsClient.start(lab.network.world, {
      mode: 'produce',
      label: 'kafkajs',
      bootstrap,
      topic,
      partitions: BROKERS.primary,
      records: 6,
      caFile: lab.caFile,
    });
    await client.end();
    expect(client.errors()).toEqual([]);
    expect(client.values('acknowledged')).toHaveLength(6);
    await expectAllNames(before);
    expect(await writtenBy('kafkajs')).toBe(6);
  });

  test('librdkafka is led through the proxy to every broker', async () => {
    const before = namesSeen().length;
    const input = Array.from({ length: 300 }, (_, index) => `kcat-${index}`).join('\n');
    const options = {
      bootstrap,
      topic,
      caFile: lab.caFile,
      properties: { acks: 'all', 'sticky.partitioning.linger.ms': 0 },
    };
    const produced = await lab.network.world.run(kcat(['-P'], options), { input });
    expect(produced).toMatchObject({ status: 0 });
    await expectAllNames(before);
    expect(await writtenBy('kcat')).toBe(300);
  });

  /** How many records of a client are at the brokers. */
  const writtenBy = async (client: string): Promise<number> =>
    (await lab.read('primary', topic)).filter((value) => value.startsWith(`${client}-`)).length;

  /** The log has a line when a session ends, so the order among sessions says nothing. */
  async function expectAllNames(before: number): Promise<void> {
    const brokers = Array.from({ length: BROKERS.primary }, (_, index) => brokerName('primary', index));
    const unseen = (): string[] => missing([bootstrap, ...brokers], namesSeen().slice(before));
    expect(await eventually(unseen, ({ length }) => length === 0, { what: 'a session for each name' })).toEqual([]);
  }
});
