import { BrokerCluster } from '../../../packages/confluent-dr-lab/src/kafka/broker/broker-cluster';
import { type Host } from '../../../packages/confluent-dr-lab/src/kafka/broker/host';
import { type KafkaJars } from '../../../packages/confluent-dr-lab/src/kafka/broker/java';
import { brokerProperties, fixedUsers } from '../../../packages/confluent-dr-lab/src/kafka/broker/properties';
import { type Certificates } from '../proxy/harness/certificates';
import { type Machine } from '../../../packages/confluent-dr-lab/src/machine/machine';
import { brokerAddress, brokerName, CLUSTERS, type Role } from '../proxy/harness/network';
import { type Portal } from '../../../packages/confluent-dr-lab/src/machine/portal';

export const USER = 'app';
export const PASSWORD = 'app-secret';

export interface Place {
  readonly world: Machine;
  readonly portal: Portal;
  readonly folder: string;
  readonly certificates: Certificates;
  readonly jars: KafkaJars;
}

/** Brokers talk among themselves on loopback addresses, so that nothing but their clients depends on the proxy. */
function insideAddress(role: Role, index: number): string {
  return `127.0.${CLUSTERS[role].network.split('.')[2]}.${10 + index}`;
}

/** Starts the brokers of one cluster and returns when each accepts clients. They end with the machine. */
export async function startCluster(place: Place, role: Role, brokers: number): Promise<void> {
  const addresses = Array.from({ length: brokers }, (_, index) => brokerAddress(role, index));
  const cluster = new BrokerCluster({
    host: hostOf(place),
    jars: place.jars,
    folder: place.folder,
    name: role,
    addresses,
    properties: (index, { data }) =>
      brokerProperties({
        index,
        brokers,
        external: { address: addresses[index], name: brokerName(role, index) },
        internalAddress: (other) => insideAddress(role, other),
        data,
        keystore: place.certificates.keystoreFile,
        authentication: fixedUsers({ [USER]: PASSWORD }),
      }),
  });
  await cluster.start();
}

const hostOf = ({ world, portal }: Place): Host => ({
  spawn: (command, options) => world.spawn(command, options),
  isOpen: (address, port) =>
    portal.connect(address, port).then(
      (socket) => socket.destroy() !== undefined,
      () => false,
    ),
});
