import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { Listener } from '../../../src/cloud/http/listener';
import { portsToTry } from '../../../src/cloud/http/ports';

const RANGE = '/proc/sys/net/ipv4/ip_local_port_range';
/** The first port that the system gives to whoever asks for any. */
const ephemeral = existsSync(RANGE) ? Number(readFileSync(RANGE, 'utf8').split(/\s+/)[0]) : 49_152;

const listeners: Listener[] = [];
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function opened(): Promise<Listener> {
  const listener = new Listener((_, response) => response.end());
  listeners.push(listener);
  await listener.open();
  return listener;
}

test('the ports to try are none that the system gives away, none twice, and any at last', () => {
  const ports = [...portsToTry()];
  expect(ports.pop()).toBe(0);
  expect(ports).toHaveLength(128);
  expect(new Set(ports).size).toBe(128);
  expect(ports.filter((port) => port < 1024 || port >= ephemeral)).toEqual([]);
});

test('an address that is away is not given to the next one, and comes back', async () => {
  const first = await opened();
  const { port } = first;
  await first.close();
  expect((await opened()).port).not.toBe(port);
  await first.open();
  expect(first.port).toBe(port);
});

test('a port that is taken is passed over', async () => {
  // A whole round ends where it began.
  const [next, ...others] = [...portsToTry()];
  const server = createServer().listen(next, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  expect(others).toContain((await opened()).port);
});
