import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OneIdentityStack } from '../../../examples/one-identity/one-identity-stack';
import { ApiKeys } from '../../../lib';
import { synthesizeStackInto, tfvars } from '../terraform/support/app';
import { Operator } from '../terraform/support/operator';
import { run, type Workspace } from '../terraform/support/terraform';
import { Deployment } from './support/deployment';

const example = join(__dirname, '../../../examples/one-identity');

jest.setTimeout(900_000);

const withKeys = (keys?: ApiKeys) => (workspace: Workspace) =>
  synthesizeStackInto(workspace, (app) => new OneIdentityStack(app, 'orders', keys));

describe('examples/one-identity', () => {
  let drill: Deployment;

  beforeAll(async () => {
    drill = await Deployment.start({ configure: withKeys(ApiKeys.managed()) });
  });

  beforeEach(() => drill.restore());

  afterAll(() => drill.end());

  /** The keys of the service account, as their resources, and those that the links use. */
  const keys = () =>
    drill.lab.cloud.observe(({ apiKeys, clusterLinks }) => {
      const own = [...apiKeys.values()].filter(({ ownerId }) => ownerId === tfvars.cc_service_account);
      const jaas = [...clusterLinks.values()]
        .flatMap(({ sides }) => [...sides.values()])
        .flatMap(({ settings }) => [settings.get('sasl.jaas.config'), settings.get('local.sasl.jaas.config')])
        .map((text) => /username="([^"]+)"/.exec(text ?? '')?.[1]);
      const kinds = own.map(({ resource }) => resource.kind).sort();
      return { kinds, kafka: own.filter(({ resource }) => resource.kind === 'Global').map(({ id }) => id), jaas };
    });

  test('from a key for each cluster to one for both: links get it in place, the others go, and it fails over', async () => {
    withKeys()(drill.workspace);
    const changes = (await drill.workspace.plan()).changes();
    expect(Object.entries(changes).filter(([, action]) => action === 'replace')).toEqual([]);
    await drill.workspace.applyPlan();
    expect(await drill.workspace.detailedExitCode()).toBe(0);
    const { kinds, kafka, jaas } = await keys();
    expect(kinds).toEqual(['Global', 'SchemaRegistry', 'SchemaRegistry']);
    expect(new Set(jaas)).toEqual(new Set(kafka));

    const { primary, secondary } = drill.lab.cloud.sample!;
    const { stdout } = await drill.workspace.must('output', '-json');
    const outputs = JSON.parse(stdout) as Record<'client_api_key' | 'client_api_secret', { value: string }>;
    const client = { key: outputs.client_api_key.value, secret: outputs.client_api_secret.value };
    const of = ({ clusterId }: { clusterId: string }) => ({ clusterId, kafka: client });
    const operator = new Operator(drill.lab, { primary: of(primary), secondary: of(secondary) }, 'orders-dr');
    await operator.switchOverTo('secondary', 'orders');
    expect(await drill.workspace.detailedExitCode()).toBe(0);
    await operator.switchOverTo('primary', 'orders');
    expect(await drill.workspace.detailedExitCode()).toBe(0);
  });

  test('is synthesized by the command of its cdktf.json', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'one-identity-'));
    const { app } = JSON.parse(readFileSync(join(example, 'cdktf.json'), 'utf8')) as { app: string };
    const [command, ...args] = app.split(' ');
    const { exitCode, text } = await run(command, args, example, { ...process.env, CDKTF_OUTDIR: outdir });
    rmSync(outdir, { recursive: true, force: true });
    expect({ exitCode, text }).toEqual({ exitCode: 0, text: '' });
  });
});
