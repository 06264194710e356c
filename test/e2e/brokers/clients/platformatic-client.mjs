/** Produces and consumes until it is ended, and logs each record that was acknowledged or consumed. */
import { setTimeout as pause } from 'node:timers/promises';
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import { madeBy, teller } from './settings.mjs';

const NAME = '@platformatic/kafka';
const [settings, topic, log] = process.argv.slice(2);
const tell = teller(NAME, log);

const made = (Client, more) =>
  madeBy(settings, {
    Producer: class {
      constructor(options) {
        return new Client({ ...options, ...more });
      }
    },
  });

/** Node ends the process for an error event to which nobody listens; a connection that failed can fail once more. */
function listenTo(client, onError = (error) => console.error(new Date(), 'client', error.message)) {
  client.on('error', onError);
  for (const event of ['client:broker:connect', 'client:broker:failed']) {
    client.on(event, ({ connection }) =>
      connection.on('error', (error) => console.error(new Date(), 'connection', error.message)),
    );
  }
  return client;
}

async function consume() {
  const consumer = made(Consumer, { groupId: NAME, deserializers: stringDeserializers });
  let stream;
  listenTo(consumer, (error) => stream?.destroy(error));
  try {
    stream = await consumer.consume({
      topics: [topic],
      mode: 'committed',
      fallbackMode: 'earliest',
      autocommit: 500,
    });
    console.error(new Date(), 'consumer begins');
    for await (const { value } of stream) tell('consumed', value);
  } finally {
    await consumer.close(true).catch((error) => console.error(new Date(), 'close', error.message));
  }
}
void (async () => {
  for (;;) {
    await consume().catch((error) => console.error(new Date(), 'consumer', error.message));
    await pause(1000);
  }
})();

const producer = listenTo(made(Producer, { serializers: stringSerializers }));
for (let number = 0; ; number += 1) {
  const value = `${NAME}-${number}`;
  const at = Date.now();
  const timer = setInterval(() => console.error(new Date(), value, 'has not come back for', Date.now() - at), 3000);
  await producer.send({ acks: -1, messages: [{ topic, value }] }).then(
    () => tell('acknowledged', value),
    (error) => console.error(new Date(), value, error.message),
  );
  clearInterval(timer);
  await pause(100);
}
