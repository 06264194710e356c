/**
 * What the client library's calls come to where it used to end the process: where its metadata do not have a broker or a
 * partition any more, where a pool was closed, and where it does not know an error code. A process for canary.test.ts.
 */
import { loadKafka } from '../../../packages/confluent-dr-lab/src/kafka/client/library';
import { clientOptions, closed, kafkaLibrary } from '../../../packages/confluent-dr/src/canary/kafka/client';

const [whose, bootstrap, address, key, secret, topic] = process.argv.slice(2);
const UNKNOWN_TOPIC = 3;

async function look(): Promise<object> {
  const kafka = await (whose === 'lab' ? loadKafka() : kafkaLibrary());
  const { ConnectionPool, Consumer, GenericError, Producer, Reader } = kafka;
  const messageOf = (error: Error): string => (GenericError.isGenericError(error) ? 'own: ' : '') + error.message;
  const options = {
    ...clientOptions(
      {
        bootstrap,
        credentials: { key, secret },
        lookup: (_, asked, callback) =>
          asked.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4),
      },
      'missing-broker',
    ),
    metadataMaxAge: 600_000,
  };
  const consumer = new Consumer({ ...options, groupId: 'none' });
  const producer = new Producer({ ...options, acks: -1, serializers: kafka.stringSerializers });
  const forget = async (client: { metadata: typeof consumer.metadata }): Promise<void> =>
    (await client.metadata({ topics: [topic] })).brokers.clear();
  const ask = (): Promise<string> => consumer.listOffsets({ topics: [topic] }).then(() => 'answered', messageOf);
  const send = (partition: number): Promise<string> =>
    producer.send({ messages: [{ topic, partition, value: 'value' }] }).then(() => 'sent', messageOf);

  const before = [await ask(), await send(0)];
  await forget(consumer);
  await forget(producer);
  // Who sends has it looked up anew.
  const withoutBroker = [await ask(), await send(0)];

  for (const client of [consumer, producer]) {
    client.clearMetadata();
    client.on('client:metadata', ({ topics }: Awaited<ReturnType<typeof consumer.metadata>>) => {
      topics.get(topic)?.partitions.splice(2);
    });
  }
  const withoutPartition = [await ask(), await send(2)];

  delete kafka.protocolErrorsCodesById[UNKNOWN_TOPIC];
  const unknownCode = await consumer.metadata({ topics: ['nowhere'] }).then(() => 'answered', messageOf);

  await closed(() => consumer.close(true));
  await closed(() => producer.close(true));
  const pool = new ConnectionPool('missing-broker');
  await pool.close();
  const ofClosedPool = await new Promise((resolve) => {
    pool.get({ host: address, port: 9092 }, (error) => resolve(messageOf(error!)));
  });

  // One field with the tag 0 and two bytes.
  const reader = Reader.from(Buffer.from([1, 0, 2, 7, 7, 42]));
  reader.readTaggedFields();
  const afterTags = reader.readInt8();
  return { before, withoutBroker, withoutPartition, unknownCode, ofClosedPool, afterTags };
}

void look().then((seen) => console.log(JSON.stringify(seen)));
