import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { planOf, World } from './harness/world';

const templates = join(__dirname, '..', '..', '..', 'nginx-templates');

describe('the files of the proxy', () => {
  test('are clean by shellcheck', () => {
    const scripts = ['bin/confluent-dr-proxy', 'converge/main.sh'].map((name) => join(templates, name));
    const { status, stdout, error } = spawnSync('shellcheck', ['-x', '-a', '-P', 'SCRIPTDIR', ...scripts], {
      encoding: 'utf8',
    });
    // shellcheck is needed: apt-get install shellcheck
    expect({ status, stdout, error }).toEqual({ status: 0, stdout: '', error: undefined });
  });
});

describe('the units of the proxy', () => {
  const units = ['-front', '-watch', '-logs', '@primary', '-blackhole@primary'].map(
    (unit) => `confluent-dr-proxy${unit}.service`,
  );
  let world: World;

  beforeAll(async () => {
    world = await World.create();
    await world.host.convergeWell(planOf({ primary: { outage: 'blackhole' } }));
  });
  afterAll(() => world?.dispose());

  test('are taken by systemd without a word', async () => {
    const { status, stdout, stderr } = await world.host.run(['systemd-analyze', 'verify', '--man=no', ...units]);
    const ours = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('confluent-dr'));
    expect({ status, ours }).toEqual({ status: 0, ours: [] });
  });

  test.each(units)('%s runs, with an exposure below 3', async (unit) => {
    expect(await world.host.sh(`systemctl show --property ActiveState --value ${unit}`)).toBe('active');
    const security = ['systemd-analyze', 'security', '--threshold=30', '--no-pager', unit];
    const { status, stdout } = await world.host.run(security);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/Overall exposure level for \S+: [0-2]\.\d/) as string,
    });
  });

  test('leave no complaint in the journal but that of a limit the test machine has', async () => {
    const lines = await world.host.sh(
      "journalctl --no-pager -q -b -p warning -o cat -u 'confluent-dr-proxy*' | grep -v 'setrlimit(RLIMIT_NOFILE' || true",
    );
    expect(lines).toBe('');
  });

  test('run all of it as users of their own, without a capability more than their work needs', async () => {
    const main = async (unit: string): Promise<string> => {
      const pid = await world.host.mainPid(unit);
      return world.host.sh(`ps -o user= -p ${pid}; grep -E '^(CapEff|NoNewPrivs):' /proc/${pid}/status | cut -f 2`);
    };
    // CAP_DAC_READ_SEARCH is bit 2, CAP_NET_BIND_SERVICE bit 10, CAP_NET_ADMIN bit 12.
    expect(await main('confluent-dr-proxy-front.service')).toMatch(/^conflue\S+\n0000000000000400\n1$/);
    expect(await main('confluent-dr-proxy@primary.service')).toMatch(/^cdr-pri\S+\n0000000000000000\n1$/);
    expect(await main('confluent-dr-proxy-watch.service')).toMatch(/^root\n0000000000001004\n1$/);
  });
});
