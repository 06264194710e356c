/** The clients that there are settings for. */
export const CLIENTS = ['java', 'librdkafka', 'kafkajs', 'platformatic'] as const;
export type Client = (typeof CLIENTS)[number];

/** What makes a client find the active one of two clusters by itself. */
export interface ClientSettings {
  /** `properties` as a file of the client has it, or `javascript` as the expression that makes one. */
  readonly format: 'properties' | 'javascript';
  /** Secrets stand in it as names of the client's own environment. */
  readonly text: string;
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
      };
    case 'librdkafka':
      return {
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
      };
    case 'kafkajs':
      return {
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
      };
    case 'platformatic':
      return {
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
      };
  }
}

const fromEnvironment = `username: process.env.${KEY_VARIABLES.key}, password: process.env.${KEY_VARIABLES.secret}`;

const list = (texts: readonly string[]): string => `[${texts.map((text) => `'${text}'`).join(', ')}]`;

const properties = (settings: Readonly<Record<string, string | number | boolean>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
