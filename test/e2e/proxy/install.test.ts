import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderConvergeScript } from '../../../lib/proxy/rendering/render';
import { planOf, World } from './harness/world';

jest.setTimeout(240_000);

const PACKAGES = ['nginx', 'nginx-common', 'libnginx-mod-stream', 'nftables', 'logrotate'];

describe('on a machine without nginx', () => {
  let world: World;
  const folder = mkdtempSync(join(tmpdir(), 'install-'));

  beforeAll(async () => {
    const { status, stderr } = spawnSync('apt-get', ['-q', 'download', ...PACKAGES], { cwd: folder, encoding: 'utf8' });
    if (status !== 0 || readdirSync(folder).length !== PACKAGES.length) {
      throw new Error(`this test needs the packages ${PACKAGES.join(', ')} from apt (apt-get download): ${stderr}`);
    }
    world = await World.create();
    const resolvers = [world.host.worldAddress(1)];
    writeFileSync(join(folder, 'converge.sh'), renderConvergeScript(planOf({}, { resolvers })));
    await world.host.sh(
      `bash ${join(__dirname, 'fresh-root.sh')} ${folder} && cp ${folder}/converge.sh /mnt/root/root/`,
    );
  });
  afterAll(async () => {
    await world?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const converge = () => world.host.run(['chroot', '/mnt/root', 'bash', '--norc', '/root/converge.sh']);

  test('says which package is missing when apt has none, and changes nothing', async () => {
    await world.host.sh('mv /mnt/root/debs /mnt/root/no-debs; chroot /mnt/root apt-get -q update || true');
    const { status, stderr } = await converge();
    await world.host.sh('mv /mnt/root/no-debs /mnt/root/debs; chroot /mnt/root apt-get -q update');
    expect(stderr).toMatch(
      /^confluent-dr-proxy: cannot install nginx libnginx-mod-stream nftables logrotate, nothing was changed: /,
    );
    expect(status).toBe(1);
    expect(await world.host.sh('ls /mnt/root/etc | grep -c confluent || true')).toBe('0');
  });

  test("installs, waits for apt's lock, and leaves the ports to the proxy", async () => {
    const other = world.host.run([
      'chroot',
      '/mnt/root',
      'apt-get',
      '-q',
      '-y',
      '-o',
      'DPkg::Pre-Invoke::=sleep 6',
      'install',
      'logrotate',
    ]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { status, stdout, stderr } = await converge();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect((await other).status).toBe(0);
    expect(stdout).toMatch(
      /^confluent-dr-proxy: release \w+: installed nginx libnginx-mod-stream nftables.*; front started/,
    );
    expect(await world.host.sh("ss -ltnH | awk '{ print $4 }' | sort")).toBe('0.0.0.0:443\n0.0.0.0:9092');
    // Masked before the package came, or its own site would have been started.
    const [masked, installed] = (
      await world.host.sh('cd /mnt/root && stat -c %Z etc/systemd/system/nginx.service var/lib/dpkg/info/nginx.list')
    ).split('\n');
    expect(Number(masked)).toBeLessThan(Number(installed));
    expect(await world.host.sh('readlink /mnt/root/etc/systemd/system/nginx.service')).toBe('/dev/null');
    expect(await world.tryOpen('primary')).toBe('open');
  });
});
