import { type Socket } from 'node:net';
import { type ProxyPlan } from '../../../../lib/proxy/rendering/proxy-plan';
import { bootstrapAndBrokers } from '../../../../lib/server-names/server-name-pattern';
import { eventually } from '../../../support/waiting';
import { Broker } from './broker';
import { type Certificates, makeCertificates } from './certificates';
import { Session } from './client';
import { brokerAddress, CLIENT_ADDRESS, type Disk, type Network, PROXY_ADDRESS, startNetwork } from './network';
import { type Control, orHangs } from './patience';
import { ProxyHost } from './proxy-host';
import { temporaryFolder } from './temporary-folder';

export const CLUSTERS = {
  primary: 'pkc-aaaaa.westeurope.azure.confluent.cloud',
  secondary: 'pkc-bbbbb.northeurope.azure.confluent.cloud',
} as const;

/** What is said of a session that was closed before it was greeted. */
export const REFUSED = /closed|disconnected|ECONNRESET/;

/** What a client finds, by the manner of an outage. */
export const BLOCKED = { reject: REFUSED, blackhole: /^hangs$/ } as const;

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
  async open(cluster: ClusterName, { broker, port }: { broker?: number; port?: number } = {}): Promise<Session> {
    return this.openTo(`${broker === undefined ? '' : `b${broker}-`}${CLUSTERS[cluster]}`, port);
  }

  /** A session to any server name through the proxy. */
  async openTo(serverName: string, port?: number): Promise<Session> {
    return Session.open(this.connect(port), serverName, this.certificates.ca);
  }

  /** A session to a cluster's bootstrap name on a connection that was made elsewhere. */
  async openBy(connection: Promise<Socket>, cluster: ClusterName): Promise<Session> {
    return Session.open(connection, CLUSTERS[cluster], this.certificates.ca);
  }

  /** What a client finds: `open`, or how it was refused. */
  async tryOpen(cluster: ClusterName): Promise<string> {
    return this.tryOpenTo(CLUSTERS[cluster]);
  }

  async tryOpenTo(serverName: string, connection = this.connect()): Promise<string> {
    try {
      (await Session.open(connection, serverName, this.certificates.ca)).close();
      return 'open';
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** The same of one that may hang, which is `hangs` after a time in which the control was done again and again. */
  async tryOrHang(cluster: ClusterName, control: Control, leastMs?: number): Promise<string> {
    return this.tryOrHangTo(CLUSTERS[cluster], control, leastMs);
  }

  async tryOrHangTo(serverName: string, control: Control, leastMs?: number): Promise<string> {
    const connection = this.connect();
    try {
      return await orHangs(this.tryOpenTo(serverName, connection), control, leastMs);
    } finally {
      connection.then(
        (socket) => socket.destroy(),
        () => undefined,
      );
    }
  }

  /** What a client finds of the primary that is blocked, while the secondary is served; see BLOCKED. */
  async tryBlocked(): Promise<string> {
    return this.tryOrHang('primary', this.served('secondary'));
  }

  /** For what may hang: a session of a cluster that does not. */
  served(cluster: ClusterName): Control {
    return async () => (await this.open(cluster)).close();
  }

  /** Waits until a cluster can be reached. */
  async opens(cluster: ClusterName): Promise<void> {
    await eventually(
      () => this.tryOrHang(cluster, () => Promise.resolve(), 3000),
      (outcome) => outcome === 'open',
    );
  }

  async dispose(): Promise<void> {
    Object.values(this.brokers).forEach((broker) => broker.close());
    await this.network.stop();
  }
}
