import { connect, type Server, type Socket } from 'node:net';
import { NamespaceMachine } from '../machine/machine';
import { Portal } from '../machine/portal';
import { CLIENT_PORT } from '../kafka/broker/properties';
import { type FindAddress, NameServer } from './name-server';

/** Where Azure answers for names. Source: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 */
const RESOLVER = '168.63.129.16';
const GATEWAY = '10.0.2.1';
const FIRST_MACHINE = 4;
const LAST_MACHINE = 254;

/** A machine's own address, and the cable to it. */
export interface Plug {
  readonly address: string;
  readonly cable: string;
}

/**
 * A cluster's address on this machine, as machines see it: they are not let to loopback or private addresses. The first
 * number alone is another one, so that each address has one that stands for it.
 */
export const publicAddressOf = (loopback: string): string => loopback.replace(/^127\./, '20.');

/** The address on this machine that a public one stands for; undefined of others. */
export const loopbackOf = (address: string): string | undefined =>
  /^20\.\d+\.\d+\.\d+$/.test(address) ? address.replace(/^20\./, '127.') : undefined;

/**
 * What is around the lab's machines, in a network of its own: their cables, Azure's name server, and the addresses of
 * clusters, which lead to this machine's loopback. The network of this machine is not touched.
 */
export class Outside {
  /**
   * @param find where a name is on this machine
   * @param httpsPort what this machine has in the place of 443
   */
  public static async start(find: FindAddress, httpsPort: number): Promise<Outside> {
    const world = await NamespaceMachine.start();
    try {
      await world.shell(
        [
          `ip address add ${GATEWAY}/32 dev lo`,
          'ip route add local 20.0.0.0/8 dev lo',
          'echo 8192 >/proc/sys/net/core/somaxconn',
          "echo '10000 65535' >/proc/sys/net/ipv4/ip_local_port_range",
        ].join('\n'),
      );
      const outside = new Outside(world, await Portal.into(world), find);
      await outside.answerAt(RESOLVER);
      await outside.lead(CLIENT_PORT, CLIENT_PORT);
      await outside.lead(443, httpsPort);
      return outside;
    } catch (error) {
      await world.stop();
      throw error;
    }
  }

  private readonly names = new Map<string, Promise<NameServer>>();
  private readonly servers: Server[] = [];
  private readonly plugs = new Set<Plug>();

  private constructor(
    private readonly world: NamespaceMachine,
    private readonly portal: Portal,
    private readonly find: FindAddress,
  ) {}

  /** @throws Error when all are taken */
  public newPlug(): Plug {
    const taken = [...this.plugs].map(({ address }) => address);
    for (let number = FIRST_MACHINE; number <= LAST_MACHINE; number += 1) {
      const plug = { address: `10.0.2.${number}`, cable: `vm-${number}` };
      if (!taken.includes(plug.address)) {
        this.plugs.add(plug);
        return plug;
      }
    }
    throw new Error(`the network of the lab's machines is full: it has ${taken.length}`);
  }

  public giveBack(plug: Plug): void {
    this.plugs.delete(plug);
  }

  /** The cable is a new one for each boot: the old one ended with the namespace that it led to. */
  public async plugIn({ address, cable }: Plug, firstProcess: number): Promise<void> {
    await this.world.fromOutside(
      [
        `ip link delete ${cable} 2>/dev/null || true`,
        `ip link add ${cable} type veth peer name eth0 netns ${firstProcess}`,
        `ip link set ${cable} up`,
        `ip route replace ${address}/32 dev ${cable} src ${GATEWAY}`,
      ].join('\n'),
    );
  }

  /** A connection to a machine. */
  public connect(address: string, port: number): Promise<Socket> {
    return this.portal.connect(address, port, GATEWAY);
  }

  /** Has a name server at this address too, as a deployment may name its own. */
  public async answerAt(address: string): Promise<void> {
    const known = this.names.get(address);
    const server = known ?? this.nameServerAt(address);
    this.names.set(address, server);
    await server;
  }

  public async end(): Promise<void> {
    this.servers.forEach((server) => server.close());
    for (const server of this.names.values()) {
      await server.then(
        (one) => one.close(),
        () => undefined,
      );
    }
    this.portal.close();
    await this.world.stop();
  }

  private async nameServerAt(address: string): Promise<NameServer> {
    await this.world.shell(`ip address add ${address}/32 dev lo`);
    return NameServer.on(await this.portal.bind(address, 53), async (name) => {
      const found = await this.find(name);
      return found && publicAddressOf(found);
    });
  }

  private async lead(port: number, to: number): Promise<void> {
    const server = await this.portal.listen('0.0.0.0', port);
    server.on('connection', (socket) => {
      const host = loopbackOf(socket.localAddress ?? '');
      if (host === undefined) {
        socket.destroy();
      } else {
        join(socket, connect({ host, port: to }));
      }
    });
    this.servers.push(server);
  }
}

/** Has both say to each other what either says, until one of them ends. */
export function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ]) {
    from.pipe(to);
    from.on('error', () => from.destroy());
    from.on('close', () => to.destroy());
  }
}
