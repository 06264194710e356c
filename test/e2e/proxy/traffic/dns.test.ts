import { setTimeout as pause } from 'node:timers/promises';
import { bootstrapName, brokerName, CLIENT_ADDRESS, honestZone, placeOf, PROXY_ADDRESS } from '../harness/network';
import { type ProxyLab, startProxyLab } from '../harness/proxy-lab';
import { type NameAnswer } from '../harness/name-server';
import { type Control } from '../harness/patience';
import { attempt, EchoSession, openSession } from '../harness/sessions';
import { eventually } from '../../../support/waiting';

jest.setTimeout(900_000);

/** On any machine; where it is tried to connect, or a name server is waited for, that takes 12 s at least. */
const AT_ONCE_MS = 10_000;
const QUICK_MS = 1000;

describe('The answers of DNS', () => {
  let lab: ProxyLab;
  /** Each answer is forgotten before the next test asks. */
  const TTL_SECONDS = 1;
  const primarySays = (answer: NameAnswer | 'silent' | undefined): void => {
    lab.network.names.zone = (name) => (placeOf(name)?.role === 'primary' ? answer : honestZone(name));
  };
  const tryName = (name: string, control?: Control): ReturnType<typeof attempt> =>
    attempt(lab.network, lab.certificates.ca, name, { control });
  const tryPrimary = (control?: Control): ReturnType<typeof attempt> => tryName(bootstrapName('primary'), control);

  beforeAll(async () => {
    lab = await startProxyLab();
  });
  afterAll(() => lab?.stop());
  beforeEach(() => pause((TTL_SECONDS + 1) * 1000));
  afterEach(() => (lab.network.names.zone = honestZone));

  test('a public address is connected to', async () => {
    expect(await tryPrimary()).toMatchObject({ outcome: 'open' });
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
    const lines = (): number => lab.proxy.log('primary').length + lab.proxy.log('front').length;
    const before = lines();
    primarySays({ addresses: [address], ttlSeconds: TTL_SECONDS });
    const { outcome, ms } = await tryPrimary();
    expect(outcome).toBe('refused');
    expect(ms).toBeLessThan(AT_ONCE_MS);
    // What would have come of it came before what comes of another one.
    expect(await tryName(brokerName('secondary', 2))).toMatchObject({ outcome: 'open' });
    expect(lab.brokers.arrivals.slice(arrivals)).toEqual([{ role: 'secondary', index: 2, port: 9092 }]);
    expect(lines() - before).toBe(1);
  });

  test('a name that does not exist is refused quickly', async () => {
    primarySays(undefined);
    const { outcome, ms } = await tryPrimary();
    expect(outcome).toBe('refused');
    expect(ms).toBeLessThan(AT_ONCE_MS);
  });

  test.each([
    ['is silent', 'silent' as const],
    ['lies', { addresses: ['127.0.0.1'], ttlSeconds: TTL_SECONDS }],
  ])('a name server that %s about the primary does not take the secondary down', async (_what, answer) => {
    const name = brokerName('secondary', 0);
    const established = new EchoSession(await openSession(lab.network, lab.certificates.ca, name));
    primarySays(answer);
    const made: Awaited<ReturnType<typeof attempt>>[] = [];
    const another = (count = made.length): Promise<number> =>
      eventually(
        () => made.length,
        (now) => now > count,
        { what: 'another session of the secondary' },
      );
    const stuck = Promise.all(Array.from({ length: 20 }, () => tryPrimary(() => another())));
    // Their answers are forgotten and asked for again, more than once.
    const end = Date.now() + 2 * (TTL_SECONDS + 1) * 1000;
    let isOver = false;
    void stuck.finally(() => (isOver = true));
    while (!isOver || Date.now() < end || made.length < 20) {
      made.push(await tryName(brokerName('secondary', made.length % 3)));
    }
    const fresh = Date.now();
    expect(new Set(made.map(({ outcome }) => outcome))).toEqual(new Set(['open']));
    expect(Math.min(...made.map(({ ms }) => ms))).toBeLessThan(QUICK_MS);
    expect((await stuck).filter(({ outcome }) => outcome === 'open')).toEqual([]);
    await eventually(() => established.answeredSince(fresh), Boolean, { what: 'an answer' });
    expect(established.ended).toBeUndefined();
    established.close();
    // A question that was not answered is asked again: not in the next test.
    lab.network.names.zone = honestZone;
    await eventually(
      () => tryPrimary(),
      ({ outcome }) => outcome === 'open',
      { what: 'a session of the primary' },
    );
  });

  test('an answer is kept for as long as it says', async () => {
    const name = brokerName('primary', 2);
    const asked = (): number => lab.network.names.questions.filter((question) => question === name).length;
    // It is the true one, and may stay.
    primarySays({ addresses: ['20.61.1.12'], ttlSeconds: 3600 });
    const before = asked();
    await Promise.all(Array.from({ length: 5 }, () => tryName(name)));
    await pause(2500);
    await tryName(name);
    // Each worker asks for itself.
    const workers = (await lab.network.proxy.shell('nproc')).trim();
    expect(asked() - before).toBeLessThanOrEqual(Number(workers));
    expect(asked() - before).toBeGreaterThan(0);
  });

  test('an answer is kept no longer than it says', async () => {
    primarySays({ addresses: ['20.61.1.10'], ttlSeconds: TTL_SECONDS });
    await tryPrimary();
    primarySays({ addresses: ['20.61.1.11'], ttlSeconds: TTL_SECONDS });
    await pause((TTL_SECONDS + 1) * 1000);
    const before = lab.brokers.arrivals.length;
    await tryPrimary();
    expect(lab.brokers.arrivals.slice(before)).toEqual([{ role: 'primary', index: 1, port: 9092 }]);
  });
});
