/** Reads the topic of a raw log once more, and prints what it holds by the log's books: a process for canary.test.ts. */
import { CanaryAccount } from '../../../packages/confluent-dr/src/canary/account';
import { type CanaryEvent } from '../../../packages/confluent-dr/src/canary/events';
import { readBack } from '../../../packages/confluent-dr/src/canary/kafka/reading';
import { readLog } from '../../../packages/confluent-dr/src/canary/raw-log';

const [file, bootstrap, address, key, secret] = process.argv.slice(2);
const isBefore = ({ type }: CanaryEvent): boolean => type !== 'found' && type !== 'read';
const account = CanaryAccount.of(readLog(file).events.filter(isBefore));
const { run, topic, at: since, on } = account.begin!;

void readBack(
  {
    role: on,
    topic,
    access: {
      bootstrap,
      credentials: { key, secret },
      lookup: (_, options, callback) =>
        options.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4),
    },
  },
  { run, since, signal: new AbortController().signal, listener: (event) => account.apply(event) },
).then(() => console.log(JSON.stringify(account.byPartition())));
