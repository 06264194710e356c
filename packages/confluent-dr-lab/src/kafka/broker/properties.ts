export interface BrokerProperties {
  /** Its number in the cluster; 0 is the controller too. */
  readonly index: number;
  /** How many the cluster has. */
  readonly brokers: number;
  /** Where clients of the cluster reach this broker, and the name that metadata tells them. */
  readonly external: { readonly address: string; readonly name: string };
  /** Where each broker of the cluster talks to the others. */
  readonly internalAddress: (index: number) => string;
  readonly data: string;
  /** Key, certificate and CA in one PEM file. */
  readonly keystore: string;
  /** The settings by which clients are known. */
  readonly authentication: Readonly<Record<string, string>>;
  /** @default - everything is allowed */
  readonly superUsers?: readonly string[];
}

export const CLIENT_PORT = 9092;
const CONTROLLER_PORT = 9093;
export const INTERNAL_PORT = 9094;

const PLAIN = 'listener.name.external.plain.sasl';
const PLAIN_LOGIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required';

/** Users that stay the same as long as the broker runs: passwords by name. */
export function fixedUsers(passwords: Readonly<Record<string, string>>): Record<string, string> {
  const words = Object.entries(passwords).map(([name, password]) => `user_${name}="${password}"`);
  return { [`${PLAIN}.jaas.config`]: `${PLAIN_LOGIN} ${words.join(' ')};` };
}

/**
 * Lets brokers ask the lab for the users of SASL PLAIN: an API key and its secret buy a token, and the token tells the
 * principal. A key that was made a moment ago opens a session, one that was deleted opens no new one.
 *
 * @param url of the lab's endpoints for this cluster: `token` and `introspect` are below it
 * @param secret with which the brokers ask whose a token is
 */
export function apiKeys(url: string, secret: string): Record<string, string> {
  const options = {
    'oauth.token.endpoint.uri': `${url}/token`,
    'oauth.introspection.endpoint.uri': `${url}/introspect`,
    'oauth.client.id': 'broker',
    'oauth.client.secret': secret,
    'oauth.valid.issuer.uri': 'lab',
    'oauth.username.claim': 'sub',
    'oauth.check.access.token.type': 'false',
  };
  const words = Object.entries(options).map(([name, value]) => `${name}="${value}"`);
  return {
    [`${PLAIN}.server.callback.handler.class`]:
      'io.strimzi.kafka.oauth.server.plain.JaasServerOauthOverPlainValidatorCallbackHandler',
    [`${PLAIN}.jaas.config`]: `${PLAIN_LOGIN} ${words.join(' ')};`,
    'principal.builder.class': 'io.strimzi.kafka.oauth.server.OAuthKafkaPrincipalBuilder',
  };
}

/** As on Confluent Cloud: SASL_SSL on 9092 and names of their own that metadata tells the clients. */
export function brokerProperties(props: BrokerProperties): string {
  const { index, brokers, external, internalAddress, data, keystore, authentication, superUsers } = props;
  const controller = `${internalAddress(0)}:${CONTROLLER_PORT}`;
  const internal = `INTERNAL://${internalAddress(index)}:${INTERNAL_PORT}`;
  const listeners = [`EXTERNAL://${external.address}:${CLIENT_PORT}`, internal];
  if (index === 0) {
    listeners.push(`CONTROLLER://${controller}`);
  }
  const copies = Math.min(brokers, 3);
  const leastInSync = Math.min(copies, 2);
  return Object.entries({
    'process.roles': index === 0 ? 'broker,controller' : 'broker',
    'node.id': index,
    'controller.quorum.voters': `0@${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'INTERNAL',
    listeners: listeners.join(','),
    'advertised.listeners': `EXTERNAL://${external.name}:${CLIENT_PORT},${internal}`,
    'listener.security.protocol.map': 'EXTERNAL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keystore,
    'listener.name.external.sasl.enabled.mechanisms': 'PLAIN',
    ...authentication,
    ...(superUsers && {
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': superUsers.join(';'),
    }),
    'log.dirs': data,
    // The default buffer alone is two thirds of the heap.
    'log.cleaner.dedupe.buffer.size': 8_388_608,
    // Records of a rehearsal may carry old timestamps, and are not to vanish for them.
    'log.retention.ms': -1,
    'message.max.bytes': 2_097_164,
    'replica.fetch.max.bytes': 4_194_304,
    'auto.create.topics.enable': false,
    'broker.session.timeout.ms': 3000,
    // At most half of it: a busy machine is not to take a broker for dead that was late once.
    'broker.heartbeat.interval.ms': 1000,
    'group.initial.rebalance.delay.ms': 0,
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': 1,
    'default.replication.factor': copies,
    'min.insync.replicas': leastInSync,
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** For Kafka's own command line tools: a client with a user of PLAIN. */
export function clientProperties(caFile: string, user: string, password: string): string {
  return [
    'security.protocol=SASL_SSL',
    'sasl.mechanism=PLAIN',
    `sasl.jaas.config=${PLAIN_LOGIN} username="${user}" password="${password}";`,
    'ssl.truststore.type=PEM',
    `ssl.truststore.location=${caFile}`,
    '',
  ].join('\n');
}
