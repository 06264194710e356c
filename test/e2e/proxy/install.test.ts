import { type Finished } from '../../../packages/confluent-dr-lab/src/machine/machine';
import { planOf, REFUSED, World } from './harness/world';

jest.setTimeout(900_000);

describe('on a machine without nginx', () => {
  let world: World;
  let missing: Finished & { readonly left: string };
  let installed: Finished;
  let other: Finished;

  /** A convergence where apt has no packages. */
  async function convergeWithoutPackages(): Promise<typeof missing> {
    await world.host.sh('mv /debs /no-debs; apt-get -q update || true');
    const outcome = await world.host.converge(planOf());
    await world.host.sh('mv /no-debs /debs; apt-get -q update');
    return { ...outcome, left: await world.host.sh('ls /etc /etc/systemd/system | grep -c confluent || true') };
  }

  /** A convergence while another one has the lock of apt, until it is told to go on. */
  async function convergeBesideApt(): Promise<[Finished, Finished]> {
    const hold = 'DPkg::Pre-Invoke::=touch /run/has-lock; until [ -e /run/go-on ]; do sleep 0.1; done';
    const installing = world.host.run(['apt-get', '-q', '-y', '-o', hold, 'install', 'logrotate']);
    await world.host.sh('until [[ -e /run/has-lock ]]; do sleep 0.1; done');
    const converging = world.host.converge(planOf());
    await world.host.sh('until pgrep -f "apt-get .*install .*nginx"; do sleep 0.1; done; touch /run/go-on');
    return Promise.all([converging, installing]);
  }

  beforeAll(async () => {
    world = await World.create({ image: 'bare' });
    missing = await convergeWithoutPackages();
    [installed, other] = await convergeBesideApt();
  });
  afterAll(() => world?.dispose());

  test('says which package is missing when apt has none, and changes nothing', () => {
    expect(missing.stderr).toMatch(
      /^confluent-dr-proxy: cannot install nginx libnginx-mod-stream nftables logrotate, nothing was changed: /,
    );
    expect(missing).toMatchObject({ status: 1, left: '0' });
  });

  test("installs, waits for apt's lock, and leaves the ports to the proxy", async () => {
    expect(installed).toMatchObject({ status: 0, stderr: '' });
    expect(other).toMatchObject({ status: 0 });
    expect(installed.stdout).toMatch(
      /^confluent-dr-proxy: release \w+: installed nginx libnginx-mod-stream nftables.*; front started/,
    );
    expect(await world.host.sh("ss -ltnH '! src 127.0.0.0/8' | awk '{ print $4 }' | grep -v ':5355$' | sort")).toBe(
      '0.0.0.0:443\n0.0.0.0:9092',
    );
    expect(await world.tryOpen('primary')).toBe('open');
    expect(await world.tryOpen('secondary')).toBe('open');
  });

  test("never ran the distribution's own site", async () => {
    expect(await world.host.sh('systemctl show --property UnitFileState,ActiveState nginx.service')).toBe(
      'ActiveState=inactive\nUnitFileState=masked',
    );
    expect(await world.host.sh('journalctl --no-pager -q -u nginx.service')).toBe('');
  });

  test('finds nothing to change the second time', async () => {
    const { report, state } = await world.host.convergeWell(planOf());
    expect(report).toMatch(/: nothing to change$/);
    expect(state).toMatchObject({ front: { running: true }, instances: [{ running: true }, { running: true }] });
  });

  test('cuts the sessions of one cluster and refuses new ones, until the outage is lifted (reject)', async () => {
    const [primary, secondary] = [await world.open('primary'), await world.open('secondary')];
    await world.host.convergeWell(planOf({ primary: { outage: 'reject' } }));
    await primary.ended;
    expect(await world.tryOpen('primary')).toMatch(REFUSED);
    await secondary.echo();
    await world.host.convergeWell(planOf());
    await world.opens('primary');
    await secondary.echo();
    secondary.close();
  });

  test('lets sessions and new ones of one cluster hang, until the outage is lifted (blackhole)', async () => {
    const [primary, secondary] = [await world.open('primary'), await world.open('secondary')];
    await world.host.convergeWell(planOf({ primary: { outage: 'blackhole' } }));
    expect(await primary.echoOrHangs(world.served('secondary'))).toBe('hangs');
    expect(await world.tryBlocked()).toBe('hangs');
    await secondary.echo();
    await world.host.convergeWell(planOf());
    await primary.echo('again');
    await world.opens('primary');
    [primary, secondary].forEach((session) => session.close());
  });

  test.each(['nginx', 'libnginx-mod-stream'])('serves on when the package %s is installed again', async (name) => {
    const session = await world.open('secondary');
    await world.host.sh(`DEBIAN_FRONTEND=noninteractive apt-get -q -y install --reinstall ${name}`);
    await session.echo();
    expect(await world.tryOpen('primary')).toBe('open');
    expect(await world.host.sh('systemctl show --property ActiveState --value nginx.service')).toBe('inactive');
    expect((await world.host.convergeWell(planOf())).report).toMatch(/: nothing to change$/);
    await session.echo();
    session.close();
  });

  test('serves after a reboot', async () => {
    await world.host.reboot();
    await world.opens('primary');
    await world.opens('secondary');
    expect((await world.host.convergeWell(planOf())).report).toMatch(/: nothing to change$/);
  });

  test('goes on with an installation that was killed', async () => {
    await world.host.sh('dpkg --remove --force-depends logrotate; touch /var/lib/dpkg/updates/0000');
    expect((await world.host.convergeWell(planOf())).report).toMatch(/: installed logrotate$/);
  });

  test("says what stands in the place of the distribution's site, and changes nothing", async () => {
    const unit = '/etc/systemd/system/nginx.service';
    await world.host.sh(`rm ${unit}; cp /lib/systemd/system/nginx.service ${unit}; systemctl daemon-reload`);
    const { status, stderr } = await world.host.converge(planOf());
    await world.host.sh(`rm ${unit}; systemctl daemon-reload`);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(
        /^confluent-dr-proxy: cannot mask nginx\.service, .*, nothing was changed; take away what is in its place: .*nginx\.service already exists\.\n$/,
      ) as string,
    });
    await world.host.convergeWell(planOf());
  });
});
