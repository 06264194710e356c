import { bootstrapName, type Role } from '../harness/network';
import { nginxCpuMs } from '../harness/processes';
import { type Session } from '../harness/proxy';
import { type ProxyLab, startProxyLab } from '../harness/proxy-lab';
import { attempt } from '../harness/sessions';

jest.setTimeout(900_000);

const CLIENTS = 20;
const TRIES = 10 * CLIENTS;
/** Lines on sessions that are refused are written in one second of so many. */
const ROUND_SECONDS = 10;
const QUICK_MS = 250;

interface Tries {
  readonly made: number;
  readonly outcomes: Set<string>;
  readonly fastestMs: number;
}

describe('20 clients that retry without end', () => {
  let lab: ProxyLab;
  let lines: Session[];
  let refused: Tries & { readonly cpuMs: number };
  let served: Tries & { readonly cpuMs: number };
  let other: Tries;

  beforeAll(async () => {
    lab = await startProxyLab();
    served = await spending(() => retry('secondary', CLIENTS, (made) => made >= TRIES));
    await lab.proxy.outage('primary', 'reject');
    const before = lab.proxy.log('front').length;
    const end = Date.now() + ROUND_SECONDS * 1000;
    const written = (): Session[] => lab.proxy.sessions('front').slice(before);
    refused = await spending(() =>
      retry('primary', CLIENTS, (made) => Date.now() > end && made >= TRIES && written().length > 0),
    );
    lines = written();
    let isOver = false;
    const still = retry('primary', CLIENTS, () => isOver);
    other = await retry('secondary', 1, (made) => made >= 10);
    isOver = true;
    await still;
    process.stdout.write(
      `blocked: ${refused.made} tries, ${refused.cpuMs} ms of CPU, ${lines.length} log lines; ` +
        `served: ${served.made} tries, ${served.cpuMs} ms of CPU\n`,
    );
  });
  afterAll(() => lab?.stop());

  test('get nowhere, and are told so', () => {
    expect(refused.outcomes).toEqual(new Set(['refused']));
    expect(served.outcomes).toEqual(new Set(['open']));
  });

  test('take little of the processor: no try costs the proxy more than a session that is served', () => {
    expect(refused.cpuMs / refused.made).toBeLessThan(served.cpuMs / served.made);
  });

  test('fill no disk: their lines are written in one second of ten, and each is counted by a short one', () => {
    expect(lines.map(({ ended }) => ended)).toContain('instance-down');
    const seconds = lines.map(({ time }) => Number(/:(\d\d)[+Z]/.exec(time)![1]));
    expect(new Set(seconds.map((second) => second % ROUND_SECONDS))).toEqual(new Set([0]));
    const tallies = lab.proxy.log('front', 'tally.log');
    expect(tallies.length).toBeGreaterThanOrEqual(refused.made);
    expect(Math.max(...tallies.map(({ length }) => length))).toBeLessThan(60);
    expect(lab.proxy.errors()).toEqual([]);
  });

  test('keep no client of the other cluster waiting', () => {
    expect(other.outcomes).toEqual(new Set(['open']));
    expect(other.fastestMs).toBeLessThan(QUICK_MS);
  });

  async function retry(role: Role, clients: number, isEnough: (made: number) => boolean): Promise<Tries> {
    const outcomes = new Set<string>();
    let made = 0;
    let fastestMs = Infinity;
    const client = async (): Promise<void> => {
      while (!isEnough(made)) {
        const { outcome, ms } = await attempt(lab.network, lab.certificates.ca, bootstrapName(role));
        made += 1;
        fastestMs = Math.min(fastestMs, ms);
        outcomes.add(outcome);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    return { made, outcomes, fastestMs };
  }

  /** With the processor time that all nginx processes use meanwhile. */
  async function spending(work: () => Promise<Tries>): Promise<Tries & { readonly cpuMs: number }> {
    const before = await nginxCpuMs(lab.network.proxy);
    const tries = await work();
    return { ...tries, cpuMs: (await nginxCpuMs(lab.network.proxy)) - before };
  }
});
