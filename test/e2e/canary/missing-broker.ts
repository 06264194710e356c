/**
 * What the client library's calls come to where its metadata do not have a broker any more, and where a pool was closed: a
 * process for canary.test.ts, as either used to end it.
 */
import { loadKafka } from '../../../packages/confluent-dr-lab/src/kafka/client/library';
import { clientOptions, closed, kafkaLibrary } from '../../../packages/confluent-dr/src/canary/kafka/client';

const [whose, bootstrap, address, key, secret, topic] = process.argv.slice(2);
const messageOf = (error: Error): string => error.message;

async function look(): Promise<object> {
  const { ConnectionPool, Consumer, GenericError, Producer, stringSerializers } = await (whose === 'lab'
    ? loadKafka()
    : kafkaLibrary());
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
  const producer = new Producer({ ...options, acks: -1, serializers: stringSerializers });
  const forget = async (client: { metadata: typeof consumer.metadata }): Promise<void> =>
    (await client.metadata({ topics: [topic] })).brokers.clear();
  const ask = (): Promise<unknown> => consumer.listOffsets({ topics: [topic] });
  await ask();
  await forget(consumer);
  const asked = await ask().then(() => 'answered', messageOf);
  await producer.send({ messages: [{ topic, partition: 0, value: 'before' }] });
  await forget(producer);
  const sent = await producer
    .send({ messages: [{ topic, partition: 0, value: 'after' }] })
    .then(() => 'sent', messageOf);
  await closed(() => consumer.close(true));
  await closed(() => producer.close(true));
  const pool = new ConnectionPool('missing-broker');
  await pool.close();
  const isOwn = await new Promise((resolve) => {
    pool.get({ host: address, port: 9092 }, (error) => resolve(GenericError.isGenericError(error!)));
  });
  return { asked, sent, isOwn };
}

void look().then((seen) => console.log(JSON.stringify(seen)));
