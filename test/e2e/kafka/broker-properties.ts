import { brokerAddress, brokerName, CLUSTERS, type Role } from '../proxy/harness/network';

export const USER = 'app';
export const PASSWORD = 'app-secret';

const PLAIN_LOGIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required';

/** Brokers talk among themselves on loopback addresses, so that nothing but their clients depends on the proxy. */
function insideAddress(role: Role, index: number): string {
  return `127.0.${CLUSTERS[role].network.split('.')[2]}.${10 + index}`;
}

/** As on Confluent Cloud: SASL_SSL on 9092 and names of their own that metadata tells the clients. */
export function brokerProperties(
  role: Role,
  index: number,
  brokers: number,
  files: { data: string; keystore: string },
): string {
  const controller = `${insideAddress(role, 0)}:9093`;
  const internal = `INTERNAL://${insideAddress(role, index)}:9094`;
  const listeners = [`EXTERNAL://${brokerAddress(role, index)}:9092`, internal];
  if (index === 0) listeners.push(`CONTROLLER://${controller}`);
  const copies = Math.min(brokers, 3);
  return Object.entries({
    'process.roles': index === 0 ? 'broker,controller' : 'broker',
    'node.id': index,
    'controller.quorum.voters': `0@${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'INTERNAL',
    listeners: listeners.join(','),
    'advertised.listeners': `EXTERNAL://${brokerName(role, index)}:9092,${internal}`,
    'listener.security.protocol.map': 'EXTERNAL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': files.keystore,
    'listener.name.external.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.external.plain.sasl.jaas.config': `${PLAIN_LOGIN} user_${USER}="${PASSWORD}";`,
    'log.dirs': files.data,
    // The default buffer alone is two thirds of the heap.
    'log.cleaner.dedupe.buffer.size': 8_388_608,
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    'offsets.topic.num.partitions': 1,
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': 1,
    'default.replication.factor': copies,
    'min.insync.replicas': Math.min(copies, 2),
  })
    .map(([key, value]) => `${key}=${value}`)
    .join('\n');
}

/** For Kafka's own command line tools. */
export function clientProperties(caFile: string): string {
  return [
    'security.protocol=SASL_SSL',
    'sasl.mechanism=PLAIN',
    `sasl.jaas.config=${PLAIN_LOGIN} username="${USER}" password="${PASSWORD}";`,
    'ssl.truststore.type=PEM',
    `ssl.truststore.location=${caFile}`,
  ].join('\n');
}
