import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaJars } from '../../../packages/confluent-dr-lab/src/kafka/broker/class-archive';
import { java } from '../../../packages/confluent-dr-lab/src/kafka/broker/java';
import { clientProperties } from '../../../packages/confluent-dr-lab/src/kafka/broker/properties';
import { makeCertificates } from '../proxy/harness/certificates';
import {
  bootstrapName,
  brokerAddress,
  brokerName,
  type Network,
  PROXY_ADDRESS,
  type Role,
  ROLES,
  startNetwork,
} from '../proxy/harness/network';
import { Proxy } from '../proxy/harness/proxy';
import { temporaryFolder } from '../proxy/harness/temporary-folder';
import { PASSWORD, type Place, startCluster, USER } from './cluster';
import { requireTools } from './requirements';

/** Three brokers, so that metadata sends clients to three names; one is enough for the cluster that must not notice. */
export const BROKERS: Readonly<Record<Role, number>> = { primary: 3, secondary: 1 };

export interface KafkaLab {
  readonly network: Network;
  readonly proxy: Proxy;
  readonly caFile: string;
  createTopic(role: Role, name: string): Promise<void>;
  /** What the brokers hold, read by Kafka's console consumer beside the proxy. */
  read(role: Role, topic: string): Promise<string[]>;
  stop(): Promise<void>;
}

function hosts(folder: string, file: string, addressOf: (role: Role, index: number) => string): string {
  const lines = ROLES.flatMap((role) =>
    Array.from({ length: BROKERS[role] }, (_, index) => {
      const names = index === 0 ? [bootstrapName(role), brokerName(role, 0)] : [brokerName(role, index)];
      return `${addressOf(role, index)} ${names.join(' ')}`;
    }),
  );
  const path = join(folder, file);
  writeFileSync(path, ['127.0.0.1 localhost', ...lines, ''].join('\n'));
  return path;
}

export async function startKafkaLab(): Promise<KafkaLab> {
  requireTools();
  const jars = await kafkaJars();
  const folder = temporaryFolder('kafka-lab');
  const certificates = makeCertificates(folder.path);
  const throughProxy = hosts(folder.path, 'hosts', () => PROXY_ADDRESS);
  const direct = hosts(folder.path, 'hosts-direct', brokerAddress);
  const network = await startNetwork({ worldSetUp: `mount --bind ${throughProxy} /etc/hosts` });
  const stop = async (): Promise<void> => {
    await network.stop();
    folder.remove();
  };
  try {
    const place: Place = { world: network.world, portal: network.portal, folder: folder.path, certificates, jars };
    const [proxy] = await Promise.all([
      Proxy.start(network),
      ...ROLES.map((role) => startCluster(place, role, BROKERS[role])),
    ]);
    const settings = join(folder.path, 'client.properties');
    writeFileSync(settings, clientProperties(certificates.caFile, USER, PASSWORD));
    const tool = async (name: string, role: Role, ...args: string[]): Promise<string> => {
      const server = ['--bootstrap-server', `${bootstrapName(role)}:9092`, '--command-config', settings];
      const beside = [
        'unshare',
        '-m',
        '--propagation',
        'private',
        'sh',
        '-c',
        'mount --bind "$0" /etc/hosts && exec "$@"',
        direct,
      ];
      const command = java(jars, `org.apache.kafka.tools.${name}`, ...server, ...args);
      const { status, stdout, stderr } = await network.world.run([...beside, ...command]);
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}${stdout}`);
      return stdout;
    };
    return {
      network,
      proxy,
      caFile: certificates.caFile,
      createTopic: async (role, name) => {
        const copies = String(BROKERS[role]);
        const size = ['--partitions', copies, '--replication-factor', copies];
        await tool('TopicCommand', role, '--create', '--topic', name, ...size);
      },
      read: async (role, topic) => {
        const ends = await tool('GetOffsetShell', role, '--topic', topic);
        const count = ends.split('\n').reduce((sum, line) => sum + Number(line.split(':')[2] ?? 0), 0);
        if (count === 0) return [];
        // It ends with the last record; the time limit is for one that never comes.
        const until = ['--max-messages', String(count), '--timeout-ms', '120000'];
        const read = await tool('consumer.ConsoleConsumer', role, '--topic', topic, '--from-beginning', ...until);
        return read.split('\n').filter(Boolean);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
