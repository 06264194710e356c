import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClustersStack } from '../../../examples/two-stacks/clusters-stack';
import { ProxyStack } from '../../../examples/two-stacks/proxy-stack';
import { dr } from '../runbook/tool';
import { synthesizeStackInto, tfvars } from '../terraform/support/app';
import { checkpoint } from '../terraform/support/lab';
import { run, Workspace } from '../terraform/support/terraform';
import { Deployment } from './support/deployment';

const example = join(__dirname, '../../../examples/two-stacks');
const replaced = ['delete azurerm_virtual_machine_run_command', 'create azurerm_virtual_machine_run_command'];
const blocked = '-var=cc_failover_primary=true';

jest.setTimeout(900_000);

describe('examples/two-stacks', () => {
  let clusters: Deployment;
  let proxy: Workspace;
  let restoreProxy: () => Promise<void>;
  let made: { readonly calls: readonly unknown[]; readonly writes: readonly string[] };

  beforeAll(async () => {
    clusters = await Deployment.start({
      configure: (workspace) => synthesizeStackInto(workspace, (app) => new ClustersStack(app, 'clusters')),
    });
    const { stdout } = await clusters.workspace.must('output', '-json');
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    proxy = new Workspace(clusters.lab).write('terraform.tfvars.json', {
      subscription_id: tfvars.subscription_id,
      azure_region: 'westeurope',
      admin_public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample',
      primary_endpoints: outputs.primary_endpoints.value,
      secondary_endpoints: outputs.secondary_endpoints.value,
    });
    synthesizeStackInto(proxy, (app) => new ProxyStack(app, 'proxy'));
    clusters.forgetCalls();
    await proxy.init();
    await proxy.apply();
    made = { calls: clusters.calls(), writes: clusters.writes() };
    clusters = await clusters.keep();
    restoreProxy = await checkpoint(clusters.lab, proxy.statePath);
  });

  beforeEach(async () => {
    await clusters.restore();
    await restoreProxy();
  });

  afterAll(async () => {
    proxy.remove();
    await clusters.end();
  });

  test('deploys the proxy without a single call to Confluent', async () => {
    expect(made.calls).toEqual([]);
    expect(made.writes).toContain('create azurerm_virtual_machine_run_command');
    expect(made.writes.filter((write) => write.includes('confluent'))).toEqual([]);
    expect(await proxy.detailedExitCode()).toBe(0);
  });

  test('is turned by a failover of the other stack once the mirrors have turned, and back by the failback', async () => {
    const { lab, workspace } = clusters;
    const places = ['--from', workspace.folder, '--proxy-from', proxy.folder];
    const tool = (...words: readonly string[]) => dr([...words, ...places], workspace.folder, lab.env);
    const active = async () => {
      const { stdout } = await proxy.must('output', '-json', 'runbook');
      return (JSON.parse(stdout) as { active_member: string }).active_member;
    };
    for (const [command, from, to] of [
      ['failover', 'primary', 'secondary'],
      ['failback', 'secondary', 'primary'],
    ]) {
      clusters.forgetCalls();
      // This lab runs no nginx through which it could be seen.
      const { exitCode, stdout } = await tool(command, '--planned', '--yes', '--no-proof', '--json');
      expect([exitCode, (JSON.parse(stdout) as { proxy: object }).proxy]).toEqual([
        0,
        expect.objectContaining({ from, to, result: 'redirected' }),
      ]);
      expect(clusters.writes()).toEqual(replaced);
      expect(await active()).toBe(to);
      const { stdout: status } = await tool('status', '--json');
      expect((JSON.parse(status) as { access: string }).access).toBe(to);
    }
    expect(await proxy.detailedExitCode()).toBe(0);
  });

  test('toggles with refresh while all of Confluent is away, and calls nobody', async () => {
    const { primary, secondary } = clusters.lab.cloud.sample!;
    for (const target of ['control-plane', ...[primary, secondary].flatMap((one) => [one.clusterId, one.registryId])]) {
      await clusters.operator.fault({ kind: 'refused', target });
    }
    clusters.forgetCalls();
    expect((await clusters.tryPlan('-refresh=false')).errors).toContain('no answer after all attempts');
    clusters.forgetCalls();
    await proxy.apply(blocked);
    expect(clusters.writes()).toEqual(replaced);
    expect(await proxy.detailedExitCode(blocked)).toBe(0);
    await proxy.apply();
    expect(clusters.calls()).toEqual([]);
    expect(clusters.lab.operations.all().filter(({ type }) => !type.startsWith('azurerm_'))).toEqual([]);
  });

  test('has a toggle whose plan fits one screen and shows what is taken away', async () => {
    const plan = await proxy.readablePlan('-refresh=false', blocked);
    expect(plan.length).toBeLessThanOrEqual(40);
    const text = plan.join('\n');
    expect(text).toMatch(/name  = "OUTAGE_PRIMARY"\n +~ value = "none" -> "reject"/);
    expect(text).toContain('Plan: 1 to add, 0 to change, 1 to destroy.');
  });

  test('is synthesized by the command of its cdktf.json', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'two-stacks-'));
    const { app } = JSON.parse(readFileSync(join(example, 'cdktf.json'), 'utf8')) as { app: string };
    const [command, ...args] = app.split(' ');
    const { exitCode, text } = await run(command, args, example, { ...process.env, CDKTF_OUTDIR: outdir });
    const stack = readFileSync(join(outdir, 'stacks/proxy/cdk.tf.json'), 'utf8');
    rmSync(outdir, { recursive: true, force: true });
    expect({ exitCode, text }).toEqual({ exitCode: 0, text: '' });
    const { terraform, provider } = JSON.parse(stack) as Record<string, Record<string, object>>;
    expect(Object.keys(provider)).toEqual(['azurerm']);
    expect(Object.keys(terraform.required_providers)).toEqual(['azurerm']);
  });
});
