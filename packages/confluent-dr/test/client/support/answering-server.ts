import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

const open: Server[] = [];

/** A service that answers as it is told. @returns its address */
export async function answeringServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function closeServers(): Promise<void> {
  await Promise.all(
    open.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
}
