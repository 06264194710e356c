import { HostFinder } from '../../src/client/host-finder';
import { KafkaRestClient } from '../../src/client/kafka-rest-client';
import { answeringServer, closeServers } from './support/answering-server';
import { closeDnsServers, dnsServer } from './support/dns-server';
import { failureOf } from './support/failures';

afterEach(async () => {
  await closeServers();
  await closeDnsServers();
});

interface Found {
  readonly error?: Error;
  readonly addresses?: unknown;
}

/** As a socket asks. */
function find(finder: HostFinder, host: string, all = true): Promise<Found> {
  return new Promise((resolve) =>
    finder.lookup(host, { all }, (error, addresses) => resolve(error ? { error } : { addresses })),
  );
}

describe('a host', () => {
  test('is found by DNS, and tells so', async () => {
    const finder = new HostFinder({ dnsServers: [await dnsServer({ 'pkc-1.confluent.test': '10.1.2.3' })] });
    expect(finder.routeOf('pkc-1.confluent.test')).toEqual({ host: 'pkc-1.confluent.test', way: 'dns', addresses: [] });
    expect(await find(finder, 'pkc-1.confluent.test')).toEqual({ addresses: [{ address: '10.1.2.3', family: 4 }] });
    expect(await find(finder, 'pkc-1.confluent.test', false)).toEqual({ addresses: '10.1.2.3' });
    expect(finder.routeOf('pkc-1.confluent.test')).toMatchObject({ way: 'dns', addresses: ['10.1.2.3'] });
  });

  test('that only the machine knows is not found by DNS', async () => {
    const finder = new HostFinder({ dnsServers: [await dnsServer({})] });
    const { error } = await find(finder, 'ip6-localhost');
    expect(error?.message).toBe("ip6-localhost was not found by DNS: ENOTFOUND; the machine's resolver may know it");
  });

  test('is found as other programs find it, if told so', async () => {
    const dns = await dnsServer({});
    const finder = new HostFinder({ lookup: 'machine', dnsServers: [dns] });
    expect(finder.routeOf('pkc-1.confluent.test').way).toBe('machine');
    const { error } = await find(finder, 'pkc-1.confluent.invalid');
    expect(error?.message).toMatch(/^pkc-1.confluent.invalid was not found by the machine's resolver: /);
  });

  test.each(['localhost', 'primary.localhost'])('%s is the machine itself, and DNS is not asked', async (host) => {
    const finder = new HostFinder({ dnsServers: [await dnsServer({ [host]: '10.9.9.9' })] });
    expect(finder.routeOf(host).way).toBe('machine');
    expect(JSON.stringify(await find(finder, host))).not.toContain('10.9.9.9');
  });

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]', '::1'],
  ])('%s needs no finding', (host, address) => {
    expect(new HostFinder().routeOf(host)).toEqual({ host: address, way: 'literal', addresses: [address] });
  });
});

describe('a client', () => {
  const credentials = { key: 'KEY', secret: 'SECRET' };
  const client = (url: string, dns: string): KafkaRestClient =>
    new KafkaRestClient({ url, clusterId: 'lkc-1', credentials, hosts: new HostFinder({ dnsServers: [dns] }) });

  test('connects to what DNS says', async () => {
    const { port } = new URL(await answeringServer((_request, response) => response.end()));
    const kafka = client(
      `https://pkc-1.confluent.test:${port}`,
      await dnsServer({ 'pkc-1.confluent.test': '127.0.0.1' }),
    );
    // A server without TLS: that the handshake fails there proves where it went.
    const failure = await failureOf(kafka.topics());
    expect(failure).toMatchObject({ kind: 'tls', sent: false });
    expect(kafka.route).toMatchObject({ way: 'dns', addresses: ['127.0.0.1'] });
    await kafka.close();
  });

  test('says that the host was not found, and does not try again', async () => {
    const kafka = client('https://pkc-2.confluent.test', await dnsServer({}));
    const failure = await failureOf(kafka.topics());
    expect(failure).toMatchObject({ kind: 'dns', sent: false });
    expect(failure.message).toContain('pkc-2.confluent.test was not found by DNS: ENOTFOUND');
    await kafka.close();
  });
});
