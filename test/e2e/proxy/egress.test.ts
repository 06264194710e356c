import { once } from 'node:events';
import { eventually } from '../../support/waiting';
import { CLIENT_ADDRESS } from './harness/network';
import { LIMIT_MS, patience } from './harness/patience';
import { CLUSTERS, planOf, REFUSED, World } from './harness/world';

jest.setTimeout(900_000);

/** On any machine; where it is tried to connect, that takes a minute. */
const AT_ONCE_MS = 15_000;
const QUICK_MS = 250;

describe('an instance opens sessions to clusters only', () => {
  let world: World;
  const name = `b1-${CLUSTERS.primary}`;

  beforeAll(async () => {
    world = await World.create();
    world.dns.ttl = 0;
    await world.host.convergeWell(planOf());
  });
  afterAll(() => world?.dispose());
  afterEach(() => world.dns.records.set(name, world.dns.records.get(CLUSTERS.primary)!));

  /** How long it takes until a session is closed when DNS gives this address for a broker. */
  async function closedAfter(address: string): Promise<number> {
    world.dns.records.set(name, address);
    // The last answer was kept for its second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const start = performance.now();
    await expect(world.openTo(name)).rejects.toThrow(REFUSED);
    return performance.now() - start;
  }

  /** Of the primary's instance, once there are more than so many. */
  const linesAfter = (count: number) =>
    eventually(
      () => world.host.sessions('primary'),
      (lines) => lines.length > count,
      { what: 'the line of the session' },
    );

  test.each([
    ['its own address, which would make it a client of itself', () => world.host.address],
    ['loopback', () => '127.0.0.1'],
    ['another loopback address', () => '127.9.9.9'],
    ["the platform's metadata", () => '169.254.169.254'],
    ["the platform's own services", () => '168.63.129.16'],
    ['a private address', () => '10.1.2.3'],
    ['another private address', () => '192.168.1.1'],
    ['a carrier address', () => '100.64.0.1'],
    ['every address', () => '0.0.0.0'],
    ['a multicast address', () => '224.0.0.1'],
  ])('and closes at once when DNS answers %s', async (_, address) => {
    const seen = (await world.host.sessions('front')).length;
    const before = (await world.host.sessions('primary')).length;
    expect(await closedAfter(address())).toBeLessThan(AT_ONCE_MS);
    const lines = await linesAfter(before);
    expect(lines.at(-1)).toMatchObject({ sni: name, ended: 'unreachable', upstream: `${address()}:9092` });
    // No session came round to the front.
    expect((await world.host.sessions('front')).length).toBe(seen);
    expect(await world.tryOpen('secondary')).toBe('open');
  });

  test('lets an instance on private link have private addresses, and still no metadata', async () => {
    await world.host.convergeWell({
      ...planOf(),
      instances: planOf().instances.map((instance) => ({ ...instance, privateAddresses: instance.name === 'primary' })),
    });
    // Nobody is there, so what shows is that it is tried.
    world.dns.records.set(name, '10.1.2.3');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await world.tryOrHangTo(name, world.served('secondary'))).toBe('hangs');
    expect(await closedAfter('169.254.169.254')).toBeLessThan(AT_ONCE_MS);
    await world.host.convergeWell(planOf());
  });

  test('a silent name server for one cluster leaves the other alone, and the session ends by the time limit', async () => {
    const open = await world.open('secondary');
    world.dns.silent = true;
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const echoes: number[] = [];
    const anotherEcho = (count = echoes.length): Promise<number> =>
      eventually(
        () => echoes.length,
        (now) => now > count,
        { what: 'another answer of the secondary' },
      );
    try {
      const waiting = Promise.all(Array.from({ length: 20 }, () => world.tryOrHang('primary', () => anotherEcho())));
      let isOver = false;
      void waiting.finally(() => (isOver = true));
      while (!isOver) {
        echoes.push(await open.echo());
        await patience(50);
      }
      expect(new Set(await waiting)).toEqual(new Set(['hangs']));
      expect(Math.min(...echoes)).toBeLessThan(QUICK_MS);
    } finally {
      world.dns.silent = false;
      open.close();
    }
    await world.opens('primary');
  });

  test('a name that does not exist is closed and says so', async () => {
    world.dns.records.delete(name);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const before = (await world.host.sessions('primary')).length;
    await expect(world.openTo(name)).rejects.toThrow(REFUSED);
    expect((await linesAfter(before)).at(-1)).toMatchObject({ sni: name, ended: 'unresolved' });
  });

  test("leaves the machine's own traffic alone", async () => {
    // The kernel's own packets: a refusal of UDP, a reset of TCP.
    const udp = await world.network.portal.bind(CLIENT_ADDRESS, 0);
    udp.connect(9, world.host.address, () => udp.send('x'));
    const answer = once(udp, 'message', { signal: AbortSignal.timeout(LIMIT_MS) }).finally(() => udp.close());
    await expect(answer).rejects.toThrow('ECONNREFUSED');
    await expect(world.connect(22)).rejects.toThrow('ECONNREFUSED');
    const echo = `bash --norc -c 'exec 3<>/dev/tcp/${world.dns.records.get(CLUSTERS.primary)}/9092'`;
    expect((await world.host.run(['sh', '-c', echo])).status).toBe(0);
  });

  test('keeps the front, and an instance on any other port, from opening a session at all', async () => {
    const address = world.dns.records.get(CLUSTERS.primary);
    const dial = (user: string, port: number): Promise<number | null> =>
      world.host
        .run([
          'setpriv',
          '--reuid',
          user,
          '--clear-groups',
          '--',
          'bash',
          '--norc',
          '-c',
          `: </dev/tcp/${address}/${port}`,
        ])
        .then(({ status }) => status);
    expect(await dial('cdr-primary', 9092)).toBe(0);
    expect(await dial('cdr-primary', 22)).toBe(1);
    expect(await dial('confluent-dr-front', 9092)).toBe(1);
  });
});
