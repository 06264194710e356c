import { type ProxyPlan } from '../../../../lib/proxy/rendering/proxy-plan';
import { bootstrapAndBrokers } from '../../../../lib/proxy/rendering/server-name-pattern';
import { Broker } from './broker';
import { TestAuthority } from './certificates';
import { Session, type Target } from './client';
import { NameServer } from './name-server';
import { ProxyHost } from './proxy-host';

export const CLUSTERS = {
  primary: 'pkc-aaaaa.westeurope.azure.confluent.cloud',
  secondary: 'pkc-bbbbb.northeurope.azure.confluent.cloud',
} as const;

export type ClusterName = keyof typeof CLUSTERS;

export type Outages = Partial<Record<ClusterName, { outage: string; longestOutageSeconds?: number }>>;

/** The plan of the pair, by default without an outage; the name server is found in the host's resolv.conf. */
export function planOf(outages: Outages = {}, more: Partial<ProxyPlan> = {}): ProxyPlan {
  const names = Object.keys(CLUSTERS) as ClusterName[];
  return {
    instances: names.map((name) => ({ name, outage: 'none', ...outages[name] })),
    routes: names.map((name) => ({ pattern: bootstrapAndBrokers(CLUSTERS[name]), instance: name })),
    ...more,
  };
}

/** Waits until something holds; fails with what it was last. */
export async function eventually<T>(look: () => Promise<T>, wanted: (seen: T) => boolean, within = 20_000): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (wanted(seen)) {
      return seen;
    }
    if (Date.now() > end) {
      throw new Error(`not within ${within} ms; last: ${JSON.stringify(seen)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A proxy's host, and what is around it: a name server, and for each cluster a server with two brokers' names. */
export class World {
  static async create(): Promise<World> {
    const authority = new TestAuthority();
    const host = await ProxyHost.create();
    const dns = await NameServer.listen(host.worldAddress(1));
    const brokers = {} as Record<ClusterName, Broker>;
    for (const [index, name] of (Object.keys(CLUSTERS) as ClusterName[]).entries()) {
      const address = host.worldAddress(10 + index);
      const served = [CLUSTERS[name], `b0-${CLUSTERS[name]}`, `b1-${CLUSTERS[name]}`];
      served.forEach((serverName) => dns.records.set(serverName, address));
      brokers[name] = await Broker.listen(name, address, authority.issue(served));
    }
    return new World(host, dns, brokers, authority);
  }

  private constructor(
    readonly host: ProxyHost,
    readonly dns: NameServer,
    readonly brokers: Record<ClusterName, Broker>,
    readonly authority: TestAuthority,
  ) {}

  target(port = 9092): Target {
    return { host: this.host.address, port };
  }

  /** A session to a cluster's bootstrap name, or to one of its brokers, through the proxy. */
  async open(
    cluster: ClusterName,
    { broker, port, timeout }: { broker?: number; port?: number; timeout?: number } = {},
  ): Promise<Session> {
    const name = `${broker === undefined ? '' : `b${broker}-`}${CLUSTERS[cluster]}`;
    return Session.open(this.target(port), name, this.authority.certificate, timeout);
  }

  /** What a client finds: `open`, or how it was refused. */
  async tryOpen(cluster: ClusterName, timeout = 3000): Promise<string> {
    try {
      (await this.open(cluster, { timeout })).close();
      return 'open';
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Waits until a cluster can be reached. */
  async opens(cluster: ClusterName, within = 5000): Promise<void> {
    await eventually(
      () => this.tryOpen(cluster),
      (outcome) => outcome === 'open',
      within,
    );
  }

  async dispose(): Promise<void> {
    await this.host.dispose();
    await this.dns.close();
    await Promise.all(Object.values(this.brokers).map((broker) => broker.close()));
    this.authority.dispose();
  }
}
