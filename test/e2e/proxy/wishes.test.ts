import { renderConvergeScript } from '../../../lib/proxy/rendering/render';
import { type Convergence } from './harness/proxy-host';
import { timed } from './harness/patience';
import { planOf, REFUSED, World } from './harness/world';

jest.setTimeout(900_000);

/** The script as Terraform sends it: what is wished for is not in it. */
const open = renderConvergeScript({ ...planOf(), instances: [{ name: 'primary' }, { name: 'secondary' }] });

describe('a script that is told by its environment what is wished for', () => {
  let world: World;

  const converge = (env: Record<string, string>, script = open): Promise<Convergence> =>
    world.host.convergeByScript(script, { env });
  const wished = (primary: string) => converge({ OUTAGE_PRIMARY: primary, OUTAGE_SECONDARY: 'none' });
  const blocked = async () => (await world.host.status()).instances.map(({ blocked }) => blocked);

  beforeAll(async () => {
    world = await World.create();
    await wished('none');
  });
  afterAll(() => world?.dispose());

  test('blocks and lifts, without another release', async () => {
    const { release } = await world.host.status();
    expect((await wished('reject')).report).toMatch(/: primary blocked \(reject\)$/);
    expect(await world.tryOpen('primary')).toMatch(REFUSED);
    expect(await world.tryOpen('secondary')).toBe('open');
    expect((await wished('blackhole')).report).toMatch(/primary blocked \(blackhole\)/);
    expect((await wished('none')).report).toMatch(/primary unblocked/);
    expect(await world.tryOpen('primary')).toBe('open');
    expect((await world.host.status()).release).toBe(release);
  });

  test('limits the time of an outage', async () => {
    const { state } = await wished('reject for at most 3600 seconds');
    const { since, until } = state!.instances[0].outage!;
    expect(Date.parse(until!) - Date.parse(since)).toBe(3_600_000);
    await wished('none');
  });

  test('keeps an outage when the script changes', async () => {
    await wished('reject');
    const changed = open.replace(/worker_connections \d+/, 'worker_connections 16000');
    expect(changed).not.toBe(open);
    const { report } = await converge({ OUTAGE_PRIMARY: 'reject', OUTAGE_SECONDARY: 'none' }, changed);
    expect(report).not.toMatch(/blocked/);
    expect(await blocked()).toEqual(['reject', 'none']);
    expect(await world.tryOpen('primary')).toMatch(REFUSED);
    await wished('none');
  });

  test('goes by its own wishes where the environment is silent, and by the environment where it speaks', async () => {
    const baked = renderConvergeScript(planOf({ primary: { outage: 'reject' } }));
    expect(await converge({}, baked)).toMatchObject({ status: 0 });
    expect(await blocked()).toEqual(['reject', 'none']);
    expect(await converge({ OUTAGE_PRIMARY: 'none', OUTAGE_SECONDARY: 'blackhole' }, baked)).toMatchObject({
      status: 0,
    });
    expect(await blocked()).toEqual(['none', 'blackhole']);
    await wished('none');
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['nothing', {}, /OUTAGE_PRIMARY is not in the environment: expected none, reject or blackhole/],
    ['one of two', { OUTAGE_PRIMARY: 'none' }, /OUTAGE_SECONDARY is not in the environment/],
    ['an empty text', { OUTAGE_PRIMARY: '', OUTAGE_SECONDARY: 'none' }, /OUTAGE_PRIMARY is '': expected none/],
    ['another word', { OUTAGE_PRIMARY: 'true', OUTAGE_SECONDARY: 'none' }, /OUTAGE_PRIMARY is true: expected none/],
    ['a time of no length', { OUTAGE_PRIMARY: 'reject for at most 0 seconds', OUTAGE_SECONDARY: 'none' }, /is reject/],
    [
      'two lines',
      { OUTAGE_PRIMARY: 'none\nsecondary reject -', OUTAGE_SECONDARY: 'none' },
      /OUTAGE_PRIMARY is \$'none\\n/,
    ],
    [
      'an instance that there is not',
      { OUTAGE_PRIMARY: 'none', OUTAGE_SECONDARY: 'none', OUTAGE_TERTIARY: 'reject' },
      /OUTAGE_TERTIARY is of no instance: expected OUTAGE_PRIMARY OUTAGE_SECONDARY/,
    ],
  ])('refuses %s, before anything is changed', async (_, env, message) => {
    await wished('reject');
    const { status, stderr, stdout } = await converge(env);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^confluent-dr-proxy: the plan is wrong, nothing was changed/);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(await blocked()).toEqual(['reject', 'none']);
  });

  test('is continued after it was killed, wherever that was', async () => {
    for (const part of [0.1, 0.25, 0.5, 0.75, 0.9]) {
      const took = await timed(() => wished('reject'));
      await world.host.killConverging(open, part * took, { OUTAGE_PRIMARY: 'none', OUTAGE_SECONDARY: 'none' });
      expect(await wished('none')).toMatchObject({ status: 0, stderr: '' });
      expect(await blocked()).toEqual(['none', 'none']);
      expect(await world.tryOpen('primary')).toBe('open');
    }
  });
});
