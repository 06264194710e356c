import tls from 'node:tls';
import { type Certificates } from '../../test/e2e/proxy/harness/certificates';
import { brokerAddress, type Network, ROLES } from '../../test/e2e/proxy/harness/network';

/** A broker of each cluster: reads a length and so many bytes, answers one byte, and so on. */
export async function startServers(network: Network, { key, certificate: cert }: Certificates): Promise<() => void> {
  const closing: (() => void)[] = [];
  for (const role of ROLES) {
    const secure = tls.createServer({ key, cert }, (socket) => {
      let left = 0;
      socket.setNoDelay(true).on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        for (let at = 0; at < chunk.length;) {
          if (left === 0) {
            left = chunk.readUInt32BE(at);
            at += 4;
          }
          const part = Math.min(left, chunk.length - at);
          left -= part;
          at += part;
          if (left === 0) socket.write('.');
        }
      });
    });
    secure.on('tlsClientError', () => undefined);
    const server = await network.portal.listen(brokerAddress(role, 0), 9092);
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      secure.emit('connection', socket);
    });
    closing.push(() => server.close());
  }
  return () => closing.forEach((close) => close());
}
