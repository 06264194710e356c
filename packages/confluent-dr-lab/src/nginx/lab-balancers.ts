import { get } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { type Azure } from '../azure/azure';
import { blocks, text, texts, type ValueObject } from '../schema/value';
import { LOAD_BALANCER, LOAD_BALANCER_RULE, POOL_MEMBER } from '../terraform/azurerm/load-balancer';
import { isSameId } from '../terraform/azurerm/names';
import { machineOf } from '../terraform/azurerm/network-interface';

/** Azure's own cannot be had: where it takes sessions, and between which VMs it chooses. */
interface Rule {
  readonly address: string;
  readonly port: number;
  readonly backendPort: number;
  /** Ids of VMs. */
  readonly machines: readonly string[];
  readonly probe?: { readonly port: number; readonly path: string };
}

export interface LabBalancersProps {
  readonly azure: Azure;
  /** What this machine takes in place of a port of Azure. */
  readonly portOf: (port: number) => number;
  /** Where a VM's proxy is on this machine. @default - nothing runs for it */
  readonly addressOf: (machine: string) => string | undefined;
}

const PROBE_LIMIT_MS = 2000;
/** How long an answer of a VM counts, as between two probes of Azure. */
const PROBE_COUNTS_MS = 1000;

/** The lab's load balancers: sessions are handed to VMs by turns, of those whose probe was answered by 200. */
export class LabBalancers {
  private readonly servers = new Map<string, Server>();
  private readonly sockets = new Set<Socket>();
  private readonly probed = new Map<string, { readonly at: number; readonly answer: Promise<boolean> }>();
  private turn = 0;

  constructor(private readonly props: LabBalancersProps) {}

  /** Addresses that balancers have, and no VM. */
  public get addresses(): string[] {
    return this.props.azure.all(LOAD_BALANCER).flatMap((balancer) => addressesOf(balancer, this.props.azure));
  }

  /** Listens where Azure's objects say now; an address that a VM still has is taken at the next time. */
  public async settle(): Promise<void> {
    const wanted = new Set(this.rules().map(placeOf));
    for (const [place, server] of this.servers) {
      if (!wanted.has(place)) {
        this.servers.delete(place);
        server.close();
      }
    }
    for (const place of wanted) {
      if (!this.servers.has(place)) {
        const server = await listening(place, (socket) => void this.handOn(place, socket));
        if (server) {
          this.servers.set(place, server);
        }
      }
    }
  }

  public end(): void {
    const servers = [...this.servers.values()];
    this.servers.clear();
    this.sockets.forEach((socket) => socket.destroy());
    servers.forEach((server) => server.close());
  }

  private rules(): Rule[] {
    const { azure, portOf } = this.props;
    const members = azure.all(POOL_MEMBER);
    return azure.all(LOAD_BALANCER_RULE).flatMap((rule) => {
      const balancer = azure.find(LOAD_BALANCER, text(rule.loadbalancer_id));
      const pools = texts(rule.backend_address_pool_ids);
      const probe = azure.find('azurerm_lb_probe', text(rule.probe_id));
      const machines = members
        .filter(({ backend_address_pool_id: id }) => pools.some((pool) => isSameId(pool, id)))
        .map(({ network_interface_id: id }) => machineOf(id, azure))
        .filter((id) => id !== '');
      return (balancer ? addressesOf(balancer, azure) : []).map((address) => ({
        address,
        port: portOf(Number(rule.frontend_port)),
        backendPort: portOf(Number(rule.backend_port)),
        machines,
        ...(probe && { probe: { port: Number(probe.port), path: text(probe.request_path) } }),
      }));
    });
  }

  private async handOn(place: string, socket: Socket): Promise<void> {
    this.track(socket);
    const rule = this.rules().find((one) => placeOf(one) === place);
    const address = rule && (await this.choose(rule));
    if (!rule || address === undefined) {
      // Azure lets the opening of such a session go unanswered; here its end is seen sooner.
      socket.destroy();
      return;
    }
    const onward = connect({ host: address, port: rule.backendPort });
    this.track(onward);
    socket.pipe(onward);
    onward.pipe(socket);
    // Reset is told on, as by a balancer that hands packets on.
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  }

  private async choose({ machines, probe }: Rule): Promise<string | undefined> {
    const places = machines.map((id) => this.props.addressOf(id)).filter((address) => address !== undefined);
    this.turn += 1;
    const inTurn = places.map((_, index) => places[(index + this.turn) % places.length]);
    for (const address of inTurn) {
      if (!probe || (await this.isHealthy(address, probe))) {
        return address;
      }
    }
    return undefined;
  }

  private isHealthy(address: string, { port, path }: NonNullable<Rule['probe']>): Promise<boolean> {
    const key = `${address}:${port}${path}`;
    const known = this.probed.get(key);
    if (known && performance.now() - known.at < PROBE_COUNTS_MS) {
      return known.answer;
    }
    const answer = asked(address, port, path);
    this.probed.set(key, { at: performance.now(), answer });
    return answer;
  }

  private track(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }
}

/** Those of this machine. */
function addressesOf({ frontend_ip_configuration: frontends }: ValueObject, azure: Azure): string[] {
  return blocks(frontends)
    .map((entry) => {
      const outside = azure.find('azurerm_public_ip', text(entry.public_ip_address_id));
      return outside ? text(outside.ip_address) : text(entry.private_ip_address);
    })
    .filter((address) => address.startsWith('127.'));
}

const placeOf = ({ address, port }: Rule): string => `${address}:${port}`;

function asked(host: string, port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host, port, path, timeout: PROBE_LIMIT_MS, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

function listening(place: string, taken: (socket: Socket) => void): Promise<Server | undefined> {
  const [host, port] = place.split(':');
  const server = createServer(taken);
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen({ host, port: Number(port) }, () => resolve(server));
  });
}
