import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { placeOf, PROXY_ADDRESS } from '../harness/network';
import { type ProxyLab, startProxyLab } from '../harness/proxy-lab';
import { eventually } from '../../../support/waiting';
import { ODD_HELLOS, type OddHello } from './odd-names';

jest.setTimeout(900_000);

const HELLO_SECONDS = 1;
const QUICK_MS = 1000;

describe('Odd and hostile server names', () => {
  let lab: ProxyLab;
  /** The converge script has asked for names of its own. */
  let linesOfStart: number;

  beforeAll(async () => {
    lab = await startProxyLab({ helloTimeoutSeconds: HELLO_SECONDS });
    // Every other name leads to a broker of the secondary as well: one that got through would be seen there.
    const honest = lab.network.names.zone;
    lab.network.names.zone = (name) => honest(name) ?? { addresses: ['20.61.2.12'] };
    lab.network.names.questions.length = 0;
    linesOfStart = logs().front.length;
  });
  afterAll(() => lab?.stop());

  test('there are more than 100', () => {
    expect(ODD_HELLOS.length).toBeGreaterThan(100);
    expect(new Set(ODD_HELLOS.map(({ what, bytes }) => what + bytes.toString('hex'))).size).toBe(ODD_HELLOS.length);
  });

  test.each(ODD_HELLOS.map((odd) => [odd.what, odd.goesTo, odd] as const))(
    '%s goes to %s',
    async (_what, goesTo, odd) => {
      const before = lab.brokers.arrivals.length;
      const lines = loggedLines();
      const closedAfter = await say(odd);
      const arrivals = lab.brokers.arrivals.slice(before).map(({ role }) => role);
      expect(arrivals).toEqual(goesTo === 'nowhere' ? [] : [goesTo]);
      await eventually(loggedLines, (count) => count > lines, { what: 'a line in the log', limitMs: 2000 });
      expect(loggedLines() - lines).toBe(1);
      expect(closedAfter).toBeLessThan(QUICK_MS + (odd.unfinished ? HELLO_SECONDS * 1000 : 0));
    },
  );

  test('none of them is said again, nowhere', async () => {
    await pause(200);
    const { front, primary, secondary } = logs();
    const to = (goal: OddHello['goesTo']): number => ODD_HELLOS.filter(({ goesTo }) => goesTo === goal).length;
    expect([front.length - linesOfStart, primary.length, secondary.length]).toEqual([
      to('nowhere'),
      to('primary'),
      to('secondary'),
    ]);
    expect(Math.max(...front.map(({ length }) => length))).toBeLessThan(15_000);
    expect(lab.proxy.errors()).toEqual([]);
  });

  test('no name server was asked for a name that is not the clusters’', () => {
    const strangers = lab.network.names.questions.filter((name) => !placeOf(name));
    expect(strangers).toEqual([]);
  });

  /** Sends the bytes, hangs up when something comes back, and waits for the end; returns how long that took. */
  async function say({ bytes, goesTo }: OddHello): Promise<number> {
    const socket = await lab.network.portal.connect(PROXY_ADDRESS, 9092);
    const began = Date.now();
    socket.on('error', () => undefined);
    socket.on('data', () => goesTo === 'nowhere' || socket.destroy());
    socket.resume();
    if (bytes.length > 0) socket.write(bytes);
    const timer = setTimeout(() => socket.destroy(), 5000);
    await once(socket, 'close');
    clearTimeout(timer);
    return Date.now() - began;
  }

  function logs(): Record<'front' | 'primary' | 'secondary', string[]> {
    const lines = (part: 'front' | 'primary' | 'secondary'): string[] => lab.proxy.log(part);
    return { front: lines('front'), primary: lines('primary'), secondary: lines('secondary') };
  }

  const loggedLines = (): number => Object.values(logs()).flat().length;
});
