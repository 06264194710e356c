import { Machine } from './machine';
import { NameServer } from './name-server';
import { Portal } from './portal';

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
 * Two machines and a cable: the proxy's, and the world's with the brokers, the clients and the name server. The world
 * forwards nothing outside; the real network is not touched.
 */
export interface Network {
  readonly world: Machine;
  readonly proxy: Machine;
  readonly portal: Portal;
  readonly names: NameServer;
  stop(): Promise<void>;
}

export interface NetworkOptions {
  /** Shell commands that run in the machine at its start. */
  readonly proxySetUp?: string;
  readonly worldSetUp?: string;
  /** Of each cluster. @default 3 */
  readonly brokers?: number;
}

export async function startNetwork({ proxySetUp, worldSetUp, brokers = 3 }: NetworkOptions = {}): Promise<Network> {
  const world = await Machine.start(worldSetUp);
  const proxy = await Machine.start(proxySetUp);
  const stopMachines = async (): Promise<void> => void (await Promise.all([proxy.stop(), world.stop()]));
  try {
    await Machine.cable(world, 'to-proxy', proxy, 'eth0');
    const outside = ROLES.flatMap((role) => Array.from({ length: brokers }, (_, index) => brokerAddress(role, index)));
    await world.shell(
      [
        `ip address add ${CLIENT_ADDRESS}/24 dev to-proxy && ip link set to-proxy up`,
        ...[...outside, RESOLVER].map((address) => `ip address add ${address}/32 dev lo`),
        // Thousands of sessions come from one address here.
        `sysctl -qw net.ipv4.ip_local_port_range='10000 65535' net.core.somaxconn=8192`,
      ].join('\n'),
    );
    await proxy.shell(
      `ip address add ${PROXY_ADDRESS}/24 dev eth0 && ip link set eth0 up && ip route add default via ${CLIENT_ADDRESS}`,
    );
    const portal = await Portal.into(world);
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
