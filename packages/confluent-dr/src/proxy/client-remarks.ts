import { type Client, clientSettings, type ClientSettings } from './rendering';

/** What a client can and cannot do by itself; the words for it are the edge's. */
export const CLIENT_REMARKS = [
  /** One key for both clusters: the client has one identity, whatever cluster it meets. */
  'one-identity',
  /** Rebootstrapping came with 3.8, and is the default since 4.0. KIP-899, KIP-1102. */
  'java-version',
  /** Clients 4.4 tell a broker of 4.4 the cluster that they mean. KIP-1242. */
  'java-cluster-check',
  /** Their producers are idempotent by default, and a producer id means nothing to the other cluster. */
  'java-idempotence',
  /** Rebootstrapping came with 2.10. */
  'librdkafka-version',
  /** Its files know no variables of the environment. */
  'librdkafka-placeholders',
  /** The default of 300 s is too long for a failover, and without a shorter one some clients never came back. */
  'trigger-needed',
  /** A record is given up after this time, which has to outlast the failover. */
  'delivery-time',
  /** Groups go on by the offsets that the link synchronizes. */
  'offsets',
  /** A consumer that gives up has to be started again, which it does of itself for errors that can be retried. */
  'kafkajs-restart',
  /** It has had no release since 2023. */
  'kafkajs-unmaintained',
  /** Retries ask the broker that was known before; without an end they never come back. */
  'platformatic-retries',
  /** Its stream ends with the connection, and the application has to make another consumer. */
  'platformatic-consumer',
  /** Node ends a process for an error event that nobody listens to, and it sends some that no call tells. */
  'platformatic-errors',
  /** Between the mirrors and the proxy, topics that clients still reach are read-only. */
  'refused-meanwhile',
  /** After an unplanned failover a producer id must not go on. */
  'fresh-producer',
] as const;
export type ClientRemark = (typeof CLIENT_REMARKS)[number];

/** What is to be known of each. */
const REMARKS: Readonly<Record<Client, readonly ClientRemark[]>> = {
  java: [
    'one-identity',
    'java-version',
    'java-cluster-check',
    'trigger-needed',
    'java-idempotence',
    'delivery-time',
    'refused-meanwhile',
    'offsets',
    'fresh-producer',
  ],
  librdkafka: [
    'one-identity',
    'librdkafka-version',
    'librdkafka-placeholders',
    'trigger-needed',
    'delivery-time',
    'refused-meanwhile',
    'offsets',
    'fresh-producer',
  ],
  kafkajs: [
    'one-identity',
    'kafkajs-restart',
    'kafkajs-unmaintained',
    'refused-meanwhile',
    'offsets',
    'fresh-producer',
  ],
  platformatic: [
    'one-identity',
    'platformatic-retries',
    'platformatic-consumer',
    'platformatic-errors',
    'refused-meanwhile',
    'offsets',
    'fresh-producer',
  ],
};

export interface RemarkedSettings extends ClientSettings {
  readonly client: Client;
  readonly remarks: readonly ClientRemark[];
}

/**
 * The settings of a client, and what it can and cannot do with them.
 *
 * @param bootstraps `pkc-….confluent.cloud:9092` of both members
 */
export const remarkedSettings = (client: Client, bootstraps: readonly string[]): RemarkedSettings => ({
  client,
  ...clientSettings(client, bootstraps),
  remarks: REMARKS[client],
});
