import { type Session } from './harness/client';
import { least } from './harness/patience';
import { type SessionLine } from './harness/proxy-host';
import { CLUSTERS, planOf, REFUSED, World } from './harness/world';

jest.setTimeout(900_000);

const QUICK_MS = 250;

describe('an outage', () => {
  let world: World;
  let sessions: { primary: Session; secondary: Session };

  beforeAll(async () => {
    world = await World.create();
  });
  afterAll(() => world?.dispose());

  beforeEach(async () => {
    await world.host.convergeWell(planOf());
    sessions = { primary: await world.open('primary', { broker: 1 }), secondary: await world.open('secondary') };
  });
  afterEach(() => Object.values(sessions).forEach((session) => session.close()));

  const echoOfSecondary = (): Promise<number> => least(QUICK_MS, () => sessions.secondary.echo());

  test('reject cuts the sessions of the cluster, refuses new ones, and leaves the other cluster alone', async () => {
    const { state, report } = await world.host.converge(planOf({ primary: { outage: 'reject' } }));
    expect(report).toMatch(/primary blocked \(reject\)$/);
    expect(state?.instances).toMatchObject([
      { name: 'primary', blocked: 'reject', running: false, openSessions: 0 },
      { name: 'secondary', blocked: 'none', running: true, openSessions: 1 },
    ]);
    await sessions.primary.ended;
    expect(await world.tryOpen('primary')).toMatch(REFUSED);
    expect(await echoOfSecondary()).toBeLessThan(QUICK_MS);
  });

  test('reject writes a line for each session that it cut', async () => {
    const linesOfCut = async (): Promise<SessionLine[]> => {
      const { localAddress, localPort } = sessions.primary.socket;
      await world.host.convergeWell(planOf({ primary: { outage: 'reject' } }));
      await sessions.primary.ended;
      const lines = await world.host.sessions('primary');
      return lines.filter(({ client }) => client === `${localAddress}:${localPort}`);
    };
    let lines = await linesOfCut();
    // It has a fifth of a second for that, in which a busy machine may do nothing.
    for (let turn = 1; turn < 5 && lines.length === 0; turn += 1) {
      await world.host.convergeWell(planOf());
      sessions.primary = await world.open('primary', { broker: 1 });
      lines = await linesOfCut();
    }
    expect(lines).toEqual([
      expect.objectContaining({
        sni: `b1-${CLUSTERS.primary}`,
        instance: 'primary',
        port: 9092,
        upstream: expect.stringMatching(/:9092$/) as string,
        ended: 'closed',
      }),
    ]);
  });

  test('blackhole stalls the sessions of the cluster and new ones, and both go on when it is lifted', async () => {
    await world.host.converge(planOf({ primary: { outage: 'blackhole' } }));
    expect(await sessions.primary.echoOrHangs(world.served('secondary'))).toBe('hangs');
    expect(await world.tryBlocked()).toBe('hangs');
    expect(await echoOfSecondary()).toBeLessThan(QUICK_MS);
    const { report } = await world.host.converge(planOf());
    expect(report).toMatch(/primary unblocked$/);
    await sessions.primary.echo('again');
    expect(sessions.primary.endedAt).toBeUndefined();
    expect(await world.tryOpen('primary')).toBe('open');
  });

  test('goes from one manner to the other and keeps its beginning', async () => {
    const first = await world.host.converge(planOf({ primary: { outage: 'reject' } }));
    const second = await world.host.converge(planOf({ primary: { outage: 'blackhole' } }));
    expect(second.state?.instances[0]).toMatchObject({ blocked: 'blackhole', running: true });
    expect(second.state?.instances[0].outage?.since).toBe(first.state?.instances[0].outage?.since);
  });

  test('takes both clusters away when both are wished', async () => {
    await world.host.converge(planOf({ primary: { outage: 'reject' }, secondary: { outage: 'blackhole' } }));
    expect(await world.tryOpen('primary')).toMatch(REFUSED);
    expect(await world.tryOrHang('secondary', () => world.tryOpen('primary'))).toBe('hangs');
  });
});
