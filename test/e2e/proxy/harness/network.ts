import { randomBytes } from 'node:crypto';
import { DebianMachine } from '../../../../packages/confluent-dr-lab/src/machine/debian-machine';
import { NamespaceMachine } from '../../../../packages/confluent-dr-lab/src/machine/machine';
import { Portal } from '../../../../packages/confluent-dr-lab/src/machine/portal';
import { type Image, imageFolder } from './images';
import { NameServer } from './name-server';
import { temporaryFolder } from './temporary-folder';

export const PROXY_ADDRESS = '10.0.2.4';
export const CLIENT_ADDRESS = '10.0.2.1';
export const RESOLVER = '168.63.129.16';

/** The two clusters of the lab. Addresses look public: answers with private ones are refused by the proxy. */
export const CLUSTERS = {
  primary: { id: 'pkc-11111', region: 'westeurope', network: '20.61.1' },
  secondary: { id: 'pkc-22222', region: 'northeurope', network: '20.61.2' },
} as const;

export type Role = keyof typeof CLUSTERS;
export const ROLES: readonly Role[] = ['primary', 'secondary'];

export function bootstrapName(role: Role): string {
  const { id, region } = CLUSTERS[role];
  return `${id}.${region}.azure.confluent.cloud`;
}

export function brokerName(role: Role, index: number): string {
  return `b${index}-${bootstrapName(role)}`;
}

export function brokerAddress(role: Role, index: number): string {
  return `${CLUSTERS[role].network}.${10 + index}`;
}

/** Cluster and broker of a name; the bootstrap is answered by broker 0. */
export function placeOf(name: string): { role: Role; index: number } | undefined {
  for (const role of ROLES) {
    if (name === bootstrapName(role)) return { role, index: 0 };
    const index = /^b(\d+)-/.exec(name)?.[1];
    if (index !== undefined && name === brokerName(role, Number(index))) return { role, index: Number(index) };
  }
  return undefined;
}

export const honestZone = (name: string): { addresses: string[] } | undefined => {
  const place = placeOf(name);
  return place && { addresses: [brokerAddress(place.role, place.index)] };
};

/**
 * Two machines and a cable: the proxy's, a Debian with systemd, and the world's with the brokers, the clients and the
 * name server. The world forwards nothing outside; the real network is not touched.
 */
export interface Network {
  readonly world: NamespaceMachine;
  readonly proxy: DebianMachine;
  readonly portal: Portal;
  readonly names: NameServer;
  stop(): Promise<void>;
}

export interface Disk {
  /** What it holds at the start. @default packaged */
  readonly image?: Image;
  /** Folders with a file system of their own, and its size. */
  readonly partitions?: Readonly<Record<string, string>>;
}

export interface NetworkOptions {
  readonly disk?: Disk;
  readonly worldSetUp?: string;
  /** Of each cluster. @default 3 */
  readonly brokers?: number;
}

/** A machine on a cable to the world, which is off. */
export async function proxyMachine(
  world: NamespaceMachine,
  { image = 'packaged', partitions }: Disk = {},
  { address = PROXY_ADDRESS, cable = 'to-proxy' } = {},
): Promise<DebianMachine> {
  // The cable is a new one for each boot: the old one ended with the namespace it led to.
  const plugIn = async (firstProcess: number): Promise<void> => {
    await world.fromOutside(
      [
        `ip link delete ${cable} 2>/dev/null || true`,
        `ip link add ${cable} type veth peer name eth0 netns ${firstProcess}`,
        `ip link set ${cable} up`,
        `ip route replace ${address}/32 dev ${cable} src ${CLIENT_ADDRESS}`,
      ].join('\n'),
    );
  };
  const machine = await DebianMachine.create({
    image: await imageFolder(image),
    disk: temporaryFolder('debian-machine').path,
    name: `confluent-dr-test-${randomBytes(6).toString('hex')}`,
    partitions,
    plugIn,
  });
  machine.onDisk(`sed -i 's|^Address=.*|Address=${address}/24|' /etc/systemd/network/eth0.network`);
  return machine;
}

export async function startNetwork({ disk = {}, worldSetUp, brokers = 3 }: NetworkOptions = {}): Promise<Network> {
  const world = await NamespaceMachine.start(worldSetUp);
  const proxy = await proxyMachine(world, disk);
  const stopMachines = async (): Promise<void> => void (await Promise.all([proxy.stop(), world.stop()]));
  try {
    const outside = ROLES.flatMap((role) => Array.from({ length: brokers }, (_, index) => brokerAddress(role, index)));
    await world.shell(
      [
        ...[...outside, RESOLVER, CLIENT_ADDRESS].map((address) => `ip address add ${address}/32 dev lo`),
        // Thousands of sessions come from one address here.
        `sysctl -qw net.ipv4.ip_local_port_range='10000 65535' net.core.somaxconn=8192`,
      ].join('\n'),
    );
    const [portal] = await Promise.all([Portal.into(world), proxy.boot()]);
    const names = new NameServer(await portal.bind(RESOLVER, 53), honestZone);
    const stop = async (): Promise<void> => {
      names.close();
      portal.close();
      await stopMachines();
    };
    return { world, proxy, portal, names, stop };
  } catch (error) {
    await stopMachines();
    throw error;
  }
}
