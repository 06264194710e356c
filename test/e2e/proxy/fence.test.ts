import { renderConvergeScript } from '../../../lib/proxy/rendering/render';
import { type Session } from './harness/client';
import { timed } from './harness/patience';
import { BLOCKED, type ClusterName, planOf, REFUSED, World } from './harness/world';

jest.setTimeout(900_000);

/** The script as Terraform sends it: who is fenced and what is taken away is not in it. */
const script = renderConvergeScript({
  ...planOf(),
  instances: [
    { name: 'primary', fenced: 'told' },
    { name: 'secondary', fenced: 'told' },
  ],
});

describe('a fence', () => {
  let world: World;
  const sessions: Session[] = [];

  const converge = (active: ClusterName | 'both', outage = 'none') =>
    world.host.convergeByScript(script, {
      env: {
        OUTAGE_PRIMARY: outage,
        OUTAGE_SECONDARY: 'none',
        FENCED_PRIMARY: String(active === 'secondary'),
        FENCED_SECONDARY: String(active === 'primary'),
      },
    });
  const open = async (name: ClusterName) => {
    const session = await world.open(name);
    sessions.push(session);
    return session;
  };

  beforeAll(async () => {
    world = await World.create();
  });
  beforeEach(() => converge('both'));
  afterEach(() => sessions.splice(0).forEach((session) => session.close()));
  afterAll(() => world?.dispose());

  test('lets clients in to the active cluster alone, and tells of it', async () => {
    const { state, report } = await converge('primary');
    expect(report).toMatch(/secondary fenced/);
    expect(state?.instances).toMatchObject([
      { name: 'primary', blocked: 'none', running: true, fence: null },
      {
        name: 'secondary',
        blocked: 'none',
        running: false,
        fence: { since: expect.stringMatching(/^\d{4}-/) as string },
      },
    ]);
    expect(await world.tryOpen('primary')).toBe('open');
    expect(await world.tryOpen('secondary')).toMatch(REFUSED);
  });

  test('moves from one to the other: closes the sessions of the one, and lets them in to the other', async () => {
    await converge('primary');
    const session = await open('primary');
    const { release } = await world.host.status();
    const { report } = await converge('secondary');
    expect(report).toMatch(/primary fenced; secondary no longer fenced/);
    await session.ended;
    expect(await world.tryOpen('primary')).toMatch(REFUSED);
    expect(await world.tryOpen('secondary')).toBe('open');
    expect((await world.host.status()).release).toBe(release);
    expect((await converge('secondary')).report).toMatch(/nothing to change/);
  });

  test('leaves the sessions of the active cluster alone when the other one is fenced', async () => {
    const session = await open('primary');
    await converge('primary');
    await session.echo();
    expect(session.endedAt).toBeUndefined();
  });

  test.each(['reject', 'blackhole'] as const)(
    'holds beside an outage (%s), and each goes without the other',
    async (outage) => {
      await converge('secondary', outage);
      const both = {
        blocked: outage,
        running: false,
        outage: { wish: outage },
        fence: { since: expect.any(String) as string },
      };
      expect((await world.host.status()).instances[0]).toMatchObject(both);
      expect(await world.tryOpen('primary')).toMatch(REFUSED);
      await converge('secondary', 'none');
      expect((await world.host.status()).instances[0]).toMatchObject({ ...both, blocked: 'none', outage: null });
      expect(await world.tryOpen('primary')).toMatch(REFUSED);
      await converge('primary', outage);
      expect((await world.host.status()).instances[0]).toMatchObject({ blocked: outage, fence: null });
      // The other one is fenced, and closes what comes.
      const found = await world.tryOrHang('primary', () => world.tryOpen('secondary'));
      expect(found).toMatch(BLOCKED[outage]);
      await converge('primary');
      expect(await world.tryOpen('primary')).toBe('open');
    },
  );

  test('outlasts an outage that is lifted by hand, and a start of the unit by hand', async () => {
    await converge('secondary', 'reject');
    await world.host.sh('confluent-dr-proxy lift primary');
    expect((await world.host.status()).instances[0]).toMatchObject({ blocked: 'none', running: false });
    await world.host.sh('systemctl start confluent-dr-proxy@primary.service || true');
    expect(await world.tryOpen('primary')).toMatch(REFUSED);
  });

  test('refuses another word, and a silence, before anything is changed', async () => {
    await converge('secondary');
    const env = { OUTAGE_PRIMARY: 'none', OUTAGE_SECONDARY: 'none', FENCED_PRIMARY: 'secondary' };
    const { status, stderr } = await world.host.convergeByScript(script, { env });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /nothing was changed[^]*FENCED_PRIMARY is secondary: expected true[^]*FENCED_SECONDARY is not/,
    );
    expect(await world.tryOpen('primary')).toMatch(REFUSED);
  });

  test('is continued after it was killed, wherever that was', async () => {
    for (const part of [0.1, 0.3, 0.6, 0.9]) {
      const took = await timed(() => converge('primary'));
      const wished = {
        OUTAGE_PRIMARY: 'none',
        OUTAGE_SECONDARY: 'none',
        FENCED_PRIMARY: 'true',
        FENCED_SECONDARY: 'false',
      };
      await world.host.killConverging(script, part * took, wished);
      expect(await converge('secondary')).toMatchObject({ status: 0 });
      expect(await world.tryOpen('secondary')).toBe('open');
      expect(await world.tryOpen('primary')).toMatch(REFUSED);
    }
  });
});
