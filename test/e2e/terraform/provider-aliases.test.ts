import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { type App, TerraformStack, TerraformVariable } from 'cdktf';
import {
  BidirectionalClusterLink,
  BidirectionalSchemaLink,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  NginxFailoverProxy,
  ProxyAdmin,
  TopicPattern,
} from '../../../lib';
import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { type Cloud, startCloud } from '../../../packages/confluent-dr-lab/src/cloud';
import { synthesizeStackInto, tfvars } from './support/app';
import { startLabOfTfvars } from './support/lab';
import { requireTerraform, type StateResource, Workspace } from './support/terraform';

jest.setTimeout(900_000);

/** Each organization knows its own environments, accounts and clusters, and refuses the key of the other. */
const ORGANIZATIONS = {
  one: {
    cloud: { key: tfvars.cc_cloud_api_key, secret: tfvars.cc_cloud_api_secret },
    serviceAccountId: tfvars.cc_service_account,
    primary: { environmentId: tfvars.cc_env_primary, clusterId: tfvars.cc_primary_cluster_id },
    secondary: { environmentId: tfvars.cc_env_secondary, clusterId: tfvars.cc_secondary_cluster_id },
  },
  other: {
    cloud: { key: 'OTHERKEY', secret: 'other-secret' },
    serviceAccountId: 'sa-other1',
    primary: { environmentId: 'env-other1', clusterId: 'lkc-other1' },
    secondary: { environmentId: 'env-other2', clusterId: 'lkc-other2' },
  },
};
const SUBSCRIPTIONS = {
  one: '00000000-0000-0000-0000-000000000001',
  other: '00000000-0000-0000-0000-000000000002',
};

type Name = keyof typeof ORGANIZATIONS;

/** A pair with all that there is for it, in an organization and a subscription. */
function addDeployment(stack: TerraformStack, name: Name, endpoint: string): void {
  const { cloud, serviceAccountId, primary, secondary } = ORGANIZATIONS[name];
  const secret = new TerraformVariable(stack, `${name}_secret`, { sensitive: true, default: cloud.secret });
  const isOther = name === 'other';
  const { provider: confluent } = new ConfluentCloudProvider(stack, `${name}-confluent`, {
    ...{ cloudApiKey: cloud.key, cloudApiSecret: secret.stringValue, endpoint },
    ...(isOther && { alias: 'other' }),
  });
  const azure = new AzurermProvider(stack, `${name}-azure`, {
    ...{ features: [{}], subscriptionId: SUBSCRIPTIONS[name] },
    ...(isOther && { alias: 'other' }),
  });
  const provider = isOther ? confluent : undefined;
  const pair = new ConfluentClusterPair(stack, `${name}-pair`, {
    ...{ serviceAccountId, provider },
    primary: { environmentId: primary.environmentId, cluster: ClusterSource.existing(primary.clusterId) },
    secondary: { environmentId: secondary.environmentId, cluster: ClusterSource.existing(secondary.clusterId) },
  });
  pair.grantProduce(`User:${serviceAccountId}`, TopicPattern.literal('orders'));
  new BidirectionalClusterLink(stack, `${name}-link`, { pair, linkName: 'orders-dr' }).mirrorTopic('orders');
  new BidirectionalSchemaLink(stack, `${name}-schemas`, { pair });
  new NginxFailoverProxy(stack, `${name}-proxy`, {
    clusters: pair.members,
    namePrefix: 'same',
    // Names can be the same, as they are in another subscription.
    provider: isOther ? azure : undefined,
    location: 'westeurope',
    clientCidrs: ['203.0.113.7/32'],
    admin: ProxyAdmin.sshKey('operator', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE3ample'),
  });
}

describe('two organizations and two subscriptions in one stack', () => {
  let lab: Lab;
  let other: Cloud;
  let workspace: Workspace;
  let resources: readonly (StateResource & { readonly provider: string })[];

  beforeAll(async () => {
    requireTerraform();
    lab = await startLabOfTfvars();
    other = await startCloud({ sample: ORGANIZATIONS.other });
    workspace = new Workspace(lab);
    const build = (app: App) => {
      const stack = new TerraformStack(app, 'two');
      addDeployment(stack, 'one', lab.cloud.url);
      addDeployment(stack, 'other', other.url);
      return stack;
    };
    synthesizeStackInto(workspace, build);
    await workspace.init();
    await workspace.apply();
    resources = workspace.state().resources as typeof resources;
  });

  afterAll(async () => {
    workspace.remove();
    await other.close();
    await lab.stop();
  });

  test('make everything where it belongs, and need nothing more then', async () => {
    const ofClouds = resources.filter(({ type }) => /^(confluent|azurerm)_/.test(type));
    const wrong = ofClouds.filter(({ name, provider }) => /^other/.test(name) !== provider.endsWith('].other'));
    expect(wrong.map(({ type, name, provider }) => `${type}.${name}: ${provider}`)).toEqual([]);
    expect(ofClouds.filter(({ name }) => /^other/.test(name)).length).toBeGreaterThan(30);
    expect(await workspace.detailedExitCode()).toBe(0);
  });

  test('have the topic in both organizations, and the machines in both subscriptions', async () => {
    for (const [cloud, { primary }] of [
      [lab.cloud, ORGANIZATIONS.one],
      [other, ORGANIZATIONS.other],
    ] as const) {
      const names = await cloud.perform((state) => [...state.kafkaClusters.get(primary.clusterId)!.topics.keys()]);
      expect(names).toContain('orders');
    }
    const ids = resources
      .filter(({ type }) => type === 'azurerm_linux_virtual_machine')
      .flatMap(({ instances }) => instances as readonly { attributes: { id: string } }[])
      .map(({ attributes }) => attributes.id.split('/')[2]);
    expect(ids.sort()).toEqual([SUBSCRIPTIONS.one, SUBSCRIPTIONS.other]);
  });
});
