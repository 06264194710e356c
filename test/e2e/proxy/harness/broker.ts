import { type Server } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { type Certificates } from './certificates';
import { type Portal } from '../../../../packages/confluent-dr-lab/src/machine/portal';

/** A TLS server that stands for the brokers of a cluster at one address: it greets with its name, then echoes. */
export class Broker {
  readonly sessions = new Set<TLSSocket>();

  static async listen(name: string, address: string, portal: Portal, certificates: Certificates): Promise<Broker> {
    const broker = new Broker(name);
    for (const port of [9092, 443]) {
      const { key, certificate: cert } = certificates;
      const secure = createServer({ key, cert }, (socket) => broker.serve(socket, port));
      secure.on('tlsClientError', () => undefined);
      const server = await portal.listen(address, port);
      server.on('connection', (socket) =>
        secure.emit(
          'connection',
          socket.on('error', () => undefined),
        ),
      );
      broker.servers.push(server);
    }
    return broker;
  }

  private readonly servers: Server[] = [];

  private constructor(readonly name: string) {}

  close(): void {
    this.servers.forEach((server) => server.close());
    this.sessions.forEach((session) => session.destroy());
  }

  private serve(socket: TLSSocket, port: number): void {
    this.sessions.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sessions.delete(socket));
    socket.write(`${this.name}:${port}\n`);
    socket.on('data', (data: Buffer) => socket.write(data));
  }
}
