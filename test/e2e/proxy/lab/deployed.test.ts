import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { synthesizeInto } from '../../terraform/support/app';
import { requireTerraform, type Run, Workspace } from '../../terraform/support/terraform';
import build from '../../build';
import { Tool } from '../../lab/tool';
import { eventually } from '../../../support/waiting';
import { mountsOf, processesOf } from './left-of';

jest.setTimeout(900_000);

interface LabStatus {
  readonly proxy: { readonly kind: string; readonly caFile: string; readonly httpsPort: number };
  readonly proxies: readonly {
    readonly address: string;
    readonly firstProcess: number;
    readonly status: { readonly instances: readonly { readonly name: string; readonly blocked: string }[] };
  }[];
}

const UNBLOCKED = 'primary none, secondary none, shared none';

describe('The default app in a lab with --proxy vm', () => {
  const tool = new Tool();
  const workspace = new Workspace({ env: {} });
  /** What the first apply put out. */
  let outputs: Record<string, { value: string }>;

  beforeAll(() => {
    requireTerraform();
    build();
    synthesizeInto(workspace);
  });

  beforeEach(async () => {
    if (!existsSync(tool.labFolder)) {
      await deploy();
    } else if ((await blocked()) !== UNBLOCKED) {
      await dr('unblock', '--yes');
    }
  });

  afterAll(async () => {
    await tool.remove();
    workspace.remove();
  });

  async function deploy(): Promise<void> {
    rmSync(workspace.statePath, { force: true });
    await must(['lab', 'up', '--proxy', 'vm']);
    await inLab('terraform', 'init', '-input=false');
    await inLab('terraform', 'apply', '-input=false', '-auto-approve');
    const { stdout } = await inLab('terraform', 'output', '-json');
    outputs = JSON.parse(stdout) as typeof outputs;
  }

  const must = async (words: readonly string[]): Promise<Run> => {
    const found = await tool.inFolder(workspace.folder, words);
    if (found.exitCode !== 0) {
      throw new Error(`${words.join(' ')} ended with ${found.exitCode}: ${found.text}\n${log()}`);
    }
    return found;
  };
  const log = (): string => readFileSync(`${tool.labFolder}/lab.log`, 'utf8');
  const inLab = (...command: readonly string[]): Promise<Run> => must(['lab', 'exec', '--', ...command]);
  const dr = (...words: readonly string[]): Promise<Run> => inLab(process.execPath, ...tool.argumentsFor(words));
  const status = (): Promise<LabStatus> => tool.json<LabStatus>('status');
  const machine = async (): Promise<LabStatus['proxies'][0]> => (await status()).proxies[0];
  const blocked = async (): Promise<string> =>
    (await machine()).status.instances.map((instance) => `${instance.name} ${instance.blocked}`).join(', ');

  /** What a command of the machine prints. */
  const onMachine = async (...command: readonly string[]): Promise<string> => {
    const enter = ['-t', String((await machine()).firstProcess), '-a', '--', ...command];
    const { status: code, stdout, stderr } = spawnSync('nsenter', enter, { encoding: 'utf8' });
    if (code !== 0) {
      throw new Error(`${command.join(' ')} ended with ${code}: ${stderr}`);
    }
    return stdout;
  };

  /** By the routes that are in force on it. */
  const hostOf = async (instance: 'primary' | 'secondary'): Promise<string> => {
    const routes = await onMachine('cat', '/etc/confluent-dr-proxy/current/routes.conf');
    const [, pattern] = new RegExp(String.raw`\^\(b\[0-9\]\+-\)\?(\S+)\\z" ${instance};`).exec(routes)!;
    return pattern.replaceAll('\\', '');
  };

  /** TLS to a cluster's REST API by the proxy; `hangs` where the limit passes without an answer. */
  const reach = async (instance: 'primary' | 'secondary', limitMs = 60_000): Promise<'open' | 'closed' | 'hangs'> => {
    const [servername, { proxy, proxies }] = await Promise.all([hostOf(instance), status()]);
    const socket = connect({
      ...{ host: proxies[0].address, port: proxy.httpsPort, servername },
      ca: readFileSync(proxy.caFile),
    });
    socket.on('error', () => undefined);
    const outcome = await new Promise<'open' | 'closed' | 'hangs'>((resolve) => {
      socket.once('secureConnect', () => resolve('open'));
      socket.once('close', () => resolve('closed'));
      setTimeout(() => resolve('hangs'), limitMs).unref();
    });
    socket.destroy();
    return outcome;
  };

  test('is what its script installs: real units under systemd, behind the VM’s address of the lab', async () => {
    expect((await status()).proxy.kind).toBe('vm');
    const { proxy_report: report, proxy_public_ip: told } = outputs;
    expect(report.value).toMatch(/^confluent-dr-proxy: release \w+: installed nginx libnginx-mod-stream nftables/);
    expect((await machine()).address).toBe(told.value);
    const units = await onMachine('systemctl', 'list-units', '--no-legend', '--plain', 'confluent-dr-proxy*');
    const running = [...units.matchAll(/^confluent-dr-proxy(\S+)\.service +loaded +active +running/gm)];
    expect(running.map(([, name]) => name).sort()).toEqual(
      ['-front', '-logs', '-watch', '@primary', '@secondary', '@shared'].sort(),
    );
    expect(await onMachine('nft', 'list', 'tables')).toBe('table inet confluent_dr_proxy\n');
    expect([await reach('primary'), await reach('secondary')]).toEqual(['open', 'open']);
  });

  test('is blocked by a toggle, which is proven through it, and stays so over a reboot', async () => {
    const { stdout } = await dr('block', '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ blocked: true, proof: { kind: 'proven' } });
    expect([await reach('primary'), await reach('secondary')]).toEqual(['closed', 'open']);
    const before = (await machine()).firstProcess;
    spawnSync('nsenter', ['-at', String(before), 'systemctl', 'reboot']);
    await eventually(
      async () => ({ now: (await machine()).firstProcess, secondary: await reach('secondary').catch(() => 'off') }),
      ({ now, secondary }) => now !== undefined && now !== before && secondary === 'open',
    );
    expect(await reach('primary')).toBe('closed');
    expect(await blocked()).toBe('primary reject, secondary none, shared none');
  });

  test('lets a black hole swallow what is sent, by the rules of its kernel', async () => {
    await dr('block', '--yes');
    const script = await onMachine('find', '/var/lib/waagent', '-name', 'script.sh', '-newer', '/etc/hostname');
    const wishes = ['OUTAGE_PRIMARY=blackhole', 'OUTAGE_SECONDARY=none', 'OUTAGE_SHARED=none'];
    const fences = ['FENCED_PRIMARY=false', 'FENCED_SECONDARY=false'];
    await onMachine('env', ...wishes, ...fences, 'bash', script.trim().split('\n').at(-1)!);
    expect(await blocked()).toBe('primary blackhole, secondary none, shared none');
    expect([await reach('primary', 1500), await reach('secondary')]).toEqual(['hangs', 'open']);
  });

  test('is let through again, and checked', async () => {
    await dr('block', '--yes');
    const { stdout } = await dr('unblock', '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ blocked: false, proof: { kind: 'proven' } });
    expect([await reach('primary'), await reach('secondary')]).toEqual(['open', 'open']);
    const { text } = await dr('check');
    expect(text.match(/through proxy: not tried \(kafka, schema-registry\), answers \(rest\)/g)).toHaveLength(2);
  });

  test('is gone with the lab: no process, mount or file is left', async () => {
    const name = readFileSync(
      join(
        tool.labFolder,
        'proxy',
        readdirSync(join(tool.labFolder, 'proxy')).find((file) => /^[0-9a-f]{8}$/.test(file))!,
        'machine',
      ),
      'utf8',
    );
    expect(processesOf(name)).not.toEqual([]);
    await must(['lab', 'down']);
    expect(processesOf(name, tool.labFolder)).toEqual([]);
    expect(mountsOf(tool.labFolder)).toEqual([]);
    expect(existsSync(tool.labFolder)).toBe(false);
  });
});
