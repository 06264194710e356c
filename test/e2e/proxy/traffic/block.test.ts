import { setTimeout as pause } from 'node:timers/promises';
import { type Attempt, Attempts } from '../harness/attempts';
import { namesOf } from '../harness/brokers';
import { startControl } from '../harness/control';
import { bootstrapName, brokerName, type Role } from '../harness/network';
import { least, timed } from '../harness/patience';
import { type ProxyLab, startProxyLab } from '../harness/proxy-lab';
import { EchoSession, openSession } from '../harness/sessions';
import { eventually } from '../../../support/waiting';

jest.setTimeout(900_000);

/** The limits of the specification. */
const CUT_MS = 1000;
const PAUSE_MS = 250;
const QUICK_MS = 1000;

/** A cut is the work of half as many or less, by its processes and what it asks of systemd. */
const SERVICES = 10;

interface Block {
  readonly start: number;
  /** When it was written down. */
  readonly blocked: number;
  /** From then on it is in force. */
  readonly settled: number;
  readonly lifting: number;
  readonly end: number;
}

describe.each(['reject', 'blackhole'] as const)('Blocking the primary by %s', (manner) => {
  let lab: ProxyLab;
  let control: EchoSession;
  let primary: EchoSession[];
  let secondary: EchoSession[];
  let attempts: Record<Role, Attempts>;
  let hanging: Promise<unknown>;
  let first: Block;

  const sessions = async (role: Role): Promise<EchoSession[]> => {
    const names = [...namesOf(role), ...namesOf(role)];
    const opened = await Promise.all(names.map((name) => openSession(lab.network, lab.certificates.ca, name)));
    const echoing = opened.map((socket) => new EchoSession(socket));
    await answeredSince(echoing, 0);
    return echoing;
  };
  const answeredSince = (those: EchoSession[], at: number): Promise<unknown> =>
    eventually(
      () => those.filter((session) => !session.answeredSince(at)).length,
      (silent) => silent === 0,
      { what: 'an answer of each session' },
    );

  /** Blocks and lifts; what is looked for in between is waited for, and the time of the specification at least. */
  const block = async (look: (settled: number) => Promise<unknown>): Promise<Block> => {
    const start = Date.now();
    await lab.proxy.outage('primary', manner);
    const blocked = lab.proxy.blockedAt('primary');
    const settled = Math.max(blocked + CUT_MS, Date.now());
    await look(settled);
    const lifting = Date.now();
    await lab.proxy.outage('primary', 'none');
    await pause(1000);
    return { start, blocked, settled, lifting, end: Date.now() };
  };

  const tried = (role: Role, from: number, count = 1): Promise<Attempt[]> =>
    eventually(
      () => attempts[role].between(from),
      ({ length }) => length >= count,
      { what: `${count} tries of the ${role}` },
    );

  /** How long the primary's clients were still served. */
  const servedFor = ({ start, blocked, lifting }: Block): number => {
    const opened = attempts.primary.between(start, lifting).filter(({ outcome }) => outcome === 'open');
    const last = primary.map(({ answers, ended }) =>
      manner === 'reject'
        ? ended && ended.at > start && ended.at < lifting
          ? ended.at
          : Infinity
        : Math.max(...answers.filter((at) => at < lifting)),
    );
    return Math.round(Math.max(...last, ...opened.map(({ at }) => at)) - blocked);
  };

  const longestPause = ({ start, end }: Block): number =>
    Math.max(...secondary.map((session) => session.longestPause(start, end, control)));

  /** How long this machine takes now for services that do nothing. */
  const workOfServices = (): Promise<number> =>
    timed(() =>
      lab.network.proxy.shell(`for i in {1..${SERVICES}}; do systemd-run --quiet --wait --collect true; done`),
    );

  beforeAll(async () => {
    lab = await startProxyLab();
    control = await startControl(lab.network, lab.certificates.ca);
    [primary, secondary] = [await sessions('primary'), await sessions('secondary')];
    attempts = {
      primary: new Attempts(lab, brokerName('primary', 1), brokerName('secondary', 2)),
      secondary: new Attempts(lab, brokerName('secondary', 1)),
    };
    first = await block(async (settled) => {
      hanging = openSession(lab.network, lab.certificates.ca, bootstrapName('primary')).then(
        (session) => session.destroy() && 'open',
        () => 'refused',
      );
      await tried('primary', settled, manner === 'reject' ? 6 : 1);
      await tried('secondary', settled, 20);
    });
  });

  afterAll(async () => {
    [control, ...(primary ?? []), ...(secondary ?? [])].forEach((session) => session?.close());
    await Promise.all(Object.values(attempts ?? {}).map((client) => client.stop()));
    await lab?.stop();
  });

  test(`${manner === 'reject' ? 'cuts' : 'stalls'} the primary's sessions within a second, and opens no more`, async () => {
    const took = [servedFor(first)];
    // On a slow machine all of it takes longer: then it is held to other work of that machine.
    const part = await least(
      1,
      async () => {
        if (manner === 'reject') {
          primary.forEach((session) => session.close());
          primary = await sessions('primary');
        }
        const work = await workOfServices();
        took.push(servedFor(await block((settled) => tried('primary', settled))));
        return took.at(-1)! / Math.max(CUT_MS, work, await workOfServices());
      },
      took[0] / CUT_MS,
    );
    process.stdout.write(`${manner}: the primary was served for ${took.join(', ')} ms\n`);
    expect(part).toBeLessThanOrEqual(1);
  });

  if (manner === 'reject') {
    test('refuses new sessions of the primary, quickly', () => {
      const later = attempts.primary.between(first.settled, first.lifting);
      expect(later.length).toBeGreaterThan(5);
      expect(new Set(later.map(({ outcome }) => outcome))).toEqual(new Set(['refused']));
      expect(Math.min(...later.map(({ at, until }) => until - at))).toBeLessThan(QUICK_MS);
    });
  } else {
    test("goes on with the primary's sessions when it is lifted", async () => {
      await answeredSince(primary, Date.now());
      expect(primary.flatMap(({ ended }) => ended ?? [])).toEqual([]);
    });

    test('leaves new sessions of the primary hanging, and they are served when it is lifted', async () => {
      const later = attempts.primary.between(first.settled, first.lifting);
      expect(later.length).toBeGreaterThan(0);
      expect(new Set(later.map(({ outcome }) => outcome))).toEqual(new Set(['hangs']));
      expect(await hanging).toBe('open');
    });
  }

  test('opens sessions of the primary again when it is lifted', async () => {
    const now = Date.now();
    const outcomes = await eventually(
      () => attempts.primary.between(now).map(({ outcome }) => outcome),
      (seen) => seen.includes('open'),
      { what: 'a session' },
    );
    expect(outcomes).toContain('open');
  });

  test("leaves the secondary's sessions without an error, a reset or a pause", async () => {
    const pauses = [longestPause(first)];
    const longest = await least(
      PAUSE_MS,
      async () => {
        pauses.push(longestPause(await block((settled) => tried('primary', settled))));
        return pauses.at(-1)!;
      },
      pauses[0],
    );
    process.stdout.write(`${manner}: longest pause of the secondary ${pauses.join(', ')} ms\n`);
    expect(secondary.flatMap(({ ended }) => ended ?? [])).toEqual([]);
    expect(longest).toBeLessThanOrEqual(PAUSE_MS);
  });

  test('opens every new session of the secondary', () => {
    const during = attempts.secondary.between(first.start, first.end);
    expect(during.length).toBeGreaterThan(20);
    expect(during.filter(({ outcome }) => outcome !== 'open')).toEqual([]);
  });
});
