import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  TerraformDataSource,
  type TerraformElement,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Token,
} from 'cdktf';
import { Construct } from 'constructs';
import ts from 'typescript';
import * as library from '../lib';
import {
  ActivePassiveStack,
  ApiKeys,
  BidirectionalClusterLink,
  BidirectionalSchemaLink,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentNetwork,
  NetworkAccess,
  type NginxFailoverProxy,
  PrivateLinkAttachment,
  ProxyAccess,
  ProxyDns,
  RunbookOutput,
  TopicPattern,
} from '../lib';
import { addPair, addProxy, PRIMARY, SECONDARY } from './support/fixtures';
import { synthesize, testApp } from './support/synth';

/** The public properties that each class of the library declares, by the class's name. */
function publicProperties(): Map<string, string[]> {
  const folder = join(__dirname, '../lib');
  const found = new Map<string, string[]>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /^(network|cluster|link|proxy|active-passive)\/.*\.ts$/.test(name))) {
    const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.ES2022, true);
    source.forEachChild((node) => {
      if (ts.isClassDeclaration(node) && node.name && node.name.text in library) {
        const declared = node.members.filter((member) => ts.isPropertyDeclaration(member) || ts.isGetAccessor(member));
        const isPublic = (member: ts.PropertyDeclaration | ts.GetAccessorDeclaration) =>
          member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PublicKeyword) &&
          ts.getJSDocTags(member).every(({ tagName }) => tagName.text !== 'internal');
        found.set(
          node.name.text,
          declared.filter(isPublic).map(({ name }) => name.getText()),
        );
      }
    });
  }
  return found;
}

const PUBLIC = publicProperties();

/** Undefined where the property throws, as an internal proxy's public address does. */
function read(value: Readonly<Record<string, unknown>>, property: string): unknown {
  try {
    return value[property];
  } catch {
    return undefined;
  }
}

/** The elements that public properties lead to from what the user holds. */
function reachable(...held: readonly unknown[]): Set<unknown> {
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value) || Token.isUnresolved(value)) {
      return;
    }
    seen.add(value);
    const name = value.constructor.name;
    const declared = PUBLIC.get(name);
    if (declared) {
      declared.forEach((property) => visit(read(value as Record<string, unknown>, property)));
    } else if (name === 'Object' || Array.isArray(value)) {
      Object.values(value).forEach(visit);
    }
    if (Construct.isConstruct(value)) {
      visit(value.node.defaultChild);
    }
  };
  held.forEach(visit);
  return seen;
}

const isMade = (element: unknown): element is TerraformElement =>
  TerraformResource.isTerraformResource(element) ||
  TerraformDataSource.isTerraformDataSource(element) ||
  TerraformProvider.isTerraformProvider(element);

const madeIn = (stack: TerraformStack) => stack.node.findAll().filter(isMade);

const hidden = (stack: TerraformStack, ...held: readonly unknown[]) => {
  const found = reachable(...held);
  const made = madeIn(stack);
  expect(made.length).toBeGreaterThan(3);
  return made.filter((element) => !found.has(element)).map(({ node }) => node.path);
};

describe('every resource, data source and provider is reached by public properties', () => {
  test('of a stack with all constructs', () => {
    const stack = new TerraformStack(testApp(), 'test');
    const pair = addPair(stack, {
      serviceAccountId: undefined,
      primary: {
        environmentId: 'env-a',
        serviceAccountId: 'sa-1',
        cluster: ClusterSource.dedicated({ region: 'westeurope' }),
      },
      secondary: { environmentId: 'env-b', serviceAccountId: 'sa-2', cluster: ClusterSource.existing('lkc-bbbbb') },
    });
    pair.grantProduce('User:sa-shop', TopicPattern.literal('orders'));
    pair.grantConsume('User:sa-billing', TopicPattern.literal('orders'), 'billing');
    const link = new BidirectionalClusterLink(stack, 'Link', { pair, linkName: 'orders-dr' });
    link.mirrorTopic('orders');
    link.mirrorExistingTopic('audit');
    const schemas = new BidirectionalSchemaLink(stack, 'Schemas', { pair });
    const proxy = addProxy(stack, { clusters: pair.members });
    const runbook = new RunbookOutput(stack, 'Runbook', { pair, link, proxy });
    const [confluent, azure] = ['Confluent', 'Azure'].map((id) => stack.node.findChild(id));
    expect(madeIn(stack).length).toBeGreaterThan(30);
    expect(hidden(stack, confluent, azure, pair, link, schemas, proxy, runbook)).toEqual([]);
    expect(reachable(runbook)).toContain(runbook.output);
  });

  test.each<[string, (stack: TerraformStack) => Partial<library.ConfluentClusterPairProps>]>([
    ['one key for both', () => ({ keys: ApiKeys.globalKey() })],
    [
      'clusters that a variable decides on, and endpoints of access points',
      (stack) => ({
        secondary: {
          environmentId: 'env-b',
          cluster: ClusterSource.decidedByVariable({
            useExisting: new TerraformVariable(stack, 'adopt', { type: 'bool' }),
            existingId: 'lkc-bbbbb',
            dedicated: { region: 'westeurope' },
          }),
          accessPointId: 'ap-abc123',
          privateRegistryRegion: 'westeurope',
        },
      }),
    ],
  ])('of a pair with %s', (_what, props) => {
    const stack = new TerraformStack(testApp(), 'test');
    const pair = addPair(stack, props(stack));
    expect(hidden(stack, stack.node.findChild('Confluent'), pair)).toEqual([]);
  });

  const GROUP = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network';

  test.each<[string, Partial<library.NginxFailoverProxyProps>]>([
    ['several VMs behind a load balancer', { instances: 2 }],
    ['a private address', { access: ProxyAccess.internal() }],
    [
      'private zones',
      {
        dns: ProxyDns.privateZones(`${GROUP}/virtualNetworks/a`, {
          brokers: 3,
          furtherNetworkIds: [`${GROUP}/virtualNetworks/b`],
        }),
      },
    ],
  ])('of a proxy with %s', (_what, props) => {
    const stack = new TerraformStack(testApp(), 'test');
    const proxy = addProxy(stack, props);
    expect(hidden(stack, stack.node.findChild('Azure'), proxy)).toEqual([]);
  });

  test('of networks, and of the ways into them', () => {
    const stack = new TerraformStack(testApp(), 'test');
    const confluent = new ConfluentCloudProvider(stack, 'Confluent');
    const [subscription, other] = ['a', 'b'].map((last) => `00000000-0000-0000-0000-00000000000${last}`);
    const place = { environmentId: 'env-a', region: 'westeurope' };
    const peering = { cidr: '10.10.0.0/16', tenantId: subscription, virtualNetworkId: `${GROUP}/virtualNetworks/hub` };
    const made = [
      new ConfluentNetwork(stack, 'Linked', { ...place, access: NetworkAccess.privateLink([subscription, other]) }),
      new ConfluentNetwork(stack, 'Peered', { ...place, access: NetworkAccess.peering(peering) }),
      new PrivateLinkAttachment(stack, 'Attachment', {
        ...place,
        privateEndpointIds: ['a', 'b'].map((name) => `${GROUP}/privateEndpoints/${name}`),
      }),
    ];
    expect(hidden(stack, confluent, ...made)).toEqual([]);
  });

  test('of the default app’s stack', () => {
    const stack = new ActivePassiveStack(testApp(), 'active-passive');
    expect(madeIn(stack).length).toBeGreaterThan(30);
    expect(hidden(stack, stack)).toEqual([]);
  });

  test('and what is changed there is synthesized', () => {
    const stack = new TerraformStack(testApp(), 'test');
    const pair = addPair(stack);
    const link = new BidirectionalClusterLink(stack, 'Link', { pair, linkName: 'orders-dr' });
    const { topic, mirror } = link.mirrorTopic('orders');
    const proxy = addProxy(stack, { clusters: [PRIMARY, SECONDARY] });
    topic!.addOverride('config', { 'retention.ms': '1000' });
    mirror!.addOverride('timeouts.create', '1h');
    pair.primaryResources.kafkaKey?.addOverride('description', 'by hand');
    proxy.resources.virtualMachine.addOverride('boot_diagnostics', {});
    const { resource } = synthesize(stack);
    expect(Object.values(resource.confluent_kafka_topic)).toEqual([
      expect.objectContaining({ config: { 'retention.ms': '1000' } }),
    ]);
    expect(Object.values(resource.confluent_kafka_mirror_topic)).toEqual([
      expect.objectContaining({ timeouts: { create: '1h' } }),
    ]);
    const described = Object.values(resource.confluent_api_key).filter(({ description }) => description === 'by hand');
    expect(described).toHaveLength(1);
    expect(Object.values(resource.azurerm_linux_virtual_machine)).toEqual([
      expect.objectContaining({ boot_diagnostics: {} }),
    ]);
  });
});

describe('tags of the proxy', () => {
  const lifecycles = (props: Partial<library.NginxFailoverProxyProps>) => {
    const stack = new TerraformStack(testApp(), 'test');
    addProxy(stack, { tags: { team: 'streaming' }, ...props });
    return Object.values(synthesize(stack).resource)
      .flatMap((resources) => Object.values(resources))
      .filter(({ tags }) => tags !== undefined)
      .map(({ lifecycle }) => (lifecycle as { ignore_changes?: string[] } | undefined)?.ignore_changes ?? []);
  };

  test('are left alone after creation unless they are to follow the code', () => {
    const [left, followed] = [lifecycles({}), lifecycles({ followTags: true })];
    expect(left).toHaveLength(7);
    expect(followed).toHaveLength(7);
    expect(left.filter((ignored) => !ignored.includes('tags'))).toEqual([]);
    expect(followed.filter((ignored) => ignored.includes('tags'))).toEqual([]);
  });

  test('leave the other changes that are ignored as they are', () => {
    const others = (all: string[][]) => all.map((ignored) => ignored.filter((name) => name !== 'tags'));
    expect(others(lifecycles({ followTags: true }))).toEqual(others(lifecycles({})));
    expect(lifecycles({ followTags: true }).flat().length).toBeGreaterThan(3);
  });
});

test('nothing of a proxy that was made of what is there is told', () => {
  const stack = new TerraformStack(testApp(), 'test');
  const group = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network';
  const { resources }: NginxFailoverProxy = addProxy(stack, {
    resourceGroupName: 'rg',
    subnetId: `${group}/virtualNetworks/hub/subnets/clients`,
    publicIp: { id: `${group}/publicIPAddresses/ip`, ipAddress: '203.0.113.9' },
  });
  const { resourceGroup, virtualNetwork, subnet, publicIp } = resources;
  expect([resourceGroup, virtualNetwork, subnet, publicIp]).toEqual([undefined, undefined, undefined, undefined]);
});
