/** Produces and consumes until it is ended, and logs each record that was acknowledged or consumed. */
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, Partitioners } from 'kafkajs';
import { madeBy, teller } from './settings.mjs';

const NAME = 'kafkajs';
const [settings, topic, log] = process.argv.slice(2);
const tell = teller(NAME, log);
const kafka = madeBy(settings, { Kafka });

const consumer = kafka.consumer({ groupId: NAME });
consumer.on('consumer.crash', ({ payload }) => console.error('crash', payload.error, payload.restart));
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({ eachMessage: async ({ message }) => tell('consumed', message.value.toString()) });

const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
await producer.connect();
for (let number = 0; ; number += 1) {
  const value = `${NAME}-${number}`;
  await producer.send({ topic, acks: -1, messages: [{ value }] }).then(
    () => tell('acknowledged', value),
    (error) => console.error(value, error),
  );
  await pause(100);
}
