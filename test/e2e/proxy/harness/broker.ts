import { createServer, type Server, type TLSSocket } from 'node:tls';
import { type Certificate } from './certificates';

/** A TLS server that stands for the brokers of a cluster at one address: it greets with its name, then echoes. */
export class Broker {
  readonly sessions = new Set<TLSSocket>();

  static async listen(name: string, address: string, certificate: Certificate, ports = [9092, 443]): Promise<Broker> {
    const broker = new Broker(name);
    for (const port of ports) {
      const server = createServer({ ...certificate }, (socket) => broker.serve(socket, port));
      broker.servers.push(server);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, address, 1024, resolve);
      });
    }
    return broker;
  }

  private readonly servers: Server[] = [];

  private constructor(readonly name: string) {}

  async close(): Promise<void> {
    this.sessions.forEach((session) => session.destroy());
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  private serve(socket: TLSSocket, port: number): void {
    this.sessions.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sessions.delete(socket));
    socket.write(`${this.name}:${port}\n`);
    socket.on('data', (data: Buffer) => socket.write(data));
  }
}
