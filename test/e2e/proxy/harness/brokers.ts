import type net from 'node:net';
import tls from 'node:tls';
import { type Certificates } from './certificates';
import { bootstrapName, brokerAddress, brokerName, type Network, type Role, ROLES } from './network';

export const PORTS = [9092, 443] as const;

export interface Place {
  readonly role: Role;
  readonly index: number;
  readonly port: number;
}

/** TLS servers that stand for the brokers (9092) and the registries (443) of both clusters; they echo. */
export class Brokers {
  /** Every connection that reached a server, whether or not it spoke TLS. */
  readonly arrivals: Place[] = [];
  private readonly servers: net.Server[] = [];
  private readonly sockets = new Set<net.Socket>();

  private constructor(private readonly certificates: Certificates) {}

  static async start(network: Network, certificates: Certificates, perCluster = 3): Promise<Brokers> {
    const brokers = new Brokers(certificates);
    for (const role of ROLES) {
      for (let index = 0; index < perCluster; index += 1) {
        for (const port of PORTS) await brokers.listen(network, { role, index, port });
      }
    }
    return brokers;
  }

  stop(): void {
    this.servers.forEach((server) => server.close());
    this.sockets.forEach((socket) => socket.destroy());
  }

  /** Whether the sockets of now are still there is told by `open`. */
  get open(): number {
    return this.sockets.size;
  }

  private async listen(network: Network, place: Place): Promise<void> {
    const { key, certificate: cert } = this.certificates;
    const secure = tls.createServer({ key, cert }, (socket) => {
      socket.on('error', () => undefined);
      socket.pipe(socket);
    });
    secure.on('tlsClientError', () => undefined);
    const server = await network.portal.listen(brokerAddress(place.role, place.index), place.port);
    server.on('connection', (socket) => {
      this.arrivals.push(place);
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
      socket.setNoDelay(true);
      secure.emit('connection', socket);
    });
    this.servers.push(server);
  }
}

/** All names that a client of the cluster may ask for. */
export const namesOf = (role: Role, brokers = 3): string[] => [
  bootstrapName(role),
  ...Array.from({ length: brokers }, (_, index) => brokerName(role, index)),
];
