import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOf, World } from './harness/world';

jest.setTimeout(60_000);

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

  test.each(['front', 'watch', 'logs', '@', 'blackhole@'])('keep the unit %s below an exposure of 3', (unit) => {
    const folder = mkdtempSync(join(tmpdir(), 'units-'));
    try {
      const name = `confluent-dr-proxy${unit === '@' ? '' : '-'}${unit}`;
      const file = join(folder, `${name}${unit.endsWith('@') ? 'primary' : ''}.service`);
      copyFileSync(join(templates, 'units', `${name}.service`), file);
      const options = ['security', '--offline=true', '--threshold=30', '--no-pager', file];
      const { status, stdout, stderr } = spawnSync('systemd-analyze', options, { encoding: 'utf8' });
      expect({ status, told: `${stdout}${stderr}` }).toEqual({
        status: 0,
        told: expect.stringMatching(/Overall exposure level for \S+: [0-2]\.\d/) as string,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('have units that systemd takes', async () => {
    const world = await World.create();
    try {
      await world.host.convergeWell(planOf());
      const { status, stdout, stderr } = await world.host.run([
        'bash',
        '--norc',
        '-c',
        'cd /etc/systemd/system && systemd-analyze verify --man=no ./confluent-dr-proxy-front.service ./confluent-dr-proxy@primary.service ./confluent-dr-proxy-watch.service ./confluent-dr-proxy-logs.service ./confluent-dr-proxy-blackhole@primary.service',
      ]);
      // systemd-analyze is needed: apt-get install systemd
      const ours = `${stdout}${stderr}`
        .split('\n')
        .filter((line) => line.includes('confluent-dr') || line.includes('not found'));
      expect({ status, ours }).toEqual({ status: 0, ours: [] });
    } finally {
      await world.dispose();
    }
  });
});
