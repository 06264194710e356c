import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { ActiveOnlyStack } from '../../../examples/active-only/active-only-stack';
import { InternalProxyStack } from '../../../examples/internal-proxy/internal-proxy-stack';
import { PrivateDnsStack } from '../../../examples/private-dns/private-dns-stack';
import { TwoVmsStack } from '../../../examples/two-proxy-vms/two-vms-stack';
import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { LabProxies } from '../../../packages/confluent-dr-lab/src/nginx/lab-proxies';
import { eventually } from '../../support/waiting';
import { checkpoint, startLabOfTfvars } from '../terraform/support/lab';
import { synthesizeStackInto, tfvars } from '../terraform/support/app';
import { requireTerraform, run, Workspace } from '../terraform/support/terraform';

const SSH_KEY = `ssh-ed25519 ${Buffer.from(`\0\0\0\x0bssh-ed25519\0\0\0\x20${'\0'.repeat(32)}`).toString('base64')}`;
const blocked = '-var=cc_failover_primary=true';
const COMMAND = 'azurerm_virtual_machine_run_command';

jest.setTimeout(900_000);

/** Whether a session to a name comes through to a server that shows a certificate. */
function shownAt(host: string, port: number, servername: string): Promise<'open' | 'closed'> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, servername, rejectUnauthorized: false, timeout: 20_000 });
    const end = (outcome: 'open' | 'closed') => {
      resolve(outcome);
      socket.destroy();
    };
    socket.on('secureConnect', () => end('open'));
    socket.on('error', () => end('closed'));
    socket.on('close', () => end('closed'));
    socket.on('timeout', () => end('closed'));
  });
}

describe('examples of proxies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-examples-'));
  let proxies: LabProxies;
  let lab: Lab;
  let restore: () => Promise<void>;
  let workspace: Workspace;
  let hosts: Record<'primary' | 'secondary', string>;

  beforeAll(async () => {
    requireTerraform();
    const found = await LabProxies.prepare({ folder: join(folder, 'proxies') });
    if (typeof found === 'string') {
      throw new Error(`This suite runs nginx as the lab does, and this machine has no ${found}.`);
    }
    proxies = found;
    lab = await startLabOfTfvars({ folder, proxies });
    const { primary, secondary } = lab.cloud.sample!;
    hosts = await lab.cloud.observe(({ kafkaClusters }) => ({
      primary: kafkaClusters.get(primary.clusterId)!.bootstrapHost,
      secondary: kafkaClusters.get(secondary.clusterId)!.bootstrapHost,
    }));
    restore = await checkpoint(lab);
  });

  afterAll(async () => {
    await lab?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    workspace = new Workspace(lab).write('terraform.tfvars.json', {
      subscription_id: tfvars.subscription_id,
      azure_region: 'westeurope',
      admin_public_key: SSH_KEY,
      primary_bootstrap: `${hosts.primary}:9092`,
      secondary_bootstrap: `${hosts.secondary}:9092`,
    });
  });

  afterEach(async () => {
    await workspace.must('destroy', '-input=false', '-auto-approve');
    workspace.remove();
    const left = lab.azure.idsBelow('/subscriptions');
    await restore();
    if (left.length > 0) {
      throw new Error(`After destroy Azure still has ${left.join(', ')}`);
    }
  });

  const outputs = async <T = string>(): Promise<Record<string, T>> => {
    const { stdout } = await workspace.must('output', '-json');
    const found = JSON.parse(stdout) as Record<string, { value: T }>;
    return Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value]));
  };
  const writes = (): string[] => lab.operations.writes().map(({ operation, type }) => `${operation} ${type}`);
  const shown = (address: string, role: 'primary' | 'secondary'): Promise<string> =>
    shownAt(address, proxies.httpsPort, hosts[role]);

  test('two-proxy-vms: from one VM to two and back, with the address and the first VM kept', async () => {
    const two = (instances?: number) =>
      synthesizeStackInto(workspace, (app) => new TwoVmsStack(app, 'proxy', { instances }));
    two(1);
    await workspace.init();
    await workspace.apply();
    const { proxy_public_ip: address } = await outputs();
    const [{ virtual_machine_id: first }] = lab.azure.all('azurerm_linux_virtual_machine');
    expect(await shown(address, 'primary')).toBe('open');

    two();
    lab.operations.clear();
    await workspace.apply();
    expect((await outputs()).proxy_public_ip).toBe(address);
    expect(writes()).not.toContain('delete azurerm_linux_virtual_machine');
    const machines = lab.azure.all('azurerm_linux_virtual_machine');
    expect(machines.map(({ name, zone }) => [name, zone])).toEqual([
      ['proxy-vm', '1'],
      ['proxy-vm-2', '2'],
    ]);
    expect(machines[0].virtual_machine_id).toBe(first);
    expect(await workspace.detailedExitCode()).toBe(0);
    expect(await shown(address, 'primary')).toBe('open');

    two(1);
    await workspace.apply();
    expect((await outputs()).proxy_public_ip).toBe(address);
    expect(lab.azure.all('azurerm_linux_virtual_machine')).toHaveLength(1);
    expect(lab.azure.all('azurerm_lb')).toEqual([]);
    expect(await shown(address, 'primary')).toBe('open');
  });

  test('two-proxy-vms: a toggle replaces the run command of each VM and nothing else, and each tells its state', async () => {
    synthesizeStackInto(workspace, (app) => new TwoVmsStack(app, 'proxy'));
    await workspace.init();
    await workspace.apply();
    const { proxy_public_ip: address } = await outputs();
    lab.operations.clear();
    await workspace.apply(blocked);
    expect(writes().sort()).toEqual([
      `create ${COMMAND}`,
      `create ${COMMAND}`,
      `delete ${COMMAND}`,
      `delete ${COMMAND}`,
    ]);
    expect(await workspace.detailedExitCode(blocked)).toBe(0);
    const lines = (await outputs()).proxy_report.split('\n');
    expect(lines.map((line) => line.split(': ')[0])).toEqual(['proxy-vm', 'proxy-vm-2']);
    for (const line of lines) {
      const { instances } = JSON.parse(line.slice(line.indexOf('{'))) as {
        instances: { name: string; blocked: string }[];
      };
      expect(instances.map(({ name, blocked: how }) => [name, how])).toEqual([
        ['primary', 'reject'],
        ['secondary', 'none'],
        ['shared', 'none'],
      ]);
    }
    // By turns: both VMs are asked.
    for (let session = 0; session < 4; session += 1) {
      expect([await shown(address, 'primary'), await shown(address, 'secondary')]).toEqual(['closed', 'open']);
    }
    // A front that is not there gets no session.
    const { pids } = (await proxies.show())[0];
    process.kill(pids.front!, 'SIGSTOP');
    try {
      // Most often the balancer has noticed it by then; a session that it gave to that front would take long.
      await sleep(1500);
      await eventually(
        async () => [await shown(address, 'secondary'), await shown(address, 'secondary')],
        (outcomes) => outcomes.every((outcome) => outcome === 'open'),
        { what: 'a balancer that has noticed it' },
      );
      for (let session = 0; session < 4; session += 1) {
        expect(await shown(address, 'secondary')).toBe('open');
      }
    } finally {
      process.kill(pids.front!, 'SIGCONT');
    }
  });

  test('active-only: clients are let in to one cluster, and have the hosts of both', async () => {
    synthesizeStackInto(workspace, (app) => new ActiveOnlyStack(app, 'proxy'));
    await workspace.init();
    await workspace.apply();
    const { proxy_public_ip: address } = await outputs();
    const { client_properties: settings } = await outputs<Record<string, string>>();
    expect(Object.keys(settings).sort()).toEqual(['java', 'kafkajs', 'librdkafka', 'platformatic']);
    const servers = `bootstrap.servers=${hosts.primary}:9092,${hosts.secondary}:9092`;
    expect([settings.java, settings.librdkafka].map((text) => text.split('\n')[0])).toEqual([servers, servers]);
    expect([await shown(address, 'primary'), await shown(address, 'secondary')]).toEqual(['open', 'closed']);

    lab.operations.clear();
    await workspace.apply('-var=cc_active=secondary');
    expect(writes().sort()).toEqual([`create ${COMMAND}`, `delete ${COMMAND}`]);
    expect([await shown(address, 'primary'), await shown(address, 'secondary')]).toEqual(['closed', 'open']);
    expect(await workspace.detailedExitCode('-var=cc_active=secondary')).toBe(0);
  });

  /** A network with a subnet, which the examples look up. */
  const startHub = async (): Promise<Workspace> => {
    const hub = new Workspace(lab).write('main.tf.json', {
      terraform: { required_providers: { azurerm: { source: 'hashicorp/azurerm' } }, backend: { local: {} } },
      provider: { azurerm: { subscription_id: tfvars.subscription_id, features: {} } },
      resource: {
        azurerm_resource_group: { hub: { name: 'rg-hub', location: 'westeurope' } },
        azurerm_virtual_network: {
          hub: {
            ...{ name: 'hub', location: 'westeurope', address_space: ['10.1.0.0/16'] },
            resource_group_name: '${azurerm_resource_group.hub.name}',
          },
        },
        azurerm_subnet: {
          proxy: {
            ...{ name: 'proxy', address_prefixes: ['10.1.9.0/24'] },
            resource_group_name: '${azurerm_resource_group.hub.name}',
            virtual_network_name: '${azurerm_virtual_network.hub.name}',
          },
        },
      },
    });
    await hub.init();
    await hub.apply();
    return hub;
  };

  test('internal-proxy: a private address in a network that is there, and no public one', async () => {
    const hub = await startHub();
    synthesizeStackInto(workspace, (app) => new InternalProxyStack(app, 'proxy'));
    await workspace.init();
    await workspace.apply();
    const { proxy_address: address } = await outputs();
    expect(await workspace.detailedExitCode()).toBe(0);
    expect(lab.azure.all('azurerm_public_ip')).toEqual([]);
    const [balancer] = lab.azure.all('azurerm_lb');
    expect(balancer.private_ip_address).toBe(address);
    expect(await shown(address, 'secondary')).toBe('open');
    await workspace.apply(blocked);
    expect([await shown(address, 'primary'), await shown(address, 'secondary')]).toEqual(['closed', 'open']);
    await workspace.must('destroy', '-input=false', '-auto-approve');
    await hub.must('destroy', '-input=false', '-auto-approve');
    hub.remove();
  });

  test('private-dns: a zone for each name leads the clients’ network to the proxy', async () => {
    const hub = await startHub();
    synthesizeStackInto(workspace, (app) => new PrivateDnsStack(app, 'proxy'));
    await workspace.init();
    await workspace.apply();
    const { proxy_public_ip: address } = await outputs();
    expect(await workspace.detailedExitCode()).toBe(0);
    const names = Object.values(hosts).flatMap((host) => [
      host,
      ...[0, 1, 2, 3, 4, 5].map((index) => `b${index}-${host}`),
    ]);
    expect(
      lab.azure
        .all('azurerm_private_dns_zone')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names.sort());
    const [network] = lab.azure.all('azurerm_virtual_network').filter(({ name }) => name === 'hub');
    const links = lab.azure.all('azurerm_private_dns_zone_virtual_network_link');
    expect(new Set(links.map(({ virtual_network_id: id }) => id))).toEqual(new Set([network.id]));
    expect(links).toHaveLength(names.length);
    const records = lab.azure.all('azurerm_private_dns_a_record');
    expect(records.map(({ fqdn }) => fqdn).sort()).toEqual(names.map((name) => `${name}.`).sort());
    expect(records.map(({ records: found }) => found)).toEqual(names.map(() => [address]));
    await workspace.must('destroy', '-input=false', '-auto-approve');
    await hub.must('destroy', '-input=false', '-auto-approve');
    hub.remove();
  });
});

test.each(['two-proxy-vms', 'active-only', 'internal-proxy', 'private-dns'])(
  '%s is synthesized by the command of its cdktf.json',
  async (name) => {
    const example = join(__dirname, '../../../examples', name);
    const outdir = mkdtempSync(join(tmpdir(), 'example-'));
    const { app } = JSON.parse(readFileSync(join(example, 'cdktf.json'), 'utf8')) as { app: string };
    const [command, ...args] = app.split(' ');
    const { exitCode, text } = await run(command, args, example, { ...process.env, CDKTF_OUTDIR: outdir });
    const stack = readFileSync(join(outdir, 'stacks/proxy/cdk.tf.json'), 'utf8');
    rmSync(outdir, { recursive: true, force: true });
    expect({ exitCode, text }).toEqual({ exitCode: 0, text: '' });
    expect(Object.keys((JSON.parse(stack) as { provider: object }).provider)).toEqual(['azurerm']);
  },
);
