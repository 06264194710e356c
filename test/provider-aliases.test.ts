import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { type TerraformProvider, TerraformStack } from 'cdktf';
import {
  BidirectionalClusterLink,
  BidirectionalSchemaLink,
  ClusterSource,
  ConfluentCloudProvider,
  NginxFailoverProxy,
  ProxyAdmin,
} from '../lib';
import { addPair, addProxy, PRIMARY, PUBLIC_KEY } from './support/fixtures';
import { complaintsOf, stackOf, synthesize, testApp } from './support/synth';

const providersOf = (resources: Record<string, Record<string, unknown>>) =>
  new Set(Object.values(resources).map(({ provider }) => provider));

describe('the Confluent provider of a member', () => {
  const { resource, data } = synthesize(
    stackOf((scope) => {
      const { provider } = new ConfluentCloudProvider(scope, 'Other', { alias: 'other' });
      const member = (name: string) => ({
        environmentId: `env-${name}`,
        cluster: ClusterSource.existing(`lkc-${name}`),
      });
      const pair = addPair(scope, { primary: { ...member('one'), provider }, secondary: member('two') });
      new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'l' }).mirrorTopic('orders');
      new BidirectionalSchemaLink(scope, 'Schemas', { pair });
    }),
  );

  test('makes what is of the member, and what is of the other member is made by its own', () => {
    for (const [name, attributes] of [resource, data].flatMap((kinds) =>
      Object.values(kinds).flatMap(Object.entries),
    )) {
      const { provider } = attributes as { provider?: string };
      const isOfPrimary = /Pair_Primary|OnPrimary|Link_Topics|Pair_ServiceAccount/.test(name);
      expect([name, provider]).toEqual([name, isOfPrimary ? 'confluent.other' : undefined]);
    }
  });

  test('reads the service account once for each provider', () => {
    expect(providersOf(data.confluent_service_account as never)).toEqual(new Set(['confluent.other', undefined]));
  });
});

test('a link and a schema link can be made by a provider of their own', () => {
  const { resource } = synthesize(
    stackOf((scope) => {
      const { provider } = new ConfluentCloudProvider(scope, 'Other', { alias: 'other' });
      const pair = addPair(scope);
      new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'l', provider }).mirrorTopic('orders');
      new BidirectionalSchemaLink(scope, 'Schemas', { pair, provider });
    }),
  );
  for (const type of ['cluster_link', 'kafka_topic', 'kafka_mirror_topic', 'schema_exporter']) {
    expect(providersOf(resource[`confluent_${type}`])).toEqual(new Set(['confluent.other']));
  }
  expect(providersOf(resource.confluent_api_key)).toEqual(new Set([undefined]));
});

describe('is refused', () => {
  test('a second provider without an alias, and a second one of an alias', () => {
    const complaints = complaintsOf(
      stackOf((scope) => {
        addPair(scope);
        new ConfluentCloudProvider(scope, 'Second');
        new ConfluentCloudProvider(scope, 'Third', { alias: 'a' });
        new ConfluentCloudProvider(scope, 'Fourth', { alias: 'a' });
      }),
    );
    expect(complaints).toContain(
      '[test/Second] alias: received nothing, allowed: one that no other Confluent provider',
    );
    expect(complaints).toContain("[test/Fourth] alias: received 'a'");
  });

  test.each(['', '1st', 'a b', '${x}'])('the alias %j', (alias) => {
    const stack = stackOf((scope) => new ConfluentCloudProvider(scope, 'Confluent', { alias }));
    expect(complaintsOf(stack)).toContain('alias: received');
  });

  const wrong: [string, (scope: TerraformStack) => unknown][] = [
    ['the construct instead of its provider', (scope) => new ConfluentCloudProvider(scope, 'C', { alias: 'c' })],
    ['a provider of another type', (scope) => new AzurermProvider(scope, 'A', { features: [{}], alias: 'a' })],
    ['a text', () => 'confluent.other'],
    [
      'a provider of another stack',
      (scope) => new ConfluentCloudProvider(new TerraformStack(scope.node.root, 'x'), 'C').provider,
    ],
  ];
  test.each(wrong)('%s', (_name, make) => {
    const scope = new TerraformStack(testApp(), 'test');
    const provider = make(scope) as TerraformProvider;
    expect(() => addPair(scope, { provider })).toThrow(
      /\[test\/Pair\] provider: received .*, allowed: a provider confluent of this stack. Pass the `provider` of a ConfluentCloudProvider/,
    );
  });

  test('a Confluent provider for a proxy', () => {
    const scope = new TerraformStack(testApp(), 'test');
    const { provider } = new ConfluentCloudProvider(scope, 'C');
    expect(() => addProxy(scope, { provider })).toThrow(/\[test\/Proxy\] provider: .*allowed: a provider azurerm/);
  });
});

test('two proxies of one name are let through where they are made by two providers', () => {
  const twice = (alias?: string) =>
    complaintsOf(
      stackOf((scope) => {
        addProxy(scope);
        const provider = alias ? new AzurermProvider(scope, 'Other', { features: [{}], alias }) : undefined;
        new NginxFailoverProxy(scope, 'Second', {
          ...{ clusters: [PRIMARY], location: 'westeurope', clientCidrs: ['203.0.113.7/32'], provider },
          admin: ProxyAdmin.sshKey('operator', PUBLIC_KEY),
        });
      }),
    );
  expect(twice('other')).toBeUndefined();
  expect(twice()).toContain('namePrefix: received');
});
