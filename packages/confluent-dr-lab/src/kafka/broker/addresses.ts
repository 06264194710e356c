import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { NotAvailable } from './jars';
import { CLIENT_PORT, INTERNAL_PORT } from './properties';

const ATTEMPTS = 50;

/**
 * Loopback addresses for the brokers of a cluster that nobody listens at: all of them use the ports of Confluent Cloud,
 * so each has an address of its own. The same cluster gets the same ones again as long as they are free.
 *
 * @throws NotAvailable on a machine that has only 127.0.0.1
 */
export async function freeAddresses(
  clusterId: string,
  count: number,
  taken: readonly string[] = [],
): Promise<string[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const [second, third] = createHash('sha256').update(`${clusterId}:${attempt}`).digest();
    const addresses = Array.from({ length: count }, (_, index) => `127.${64 + (second % 128)}.${third}.${10 + index}`);
    if (!addresses.some((address) => taken.includes(address)) && (await areFree(addresses))) {
      return addresses;
    }
  }
  throw new NotAvailable(
    `No broker can listen on this machine: none of ${ATTEMPTS} networks within 127.0.0.0/8 was free for ports ` +
      `${CLIENT_PORT} to ${INTERNAL_PORT}. Linux has all these addresses; on macOS the loopback has 127.0.0.1 alone.`,
  );
}

async function areFree(addresses: readonly string[]): Promise<boolean> {
  for (const address of addresses) {
    for (const port of [CLIENT_PORT, INTERNAL_PORT]) {
      if (!(await isFree(address, port))) {
        return false;
      }
    }
  }
  return true;
}

/** Whether nobody listens there. */
export function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
