import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TerraformStack } from 'cdktf';
import { type Construct } from 'constructs';
import { NetworksStack } from '../../../examples/private-standby/networks-stack';
import { PeeredNetworkStack } from '../../../examples/private-standby/peered-network-stack';
import { StandbyStack } from '../../../examples/private-standby/standby-stack';
import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { dr } from '../runbook/tool';
import { synthesizeStackInto, tfvars } from '../terraform/support/app';
import { checkpoint, startLabOfTfvars } from '../terraform/support/lab';
import { requireTerraform, run, Workspace } from '../terraform/support/terraform';

const example = join(__dirname, '../../../examples/private-standby');
const ENDPOINT = '/subscriptions/a/resourceGroups/hub/providers/Microsoft.Network/privateEndpoints/confluent';

jest.setTimeout(900_000);

describe('examples/private-standby', () => {
  let lab: Lab;
  let networks: Workspace;
  let restore: () => Promise<void>;

  const workspace = (values: object = {}) =>
    new Workspace(lab).write('terraform.tfvars.json', { ...tfvars, ...values });
  const synthesized = (
    into: Workspace,
    build: (app: Construct) => TerraformStack,
    context: Record<string, unknown> = {},
  ) => synthesizeStackInto(into, build, { context });
  const outputsOf = async (of: Workspace): Promise<Record<string, { value: string }>> =>
    JSON.parse((await of.must('output', '-json')).stdout) as Record<string, { value: string }>;

  beforeAll(async () => {
    requireTerraform();
    lab = await startLabOfTfvars();
    networks = workspace();
    synthesized(networks, (app) => new NetworksStack(app, 'networks'));
    await networks.init();
    await networks.apply();
    restore = await checkpoint(lab, networks.statePath);
  });

  beforeEach(async () => {
    await restore();
    synthesized(networks, (app) => new NetworksStack(app, 'networks'));
  });

  afterAll(async () => {
    networks?.remove();
    await lab?.stop();
  });

  test('networks: an endpoint is let in by one more apply, which changes nothing else', async () => {
    expect((await outputsOf(networks)).enterprise_alias.value).toMatch(/privatelinkservice$/);
    expect((await outputsOf(networks)).enterprise_domain.value).toBe('northeurope.azure.private.confluent.cloud');
    synthesized(networks, (app) => new NetworksStack(app, 'networks'), { privateEndpointIds: [ENDPOINT] });
    expect(Object.values((await networks.plan()).changes())).toEqual(['create']);
    await networks.applyPlan();
    expect(await networks.detailedExitCode()).toBe(0);
  });

  test('peered-network: a dedicated standby is made in a network that is joined with one of ours', async () => {
    const virtualNetwork = '/subscriptions/a/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub';
    const peered = workspace({ tenant_id: tfvars.subscription_id, virtual_network_id: virtualNetwork });
    synthesized(peered, (app) => new PeeredNetworkStack(app, 'peered-network'));
    await peered.init();
    await peered.apply();
    expect(await peered.detailedExitCode()).toBe(0);
    const standby = workspace({ network_id: (await outputsOf(peered)).network_id.value });
    synthesized(standby, (app) => new StandbyStack(app, 'dedicated'));
    await standby.init();
    await standby.apply();
    expect(await standby.detailedExitCode()).toBe(0);
    await standby.must('destroy', '-input=false', '-auto-approve');
    standby.remove();
    await peered.must('destroy', '-input=false', '-auto-approve');
    peered.remove();
  });

  test.each(['enterprise', 'dedicated'] as const)(
    '%s: the standby connects, and a failover and the failback leave nothing to do',
    async (kind) => {
      const standby = workspace({ network_id: (await outputsOf(networks)).network_id.value });
      synthesized(standby, (app) => new StandbyStack(app, kind));
      await standby.init();
      await standby.apply();
      const links = await lab.cloud.observe(({ clusterLinks }) =>
        [...clusterLinks.values()].map(({ sides }) =>
          [...sides.values()].map(({ clusterId, settings }) => [
            clusterId === tfvars.cc_primary_cluster_id ? 'primary' : 'secondary',
            settings.get('connection.mode'),
            settings.has('sasl.jaas.config'),
          ]),
        ),
      );
      expect(links).toEqual([
        [
          ['primary', 'INBOUND', false],
          ['secondary', 'OUTBOUND', true],
        ],
      ]);
      const { exitCode, stdout } = await tool(standby, 'status', '--json');
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('"ACTIVE"')]);
      for (const command of ['failover', 'failback']) {
        expect(await tool(standby, command, '--planned', '--yes')).toMatchObject({ exitCode: 0 });
        expect(await standby.detailedExitCode()).toBe(0);
      }
      await standby.must('destroy', '-input=false', '-auto-approve');
      standby.remove();
    },
  );

  test('a link that is made to connect from the public side is refused by the cloud', async () => {
    const standby = workspace();
    const turned = (json: string) => json.replace('"connection_mode": "INBOUND",', '');
    synthesizeStackInto(standby, (app) => new StandbyStack(app, 'enterprise'), { edit: turned });
    await standby.init();
    const { exitCode, errors } = await standby.terraform('apply', '-input=false', '-auto-approve');
    expect([exitCode, errors]).toEqual([1, expect.stringMatching(/lkc-\w+\s+cannot\s+be\s+reached/)]);
    await standby.must('destroy', '-input=false', '-auto-approve');
    standby.remove();
  });

  test('destroyed, it leaves no network', async () => {
    await networks.must('destroy', '-input=false', '-auto-approve');
    const left = await lab.cloud.observe((state) => [
      ...[state.networks, state.networkConnections, state.privateLinkAttachments, state.attachmentConnections].flatMap(
        (all) => [...all.keys()],
      ),
    ]);
    expect(left).toEqual([]);
  });

  test('is synthesized by the command of its cdktf.json', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'private-standby-'));
    const { app } = JSON.parse(readFileSync(join(example, 'cdktf.json'), 'utf8')) as { app: string };
    const [command, ...args] = app.split(' ');
    const { exitCode, text } = await run(command, args, example, { ...process.env, CDKTF_OUTDIR: outdir });
    rmSync(outdir, { recursive: true, force: true });
    expect({ exitCode, text }).toEqual({ exitCode: 0, text: '' });
  });

  const tool = (of: Workspace, ...words: readonly string[]) =>
    dr([...words, '--from', of.folder], of.folder, { ...lab.env, TF_DATA_DIR: join(of.folder, '.terraform') });
});
