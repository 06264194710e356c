import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { synthesizeInto, tfvars } from './support/app';
import {
  azureAddresses,
  confluentAddresses,
  createdClusterAddresses,
  dataAddresses,
  exporterAddresses,
  indexedAddresses,
} from './support/original-addresses';
import { startLabOfTfvars } from './support/lab';
import { Operator } from './support/operator';
import { requireTerraform, Workspace } from './support/terraform';

jest.setTimeout(900_000);

const ours = (addresses: readonly string[]) => addresses.map((address) => indexedAddresses[address] ?? address);

describe('the tfvars workflow', () => {
  let lab: Lab;
  let workspace: Workspace;

  beforeAll(requireTerraform);

  beforeEach(async () => {
    lab = await startLabOfTfvars();
    workspace = new Workspace(lab).write('terraform.tfvars.json', tfvars);
    synthesizeInto(workspace);
    await workspace.init();
  });

  afterEach(async () => {
    workspace.remove();
    await lab.stop();
  });

  test('plans every address of the original, and adopts the clusters', async () => {
    const plan = await workspace.plan();
    expect(plan.addresses()).toEqual(
      expect.arrayContaining([...ours([...confluentAddresses, ...exporterAddresses]), ...azureAddresses]),
    );
    expect(plan.addresses()).not.toEqual(expect.arrayContaining(createdClusterAddresses.slice(0, 1)));
    expect(plan.dataAddresses()).toEqual(expect.arrayContaining(dataAddresses));
  });

  test('has no Confluent resource that the original had not', async () => {
    const known = [...ours([...confluentAddresses, ...exporterAddresses]), ...createdClusterAddresses];
    const plan = await workspace.plan('-var=cc_use_existing_clusters=false');
    expect(
      plan
        .addresses()
        .filter((address) => address.startsWith('confluent_'))
        .sort(),
    ).toEqual([...known].sort());
  });

  test('creates clusters only where they are not adopted', async () => {
    const plan = await workspace.plan('-var=cc_use_existing_clusters=false');
    expect(plan.changes()).toMatchObject(
      Object.fromEntries(createdClusterAddresses.map((address) => [address, 'create'])),
    );
  });

  test('exports no schemas from a registry to itself, when the members share an environment', async () => {
    const shared = { ...tfvars, cc_env_secondary: tfvars.cc_env_primary };
    const labOfOneEnvironment = await startLabOfTfvars({}, shared);
    const other = new Workspace(labOfOneEnvironment).write('terraform.tfvars.json', shared);
    synthesizeInto(other);
    await other.init();
    const plan = await other.plan();
    other.remove();
    await labOfOneEnvironment.stop();
    expect(plan.addresses()).toContain('confluent_kafka_mirror_topic.secondary');
    expect(plan.addresses().filter((address) => address.includes('schema_exporter'))).toEqual([]);
  });

  test.each([
    ['adopted', 'true'],
    ['created', 'false'],
  ])('is applied once and then plans nothing, with clusters %s', async (_, useExisting) => {
    const variable = `-var=cc_use_existing_clusters=${useExisting}`;
    await workspace.apply(variable);
    expect((await workspace.plan(variable)).changes()).toEqual({});
    expect(await workspace.detailedExitCode(variable)).toBe(0);
  });

  test('gives the outputs of the original, secrets hidden', async () => {
    await workspace.apply();
    const { stdout } = await workspace.must('output', '-json');
    const outputs = JSON.parse(stdout) as Record<string, { sensitive: boolean; value: Record<string, string> }>;
    const cluster = ['bootstrap_endpoint', 'cluster_api_key', 'cluster_api_secret', 'cluster_id', 'region'];
    expect(Object.keys(outputs.primary_cluster.value).sort()).toEqual([...cluster, 'topic']);
    expect(Object.keys(outputs.secondary_cluster.value).sort()).toEqual(cluster);
    expect(outputs.primary_cluster).toMatchObject({
      sensitive: true,
      value: { cluster_id: 'lkc-aaaaa', region: 'westeurope', topic: 'active-passive-a' },
    });
    expect(outputs.secondary_cluster.sensitive).toBe(true);
    expect(outputs.proxy_public_ip).toMatchObject({
      sensitive: false,
      value: expect.stringMatching(/^(192\.0\.2|198\.51\.100|203\.0\.113)\./) as string,
    });
  });

  test('prints no secret in a plan or an apply', async () => {
    const { text } = await workspace.apply();
    const secrets = [tfvars.cc_cloud_api_secret, tfvars.client_secret, tfvars.admin_password, 'secret-of-'];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  test('is torn down completely', async () => {
    await workspace.apply();
    await workspace.apply('-destroy');
    expect(workspace.state().resources).toEqual([]);
  });

  test('touches no Confluent resource when the partitions of a topic have grown on the cluster', async () => {
    await workspace.apply();
    await new Operator(lab).kafka('primary', 'PATCH', '/topics/active-passive-a', { partitions_count: 12 });
    expect((await workspace.plan()).changes()).toEqual({});
  });

  test('does not fight over the status of a mirror after a failover', async () => {
    await workspace.apply();
    const operator = new Operator(lab);
    await operator.operate('secondary', 'failover', 'active-passive-a');
    await operator.until('secondary', 'active-passive-a', 'STOPPED');
    expect((await workspace.plan()).changes()).toEqual({});
  });
});
