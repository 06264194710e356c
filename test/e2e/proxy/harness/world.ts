import { type Socket } from 'node:net';
import { type ProxyPlan } from '../../../../lib/proxy/rendering/proxy-plan';
import { bootstrapAndBrokers } from '../../../../lib/server-names/server-name-pattern';
import { eventually } from '../../../support/waiting';
import { Broker } from './broker';
import { type Certificates, makeCertificates } from './certificates';
import { Session } from './client';
import { brokerAddress, CLIENT_ADDRESS, type Disk, type Network, PROXY_ADDRESS, startNetwork } from './network';
import { ProxyHost } from './proxy-host';
import { temporaryFolder } from './temporary-folder';

export const CLUSTERS = {
  primary: 'pkc-aaaaa.westeurope.azure.confluent.cloud',
  secondary: 'pkc-bbbbb.northeurope.azure.confluent.cloud',
} as const;

export type ClusterName = keyof typeof CLUSTERS;

export type Outages = Partial<Record<ClusterName, { outage: string; longestOutageSeconds?: number }>>;

/** The plan of the pair, by default without an outage; the name server is found on the host. */
export function planOf(outages: Outages = {}, more: Partial<ProxyPlan> = {}): ProxyPlan {
  const names = Object.keys(CLUSTERS) as ClusterName[];
  return {
    instances: names.map((name) => ({ name, outage: 'none', ...outages[name] })),
    routes: names.map((name) => ({ pattern: bootstrapAndBrokers(CLUSTERS[name]), instance: name })),
    ...more,
  };
}

/** What the name server of a world says. */
class Records {
  /** Lower-case names without a final dot. */
  readonly records = new Map<string, string>();
  silent = false;
  ttl = 1;
}

/** A proxy's host, and what is around it: a name server, and for each cluster a server with two brokers' names. */
export class World {
  static async create(disk?: Disk): Promise<World> {
    const folder = temporaryFolder('proxy-world');
    const certificates = makeCertificates(folder.path);
    folder.remove();
    const network = await startNetwork({ disk });
    const world = new World(network, certificates);
    for (const name of Object.keys(CLUSTERS) as ClusterName[]) {
      const address = brokerAddress(name, 0);
      const served = [CLUSTERS[name], `b0-${CLUSTERS[name]}`, `b1-${CLUSTERS[name]}`];
      served.forEach((serverName) => world.dns.records.set(serverName, address));
      world.brokers[name] = await Broker.listen(name, address, network.portal, certificates);
    }
    return world;
  }

  readonly dns = new Records();
  readonly brokers = {} as Record<ClusterName, Broker>;
  readonly host: ProxyHost;

  private constructor(
    readonly network: Network,
    private readonly certificates: Certificates,
  ) {
    this.host = new ProxyHost(network.proxy);
    network.names.zone = (name) => {
      if (this.dns.silent) return 'silent';
      const address = this.dns.records.get(name);
      return address === undefined ? undefined : { addresses: [address], ttlSeconds: this.dns.ttl };
    };
  }

  /** A connection to a port of the proxy, before a word was said. */
  async connect(port = 9092): Promise<Socket> {
    return this.network.portal.connect(PROXY_ADDRESS, port, CLIENT_ADDRESS);
  }

  /** A session to a cluster's bootstrap name, or to one of its brokers, through the proxy. */
  async open(
    cluster: ClusterName,
    { broker, ...options }: { broker?: number; port?: number; timeout?: number } = {},
  ): Promise<Session> {
    return this.openTo(`${broker === undefined ? '' : `b${broker}-`}${CLUSTERS[cluster]}`, options);
  }

  /** A session to any server name through the proxy. */
  async openTo(
    serverName: string,
    { port, timeout = 60_000 }: { port?: number; timeout?: number } = {},
  ): Promise<Session> {
    return Session.open(this.connect(port), serverName, this.certificates.ca, timeout);
  }

  /** A session to a cluster's bootstrap name on a connection that was made elsewhere. */
  async openBy(connection: Promise<Socket>, cluster: ClusterName, timeout = 60_000): Promise<Session> {
    return Session.open(connection, CLUSTERS[cluster], this.certificates.ca, timeout);
  }

  /** What a client finds: `open`, or how it was refused. */
  async tryOpen(cluster: ClusterName, timeout = 60_000): Promise<string> {
    try {
      (await this.open(cluster, { timeout })).close();
      return 'open';
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Waits until a cluster can be reached. */
  async opens(cluster: ClusterName): Promise<void> {
    await eventually(
      () => this.tryOpen(cluster, 3000),
      (outcome) => outcome === 'open',
    );
  }

  async dispose(): Promise<void> {
    Object.values(this.brokers).forEach((broker) => broker.close());
    await this.network.stop();
  }
}
