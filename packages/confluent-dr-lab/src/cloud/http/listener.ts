import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { portsToTry } from './ports';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Longer than Terraform's provider waits between two requests: one that is sent while the server closes the connection
 * may be done without an answer, and is then repeated.
 */
const KEEP_ALIVE_MS = 120_000;

/** One loopback address, which can go away and come back under the same port. */
export class Listener {
  private server?: Server;
  private readonly sockets = new Set<Socket>();
  private assigned = 0;

  constructor(private readonly handler: Handler) {}

  public get port(): number {
    return this.assigned;
  }

  public get url(): string {
    return `http://127.0.0.1:${this.assigned}`;
  }

  public get isOpen(): boolean {
    return this.server !== undefined;
  }

  /** @param port 0 for any that is free */
  public async open(port = this.assigned): Promise<void> {
    const server = createServer((request, response) => this.handler(request, response));
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    // A client that keeps a connection sees it close when the address goes away.
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    await (port === 0 ? listenOnAny(server) : listen(server, port));
    this.server = server;
    this.assigned = (server.address() as AddressInfo).port;
  }

  /** Connections are refused from now on, and those that exist are cut. */
  public async close(): Promise<void> {
    const { server } = this;
    if (!server) {
      return;
    }
    this.server = undefined;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      this.sockets.forEach((socket) => socket.destroy());
    });
  }
}

async function listenOnAny(server: Server): Promise<void> {
  for (const port of portsToTry()) {
    try {
      return await listen(server, port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
        throw error;
      }
    }
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
