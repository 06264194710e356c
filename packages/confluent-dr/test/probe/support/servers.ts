import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { type Certificate } from './certificates';

/** Clusters are at the one address, and the proxy is at the other, on the same ports. */
export const CLUSTER_ADDRESS = '127.0.0.1';
export const PROXY_ADDRESS = '127.0.0.2';

const open: { readonly server: Server | HttpsServer; readonly sockets: Set<Socket> }[] = [];

export async function closeServers(): Promise<void> {
  await Promise.all(
    open.splice(0).map(({ server, sockets }) => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(resolve));
    }),
  );
}

async function listening(server: Server | HttpsServer, address: string, port = 0): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  open.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return (server.address() as AddressInfo).port;
}

/** ApiVersions of two APIs, for correlation id 1. */
const TWO_APIS = Buffer.from('0000001600000001000000000002000000000009001200000003', 'hex');

export type KafkaManner = 'answers' | 'silent' | 'hangs-up' | 'gibberish' | 'in-pieces';

/** A broker that knows ApiVersions alone. @returns its port */
export function kafkaServer(certificate: Certificate, manner: KafkaManner = 'answers'): Promise<number> {
  const server = createTlsServer(certificate, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      const pieces: Record<KafkaManner, () => void> = {
        answers: () => socket.write(TWO_APIS),
        'in-pieces': () => {
          socket.write(TWO_APIS.subarray(0, 3));
          setTimeout(() => socket.write(TWO_APIS.subarray(3)), 20);
        },
        silent: () => undefined,
        'hangs-up': () => socket.end(),
        gibberish: () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
      };
      pieces[manner]();
    });
  });
  return listening(server, CLUSTER_ADDRESS);
}

/** @returns its port */
export function restServer(certificate: Certificate, status = 200, body = '{}'): Promise<number> {
  return listening(
    createHttpsServer(certificate, (_request, response) => response.writeHead(status).end(body)),
    CLUSTER_ADDRESS,
  );
}

/** A port where connections are taken, and what then happens is up to the test. @returns the port */
export function tcpServer(onConnection: (socket: Socket) => void): Promise<number> {
  return listening(createServer(onConnection), CLUSTER_ADDRESS);
}

export type Blocks = Readonly<Record<string, 'reject' | 'blackhole'>>;

/** Like the failover proxy on one port: finds the name in the TLS hello, and passes the connection on, or does not. */
export async function sniProxy(port: number, hosts: readonly string[], blocks: Blocks = {}): Promise<void> {
  const server = createServer((client) => {
    client.once('data', (hello) => {
      const host = hosts.find((name) => hello.includes(name));
      const block = host === undefined ? 'reject' : blocks[host];
      if (block === 'reject') {
        client.destroy();
      } else if (block === undefined) {
        const upstream = connect(port, CLUSTER_ADDRESS, () => upstream.write(hello));
        upstream.on('error', () => client.destroy());
        client.on('close', () => upstream.destroy());
        upstream.pipe(client).pipe(upstream);
      }
    });
  });
  await listening(server, PROXY_ADDRESS, port);
}
