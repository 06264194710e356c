import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessPointStack } from '../../../examples/access-point/access-point-stack';
import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { synthesizeStackInto, tfvars } from '../terraform/support/app';
import { startLabOfTfvars } from '../terraform/support/lab';
import { Operator } from '../terraform/support/operator';
import { requireTerraform, run, Workspace } from '../terraform/support/terraform';

const example = join(__dirname, '../../../examples/access-point');
const points = { primary_access_point: 'ap-abc123', secondary_access_point: 'ap-def456' };

jest.setTimeout(900_000);

describe('examples/access-point', () => {
  let lab: Lab;
  let workspace: Workspace;

  beforeAll(async () => {
    requireTerraform();
    lab = await startLabOfTfvars();
    const operator = new Operator(lab);
    for (const role of ['primary', 'secondary'] as const) {
      const { clusterId, registryId } = lab.cloud.sample![role];
      const id = points[`${role}_access_point`];
      await operator.laboratory('POST', `/clusters/${clusterId}/access-points`, { id });
      await operator.laboratory('POST', `/registries/${registryId}/private-regions`, { region: 'westeurope' });
    }
    workspace = new Workspace(lab).write('terraform.tfvars.json', { ...tfvars, ...points });
    synthesizeStackInto(workspace, (app) => new AccessPointStack(app, 'orders'));
    await workspace.init();
  });

  afterAll(async () => {
    workspace?.remove();
    await lab?.stop();
  });

  test('names an access point that the cluster lacks with those that it has, before anything is made', async () => {
    const { exitCode, errors } = await workspace.terraform('plan', '-input=false', '-var=primary_access_point=ap-zzz');
    expect(exitCode).toBe(1);
    expect(errors).toMatch(/primary_access_point: received 'ap-zzz', allowed: an access point .*: ap-abc123[.]/);
  });

  test('is applied: clients are told the access points, links keep the clusters’ own endpoints', async () => {
    await workspace.apply();
    expect(await workspace.detailedExitCode()).toBe(0);
    const { stdout } = await workspace.must('output', '-json');
    const { bootstrap_endpoints: endpoints, bootstrap_hosts: hosts } = JSON.parse(stdout) as Record<
      string,
      { value: string[] }
    >;
    const { cc_primary_cluster_id: primary, cc_secondary_cluster_id: secondary } = tfvars;
    expect(hosts.value).toEqual([
      expect.stringMatching(new RegExp(`^${primary}-apabc123[.]\\w+[.]azure[.]accesspoint[.]glb[.]confluent[.]cloud$`)),
      expect.stringMatching(new RegExp(`^${secondary}-apdef456[.]`)),
    ]);
    expect(endpoints.value).toEqual(hosts.value.map((host) => `${host}:9092`));
    const dialled = await lab.cloud.observe(({ clusterLinks }) =>
      [...clusterLinks.values()].flatMap(({ sides }) =>
        [...sides.values()].map(({ settings }) => settings.get('bootstrap.servers')),
      ),
    );
    expect(dialled).toHaveLength(2);
    dialled.forEach((bootstrap) => expect(bootstrap).toMatch(/^SASL_SSL:[/][/]pkc-/));
    expect(await new Operator(lab, undefined, 'orders-dr').mirrors('secondary')).toEqual({ orders: 'ACTIVE' });
  });

  test('is synthesized by the command of its cdktf.json', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'access-point-'));
    const { app } = JSON.parse(readFileSync(join(example, 'cdktf.json'), 'utf8')) as { app: string };
    const [command, ...args] = app.split(' ');
    const { exitCode, text } = await run(command, args, example, { ...process.env, CDKTF_OUTDIR: outdir });
    rmSync(outdir, { recursive: true, force: true });
    expect({ exitCode, text }).toEqual({ exitCode: 0, text: '' });
  });
});
