import { type ClientRemark } from '../proxy/client-remarks';
import { type DocumentOf } from '../report/output-schema/documents';
import { indented, wrapped } from './layout';
import { type Look } from './text-style';

/** What a client can and cannot do by itself. */
export const CLIENT_REMARK_WORDS: Readonly<Record<ClientRemark, string>> = {
  'one-identity':
    'One key has to do on both clusters, a global API key; with a key for each cluster, the client has to be started anew with the other one.',
  'java-version':
    'Kafka clients 3.8 and 3.9 ask the bootstrap hosts again only where they are told to, and ignore the trigger; older ones never do. Clients since 4.0 do both.',
  'java-cluster-check':
    'Clients 4.4 tell a broker of 4.4 the cluster that they mean (metadata.cluster.check.enable); that was not tried with two clusters.',
  'java-idempotence':
    'Producers since 3.0 are idempotent unless told otherwise, and take their producer id to the other cluster, where another producer may have the same: records are refused, or may be taken for repetitions and not written. Without it one request at a time keeps the order; what is sent again after an error may be there twice.',
  'librdkafka-version':
    'librdkafka 2.10 or later: older ones do not know these settings, and may stay with the brokers that they know until they are started again.',
  'librdkafka-placeholders':
    'librdkafka replaces no variables: put the key in by code, or by envsubst into a file that only the application can read.',
  'trigger-needed':
    'The default of 300 s for the time after which it asks the bootstrap hosts again is too long for a failover.',
  'delivery-time':
    'A record waits ten minutes to be acknowledged, so that none is given up during a failover; the default is two in Java and five in librdkafka.',
  offsets:
    'A consumer group goes on where the cluster link has synchronized its offsets (consumer.offset.sync.enable), so that it reads some records twice.',
  'kafkajs-restart':
    'A consumer restarts itself after errors that can be retried; let restartOnFailure answer true for all others.',
  'kafkajs-unmaintained': 'kafkajs 2.2.4 is of 2023: there has been no release since.',
  'platformatic-retries':
    'Of @platformatic/kafka 1.35: a retry asks the broker that it knew before, so that with retries: true a send never comes back. With few retries it fails, and the next one asks the bootstrap hosts again. Send again what failed.',
  'platformatic-consumer':
    'The stream of its consumer ends with an error: close the consumer then, and go on with a new one.',
  'platformatic-errors':
    'Listen to the error events of its clients, and to those of each connection that client:broker:connect and client:broker:failed tell: Node ends a process for one that nobody listens to. A group that cannot be joined again is told so alone, and so is a connection that fails twice, as one reset during the login.',
  'refused-meanwhile':
    'From when the mirrors turn until the proxy has turned, clients still reach the old side, whose topics are read-only: records sent then are refused for good, not kept. Send them again, or block the primary before a planned failover, so that clients wait.',
  'fresh-producer':
    'After an unplanned failover start producers anew, and read back what was acknowledged: a producer id must not go on over a loss.',
};

/** Settings on lines that are not broken, so that they can be copied. */
export function clientsText({ access, clients }: DocumentOf<'clients'>, { paint, width }: Look): string {
  const head =
    access === undefined
      ? paint(
          'yellow',
          wrapped(
            'The proxy lets clients in to both members, or it is not known: a client goes to whichever answers first.',
            width,
          ),
        )
      : wrapped(`The proxy lets clients in to the ${access} alone.`, width);
  const parts = clients.map(({ client, text, remarks }) =>
    [
      paint('bold', client),
      indented(text),
      ...remarks.map((remark) => wrapped(`- ${CLIENT_REMARK_WORDS[remark]}`, width, '  ')),
    ].join('\n'),
  );
  return [head, ...parts].join('\n\n');
}
