import { spawnSync } from 'node:child_process';
import { type Socket } from 'node:net';
import { CLUSTERS, planOf, World } from './harness/world';
import { hello } from './harness/hello';

jest.setTimeout(900_000);

/** 200 a second, each held for the 60 s that an instance waits for its cluster. */
const SESSIONS = 12_000;
const AT_ONCE = 400;

describe('a black hole', () => {
  let world: World;

  beforeAll(async () => {
    spawnSync('prlimit', ['--pid', String(process.pid), '--nofile=20000:20000']);
    world = await World.create();
    await world.host.convergeWell(planOf({ primary: { outage: 'blackhole' } }));
  });
  afterAll(() => world?.dispose());

  test('outlasts a flushed and a deleted table, and its firewall is loaded again', async () => {
    const hangs = async () => expect(await world.tryOpen('primary', 1000)).toMatch(/no greeting within/);
    for (const harm of [
      'nft flush ruleset',
      'nft delete table inet confluent_dr_proxy',
      'nft flush table inet confluent_dr_proxy',
    ]) {
      await world.host.sh(harm);
      await hangs();
      await world.host.sh(
        'for i in $(seq 300); do nft list chain inet confluent_dr_proxy instance_egress 2>/dev/null | grep -q drop && exit 0; sleep 0.1; done; exit 1',
      );
    }
    await hangs();
    expect(await world.tryOpen('secondary')).toBe('open');
  });

  test('stays one when 200 clients a second come and wait', async () => {
    const bytes = hello(CLUSTERS.primary);
    const sockets: Socket[] = [];
    let closed = 0;
    try {
      while (sockets.length < SESSIONS) {
        const batch = Array.from({ length: AT_ONCE }, async () => {
          const socket = await world.connect();
          sockets.push(socket);
          socket.on('error', () => undefined).on('close', () => (closed += 1));
          socket.write(bytes);
        });
        await Promise.all(batch);
      }
      await new Promise((resolve) => setTimeout(resolve, 2000));
      expect(closed).toBe(0);
      expect(await world.tryOpen('primary', 1500)).toMatch(/no greeting within/);
      expect(await world.tryOpen('secondary')).toBe('open');
    } finally {
      sockets.forEach((socket) => socket.destroy());
    }
    expect(await world.host.sh('cat /var/log/confluent-dr-proxy/*/error.log')).not.toContain('not enough');
  });

  test('is said to be lifted by hand when it was', async () => {
    await world.host.sh('confluent-dr-proxy lift primary');
    const { report } = await world.host.convergeWell(planOf({ primary: { outage: 'blackhole' } }));
    expect(report).toMatch(/the outage of primary was lifted by hand and does not block again/);
    expect(await world.host.sh('nft list tables')).toBe('table inet confluent_dr_proxy');
  });

  test('is no news at a boot, and neither is the firewall', async () => {
    await world.host.convergeWell(planOf());
    await world.host.convergeWell(planOf({ primary: { outage: 'blackhole' } }));
    const gone = () => world.host.sh('grep -c "by somebody else" /var/log/confluent-dr-proxy/events.log || true');
    const before = await gone();
    await world.host.reboot();
    await world.opens('secondary');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await gone()).toBe(before);
    expect(await world.tryOpen('primary', 1000)).toMatch(/no greeting within/);
  });
});
