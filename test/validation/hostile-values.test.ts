// JavaScript has no types to hold its callers to, and that is part of what is tried here.
/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment */
import { TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  AclSync,
  BidirectionalClusterLink,
  type BidirectionalClusterLinkProps,
  BidirectionalSchemaLink,
  type BidirectionalSchemaLinkProps,
  type ClusterMemberProps,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentNetwork,
  Duration,
  ExportContext,
  GroupFilter,
  NetworkAccess,
  NginxFailoverProxy,
  type NginxFailoverProxyProps,
  OffsetSync,
  Outage,
  ProxiedCluster,
  ProxyAccess,
  ProxyAdmin,
  ProxyDns,
  RunbookOutput,
  SecurityRule,
  TopicPattern,
} from '../../lib';
import { addPair, addProxy, PRIMARY, PUBLIC_KEY } from '../support/fixtures';
import { complaintsOf, stackOf, synthesize } from '../support/synth';

// cdktf warns of each text with ${ that it takes apart, in a page of its own.
beforeEach(() => jest.spyOn(console, 'warn').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

/** What is said of it, at once or at synth. */
function saidOf(build: (scope: Construct) => void): string | undefined {
  try {
    return complaintsOf(stackOf(build));
  } catch (error) {
    return (error as Error).message;
  }
}

const text = (scope: Construct) => new TerraformVariable(scope, 'text', { type: 'string', sensitive: true });
const primaryFrom = (scope: Construct, cluster: ClusterSource) =>
  addPair(scope, { primary: { environmentId: 'env-a', cluster } });
const memberWith = (scope: Construct, props: Partial<ClusterMemberProps>) =>
  addPair(scope, { primary: { environmentId: 'env-a', cluster: ClusterSource.existing('lkc-aaaaa'), ...props } });
const linkWith = (props: Partial<BidirectionalClusterLinkProps>) => (scope: Construct) =>
  new BidirectionalClusterLink(scope, 'Link', { pair: addPair(scope), linkName: 'dr', ...props });
const schemasWith = (props: Partial<BidirectionalSchemaLinkProps>) => (scope: Construct) =>
  new BidirectionalSchemaLink(scope, 'Schemas', { pair: addPair(scope), ...props });
const schemasOf = (property: string) => (scope: Construct, it: any) =>
  schemasWith({ primaryToSecondary: { exporterName: 'e', [property]: it } })(scope);
const tagged = (tags: Record<string, string>) => (scope: Construct) => addProxy(scope, { tags });
const topicWith = (config: any) => (scope: Construct) => linkWith({})(scope).mirrorTopic('orders', { config });
const clusterAt = (endpoints: object) => () =>
  ProxiedCluster.fromEndpoints('primary', {
    bootstrapEndpoint: 'pkc-11111.westeurope.azure.confluent.cloud:9092',
    ...endpoints,
  });
const filters = (name: string, patternType: string) => ({
  'auto.create.mirror.topics.filters': JSON.stringify({ topicFilters: [{ filterType: 'INCLUDE', name, patternType }] }),
});

/** A second proxy beside one in the group `streaming`. */
function twoProxies(first: Partial<NginxFailoverProxyProps>, second: Partial<NginxFailoverProxyProps>) {
  return (scope: Construct) => {
    addProxy(scope, { resourceGroupName: 'streaming', ...first });
    new NginxFailoverProxy(scope, 'Second', {
      clusters: [PRIMARY],
      location: 'westeurope',
      clientCidrs: ['203.0.113.7/32'],
      admin: ProxyAdmin.sshKey('operator', PUBLIC_KEY),
      resourceGroupName: 'STREAMING',
      namePrefix: 'second',
      ...second,
    });
  };
}

const ADDRESS = {
  id: '/subscriptions/x/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/p',
  ipAddress: '203.0.113.9',
};

const NETWORKS = '/subscriptions/x/resourceGroups/g/providers/Microsoft.Network/virtualNetworks';
const SUBNET = `${NETWORKS}/hub/subnets/proxies`;
const zonesIn = (network: string) => ProxyDns.privateZones(`${NETWORKS}/${network}`, { brokers: 3 });
const internalAt = (privateIpAddress: string) => ({
  subnetId: SUBNET,
  access: ProxyAccess.internal({ privateIpAddress }),
});
const ruleFor = (addresses: string[]) =>
  SecurityRule.allowInbound({ name: 'metrics', priority: 200, ports: ['9100'], addresses });

const REFUSED: [string, (scope: Construct) => unknown, string][] = [
  [
    'a number for a region',
    (scope) => primaryFrom(scope, ClusterSource.dedicated({ region: 7 } as any)),
    'primary.cluster.region: received 7',
  ],
  [
    'a number for a display name',
    (scope) => primaryFrom(scope, ClusterSource.dedicated({ region: 'westeurope', displayName: 7 } as any)),
    'primary.cluster.displayName: received 7',
  ],
  [
    'a variable for its value',
    (scope) => primaryFrom(scope, ClusterSource.existing(text(scope) as any)),
    "ClusterSource.existing: received 'TerraformVariable', allowed: a text. Write it in quotes",
  ],
  [
    "another stack's variable for the choice of the cluster",
    (scope) => {
      const useExisting = new TerraformVariable(new TerraformStack(scope.node.root, 'other'), 'it', { type: 'bool' });
      const dedicated = { region: 'westeurope' };
      primaryFrom(scope, ClusterSource.decidedByVariable({ useExisting, existingId: 'lkc-aaaaa', dedicated }));
    },
    "primary.cluster.useExisting: received 'other/it', allowed: a variable of the stack that uses it",
  ],
  [
    "another stack's variable for an outage",
    (scope) => {
      const variable = new TerraformVariable(new TerraformStack(scope.node.root, 'other'), 'it', { type: 'bool' });
      addProxy(scope, { outage: Outage.of(PRIMARY).whenVariable(variable) });
    },
    "outage.whenVariable: received 'other/it', allowed: a variable of the stack that uses it",
  ],
  [
    'nothing for the manner of an outage',
    (scope) => addProxy(scope, { outage: Outage.of(PRIMARY).inManner(null as any) }),
    'outage.inManner: received null',
  ],
  [
    'a cluster without a name',
    (scope) => addProxy(scope, { clusters: [{ hostNames: PRIMARY.hostNames } as any] }),
    'clusters: received',
  ],
  [
    'a cluster with host names of its own making',
    (scope) => addProxy(scope, { clusters: [{ clusterName: 'a', hostNames: { bootstrap: 'a.b.c' } } as any] }),
    'clusters: received',
  ],
  [
    'a number for a public key',
    (scope) => addProxy(scope, { admin: ProxyAdmin.sshKey('operator', 7 as any) }),
    'admin.publicKey: received 7',
  ],
  [
    'a password with a text around the variable',
    (scope) => addProxy(scope, { admin: ProxyAdmin.password('operator', `Secret1!${text(scope).stringValue}`) }),
    "admin.password: received '(hidden)'",
  ],
  [
    'a secret with a text around the variable',
    (scope) => new ConfluentCloudProvider(scope, 'It', { cloudApiSecret: `hush${text(scope).stringValue}` }),
    "cloudApiSecret: received '(hidden)'",
  ],
  ...['root', 'Admin', 'user1'].map((name): (typeof REFUSED)[number] => [
    `the user ${name}, whom Azure reserves`,
    (scope) => addProxy(scope, { admin: ProxyAdmin.sshKey(name, PUBLIC_KEY) }),
    `admin.username: received '${name}', allowed: 1 to 32 letters, digits, dots, underscores and hyphens, beginning`,
  ]),
  ...Object.entries({
    restEndpoint: 'https://pkc-11111.westeurope.azure.confluent.cloud:8443',
    schemaRegistryEndpoint: 'https://psrc-1.westeurope.azure.confluent.cloud:8081',
    catalogEndpoint: 'psrc-1.westeurope.azure.confluent.cloud:9092',
  }).map(([property, endpoint]): (typeof REFUSED)[number] => [
    `a ${property} with another port than the proxy's`,
    clusterAt({ [property]: endpoint }),
    `endpoints.${property}: received '${endpoint}', allowed: the port 443, or none`,
  ]),
  [
    'a further host with another port',
    clusterAt({ otherHosts: ['a.b.confluent.cloud:443', 'psrc-1.westeurope.azure.confluent.cloud:8081'] }),
    'endpoints.otherHosts[1]: received',
  ],
  [
    'an address that is not told',
    (scope) => addProxy(scope, { publicIp: { id: ADDRESS.id } as any }),
    'publicIp.ipAddress: received nothing',
  ],
  ...Object.entries({
    resourceGroupName: { resourceGroupName: null },
    securityGroupName: { securityGroupName: Symbol('a') },
    publicIpName: { publicIpName: {} },
    'publicIp.id': { publicIp: { ...ADDRESS, id: Object.create(null) } },
    'publicIp.ipAddress': { publicIp: { ...ADDRESS, ipAddress: Symbol('a') } },
    'inboundRuleNames.kafka': { inboundRuleNames: { kafka: Object.create(null) } },
    'image.sku': { image: { publisher: 'Canonical', offer: 'ubuntu', sku: 24 } },
    'capacity.workerConnections': { capacity: { workerConnections: Object.create(null) } },
  }).map(([property, props]): (typeof REFUSED)[number] => [
    `another kind of value for ${property}`,
    (scope) => addProxy(scope, props as any),
    `${property}: received`,
  ]),
  ['a subnet too small', (scope) => addProxy(scope, { subnetPrefix: '10.0.2.0/30' }), 'subnetPrefix: received'],
  ['a network of IPv6 alone', (scope) => addProxy(scope, { addressSpace: 'fd00::/16' }), 'addressSpace: received'],
  [
    'clients of IPv6, whom no address of the proxy lets in',
    (scope) => addProxy(scope, { clientCidrs: ['203.0.113.7/32', '2001:db8::/32'] }),
    "clientCidrs[1]: received '2001:db8::/32', allowed: an IPv4 range",
  ],
  [
    'a prefix with a zero before it',
    (scope) => addProxy(scope, { clientCidrs: ['203.0.113.7/032'] }),
    "clientCidrs[0]: received '203.0.113.7/032'",
  ],
  ...(['clientCidrs', 'sshCidrs'] as const).map((property): (typeof REFUSED)[number] => [
    `a range within another one of ${property}`,
    (scope) => addProxy(scope, { [property]: ['10.1.0.0/16', '10.0.0.0/8'] }),
    `${property}[0]: received '10.1.0.0/16', allowed: ranges of which none holds another, as Azure refuses them in one ` +
      'rule; 10.0.0.0/8 holds this one',
  ]),
  [
    'an address within a range of a rule of its own',
    (scope) => addProxy(scope, { securityRules: [ruleFor(['10.1.0.7', '10.0.0.0/8'])] }),
    "securityRules[0].addresses[0]: received '10.1.0.7', allowed: ranges of which none holds another",
  ],
  [
    'addresses of both families in a rule of its own',
    (scope) => addProxy(scope, { securityRules: [ruleFor(['10.1.0.7', 'fd00::7'])] }),
    'securityRules[0].addresses: received ["10.1.0.7","fd00::7"], allowed: addresses of IPv4 or of IPv6',
  ],
  ...['127.0.0.1', '169.254.0.9', '100.64.0.9', '224.0.0.9', '240.0.0.9'].map((ipAddress): (typeof REFUSED)[number] => [
    `${ipAddress} for a public address`,
    (scope) => addProxy(scope, { publicIp: { ...ADDRESS, ipAddress } }),
    `publicIp.ipAddress: received '${ipAddress}'`,
  ]),
  ...Object.entries<Record<string, string>>({
    'tags that are too many for a private zone': Object.fromEntries(
      Array.from({ length: 16 }, (_, n) => [`t${n}`, '']),
    ),
    'a tag with a space for a private zone': { 'cost center': '4711' },
    'a tag that begins with a digit for a private zone': { '2nd': 'x' },
    'a tag with a letter that is none of ASCII for a private zone': { größe: 'x' },
    'a tag with a colon for a private zone': { 'team:cost': 'x' },
  }).map(([what, tags]): (typeof REFUSED)[number] => [
    what,
    (scope) => addProxy(scope, { tags, dns: zonesIn('clients') }),
    'beside ProxyDns.privateZones',
  ]),
  [
    'two proxies that lead one network by the same names',
    twoProxies({ dns: zonesIn('clients') }, { dns: zonesIn('CLIENTS'), resourceGroupName: 'other' }),
    "namePrefix: received 'the names of test/Second'",
  ],
  [
    'two proxies with zones of one name in one group',
    twoProxies({ dns: zonesIn('clients') }, { dns: zonesIn('others') }),
    "namePrefix: received 'the names of test/Second'",
  ],
  [
    'two internal proxies at one address of a subnet',
    twoProxies(internalAt('10.0.2.10'), internalAt('10.0.2.10')),
    "namePrefix: received 'the names of test/Second'",
  ],
  ...['\n', ' b', '\tb'].map((end): (typeof REFUSED)[number] => [
    `an id that ends with ${JSON.stringify(end)}`,
    (scope) => addProxy(scope, { subnetId: SUBNET + end }),
    'subnetId: received',
  ]),
  ...['addressSpace', 'subnetPrefix'].map((property): (typeof REFUSED)[number] => [
    `a symbol for ${property}`,
    (scope) => addProxy(scope, { [property]: Symbol('a') }),
    `[test/Proxy] ${property}: received symbol`,
  ]),
  [
    'a symbol for a private address',
    () => ProxyAccess.internal({ privateIpAddress: Symbol('a') as any }),
    'ProxyAccess.internal, privateIpAddress: received symbol',
  ],
  [
    'a text around an expression for a condition',
    (scope) =>
      Outage.of(PRIMARY).whenExpression(`!${new TerraformVariable(scope, 'it', { type: 'bool' }).stringValue}` as any),
    'Outage.whenExpression: received',
  ],
  ...[Symbol('a'), Object.create(null), ['orders']].flatMap((name: any) =>
    (['mirrorTopic', 'mirrorExistingTopic', 'forgetTopic', 'forgetMirror'] as const).map(
      (method): (typeof REFUSED)[number] => [
        `what is no text for a topic of ${method}`,
        (scope) => linkWith({})(scope)[method](name),
        '[test/Link] topicName: received',
      ],
    ),
  ),
  ['a symbol for a pattern', () => TopicPattern.literal(Symbol('a') as any), 'TopicPattern.literal: received symbol'],
  [
    'a symbol for a beginning',
    () => TopicPattern.prefixed(Symbol('a') as any),
    'TopicPattern.prefixed: received symbol',
  ],
  [
    'nothing for the size of a cluster',
    (scope) => primaryFrom(scope, ClusterSource.dedicated({ region: 'westeurope', cku: null as any })),
    'primary.cluster.cku: received null',
  ],
  [
    'nothing for the zones of a cluster',
    (scope) => primaryFrom(scope, ClusterSource.dedicated({ region: 'westeurope', availability: null as any })),
    'primary.cluster.availability: received null',
  ],
  [
    'nothing for the switch of a sync',
    linkWith({ offsetSync: OffsetSync.ofGroups([GroupFilter.all()], { enabled: null as any }) }),
    'offsetSync.enabled: received null',
  ],
  [
    "nothing for the switch of the ACLs' sync",
    linkWith({ aclSync: AclSync.ofPrincipals(['User:sa-1'], { enabled: null as any }) }),
    'aclSync.enabled: received null',
  ],
  [
    'nothing among patterns of brokers',
    (scope) => memberWith(scope, { brokerHostPatterns: [null as any] }),
    '[test/Pair] primary.brokerHostPatterns: received [null]',
  ],
  [
    'one subscription in two spellings',
    (scope) => {
      const ids = ['0000000A-0000-0000-0000-000000000000', '0000000a-0000-0000-0000-000000000000'];
      new ConfluentCloudProvider(scope, 'Confluent');
      const access = NetworkAccess.privateLink(ids);
      return new ConfluentNetwork(scope, 'Network', { environmentId: 'env-a', region: 'westeurope', access });
    },
    'access.subscriptionIds: received',
  ],
  ...['..', '__consumer_offsets', '_confluent-metrics'].map((canaryTopic): (typeof REFUSED)[number] => [
    `${canaryTopic} for the topic of a canary`,
    (scope) => {
      const link = linkWith({})(scope);
      return new RunbookOutput(scope, 'Runbook', { pair: link.pair, link, canaryTopic });
    },
    `canaryTopic: received '${canaryTopic}'`,
  ]),
  [
    'two rules of a name',
    (scope) => addProxy(scope, { inboundRuleNames: { https: 'clients', kafka: 'Clients' } }),
    'inboundRuleNames: received',
  ],
  [
    "a rule with another's default name",
    (scope) => addProxy(scope, { sshCidrs: ['203.0.113.7/32'], inboundRuleNames: { ssh: 'https' } }),
    'inboundRuleNames: received',
  ],
  [
    'two proxies with one security group',
    twoProxies({ securityGroupName: 'vm-nsg' }, { securityGroupName: 'VM-nsg' }),
    "namePrefix: received 'the names of test/Second'",
  ],
  [
    'two proxies whose prefixes differ in case',
    twoProxies({ namePrefix: 'a' }, { namePrefix: 'A' }),
    "namePrefix: received 'the names of test/Second'",
  ],
  [
    'two proxies with one address',
    twoProxies({ publicIp: ADDRESS }, { publicIp: ADDRESS }),
    "namePrefix: received 'the names of test/Second'",
  ],
  ['a Map of settings', topicWith(new Map([['retention.ms', '7']])), "config: received 'Map'"],
  ['a number with leading zeros', topicWith({ 'retention.ms': '007' }), "['retention.ms']: received '007'"],
  [
    'compaction that must come before it may',
    topicWith({ 'min.compaction.lag.ms': '90000000', 'max.compaction.lag.ms': '21600000' }),
    "['min.compaction.lag.ms']: received '90000000', allowed: at most max.compaction.lag.ms, 21600000",
  ],
  ['a Map of link settings', linkWith({ settings: new Map() as any }), "settings: received 'Map'"],
  [
    'a day that no month has',
    linkWith({ settings: { 'mirror.start.offset.spec': '2026-02-30T00:00:00Z' } }),
    "settings['mirror.start.offset.spec']: received",
  ],
  [
    'a * as the beginning of names',
    linkWith({ settings: filters('*', 'PREFIXED') }),
    "settings['auto.create.mirror.topics.filters']: received",
  ],
  ...['.', '..'].flatMap((name): typeof REFUSED => [
    [`a link called ${name}`, linkWith({ linkName: name }), `linkName: received '${name}', allowed: 1 to 128 letters`],
    [
      `an exporter called ${name}`,
      schemasWith({ primaryToSecondary: { exporterName: name } }),
      `primaryToSecondary.exporterName: received '${name}', allowed: 1 to 128 letters`,
    ],
  ]),
  [
    'a key without its secret',
    (scope) => new ConfluentCloudProvider(scope, 'It', { cloudApiKey: 'ABC' }),
    '[test/It] cloudApiSecret: received nothing, allowed: a key together with its secret; there is a cloudApiKey',
  ],
  [
    'a secret without its key',
    (scope) => new ConfluentCloudProvider(scope, 'It', { cloudApiSecret: text(scope).stringValue }),
    '[test/It] cloudApiKey: received nothing, allowed: a key together with its secret; there is a cloudApiSecret',
  ],
  [
    'a control plane without a scheme',
    (scope) => new ConfluentCloudProvider(scope, 'It', { endpoint: 'api.confluent.cloud' }),
    "endpoint: received 'api.confluent.cloud', allowed: an address such as https://api.confluent.cloud",
  ],
  [
    'subjects that the other exporter has brought',
    schemasWith({ secondaryToPrimary: { exporterName: 'back', subjects: [':.primary-context:*'] } }),
    "secondaryToPrimary.subjects: received ':.primary-context:*', allowed: subjects of the registry's own",
  ],
  [
    'one subject that the other exporter has brought',
    schemasWith({
      primaryToSecondary: { exporterName: 'there', subjects: ['a', ':.from-b:orders'] },
      secondaryToPrimary: { exporterName: 'back', context: ExportContext.custom('from-b') },
    }),
    "primaryToSecondary.subjects: received ':.from-b:orders', allowed: subjects of the registry's own",
  ],
  [
    'the own path for the old one',
    linkWith({ movedFrom: 'Link' }),
    "[test/Link] movedFrom: received 'Link', allowed: another path than the one where the construct stands now",
  ],
  [
    "the stack's id in the old path",
    linkWith({ movedFrom: 'test/Old' }),
    "[test/Link] movedFrom: received 'test/Old', allowed: a path in the stack, without the stack's own id. Write Old.",
  ],
  [
    'an old path where another one stands',
    (scope) => {
      const { pair } = linkWith({})(scope);
      new BidirectionalClusterLink(scope, 'Other', { pair, linkName: 'other', movedFrom: 'Link' });
    },
    "[test/Other] movedFrom: received 'Link', allowed: a path where the construct stood and nothing of its kind stands",
  ],
  [
    'one old path for two',
    (scope) => {
      const { pair } = linkWith({ movedFrom: 'Old' })(scope);
      new BidirectionalClusterLink(scope, 'Other', { pair, linkName: 'other', movedFrom: 'Old' });
    },
    "[test/Other] movedFrom: received 'Old', allowed: a path that one construct has left; test/Link says the same",
  ],
  ...Object.entries({
    'fewer files than connections': [{ openFiles: 1024, workerConnections: 2048 }, 'received 1024', 2560],
    'fewer files than the default connections': [{ openFiles: 32768 }, 'received 32768', 33280],
    'as many files as connections': [{ openFiles: 2048, workerConnections: 2048 }, 'received 2048', 2560],
    'more files than the units allow': [{ openFiles: 2_000_000 }, 'received 2000000', 33280],
  } as const).map(([what, [capacity, received, fewest]]): (typeof REFUSED)[number] => [
    what,
    (scope) => addProxy(scope, { capacity }),
    `capacity.openFiles: ${received}, allowed: a whole number from ${fewest} to 1048576 (files`,
  ]),
  [
    'more tags than Azure takes',
    tagged(Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag${index}`, '']))),
    "tags: received '51 tags', allowed: up to 50 tags",
  ],
  ...[
    'a<b',
    'a>b',
    '100%',
    'r&d',
    'a\\b',
    'why?',
    'team/lead',
    '',
    'a'.repeat(513),
    'Azure-team',
    'microsoft',
    'windowsVm',
  ].map((name): (typeof REFUSED)[number] => [
    `a tag called '${name.slice(0, 20)}'`,
    tagged({ [name]: 'x' }),
    'allowed: names of 1 to 512 characters without',
  ]),
  [
    'tags that differ in case',
    tagged({ team: 'a', Team: 'b' }),
    "tags: received 'Team', allowed: names that differ in",
  ],
  ['a tag too long', tagged({ team: 'a'.repeat(257) }), "tags['team']: received '257 characters', allowed: up to 256"],
  [
    'a setting that the service sets itself',
    topicWith({ 'confluent.topic.type': 'standard' }),
    "['confluent.topic.type']: received 'standard', allowed: the settings ",
  ],
  ...Object.entries<[(scope: Construct, variable: any) => unknown, string]>({
    'an environment': [(scope, it) => memberWith(scope, { environmentId: it }), 'primary.environmentId'],
    'the name of a member': [(scope, it) => memberWith(scope, { clusterName: it }), 'primary.clusterName'],
    'an account': [(scope, it) => addPair(scope, { serviceAccountId: it }), 'serviceAccountId'],
    'the name of a link': [(scope, it) => linkWith({ linkName: it })(scope), 'linkName'],
    'a group': [(_scope, it) => GroupFilter.literal(it), 'GroupFilter.literal'],
    'the beginning of groups': [(_scope, it) => GroupFilter.prefixed(it), 'GroupFilter.prefixed'],
    'a principal': [(_scope, it) => AclSync.ofPrincipals([it]), 'AclSync.of, filters[0].principal'],
    'an address': [(scope, it) => addProxy(scope, { publicIp: { ...ADDRESS, id: it } }), 'publicIp.id'],
    'a location': [(scope, it) => addProxy(scope, { location: it }), 'location'],
    'a prefix of names': [(scope, it) => addProxy(scope, { namePrefix: it }), 'namePrefix'],
    'the name of a security group': [(scope, it) => addProxy(scope, { securityGroupName: it }), 'securityGroupName'],
    'a resource group': [(scope, it) => addProxy(scope, { resourceGroupName: it }), 'resourceGroupName'],
    'a subnet': [(scope, it) => addProxy(scope, { subnetId: it }), 'subnetId'],
    'a number of VMs': [(scope, it) => addProxy(scope, { instances: it }), 'instances'],
    'a number of connections': [
      (scope, it) => addProxy(scope, { capacity: { workerConnections: it } }),
      'capacity.workerConnections',
    ],
    'a sku': [(scope, it) => addProxy(scope, { image: { publisher: 'p', offer: 'o', sku: it } }), 'image.sku'],
    'an exporter': [schemasOf('exporterName'), 'primaryToSecondary.exporterName'],
    'a format of subjects': [schemasOf('subjectRenameFormat'), 'primaryToSecondary.subjectRenameFormat'],
    partitions: [(scope, it) => linkWith({})(scope).mirrorTopic('a', { partitions: it }), "topic 'a'.partitions"],
    'an endpoint': [(scope, it) => new ConfluentCloudProvider(scope, 'It', { endpoint: it }), 'endpoint'],
    'a password': [(_scope, it) => ProxyAdmin.password('operator', it), 'ProxyAdmin.password'],
    'an administrator': [(_scope, it) => ProxyAdmin.sshKey(it, PUBLIC_KEY), 'ProxyAdmin.sshKey, username'],
    'a length of time': [(_scope, it) => Duration.minutes(it), 'Duration.minutes'],
  }).map(([what, [build, property]]): (typeof REFUSED)[number] => [
    `a variable itself for ${what}`,
    (scope) => build(scope, text(scope)),
    `${property}: received 'TerraformVariable', allowed: `,
  ]),
  ...Object.entries<[(scope: Construct, list: any) => unknown, string]>({
    'an environment': [(scope, it) => memberWith(scope, { environmentId: it }), 'primary.environmentId'],
    'an account': [(scope, it) => addPair(scope, { serviceAccountId: it }), 'serviceAccountId'],
    'the id of a cluster': [(_scope, it) => ClusterSource.existing(it), 'ClusterSource.existing'],
    'the name of a link': [(scope, it) => linkWith({ linkName: it })(scope), 'linkName'],
    'a topic': [(scope, it) => linkWith({})(scope).mirrorTopic(it), 'topicName'],
    'a location': [(scope, it) => addProxy(scope, { location: it }), 'location'],
    'a size': [(scope, it) => addProxy(scope, { size: it }), 'size'],
    'an administrator': [(_scope, it) => ProxyAdmin.sshKey(it, PUBLIC_KEY), 'ProxyAdmin.sshKey, username'],
    'a consumer group': [
      (scope, it) => addPair(scope).grantConsume('User:sa-1', TopicPattern.all(), it),
      'consumerGroup',
    ],
  }).map(([what, [build, property]]): (typeof REFUSED)[number] => [
    `a list that only Terraform knows for ${what}`,
    (scope) => build(scope, new TerraformVariable(scope, 'list', { type: 'list(string)' }).listValue),
    `${property}: received 'a list', allowed: `,
  ]),
  [
    'a text for a length of time',
    () => Duration.minutes('5' as any),
    "Duration.minutes: received '5', allowed: a number",
  ],
  ['a context value without a name', () => Outage.of(PRIMARY).whenContext(''), "Outage.whenContext: received ''"],
  [
    'an empty key',
    (scope) => new ConfluentCloudProvider(scope, 'It', { cloudApiKey: '', cloudApiSecret: text(scope).stringValue }),
    "cloudApiKey: received '', allowed: a key",
  ],
  [
    'spaces for a display name',
    (scope) => primaryFrom(scope, ClusterSource.dedicated({ region: 'westeurope', displayName: '  ' })),
    "primary.cluster.displayName: received '  '",
  ],
  [
    'one variable for both clusters',
    (scope) => {
      const cluster = ClusterSource.existing(text(scope).stringValue);
      addPair(scope, { primary: { environmentId: 'env-a', cluster }, secondary: { environmentId: 'env-b', cluster } });
    },
    'secondary.cluster.clusterId: received',
  ],
  ...[null, 3, 'Primary', 'a_b'].map((clusterName): (typeof REFUSED)[number] => [
    `${clusterName} for the name of a member`,
    (scope) => memberWith(scope, { clusterName } as any),
    'primary.clusterName: received',
  ]),
  [
    'one name for both members',
    (scope) => memberWith(scope, { clusterName: 'secondary' }),
    "secondary.clusterName: received 'secondary', allowed: another name than the primary has",
  ],
  ...['.', '..'].map((name): [string, (scope: Construct) => unknown, string] => [
    `a grant for the topic ${name}, which cannot be`,
    (scope) => addPair(scope).grantProduce('User:sa-b', TopicPattern.literal(name)),
    `topics: received '${name}', allowed: 1 to 249 letters`,
  ]),
  [
    'a key of a kind that Azure does not support',
    (scope) => addProxy(scope, { admin: ProxyAdmin.sshKey('operator', 'ecdsa-sha2-nistp256 AAAAE2VjZHNh') }),
    "admin.publicKey: received 'ecdsa-sha2-nistp256 AAAAE2VjZHNh', allowed: an OpenSSH public key of RSA or Ed25519",
  ],
  ...(
    [
      [['22'], ['*'], undefined],
      [['80', '20-30'], ['10.1.0.0/16', '0.0.0.0/1'], 'Tcp'],
      [['*'], ['Internet'], '*'],
      [['22'], ['AzureCloud'], 'Tcp'],
      [['1-1024'], ['azurecloud.westeurope'], '*'],
      [['22'], ['AppService'], 'Tcp'],
    ] as const
  ).map(([ports, addresses, protocol]): [string, (scope: Construct) => unknown, string] => [
    `SSH from everywhere by a rule of one's own, ports ${ports.join()} from ${addresses.join()}`,
    (scope) =>
      addProxy(scope, {
        securityRules: [
          SecurityRule.allowInbound({
            name: 'own',
            priority: 200,
            ports: [...ports],
            addresses: [...addresses],
            protocol,
          }),
        ],
      }),
    `securityRules[0].addresses[${addresses.length - 1}]: received '${addresses.at(-1)}', allowed: ranges of /8 or smaller, or VirtualNetwork, where a rule lets in to port 22`,
  ]),
  ...(
    [
      [['9000-9010', '9010'], 1, '9000-9010'],
      [['9100', '443', '9100'], 2, '9100'],
      [['1-100', '50-200'], 1, '1-100'],
    ] as const
  ).map(([ports, index, other]): [string, (scope: Construct) => unknown, string] => [
    `ports of which one is in another, ${ports.join()}`,
    (scope) =>
      addProxy(scope, {
        securityRules: [
          SecurityRule.allowInbound({ name: 'own', priority: 200, ports: [...ports], addresses: ['10.1.0.0/16'] }),
        ],
      }),
    `securityRules[0].ports[${index}]: received '${ports[index]}', allowed: ports that no other entry of the rule has; ${other} has`,
  ]),
  ...['a\nb', 'a\n', 'a\tb', 'a\u0000', 'a\u2028b'].flatMap((displayName): typeof REFUSED => [
    [
      `${JSON.stringify(displayName)} for the name of a cluster`,
      (scope) => primaryFrom(scope, ClusterSource.dedicated({ region: 'westeurope', displayName })),
      'primary.cluster.displayName: received',
    ],
    [
      `${JSON.stringify(displayName)} for the name of a network`,
      (scope) => {
        new ConfluentCloudProvider(scope, 'Confluent');
        const access = NetworkAccess.privateLink(['0000000a-0000-0000-0000-000000000000']);
        new ConfluentNetwork(scope, 'Network', { environmentId: 'env-a', region: 'westeurope', access, displayName });
      },
      'displayName: received',
    ],
  ]),
  ...['constructor', '__proto__', 'toString', 'Shop/hasOwnProperty'].map((movedFrom): (typeof REFUSED)[number] => [
    `${movedFrom} for the old path, which no construct can have had`,
    linkWith({ movedFrom }),
    `[test/Link] movedFrom: received '${movedFrom}', allowed: a path of construct ids in the stack`,
  ]),
  [
    'a tag that cdktf would lose',
    tagged(JSON.parse('{"__proto__":"x"}')),
    "tags: received '__proto__', allowed: names of 1 to 512 characters",
  ],
  ...Object.entries<[(scope: Construct, it: any) => unknown, string]>({
    'the region of a cluster': [
      (scope, it) => primaryFrom(scope, ClusterSource.dedicated({ region: it })),
      'ClusterSource.dedicated.region',
    ],
    'the size of a cluster': [
      (scope, it) => primaryFrom(scope, ClusterSource.enterprise({ region: 'westeurope', maxEcku: it })),
      'ClusterSource.enterprise.maxEcku',
    ],
    'the name of a link': [(scope, it) => linkWith({ linkName: it })(scope), 'linkName'],
    'a setting of a link': [
      (scope, it) => linkWith({ settings: { 'mirror.start.offset.spec': it } })(scope),
      "settings['mirror.start.offset.spec']",
    ],
    'a setting of a topic': [
      (scope, it) => topicWith({ 'retention.ms': it })(scope),
      "topic 'orders'.config['retention.ms']",
    ],
    partitions: [(scope, it) => linkWith({})(scope).mirrorTopic('a', { partitions: it }), "topic 'a'.partitions"],
    'the name of a context': [(_scope, it) => ExportContext.custom(it), 'ExportContext.custom'],
    subjects: [schemasOf('subjects'), 'primaryToSecondary.subjects'],
    'a location': [(scope, it) => addProxy(scope, { location: it }), 'location'],
    'the priority of a rule': [
      (_scope, it) => SecurityRule.allowInbound({ name: 'a', priority: it, ports: ['1'], addresses: ['*'] }),
      'SecurityRule.priority',
    ],
    'the addresses of a network': [
      (_scope, it) => NetworkAccess.peering({ cidr: it, tenantId: 'a', virtualNetworkId: 'b' }),
      'NetworkAccess.peering.cidr',
    ],
    'an alias': [(scope, it) => new ConfluentCloudProvider(scope, 'It', { alias: it }), 'alias'],
  }).map(([what, [build, property]]): (typeof REFUSED)[number] => [
    `a function for ${what}`,
    (scope) => build(scope, () => 'it'),
    `${property}: received function, allowed: `,
  ]),
  ...Object.entries<[(scope: Construct) => unknown, string]>({
    'an alias': [(scope) => new ConfluentCloudProvider(scope, 'It', { alias: null as any }), 'alias'],
    retries: [(scope) => new ConfluentCloudProvider(scope, 'It', { maxRetries: null as any }), 'maxRetries'],
    ...Object.fromEntries(
      ['maxLagRecords', 'canaryTopic', 'primaryExporterName'].map((property) => [
        property,
        [
          (scope: Construct) => {
            const link = linkWith({})(scope);
            new RunbookOutput(scope, 'Runbook', { pair: link.pair, link, [property]: null });
          },
          property,
        ],
      ]),
    ),
  }).map(([what, [build, property]]): (typeof REFUSED)[number] => [
    `nothing for ${what}`,
    build,
    `${property}: received null, allowed: `,
  ]),
  [
    'a subnet without an address for each VM',
    (scope) => addProxy(scope, { subnetPrefix: '10.0.2.0/29', instances: 4 }),
    "subnetPrefix: received '10.0.2.0/29', allowed: ranges with an address for each of the 4 that the proxy needs, beside 5",
  ],
  [
    'a subnet without an address for the balancer of an internal proxy',
    (scope) => addProxy(scope, { subnetPrefix: '10.0.2.0/29', instances: 3, access: ProxyAccess.internal() }),
    "subnetPrefix: received '10.0.2.0/29', allowed: ranges with an address for each of the 4",
  ],
  ...(
    [
      ['127.0.0.0/8', '127.0.0.0/8'],
      ['239.1.0.0/16', '224.0.0.0/4'],
      ['169.254.2.0/24', '169.254.0.0/16'],
      ['168.63.0.0/16', '168.63.129.16/32'],
    ] as const
  ).map(([addressSpace, refused]): [string, (scope: Construct) => unknown, string] => [
    `a network of ${addressSpace}`,
    (scope) => addProxy(scope, { addressSpace, subnetPrefix: addressSpace }),
    `addressSpace: received '${addressSpace}', allowed: ranges that do not meet ${refused}, which Azure refuses`,
  ]),
  ...['10.0.0.1', '172.31.0.1', '192.168.0.1', '0.0.0.0'].map(
    (ipAddress): [string, (scope: Construct) => unknown, string] => [
      `${ipAddress} for a public address`,
      (scope) => addProxy(scope, { publicIp: { ...ADDRESS, ipAddress } }),
      `publicIp.ipAddress: received '${ipAddress}', allowed: the public IPv4 address itself`,
    ],
  ),
  [
    'an expression for the old path',
    (scope) => linkWith({ movedFrom: text(scope).stringValue })(scope),
    'movedFrom: received',
  ],
];

test.each(REFUSED)('%s is refused in one error', (_what, build, expected) => {
  expect(saidOf(build)).toContain(expected);
});

test.each<[string, (scope: Construct) => unknown]>([
  ['two proxies with names of their own in one group', twoProxies({}, {})],
  [
    'a key as its file has it',
    (scope) => addProxy(scope, { admin: ProxyAdmin.sshKey('operator', `${PUBLIC_KEY} me@here\r\n`) }),
  ],
  [
    'rules for SSH from few, for other ports from everywhere, and against SSH',
    (scope) => {
      const of = (name: string, priority: number, ports: string[], addresses: string[]) => ({
        ...{ name, priority, ports, addresses },
      });
      const securityRules = [
        SecurityRule.allowInbound(of('few', 200, ['22'], ['10.0.0.0/8'])),
        SecurityRule.allowInbound(of('own', 204, ['22'], ['VirtualNetwork'])),
        SecurityRule.allowInbound(of('cloud', 205, ['9101', '9200-9300', '9301'], ['AzureCloud'])),
        SecurityRule.allowInbound(of('metrics', 201, ['9100', '1-21', '23-30'], ['*'])),
        SecurityRule.denyInbound(of('no-ssh', 202, ['22'], ['*'])),
        SecurityRule.allowOutbound(of('out', 200, ['22'], ['*'])),
        SecurityRule.allowInbound({ ...of('ping', 203, ['*'], ['*']), protocol: 'Icmp' }),
      ];
      addProxy(scope, { securityRules });
    },
  ],
  [
    'a subnet with just as many addresses as VMs',
    (scope) => addProxy(scope, { subnetPrefix: '10.0.2.0/29', instances: 3 }),
  ],
  [
    'a network of public addresses',
    (scope) => addProxy(scope, { addressSpace: '223.0.0.0/8', subnetPrefix: '223.0.2.0/24' }),
  ],
  ['a last day of February', linkWith({ settings: { 'mirror.start.offset.spec': '2028-02-29T00:00:00Z' } })],
  ['as many files as do', (scope) => addProxy(scope, { capacity: { workerConnections: 2048, openFiles: 2560 } })],
  ['as many connections as there can be', (scope) => addProxy(scope, { capacity: { workerConnections: 1_048_064 } })],
  [
    'tags at the limits',
    tagged({
      ...Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`tag${index}`, ''])),
      ['a'.repeat(512)]: 'a'.repeat(256),
      'cost centre (é)': '<>%&\\?/',
    }),
  ],
  ['a name with dots', linkWith({ linkName: '...' })],
  [
    'subjects of a context of its own',
    schemasWith({ secondaryToPrimary: { exporterName: 'back', subjects: [':.primary:*', 'orders'] } }),
  ],
  [
    'lists and numbers that only Terraform knows, where lists and numbers are wanted',
    (scope) => {
      const link = linkWith({})(scope);
      const list = new TerraformVariable(scope, 'list', { type: 'list(string)' }).listValue;
      const number = new TerraformVariable(scope, 'number', { type: 'number' }).numberValue;
      new RunbookOutput(scope, 'Runbook', {
        pair: link.pair,
        link,
        topics: list,
        leaveOut: list,
        maxLagSeconds: number,
      });
      addProxy(scope, { resolvers: list, outage: Outage.of(PRIMARY).forAtMost(Duration.minutes(number)) });
    },
  ],
  ['a * for all topics', linkWith({ settings: filters('*', 'LITERAL') })],
  ['lags that are the same', topicWith({ 'min.compaction.lag.ms': '21600000', 'max.compaction.lag.ms': '21600000' })],
  [
    'a whole variable for a secret',
    (scope) => new ConfluentCloudProvider(scope, 'It', { cloudApiKey: 'k', cloudApiSecret: text(scope).stringValue }),
  ],
  [
    'endpoints with the ports of the proxy',
    clusterAt({ restEndpoint: 'https://pkc-11111.westeurope.azure.confluent.cloud:443' }),
  ],
])('%s: let through', (_what, build) => {
  expect(saidOf(build)).toBeUndefined();
});

test.each(['constructor', 'toString', 'hasOwnProperty'])('a topic may be called %s', (name) => {
  const stack = stackOf((scope) => {
    const link = linkWith({})(scope);
    link.mirrorTopic(name);
  });
  const { resource } = synthesize(stack);
  expect(Object.values(resource.confluent_kafka_topic)).toMatchObject([{ topic_name: name }]);
  expect(Object.values(resource.confluent_kafka_mirror_topic)).toHaveLength(1);
});
