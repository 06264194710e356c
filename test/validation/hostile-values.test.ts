// JavaScript has no types to hold its callers to, and that is part of what is tried here.
/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment */
import { TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  BidirectionalClusterLink,
  type BidirectionalClusterLinkProps,
  ClusterSource,
  ConfluentCloudProvider,
  NginxFailoverProxy,
  type NginxFailoverProxyProps,
  Outage,
  ProxiedCluster,
  ProxyAdmin,
} from '../../lib';
import { addPair, addProxy, PRIMARY, PUBLIC_KEY } from '../support/fixtures';
import { complaintsOf, stackOf } from '../support/synth';

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
const linkWith = (props: Partial<BidirectionalClusterLinkProps>) => (scope: Construct) =>
  new BidirectionalClusterLink(scope, 'Link', { pair: addPair(scope), linkName: 'dr', ...props });
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
    "ClusterSource.existing: received 'TerraformVariable', allowed: a text. Of a Terraform variable pass its stringValue",
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
    `admin.username: received '${name}', allowed: any name but administrator,`,
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
  ['a subnet too small', (scope) => addProxy(scope, { subnetPrefix: '10.0.2.0/30' }), 'subnetPrefix: received'],
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
  ['a last day of February', linkWith({ settings: { 'mirror.start.offset.spec': '2028-02-29T00:00:00Z' } })],
  ['a * for all topics', linkWith({ settings: filters('*', 'LITERAL') })],
  ['lags that are the same', topicWith({ 'min.compaction.lag.ms': '21600000', 'max.compaction.lag.ms': '21600000' })],
  [
    'a whole variable for a secret',
    (scope) => new ConfluentCloudProvider(scope, 'It', { cloudApiSecret: text(scope).stringValue }),
  ],
  [
    'endpoints with the ports of the proxy',
    clusterAt({ restEndpoint: 'https://pkc-11111.westeurope.azure.confluent.cloud:443' }),
  ],
])('%s: let through', (_what, build) => {
  expect(saidOf(build)).toBeUndefined();
});
