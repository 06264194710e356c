/** The clients that there are settings for. */
export const CLIENTS = ['java', 'librdkafka', 'kafkajs', 'platformatic'] as const;
export type Client = (typeof CLIENTS)[number];

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
  /** Between the mirrors and the proxy, topics that clients still reach are read-only. */
  'refused-meanwhile',
  /** After an unplanned failover a producer id must not go on. */
  'fresh-producer',
] as const;
export type ClientRemark = (typeof CLIENT_REMARKS)[number];

/** What makes a client find the active member by itself. */
export interface ClientSettings {
  readonly client: Client;
  /** `properties` as a file of the client has it, or `javascript` as the expression that makes one. */
  readonly format: 'properties' | 'javascript';
  /** Secrets stand in it as names of the client's own environment. */
  readonly text: string;
  readonly remarks: readonly ClientRemark[];
}

/**
 * Where a client reads its key; the tool knows none of an application's. Names like KAFKA_API_KEY are the Confluent provider's own.
 */
export const KEY_VARIABLES = { key: 'CLIENT_API_KEY', secret: 'CLIENT_API_SECRET' } as const;

/** Milliseconds without metadata of a known broker after which the bootstrap hosts are asked again. */
const TRIGGER_MS = 5000;
const MOST_BACKOFF_MS = 1000;
const RETRY_MS = 500;
const CONNECT_MS = 5000;
/** Milliseconds that a record may wait to be acknowledged. */
const DELIVERY_MS = 600_000;

/** @param bootstraps `pkc-….confluent.cloud:9092` of both members */
export function clientSettings(client: Client, bootstraps: readonly string[]): ClientSettings {
  switch (client) {
    case 'java':
      return {
        client,
        format: 'properties',
        text: properties({
          'bootstrap.servers': bootstraps.join(','),
          'security.protocol': 'SASL_SSL',
          'sasl.mechanism': 'PLAIN',
          'sasl.jaas.config':
            'org.apache.kafka.common.security.plain.PlainLoginModule required ' +
            `username="\${env:${KEY_VARIABLES.key}}" password="\${env:${KEY_VARIABLES.secret}}";`,
          'config.providers': 'env',
          'config.providers.env.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
          'metadata.recovery.strategy': 'rebootstrap',
          'metadata.recovery.rebootstrap.trigger.ms': TRIGGER_MS,
          'reconnect.backoff.max.ms': MOST_BACKOFF_MS,
          'socket.connection.setup.timeout.ms': CONNECT_MS,
          'delivery.timeout.ms': DELIVERY_MS,
          acks: 'all',
          'enable.idempotence': false,
          'max.in.flight.requests.per.connection': 1,
          'auto.offset.reset': 'earliest',
        }),
        remarks: [
          ...(['one-identity', 'java-version', 'java-cluster-check', 'trigger-needed', 'java-idempotence'] as const),
          ...(['delivery-time', 'refused-meanwhile', 'offsets', 'fresh-producer'] as const),
        ],
      };
    case 'librdkafka':
      return {
        client,
        format: 'properties',
        text: properties({
          'bootstrap.servers': bootstraps.join(','),
          'security.protocol': 'SASL_SSL',
          'sasl.mechanisms': 'PLAIN',
          'sasl.username': `\${${KEY_VARIABLES.key}}`,
          'sasl.password': `\${${KEY_VARIABLES.secret}}`,
          'metadata.recovery.strategy': 'rebootstrap',
          'metadata.recovery.rebootstrap.trigger.ms': TRIGGER_MS,
          'reconnect.backoff.max.ms': MOST_BACKOFF_MS,
          'socket.connection.setup.timeout.ms': CONNECT_MS,
          'message.timeout.ms': DELIVERY_MS,
          'auto.offset.reset': 'earliest',
        }),
        remarks: [
          ...(['one-identity', 'librdkafka-version', 'librdkafka-placeholders', 'trigger-needed'] as const),
          ...(['delivery-time', 'refused-meanwhile', 'offsets', 'fresh-producer'] as const),
        ],
      };
    case 'kafkajs':
      return {
        client,
        format: 'javascript',
        text: [
          'new Kafka({',
          `  brokers: ${list(bootstraps)},`,
          '  ssl: true,',
          `  sasl: { mechanism: 'plain', ${fromEnvironment} },`,
          `  connectionTimeout: ${CONNECT_MS},`,
          `  retry: { retries: Number.MAX_SAFE_INTEGER, maxRetryTime: ${MOST_BACKOFF_MS} },`,
          '});',
        ].join('\n'),
        remarks: [
          ...(['one-identity', 'kafkajs-restart', 'kafkajs-unmaintained'] as const),
          ...(['refused-meanwhile', 'offsets', 'fresh-producer'] as const),
        ],
      };
    case 'platformatic':
      return {
        client,
        format: 'javascript',
        text: [
          'new Producer({ // and Consumer',
          `  clientId: 'orders',`,
          `  bootstrapBrokers: ${list(bootstraps)},`,
          '  tls: {},',
          '  tlsServerName: true,',
          `  sasl: { mechanism: 'PLAIN', ${fromEnvironment} },`,
          `  connectTimeout: ${CONNECT_MS},`,
          `  metadataMaxAge: ${TRIGGER_MS},`,
          `  retries: 3,`,
          `  retryDelay: ${RETRY_MS},`,
          '});',
        ].join('\n'),
        remarks: [
          ...(['one-identity', 'platformatic-retries', 'platformatic-consumer'] as const),
          ...(['refused-meanwhile', 'offsets', 'fresh-producer'] as const),
        ],
      };
  }
}

const fromEnvironment = `username: process.env.${KEY_VARIABLES.key}, password: process.env.${KEY_VARIABLES.secret}`;

const list = (texts: readonly string[]): string => `[${texts.map((text) => `'${text}'`).join(', ')}]`;

const properties = (settings: Readonly<Record<string, string | number | boolean>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
