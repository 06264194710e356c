import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { Fn, Lazy, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { type Construct } from 'constructs';
import {
  ActivePassiveStack,
  BidirectionalClusterLink,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  ProxiedCluster,
  TopicPattern,
} from '../lib';
import { addPair, addProxy, SECONDARY } from './support/fixtures';
import { type Synthesized, testApp } from './support/synth';

// cdktf warns of each text with ${ that it takes apart, in a page of its own.
beforeEach(() => jest.spyOn(console, 'warn').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

/** Both stacks of an app, as `cdktf synth` writes them; the second uses what the first has. */
function twoStacks(
  use: (second: TerraformStack, first: TerraformStack) => void,
): Record<'first' | 'second', Synthesized> {
  const app = testApp();
  const [first, second] = ['first', 'second'].map((id) => new TerraformStack(app, id));
  use(second, first);
  app.synth();
  const read = (id: string) =>
    JSON.parse(readFileSync(join(app.outdir, 'stacks', id, 'cdk.tf.json'), 'utf8')) as Synthesized;
  return { first: read('first'), second: read('second') };
}

const text = (scope: Construct, id: string): string => new TerraformVariable(scope, id, { type: 'string' }).stringValue;
/** How the second stack reads a variable of the first. */
const output = (id: string) =>
  `data.terraform_remote_state.cross-stack-reference-input-first.outputs.cross-stack-output-var${id}`;
const read = (id: string) => `\${${output(id)}}`;

/** Where an attribute of some resource of a type says what is looked for. */
const valuesOf = (resources: Record<string, Record<string, unknown>> = {}, attribute: string): unknown[] =>
  Object.values(resources).map((resource) => resource[attribute]);

describe('texts of another stack', () => {
  test('reach Terraform as reads of its state, wherever they are passed', () => {
    const { first, second } = twoStacks((stack, other) => {
      new AzurermProvider(other, 'Azure', { features: [{}], subscriptionId: '0' });
      const network = { resourceGroupName: 'g', virtualNetworkName: 'n', addressPrefixes: ['10.0.0.0/24'] };
      const subnet = new Subnet(other, 'Subnet', { name: 's', ...network });
      const pair = addPair(stack, {
        serviceAccountId: text(other, 'account'),
        primary: { environmentId: text(other, 'env'), cluster: ClusterSource.existing(text(other, 'cluster')) },
        linkTopics: [TopicPattern.prefixed(text(other, 'topics'))],
      });
      pair.grantConsume('User:sa-1', TopicPattern.literal(text(other, 'topic')), text(other, 'group'));
      const link = new BidirectionalClusterLink(stack, 'Link', { pair, linkName: text(other, 'link') });
      link.mirrorTopic(text(other, 'mirrored'), { config: { 'retention.ms': text(other, 'retention') } });
      const bootstrapEndpoint = text(other, 'bootstrap');
      addProxy(stack, {
        clusters: [ProxiedCluster.fromEndpoints('primary', { bootstrapEndpoint }), SECONDARY],
        subnetId: subnet.id,
        clientCidrs: [text(other, 'cidr')],
        resourceGroupName: text(other, 'resources'),
        tags: { team: `of ${text(other, 'team')}` },
      });
    });

    const written = JSON.stringify(second);
    expect(written).not.toContain('TfToken');
    // Nothing is read as if it were of this stack, which has none of it.
    expect(written.replaceAll('cross-stack-output-var', '')).not.toMatch(/[^-\w]var\.|azurerm_subnet\.Subnet/);
    const names = 'account env cluster topics topic group link mirrored retention bootstrap cidr resources team'.split(
      ' ',
    );
    for (const name of names) {
      expect(first.output[`cross-stack-output-var${name}`]).toEqual({ sensitive: true, value: `\${var.${name}}` });
      expect(written).toContain(output(name));
    }

    const { data, resource } = second;
    expect(valuesOf(data.confluent_environment, 'id')).toEqual([read('env'), 'env-b']);
    expect(valuesOf(data.confluent_kafka_cluster, 'id')).toEqual([read('cluster'), 'lkc-bbbbb']);
    expect(valuesOf(data.confluent_service_account, 'id')).toEqual([read('account')]);
    expect(valuesOf(resource.confluent_cluster_link, 'link_name')).toEqual([read('link'), read('link')]);
    expect(valuesOf(resource.confluent_kafka_topic, 'config')).toEqual([{ 'retention.ms': read('retention') }]);
    expect(valuesOf(resource.azurerm_network_interface, 'tags')).toEqual([{ team: `of ${read('team')}` }]);
    const [nic] = Object.values(resource.azurerm_network_interface);
    expect(nic.ip_configuration).toMatchObject([
      { subnet_id: `\${${output('').replace(/var$/, 'azurerm_subnetSubnetid')}}` },
    ]);
  });

  test('may be parts of expressions, and made when they are asked for', () => {
    const { second } = twoStacks((stack, other) => {
      const name = text(other, 'name');
      addPair(stack, {
        serviceAccountId: Token.asString(Lazy.stringValue({ produce: () => `sa-${name}` })),
        primary: { environmentId: Fn.join('-', ['env', name]), cluster: ClusterSource.existing(`lkc-${name}`) },
      });
    });
    const { data } = second;
    expect(valuesOf(data.confluent_service_account, 'id')).toEqual([`sa-${read('name')}`]);
    expect(valuesOf(data.confluent_environment, 'id')).toEqual([`\${join("-", ["env", ${output('name')}])}`, 'env-b']);
    expect(valuesOf(data.confluent_kafka_cluster, 'id')).toEqual([`lkc-${read('name')}`, 'lkc-bbbbb']);
  });

  test('are no texts of this one, whatever they are called', () => {
    const { second } = twoStacks((stack, other) => {
      new ConfluentCloudProvider(stack, 'Confluent');
      const pairOf = (id: string, cluster: string) =>
        new ConfluentClusterPair(stack, id, {
          serviceAccountId: 'sa-abc123',
          primary: { environmentId: 'env-a', cluster: ClusterSource.existing(cluster) },
          secondary: { environmentId: 'env-b', cluster: ClusterSource.existing(`lkc-${id}`) },
          linkTopics: [TopicPattern.literal('orders')],
        });
      pairOf('one', text(other, 'cluster'));
      pairOf('two', text(stack, 'cluster'));
    });
    const clusters = Object.values(second.resource.confluent_kafka_acl).map(
      ({ kafka_cluster }) => (kafka_cluster as { id: string }).id,
    );
    const ofPrimary = (id: string) => clusters.filter((cluster) => cluster.includes(`.${id}_Primary_`));
    expect(['one', 'two'].map((id) => ofPrimary(id).length)).toEqual([4, 4]);
  });

  test('may stand for one member, and texts of this stack with their name for the other', () => {
    const { second } = twoStacks((stack, other) => {
      addPair(stack, {
        primary: { environmentId: 'env-a', cluster: ClusterSource.existing(text(other, 'cluster')) },
        secondary: { environmentId: 'env-b', cluster: ClusterSource.existing(text(stack, 'cluster')) },
      });
    });
    expect(valuesOf(second.data.confluent_kafka_cluster, 'id')).toEqual([read('cluster'), '${var.cluster}']);
  });
});

describe('the stack of the default app', () => {
  test('is resolved once where it is alone', () => {
    const app = testApp();
    const { proxy } = new ActivePassiveStack(app, 'active-passive');
    const toTerraform = jest.spyOn(proxy.resources.virtualMachine, 'toTerraform');
    app.synth();
    expect(toTerraform).toHaveBeenCalledTimes(1);
  });

  test('reads what it refers to from the state of another stack', () => {
    const app = testApp();
    const stack = new ActivePassiveStack(app, 'active-passive');
    new TerraformOutput(stack, 'greeting', { value: text(new TerraformStack(app, 'first'), 'greeting') });
    app.synth();
    const written = readFileSync(join(app.outdir, 'stacks/active-passive/cdk.tf.json'), 'utf8');
    expect((JSON.parse(written) as Synthesized).output.greeting.value).toBe(read('greeting'));
  });

  test('keeps its state in a file, or where it is told to', () => {
    const backendOf = (add: (stack: TerraformStack) => void): unknown => {
      const app = testApp();
      const stack = new ActivePassiveStack(app, 'active-passive');
      add(stack);
      app.synth();
      const text = readFileSync(join(app.outdir, 'stacks/active-passive/cdk.tf.json'), 'utf8');
      return (JSON.parse(text) as { terraform: { backend: unknown } }).terraform.backend;
    };
    expect(backendOf(() => undefined)).toEqual({
      local: { path: expect.stringMatching(/terraform\.active-passive\.tfstate$/) as string },
    });
    expect(backendOf((stack) => new LocalBackend(stack, { path: 'elsewhere' }))).toEqual({
      local: { path: 'elsewhere' },
    });
  });
});
