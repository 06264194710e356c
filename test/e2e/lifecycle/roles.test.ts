import { TerraformStack } from 'cdktf';
import {
  ApiKeys,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  type ConfluentClusterPairProps,
  ServiceAccountRoles,
  TopicPattern,
} from '../../../lib';
import { addFault, removeFault } from '../../../packages/confluent-dr-lab/src/cloud/state';
import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { synthesizeInto, synthesizeStackInto, type Tfvars, tfvars } from '../terraform/support/app';
import { checkpoint, startLabOfTfvars } from '../terraform/support/lab';
import { requireTerraform, Workspace } from '../terraform/support/terraform';
import { secret } from './support/pair-app';

jest.setTimeout(900_000);

const oneEnvironment = { ...tfvars, cc_env_secondary: tfvars.cc_env_primary };

type PropsOf = Partial<ConfluentClusterPairProps> | ((stack: TerraformStack) => Partial<ConfluentClusterPairProps>);

/** A stack of pairs by their ids, all of one account and on the same two clusters. */
function pairsApp(pairs: Record<string, PropsOf>, values: Tfvars = tfvars) {
  return (workspace: Workspace) =>
    synthesizeStackInto(workspace, (app) => {
      const stack = new TerraformStack(app, 'pairs');
      new ConfluentCloudProvider(stack, 'Confluent', {
        cloudApiKey: secret(stack, 'cc_cloud_api_key'),
        cloudApiSecret: secret(stack, 'cc_cloud_api_secret'),
      });
      for (const [id, props] of Object.entries(pairs)) {
        const pair = new ConfluentClusterPair(stack, id, {
          serviceAccountId: values.cc_service_account,
          primary: {
            environmentId: values.cc_env_primary,
            cluster: ClusterSource.existing(values.cc_primary_cluster_id),
          },
          secondary: {
            environmentId: values.cc_env_secondary,
            cluster: ClusterSource.existing(values.cc_secondary_cluster_id),
          },
          ...(typeof props === 'function' ? props(stack) : props),
        });
        pair.grantConsume(`User:${values.cc_service_account}`, TopicPattern.literal('orders'), 'billing');
      }
      return stack;
    });
}

const rolesOf = ({ cloud }: Lab) =>
  cloud.perform(({ roleBindings }) =>
    [...roleBindings.values()]
      .map(({ principal, roleName, crnPattern }) => `${principal} ${roleName} ${crnPattern}`)
      .sort(),
  );
const aclsOf = ({ cloud }: Lab) =>
  cloud.perform(({ kafkaClusters }) => [...kafkaClusters.values()].map(({ id, acls }) => [id, [...acls].length]));
/** What is to be done with roles and ACLs. */
const planned = async (workspace: Workspace) =>
  Object.entries((await workspace.plan()).changes()).filter(([address]) => /^confluent_(role|kafka_acl)/.test(address));

describe('both members in one environment', () => {
  let lab: Lab;
  let workspace: Workspace;

  beforeEach(async () => {
    requireTerraform();
    lab = await startLabOfTfvars({}, oneEnvironment);
    workspace = new Workspace(lab).write('terraform.tfvars.json', oneEnvironment);
  });

  afterEach(async () => {
    workspace.remove();
    await lab.stop();
  });

  test.each([
    ['the default app, by its variables', synthesizeInto],
    ['a stack that names them', pairsApp({ Pair: {} }, oneEnvironment)],
  ])('deploy and go again with %s: the role on their registry is made once', async (_, configure) => {
    const before = await rolesOf(lab);
    configure(workspace);
    await workspace.init();
    await workspace.apply();
    const made = (await rolesOf(lab)).filter((role) => !before.includes(role));
    expect(made).toHaveLength(9);
    expect(made.filter((role) => role.endsWith('/subject=*'))).toHaveLength(1);
    expect(await workspace.detailedExitCode()).toBe(0);
    await workspace.apply('-destroy');
    expect(workspace.state().resources).toEqual([]);
    expect(await rolesOf(lab)).toEqual(before);
  });
});

describe('roles and ACLs of one account', () => {
  let lab: Lab;
  let workspace: Workspace;
  let before: string[];
  let restore: () => Promise<void>;

  beforeAll(async () => {
    requireTerraform();
    lab = await startLabOfTfvars();
    before = await rolesOf(lab);
    workspace = new Workspace(lab).write('terraform.tfvars.json', tfvars);
    pairsApp({ One: {} })(workspace);
    await workspace.init();
    await workspace.apply();
    restore = await checkpoint(lab, workspace.statePath);
  });

  beforeEach(() => restore());

  afterAll(async () => {
    workspace.remove();
    await lab.stop();
  });

  test.each([['One'], ['Two']])(
    'are made once for two pairs, and stay when %s is taken out of the code',
    async (gone) => {
      const [roles, acls] = [await rolesOf(lab), await aclsOf(lab)];
      pairsApp({ One: {}, Two: {} })(workspace);
      expect(await planned(workspace)).toEqual([]);
      await workspace.apply();
      expect(await workspace.detailedExitCode()).toBe(0);

      pairsApp({ [gone === 'One' ? 'Two' : 'One']: {} })(workspace);
      expect((await planned(workspace)).filter(([, action]) => action !== 'update')).toEqual([]);
      await workspace.apply();
      expect(await rolesOf(lab)).toEqual(roles);
      expect(await aclsOf(lab)).toEqual(acls);
      expect(await workspace.detailedExitCode()).toBe(0);

      await workspace.apply('-destroy');
      expect(await rolesOf(lab)).toEqual(before);
    },
  );

  test('are those of somebody else where the code says so: none is made, and those that were made are forgotten', async () => {
    const roles = await rolesOf(lab);
    const existing = { One: { roles: ServiceAccountRoles.existing() } };
    pairsApp(existing)(workspace);
    expect([...new Set((await planned(workspace)).map(([, action]) => action))]).toEqual(['forget']);
    await workspace.apply();
    expect(await workspace.detailedExitCode()).toBe(0);
    await workspace.apply('-destroy');
    expect(await rolesOf(lab)).toEqual(roles);

    await workspace.apply();
    expect(workspace.state().resources.filter(({ type }) => type === 'confluent_role_binding')).toEqual([]);
    expect(await rolesOf(lab)).toEqual(roles);
  });

  test('keep their places with a pair that is renamed, shared or not', async () => {
    pairsApp({ First: { movedFrom: 'One' }, Two: {} })(workspace);
    expect(await planned(workspace)).toEqual([]);
    await workspace.apply();
    pairsApp({ Only: { movedFrom: 'First' } })(workspace);
    expect((await planned(workspace)).filter(([, action]) => action !== 'update')).toEqual([]);
    await workspace.apply();
    expect(await workspace.detailedExitCode()).toBe(0);
  });
});

describe('API keys', () => {
  let lab: Lab;
  let workspace: Workspace;

  beforeEach(async () => {
    requireTerraform();
    lab = await startLabOfTfvars();
    workspace = new Workspace(lab).write('terraform.tfvars.json', tfvars);
  });

  afterEach(async () => {
    workspace.remove();
    await lab.stop();
  });

  const apiKeys = () => lab.cloud.perform(({ apiKeys: all }) => [...all.keys()]);
  const applied = async (): Promise<string[]> => {
    lab.operations.clear();
    await workspace.apply();
    expect(await workspace.detailedExitCode()).toBe(0);
    return lab.operations.writes().map(({ operation, type }) => `${operation} ${type}`);
  };

  test('that are not waited for are made while their cluster is away, and are in the state', async () => {
    pairsApp({ Pair: { keys: ApiKeys.managedWithoutWaiting() } })(workspace);
    await workspace.init();
    const { secondary } = lab.cloud.sample!;
    const { id } = await lab.cloud.perform((state) =>
      addFault(state, { kind: 'refused', target: secondary.clusterId }),
    );
    const { exitCode, errors } = await workspace.terraform('apply', '-input=false', '-auto-approve');
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('kafka_acl')]);
    const made = workspace.state().resources.filter(({ type }) => type === 'confluent_api_key');
    expect(made).toHaveLength(4);
    await lab.cloud.perform((state) => removeFault(state, id));
    expect(await applied()).not.toContain('create confluent_api_key');
  });

  test('that were made elsewhere are used, and those made here are forgotten and stay', async () => {
    pairsApp({ Pair: {} })(workspace);
    await workspace.init();
    await workspace.apply();
    expect(workspace.state().resources.filter(({ type }) => type === 'confluent_api_key')).toHaveLength(4);
    const before = await apiKeys();
    pairsApp({
      Pair: (stack) => {
        const { primary, secondary } = lab.cloud.sample!;
        const member = (role: 'primary' | 'secondary') => {
          const { kafka, schemaRegistry } = lab.cloud.sample![role];
          return ApiKeys.existing(
            { key: kafka.key, secret: secret(stack, `${role}_kafka`) },
            { key: schemaRegistry.key, secret: secret(stack, `${role}_registry`) },
          );
        };
        workspace.write('handed.auto.tfvars.json', {
          ...{ primary_kafka: primary.kafka.secret, primary_registry: primary.schemaRegistry.secret },
          ...{ secondary_kafka: secondary.kafka.secret, secondary_registry: secondary.schemaRegistry.secret },
        });
        const of = (role: 'primary' | 'secondary') => ({
          environmentId: tfvars[`cc_env_${role}`],
          cluster: ClusterSource.existing(tfvars[`cc_${role}_cluster_id`]),
          keys: member(role),
        });
        return { primary: of('primary'), secondary: of('secondary') };
      },
    })(workspace);
    expect((await applied()).filter((write) => write.includes('api_key'))).toEqual([]);
    expect(await apiKeys()).toEqual(before);
    expect(workspace.state().resources.filter(({ type }) => type === 'confluent_api_key')).toEqual([]);
  });
});
