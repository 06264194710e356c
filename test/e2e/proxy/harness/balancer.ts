import { type Socket } from 'node:net';
import { HEALTH_PATH, HEALTH_PORT } from '../../../../lib/proxy/rendering/proxy-plan';
import { CLIENT_ADDRESS, type Network } from './network';

const PAUSE_MS = 300;
const ANSWER_LIMIT_MS = 2000;
/** As many probes in a row decide, either way. */
const PROBES = 2;

/**
 * Stands in for Azure's load balancer: rules of the kernel hand sessions to the machines by turns, and real requests to their
 * probe's port decide which ones take part. Sessions stay where they are.
 */
export class Balancer {
  static readonly ADDRESS = '10.0.2.100';

  private readonly counts = new Map<string, number>();
  private readonly healthy = new Set<string>();
  private readonly probing: Promise<void>[] = [];
  private isOver = false;

  static async start(network: Network, addresses: readonly string[]): Promise<Balancer> {
    const balancer = new Balancer(network, addresses);
    // A local packet needs some way out before its address is changed.
    await network.world.fromOutside(`ip route replace ${Balancer.ADDRESS}/32 dev lo src ${CLIENT_ADDRESS}`);
    await balancer.load();
    balancer.probing.push(...addresses.map((address) => balancer.watch(address)));
    return balancer;
  }

  private constructor(
    private readonly network: Network,
    private readonly addresses: readonly string[],
  ) {}

  /** Machines that get new sessions, by the rules in force. */
  members: readonly string[] = [];

  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.probing);
  }

  private async watch(address: string): Promise<void> {
    while (!this.isOver) {
      const answer = await this.probe(address);
      const before = this.counts.get(address) ?? 0;
      const count = answer ? Math.max(before, 0) + 1 : Math.min(before, 0) - 1;
      this.counts.set(address, count);
      if (Math.abs(count) === PROBES && this.healthy.has(address) !== answer) {
        if (answer) {
          this.healthy.add(address);
        } else {
          this.healthy.delete(address);
        }
        await this.load();
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Whether the front says by 200, in time, that it takes sessions. */
  private async probe(address: string): Promise<boolean> {
    let socket: Socket | undefined;
    let isLate = false;
    const connection = this.network.portal.connect(address, HEALTH_PORT, CLIENT_ADDRESS);
    const answer = connection.then(
      (opened) =>
        new Promise<boolean>((resolve) => {
          socket = opened;
          opened.on('error', () => resolve(false));
          opened.on('close', () => resolve(false));
          opened.once('data', (data) => resolve(data.toString().startsWith('HTTP/1.1 200 ')));
          opened.write(`GET ${HEALTH_PATH} HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n`);
          if (isLate) opened.destroy();
        }),
      () => false,
    );
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ANSWER_LIMIT_MS).unref());
    const outcome = await Promise.race([answer, late]);
    isLate = true;
    socket?.destroy();
    return outcome;
  }

  private async load(): Promise<void> {
    const members = this.addresses.filter((address) => this.healthy.has(address));
    const places = members.map((address, index) => `${index} : ${address}`).join(', ');
    const rule = members.length > 0 ? `dnat to numgen inc mod ${members.length} map { ${places} }` : 'counter';
    await this.network.world.shell(
      [
        "nft -f - <<'END'",
        'table ip balancer',
        'delete table ip balancer',
        'table ip balancer {',
        '  chain output {',
        '    type nat hook output priority -100',
        `    ip daddr ${Balancer.ADDRESS} tcp dport { 443, 9092 } ${rule}`,
        '  }',
        '}',
        'END',
      ].join('\n'),
    );
    this.members = members;
  }
}
