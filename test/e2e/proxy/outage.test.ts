import { type Session } from './harness/client';
import { CLUSTERS, planOf, World } from './harness/world';

jest.setTimeout(900_000);

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

  test('reject cuts the sessions of the cluster, refuses new ones, and leaves the other cluster alone', async () => {
    const { state, report } = await world.host.converge(planOf({ primary: { outage: 'reject' } }));
    expect(report).toMatch(/primary blocked \(reject\)$/);
    expect(state?.instances).toMatchObject([
      { name: 'primary', blocked: 'reject', running: false, openSessions: 0 },
      { name: 'secondary', blocked: 'none', running: true, openSessions: 1 },
    ]);
    await sessions.primary.ended;
    expect(await world.tryOpen('primary')).toMatch(/closed|disconnected|ECONNRESET/);
    expect(await sessions.secondary.echo()).toBeLessThan(250);
  });

  test('reject writes a line for each session that it cut', async () => {
    const { localAddress, localPort } = sessions.primary.socket;
    const clientAddress = `${localAddress}:${localPort}`;
    await world.host.converge(planOf({ primary: { outage: 'reject' } }));
    await sessions.primary.ended;
    const lines = await world.host.sessions('primary');
    expect(lines.filter(({ client }) => client === clientAddress)).toEqual([
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
    await expect(sessions.primary.echo('stalled', 1500)).rejects.toThrow('no answer within');
    expect(await world.tryOpen('primary', 1500)).toMatch(/no greeting within/);
    expect(await sessions.secondary.echo()).toBeLessThan(250);
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
    expect(await world.tryOpen('primary', 1500)).not.toBe('open');
    expect(await world.tryOpen('secondary', 1500)).not.toBe('open');
  });
});
