import { spawnSync } from 'node:child_process';
import { type Socket } from 'node:net';
import { hello } from './harness/hello';
import { patience } from './harness/patience';
import { CLUSTERS, planOf, World } from './harness/world';
import { eventually } from '../../support/waiting';

jest.setTimeout(900_000);

/** 200 a second, each held for the 60 s that an instance waits for its cluster by default. */
const SESSIONS = 12_000;
/** So that none is given up before the last of them has come, also where that takes minutes. */
const PATIENT = { capacity: { connectTimeoutSeconds: 600, helloTimeoutSeconds: 60 } };

const blackHole = planOf({ primary: { outage: 'blackhole' } }, PATIENT);
const AT_ONCE = 400;

describe('a black hole', () => {
  let world: World;

  beforeAll(async () => {
    spawnSync('prlimit', ['--pid', String(process.pid), '--nofile=20000:20000']);
    world = await World.create();
    await world.host.convergeWell(blackHole);
  });
  afterAll(() => world?.dispose());

  /** Waits until the watch has looked at everything so often; it sleeps by a process after each time. */
  const roundsOfWatch = async (count: number): Promise<void> => {
    const seen = new Set<string>();
    await eventually(
      async () => {
        const watch = await world.host.mainPid('confluent-dr-proxy-watch.service');
        const { stdout } = await world.host.run(['pgrep', '-P', String(watch), '-f', '^sleep 1$']);
        return stdout === '' ? seen : seen.add(stdout);
      },
      ({ size }) => size > count,
      { what: `${count} rounds of the watch` },
    );
  };

  /** How often the firewall was said to be gone. */
  const gone = () => world.host.sh('grep -c "by somebody else" /var/log/confluent-dr-proxy/events.log || true');

  test('outlasts a flushed and a deleted table, and its firewall is loaded again', async () => {
    const hangs = async () => expect(await world.tryBlocked()).toBe('hangs');
    for (const harm of [
      'nft flush ruleset',
      'nft delete table inet confluent_dr_proxy',
      'nft flush table inet confluent_dr_proxy',
    ]) {
      await world.host.sh(harm);
      await hangs();
      await eventually(
        () => world.host.run(['nft', 'list', 'chain', 'inet', 'confluent_dr_proxy', 'instance_egress']),
        ({ stdout }) => stdout.includes('drop'),
        { what: 'the firewall' },
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
      await patience(2000);
      expect(await world.tryBlocked()).toBe('hangs');
      expect(closed).toBe(0);
      expect(await world.tryOpen('secondary')).toBe('open');
    } finally {
      sockets.forEach((socket) => socket.destroy());
    }
    expect(await world.host.sh('cat /var/log/confluent-dr-proxy/*/error.log')).not.toContain('not enough');
  });

  test('is said to be lifted by hand when it was', async () => {
    await world.host.sh('confluent-dr-proxy lift primary');
    const { report } = await world.host.convergeWell(blackHole);
    expect(report).toMatch(/the outage of primary was lifted by hand and does not block again/);
    expect(await world.host.sh('nft list tables')).toBe('table inet confluent_dr_proxy');
  });

  test('is no news at a boot, and neither is the firewall', async () => {
    await world.host.convergeWell(planOf({}, PATIENT));
    await world.host.convergeWell(blackHole);
    const before = await gone();
    await world.host.reboot();
    await world.opens('secondary');
    await roundsOfWatch(3);
    expect(await gone()).toBe(before);
    expect(await world.tryBlocked()).toBe('hangs');
  });

  test('is no news while the firewall is being loaded, however long that takes', async () => {
    const before = await gone();
    await world.host.sh(
      [
        'exec 7>/run/confluent-dr-proxy-private/firewall.lock',
        'flock 7',
        'nft -s list table inet confluent_dr_proxy >/run/table.nft',
        'nft delete table inet confluent_dr_proxy',
        'sleep 3',
        'nft -f /run/table.nft',
      ].join('\n'),
    );
    await roundsOfWatch(3);
    expect(await gone()).toBe(before);
    expect((await world.host.sh('nft list tables')).split('\n')).toContain('table inet confluent_dr_proxy');
  });
});
