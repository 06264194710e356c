import { eventually } from '../../support/waiting';
import { type Session } from './harness/client';
import { least } from './harness/patience';
import { planOf, World } from './harness/world';

jest.setTimeout(900_000);

const QUICK_MS = 1000;

const FRONT = 'confluent-dr-proxy-front.service';
const PRIMARY = 'confluent-dr-proxy@primary.service';

describe('the proxy comes back without help', () => {
  let world: World;
  let secondary: Session;

  beforeAll(async () => {
    world = await World.create();
  });
  afterAll(() => world?.dispose());

  beforeEach(async () => {
    await world.host.convergeWell(planOf());
    secondary = await world.open('secondary');
  });
  afterEach(() => secondary?.close());

  const running = async (): Promise<boolean> => {
    const { front, instances } = await world.host.status();
    return front.running && instances.every((instance) => instance.running);
  };

  const kill = async (unit: string): Promise<void> =>
    void (await world.host.sh(`kill -9 ${await world.host.mainPid(unit)}`));

  test('after kill -9 of a worker of the front', async () => {
    await world.host.sh(`kill -9 $(pgrep -P ${await world.host.mainPid(FRONT)} | head -n 1)`);
    await world.opens('primary');
    await world.opens('secondary');
    expect(await running()).toBe(true);
  });

  test('after kill -9 of all workers of an instance, with the other cluster untouched', async () => {
    await world.host.sh(`kill -9 $(pgrep -P ${await world.host.mainPid(PRIMARY)})`);
    await world.opens('primary');
    expect(await least(QUICK_MS, () => secondary.echo())).toBeLessThan(QUICK_MS);
  });

  test('after kill -9 of an instance, whose sockets stay behind, with the other cluster untouched', async () => {
    await kill(PRIMARY);
    await world.opens('primary');
    expect(await least(QUICK_MS, () => secondary.echo())).toBeLessThan(QUICK_MS);
  });

  test('after kill -9 of the front', async () => {
    const before = await world.host.mainPid(FRONT);
    await kill(FRONT);
    // Workers that outlive it for a moment take sessions yet.
    await eventually(
      () => world.host.mainPid(FRONT),
      (now) => now !== 0 && now !== before,
      { what: 'another front' },
    );
    await world.opens('primary');
    await world.opens('secondary');
    expect(await running()).toBe(true);
  });

  test('with sockets left over from another life', async () => {
    const socket = '/run/confluent-dr-proxy/primary/9092.sock';
    await world.host.sh(`systemctl stop ${PRIMARY}; mkdir -p $(dirname ${socket})`);
    const leave = 'use IO::Socket::UNIX; IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1) or die';
    await world.host.sh(`perl -e '${leave}' ${socket}; test -S ${socket}; systemctl start ${PRIMARY}`);
    await world.opens('primary');
    expect(await world.host.sh('cat /var/log/confluent-dr-proxy/primary/error.log')).not.toContain('in use');
  });

  test('after a reboot, with what was wanted before', async () => {
    await world.host.reboot();
    await world.opens('primary');
    await world.opens('secondary');
    expect(await running()).toBe(true);
  });

  test('after a reboot in an outage, blocked, without a moment in which it is not (reject)', async () => {
    await world.host.convergeWell(planOf({ primary: { outage: 'reject' } }));
    await world.host.reboot();
    await world.opens('secondary');
    expect(await world.host.instance('primary')).toMatchObject({ blocked: 'reject', running: false });
    expect(await world.tryOpen('primary')).not.toBe('open');
    expect(await world.host.sh('pgrep -c -u cdr-primary nginx || true')).toBe('0');
    await world.host.convergeWell(planOf());
    await world.opens('primary');
  });

  test('after a reboot in an outage, blocked, without a moment in which it is not (blackhole)', async () => {
    await world.host.convergeWell(planOf({ primary: { outage: 'blackhole' } }));
    await world.host.reboot();
    await world.opens('secondary');
    expect(await world.tryBlocked()).toBe('hangs');
    expect(await world.host.instance('primary')).toMatchObject({ blocked: 'blackhole', running: true });
  });

  test('after a boot without network, as soon as there is one', async () => {
    await world.host.reboot({ network: false });
    expect((await world.host.status()).instances).toMatchObject([{ running: true }, { running: true }]);
    await world.host.machine.connect();
    await world.opens('primary');
  });

  test('when somebody flushed the firewall', async () => {
    await world.host.convergeWell(planOf({ primary: { outage: 'blackhole' } }));
    await world.host.sh('nft flush ruleset');
    await eventually(
      () => world.host.run(['nft', 'list', 'table', 'inet', 'confluent_dr_proxy']),
      ({ status }) => status === 0,
      { what: 'the table of the firewall' },
    );
    expect(await world.tryBlocked()).toBe('hangs');
  });

  test('serves on with a full disk, and logs again when there is room', async () => {
    world.host.machine.leaveRoom(0);
    try {
      for (let turn = 0; turn < 50; turn++) {
        expect(await world.tryOpen('primary')).toBe('open');
      }
      await secondary.echo();
    } finally {
      world.host.machine.leaveRoom('all');
    }
    // The line that met the end of the disk is torn.
    const lines = () =>
      world.host.sh(`grep -c '"ended":"closed"}$' /var/log/confluent-dr-proxy/primary/sessions.log || true`);
    const before = Number(await lines());
    // nginx leaves a log alone for a second after it found no room.
    const after = await eventually(
      () => world.opens('primary').then(async () => Number(await lines())),
      (count) => count > before,
      { what: 'another line' },
    );
    expect(after).toBeGreaterThan(before);
  });

  test('says that it does not, where a program of its own is gone or broken', async () => {
    const broken = async (program: string, work: () => Promise<void>): Promise<void> => {
      await world.host.sh(
        `mv ${program} ${program}.away; printf '#!/bin/sh\\necho broken down >&2; exit 127\\n' >${program}; chmod 755 ${program}`,
      );
      try {
        await work();
      } finally {
        await world.host.sh(`mv ${program}.away ${program}`);
      }
    };
    const events = () => world.host.sh('cat /var/log/confluent-dr-proxy/events.log');

    await broken('/usr/sbin/nft', async () => {
      const { status, stderr } = await world.host.converge(planOf({ primary: { outage: 'blackhole' } }));
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: 'confluent-dr-proxy: the firewall cannot be loaded: broken down\n',
      });
      expect(await world.host.instance('primary')).toMatchObject({ blocked: 'none', outage: null });
      await eventually(events, (text) =>
        /the firewall is not seen as it was loaded, and cannot be loaded: tried each second, see the journal$/.test(
          text,
        ),
      );
    });
    await eventually(events, (text) => /the firewall is (as it was loaded|loaded again)$/.test(text));

    await world.host.convergeWell(planOf({ primary: { outage: 'reject' } }));
    await broken('/usr/sbin/nginx', async () => {
      const { status, stderr } = await world.host.run(['confluent-dr-proxy', 'lift', 'primary']);
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: `confluent-dr-proxy: not blocked, but does not start: ${PRIMARY}: broken down\n`,
      });
    });
    await world.opens('primary');
  });
});
