/**
 * A consumer that is stopped at the moment at which it has joined its group, which used to end the process. A process for
 * canary.test.ts.
 */
import { kafkaLibrary } from '../../../packages/confluent-dr/src/canary/kafka/client';
import { Consuming } from '../../../packages/confluent-dr/src/canary/kafka/consuming';

const [bootstrap, address, key, secret, topic] = process.argv.slice(2);

async function stop(): Promise<void> {
  const { Consumer } = await kafkaLibrary();
  const { emit } = Consumer.prototype as unknown as { emit: (...words: unknown[]) => boolean };
  const stopped = new Promise<void>((resolve) => {
    Object.assign(Consumer.prototype, {
      emit(this: unknown, ...words: unknown[]) {
        if (words[0] === 'consumer:group:join') {
          resolve(consuming.stop());
        }
        return emit.apply(this, words);
      },
    });
  });
  const consuming = new Consuming(
    { ...{ run: 'stopped', group: 'stopped-joining', partitions: 3, lateAfter: 1000 }, listener: () => undefined },
    {
      ...{ role: 'primary', topic },
      access: {
        ...{ bootstrap, credentials: { key, secret } },
        lookup: (_, asked, callback) =>
          asked.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4),
      },
    },
  );
  await stopped;
  console.log('stopped');
}

void stop();
