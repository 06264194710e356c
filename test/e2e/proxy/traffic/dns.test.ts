import { setTimeout as pause } from 'node:timers/promises';
import { bootstrapName, brokerName, CLIENT_ADDRESS, honestZone, placeOf, PROXY_ADDRESS } from '../harness/network';
import { type ProxyLab, startProxyLab } from '../harness/proxy-lab';
import { attempt, EchoSession, openSession } from '../harness/sessions';
import { type NameAnswer } from '../harness/name-server';

jest.setTimeout(900_000);

describe('The answers of DNS', () => {
  let lab: ProxyLab;
  /** Each answer is forgotten before the next test asks. */
  const TTL_SECONDS = 1;
  const primarySays = (answer: NameAnswer | 'silent' | undefined): void => {
    lab.network.names.zone = (name) => (placeOf(name)?.role === 'primary' ? answer : honestZone(name));
  };
  const tryPrimary = (limitMs: number): ReturnType<typeof attempt> =>
    attempt(lab.network, lab.certificates.ca, bootstrapName('primary'), limitMs);

  beforeAll(async () => {
    lab = await startProxyLab();
  });
  afterAll(() => lab?.stop());
  beforeEach(() => pause((TTL_SECONDS + 1) * 1000));
  afterEach(() => (lab.network.names.zone = honestZone));

  test('a public address is connected to', async () => {
    expect(await tryPrimary(2000)).toMatchObject({ outcome: 'open' });
  });

  test.each([
    ['loopback', '127.0.0.1'],
    ['other loopback', '127.9.9.9'],
    ["the proxy's own", PROXY_ADDRESS],
    ['a neighbour’s private', CLIENT_ADDRESS],
    ['private, 172.16', '172.16.0.9'],
    ['private, 192.168', '192.168.7.7'],
    ['shared', '100.64.1.1'],
    ['link-local', '169.254.169.254'],
    ["the platform's", '168.63.129.16'],
    ['no host', '0.0.0.0'],
    ['multicast', '224.0.0.251'],
    ['broadcast', '255.255.255.255'],
  ])('an address that is %s, %s, is refused quickly', async (_kind, address) => {
    const arrivals = lab.brokers.arrivals.length;
    const before = lab.proxy.log('primary').length + lab.proxy.log('front').length;
    primarySays({ addresses: [address], ttlSeconds: TTL_SECONDS });
    const { outcome, ms } = await tryPrimary(3000);
    expect(outcome).toBe('refused');
    expect(ms).toBeLessThan(1000);
    await pause(200);
    expect(lab.brokers.arrivals).toHaveLength(arrivals);
    const lines = [...lab.proxy.log('primary'), ...lab.proxy.log('front')];
    expect(lines.length - before).toBe(1);
  });

  test('a name that does not exist is refused quickly', async () => {
    primarySays(undefined);
    const { outcome, ms } = await tryPrimary(3000);
    expect(outcome).toBe('refused');
    expect(ms).toBeLessThan(1000);
  });

  test.each([
    ['is silent', 'silent' as const],
    ['lies', { addresses: ['127.0.0.1'], ttlSeconds: TTL_SECONDS }],
  ])('a name server that %s about the primary does not take the secondary down', async (_what, answer) => {
    const name = brokerName('secondary', 0);
    const established = new EchoSession(await openSession(lab.network, lab.certificates.ca, name));
    primarySays(answer);
    const stuck = Promise.all(Array.from({ length: 20 }, () => tryPrimary(5000)));
    const outcomes: string[] = [];
    const end = Date.now() + 4000;
    while (Date.now() < end) {
      outcomes.push(
        (await attempt(lab.network, lab.certificates.ca, brokerName('secondary', outcomes.length % 3), 1000)).outcome,
      );
    }
    const fresh = Date.now();
    await pause(200);
    expect(new Set(outcomes)).toEqual(new Set(['open']));
    expect(established.ended).toBeUndefined();
    expect(established.answeredSince(fresh)).toBe(true);
    expect((await stuck).filter(({ outcome }) => outcome === 'open')).toEqual([]);
    established.close();
  });

  test('an answer is kept for as long as it says, and no longer', async () => {
    const asked = (): number => lab.network.names.questions.filter((name) => name === bootstrapName('primary')).length;
    primarySays({ addresses: ['20.61.1.10'], ttlSeconds: 3 });
    const before = asked();
    const tries = Array.from({ length: 5 }, () => tryPrimary(2000));
    await Promise.all(tries);
    await pause(1000);
    await tryPrimary(2000);
    // Each worker asks for itself.
    const workers = (await lab.network.proxy.shell('nproc')).trim();
    expect(asked() - before).toBeLessThanOrEqual(Number(workers));
    expect(asked() - before).toBeGreaterThan(0);
    primarySays({ addresses: ['20.61.1.11'], ttlSeconds: 1 });
    await pause(4500);
    lab.brokers.arrivals.length = 0;
    await tryPrimary(2000);
    expect(lab.brokers.arrivals).toEqual([{ role: 'primary', index: 1, port: 9092 }]);
  });
});
