import { once } from 'node:events';
import { placeOf, PROXY_ADDRESS } from '../harness/network';
import { LIMIT_MS } from '../harness/patience';
import { type ProxyLab, startProxyLab } from '../harness/proxy-lab';
import { eventually } from '../../../support/waiting';
import { ODD_HELLOS, type OddHello } from './odd-names';

jest.setTimeout(900_000);

/** More than a machine that stands still needs for a hello. */
const HELLO_SECONDS = 5;

describe('Odd and hostile server names', () => {
  let lab: ProxyLab;
  /** The converge script has asked for names of its own. */
  let linesOfStart: number;
  const said: OddHello[] = [];

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

  test.each(ODD_HELLOS.filter(({ unfinished }) => !unfinished).map((odd) => [odd.what, odd.goesTo, odd] as const))(
    '%s goes to %s',
    async (_what, goesTo, odd) => {
      const before = lab.brokers.arrivals.length;
      const lines = loggedLines();
      await say(odd);
      const arrivals = lab.brokers.arrivals.slice(before).map(({ role }) => role);
      expect(arrivals).toEqual(goesTo === 'nowhere' ? [] : [goesTo]);
      await eventually(loggedLines, (count) => count > lines, { what: 'a line in the log' });
      expect(loggedLines() - lines).toBe(1);
      const { seconds } = lab.proxy.sessions(goesTo === 'nowhere' ? 'front' : goesTo).at(-1)!;
      expect(seconds).toBeLessThan(HELLO_SECONDS);
    },
  );

  test('those that are not finished go nowhere, after the time that a hello may take', async () => {
    const unfinished = ODD_HELLOS.filter((odd) => odd.unfinished);
    const before = { arrivals: lab.brokers.arrivals.length, lines: logs().front.length };
    await Promise.all(unfinished.map((odd) => say(odd)));
    expect(lab.brokers.arrivals).toHaveLength(before.arrivals);
    const lines = lab.proxy.sessions('front').slice(before.lines);
    expect(lines).toHaveLength(unfinished.length);
    // Its clock stands still between two looks.
    expect(Math.min(...lines.map(({ seconds }) => seconds))).toBeGreaterThan(HELLO_SECONDS - 0.5);
  });

  test('none of them is said again, nowhere', async () => {
    const lines = loggedLines();
    await say(ODD_HELLOS[0]);
    await eventually(loggedLines, (count) => count > lines, { what: 'a line in the log' });
    const { front, primary, secondary } = logs();
    const to = (goal: OddHello['goesTo']): number => said.filter(({ goesTo }) => goesTo === goal).length;
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

  /** Sends the bytes, hangs up when something comes back, and waits for the end. */
  async function say(odd: OddHello): Promise<void> {
    const { bytes, goesTo } = odd;
    said.push(odd);
    const socket = await lab.network.portal.connect(PROXY_ADDRESS, 9092);
    socket.on('error', () => undefined);
    socket.on('data', () => goesTo === 'nowhere' || socket.destroy());
    socket.resume();
    if (bytes.length > 0) socket.write(bytes);
    const timer = setTimeout(() => socket.destroy(), LIMIT_MS);
    await once(socket, 'close');
    clearTimeout(timer);
  }

  function logs(): Record<'front' | 'primary' | 'secondary', string[]> {
    const lines = (part: 'front' | 'primary' | 'secondary'): string[] => lab.proxy.log(part);
    return { front: lines('front'), primary: lines('primary'), secondary: lines('secondary') };
  }

  const loggedLines = (): number => Object.values(logs()).flat().length;
});
