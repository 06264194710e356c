import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { ProxyCapacity, ProxyPlan } from '../../../../lib/proxy/rendering/proxy-plan';
import { renderConvergeScript } from '../../../../lib/proxy/rendering/render';
import { CLUSTERS, type Network, type Role, ROLES } from './network';

export type Outage = 'none' | 'reject' | 'blackhole';
export type Part = Role | 'front';

/** A line of a session log. */
export interface Session {
  readonly time: string;
  readonly sni: string;
  readonly instance: string;
  readonly upstream: string;
  readonly status: number;
  readonly ended: string;
  readonly seconds: number;
}

export function planOf(outages: Partial<Record<Role, Outage>> = {}, capacity?: ProxyCapacity): ProxyPlan {
  return {
    instances: ROLES.map((name) => ({ name, outage: outages[name] ?? 'none' })),
    routes: ROLES.map((instance) => {
      const { id, region } = CLUSTERS[instance];
      return { pattern: String.raw`(b[0-9]+-)?${id}\.${region}\.azure\.confluent\.cloud`, instance };
    }),
    capacity,
  };
}

/** The proxy as it is in life: converged by the rendered script, on a machine of its own. */
export class Proxy {
  private outages: Partial<Record<Role, Outage>> = {};

  private constructor(
    private readonly network: Network,
    private readonly capacity?: ProxyCapacity,
  ) {}

  static async start(network: Network, capacity?: ProxyCapacity): Promise<Proxy> {
    const proxy = new Proxy(network, capacity);
    await proxy.converge();
    return proxy;
  }

  /** What an apply does: the whole script, with the outages that are wanted now. */
  async outage(role: Role, outage: Outage): Promise<void> {
    this.outages = { ...this.outages, [role]: outage };
    await this.converge();
  }

  /** Lines are written when sessions end. */
  sessions(part: Part): Session[] {
    return this.log(part).map((line) => JSON.parse(line) as Session);
  }

  log(part: Part, file: 'sessions.log' | 'tally.log' | 'error.log' = 'sessions.log'): string[] {
    const path = this.network.proxy.path(`/var/log/confluent-dr-proxy/${part}/${file}`);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  }

  /** What nginx complained of; that root may not raise its own limits is the test machine's matter. */
  errors(): string[] {
    return ['front' as const, ...ROLES]
      .flatMap((part) => this.log(part, 'error.log'))
      .filter((line) => !/setrlimit/.test(line));
  }

  /** When the machine wrote down that the outage begins; before that the script checks and prepares. */
  blockedAt(role: Role): number {
    return statSync(this.network.proxy.path(`/var/lib/confluent-dr-proxy/outages/${role}`)).mtimeMs;
  }

  private async converge(): Promise<void> {
    const script = '/run/converge.sh';
    writeFileSync(this.network.proxy.path(script), renderConvergeScript(planOf(this.outages, this.capacity)));
    await this.network.proxy.shell(`bash ${script} 2>&1`);
  }
}
