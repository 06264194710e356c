import { setTimeout as pause } from 'node:timers/promises';
import { Attempts } from '../harness/attempts';
import { namesOf } from '../harness/brokers';
import { startControl } from '../harness/control';
import { bootstrapName, brokerName, type Role } from '../harness/network';
import { type ProxyLab, startProxyLab } from '../harness/proxy-lab';
import { EchoSession, openSession } from '../harness/sessions';
import { eventually } from '../../../support/waiting';

jest.setTimeout(900_000);

/** The limits of the specification. */
const CUT_MS = 1000;
const PAUSE_MS = 250;

/** So often it is blocked where a pause was longer. */
const BLOCKS = 5;

describe.each(['reject', 'blackhole'] as const)('Blocking the primary by %s', (manner) => {
  let lab: ProxyLab;
  let control: EchoSession;
  let primary: EchoSession[];
  let secondary: EchoSession[];
  let attempts: Record<Role, Attempts>;
  let hanging: Promise<unknown>;
  const time = { start: 0, blocked: 0, lifting: 0, end: 0 };

  const sessions = (names: string[]): Promise<EchoSession[]> =>
    Promise.all(names.map(async (name) => new EchoSession(await openSession(lab.network, lab.certificates.ca, name))));

  const longestPause = ({ start, end }: Pick<typeof time, 'start' | 'end'>): number =>
    Math.max(...secondary.map((session) => session.longestPause(start, end, control)));

  /** Blocks the primary once more, and gives the secondary's longest pause meanwhile. */
  const pauseOfAnother = async (): Promise<number> => {
    const start = Date.now();
    await lab.proxy.outage('primary', manner);
    await pause(1000);
    await lab.proxy.outage('primary', 'none');
    await pause(1000);
    return longestPause({ start, end: Date.now() });
  };

  beforeAll(async () => {
    lab = await startProxyLab();
    control = await startControl(lab.network, lab.certificates.ca);
    primary = await sessions([...namesOf('primary'), ...namesOf('primary')]);
    secondary = await sessions([...namesOf('secondary'), ...namesOf('secondary')]);
    attempts = {
      primary: new Attempts(lab, brokerName('primary', 1)),
      secondary: new Attempts(lab, brokerName('secondary', 1)),
    };
    await pause(500);
    time.start = Date.now();
    await lab.proxy.outage('primary', manner);
    time.blocked = lab.proxy.blockedAt('primary');
    hanging = openSession(lab.network, lab.certificates.ca, bootstrapName('primary')).then(
      (session) => session.destroy() && 'open',
      () => 'refused',
    );
    await pause(2000);
    time.lifting = Date.now();
    await lab.proxy.outage('primary', 'none');
    await pause(2000);
    time.end = Date.now();
  });

  afterAll(async () => {
    [control, ...(primary ?? []), ...(secondary ?? [])].forEach((session) => session?.close());
    await Promise.all(Object.values(attempts ?? {}).map((client) => client.stop()));
    await lab?.stop();
  });

  if (manner === 'reject') {
    test("cuts the primary's sessions within a second", () => {
      const slow = primary.filter(({ ended }) => !ended || ended.at < time.start || ended.at > time.blocked + CUT_MS);
      const last = Math.max(...primary.map(({ ended }) => ended?.at ?? Infinity)) - time.blocked;
      process.stdout.write(`the last session was cut after ${Math.round(last)} ms\n`);
      expect(slow.map(({ ended }) => ended?.at ?? 'still open')).toEqual([]);
    });

    test('refuses new sessions of the primary within a second, quickly', () => {
      const later = attempts.primary.after(time.blocked + CUT_MS).filter(({ at }) => at < time.lifting);
      expect(later.length).toBeGreaterThan(5);
      expect(new Set(later.map(({ outcome }) => outcome))).toEqual(new Set(['refused']));
    });
  } else {
    test("stalls the primary's sessions within a second, and they go on when it is lifted", async () => {
      const answered = primary.flatMap(({ answers }) =>
        answers.filter((at) => at > time.blocked + CUT_MS && at < time.lifting),
      );
      expect(answered).toEqual([]);
      const silent = (): EchoSession[] => primary.filter((session) => !session.answeredSince(time.end));
      await eventually(
        () => silent().length,
        (count) => count === 0,
        { what: 'that all sessions go on', limitMs: 20_000 },
      );
      expect(primary.flatMap(({ ended }) => ended ?? [])).toEqual([]);
    });

    test('leaves new sessions of the primary hanging, and they are served when it is lifted', async () => {
      const later = attempts.primary.after(time.blocked + CUT_MS).filter(({ at }) => at < time.lifting - 1000);
      expect(later.length).toBeGreaterThan(0);
      expect(new Set(later.map(({ outcome }) => outcome))).toEqual(new Set(['hangs']));
      expect(await hanging).toBe('open');
    });
  }

  test('opens sessions of the primary again when it is lifted', async () => {
    const open = (): boolean => attempts.primary.after(time.end).some(({ outcome }) => outcome === 'open');
    await eventually(open, Boolean, { what: 'a session', limitMs: 10_000 });
    expect(open()).toBe(true);
  });

  test("leaves the secondary's sessions without an error, a reset or a pause", async () => {
    const longest = [longestPause(time)];
    // What the proxy does to them it does each time; what a busy machine does, and not to the control, it does not.
    while (Math.min(...longest) > PAUSE_MS && longest.length < BLOCKS) {
      longest.push(await pauseOfAnother());
    }
    process.stdout.write(`${manner}: longest pause of the secondary ${longest.join(', ')} ms\n`);
    expect(secondary.flatMap(({ ended }) => ended ?? [])).toEqual([]);
    expect(Math.min(...longest)).toBeLessThanOrEqual(PAUSE_MS);
  });

  test('opens every new session of the secondary', () => {
    const during = attempts.secondary.made.filter(({ at }) => at > time.start && at < time.end);
    expect(during.length).toBeGreaterThan(20);
    expect(during.filter(({ outcome }) => outcome !== 'open')).toEqual([]);
  });
});
