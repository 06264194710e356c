import { Construct } from 'constructs';
import {
  type ClusterEndpoints,
  type ClusterMemberProps,
  ClusterSource,
  type NginxFailoverProxyProps,
  ProxiedCluster,
  ProxyDns,
} from '../../lib';
import { addPair, addProxy, SECONDARY } from '../support/fixtures';
import { complaintsOf, stackOf } from '../support/synth';

const pairWith = (scope: Construct, props: Partial<ClusterMemberProps>) =>
  addPair(scope, { primary: { environmentId: 'env-a', cluster: ClusterSource.existing('lkc-aaaaa'), ...props } });
const member = (props: Partial<ClusterMemberProps>) => (scope: Construct) => void pairWith(scope, props);
const memberAndProxy = (props: Partial<ClusterMemberProps>) => (scope: Construct) =>
  addProxy(scope, { clusters: pairWith(scope, props).members });
const cluster = (endpoints: Partial<ClusterEndpoints>) => (scope: Construct) => {
  const bootstrapEndpoint = 'pkc-11111.westeurope.azure.confluent.cloud';
  const primary = ProxiedCluster.fromEndpoints('primary', { bootstrapEndpoint, ...endpoints });
  addProxy(scope, { clusters: [primary, SECONDARY] });
};
const proxy = (props: Partial<NginxFailoverProxyProps>) => (scope: Construct) => void addProxy(scope, props);

const LONG_LABEL = `${'a'.repeat(64)}.westeurope.azure.confluent.cloud`;
const NETWORK = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v';
const REGION = String.raw`[0-9a-z]+(-[0-9a-z]+)?\.northeurope\.azure\.confluent\.cloud`;

test.each<[string, (scope: Construct) => unknown, string]>([
  ...[member, memberAndProxy].flatMap((build): [string, (scope: Construct) => unknown, string][] => [
    [
      'a pattern of brokers that is none',
      build({ brokerHostPatterns: ['.*'] }),
      "[test/Pair] primary.brokerHostPatterns[0]: received '.*', allowed: literal lower-case letters",
    ],
    [
      'a pattern of a whole region',
      build({ brokerHostPatterns: [REGION] }),
      `[test/Pair] primary.brokerHostPatterns[0]: received '${REGION.replace(/\\/g, '\\\\')}', allowed: patterns that match hosts ` +
        "of this cluster alone; this one matches 'zzzzz9.northeurope.azure.confluent.cloud'",
    ],
    [
      'a pattern of every network of a region',
      build({ brokerHostPatterns: [String.raw`lkc-[0-9]+\.[0-9a-z]+\.westeurope\.azure\.confluent\.cloud`] }),
      "this one matches 'lkc-99999.99999.westeurope.azure.confluent.cloud'",
    ],
    [
      'a further host that is none',
      build({ otherHosts: ['localhost'] }),
      "[test/Pair] primary.otherHosts[0]: received 'localhost', allowed: a host name",
    ],
    ['a name of a member', build({ clusterName: 'Primary' }), "[test/Pair] primary.clusterName: received 'Primary'"],
    [
      'one name for both members',
      build({ clusterName: 'secondary' }),
      "[test/Pair] secondary.clusterName: received 'secondary', allowed: another name than the primary has",
    ],
  ]),
  [
    'a bootstrap host that is none',
    cluster({ bootstrapEndpoint: 'Kafka' }),
    "[test/Proxy] clusters['primary'].hostNames.bootstrap: received 'Kafka', allowed: a host name",
  ],
  ...(['restEndpoint', 'schemaRegistryEndpoint', 'catalogEndpoint'] as const).map(
    (endpoint): [string, (scope: Construct) => unknown, string] => [
      `a ${endpoint} with a label that DNS does not have`,
      cluster({ [endpoint]: LONG_LABEL }),
      `received '${LONG_LABEL}', allowed: a host name of at least three labels`,
    ],
  ),
  [
    'a further host with a label that DNS does not have',
    cluster({ otherHosts: [LONG_LABEL] }),
    `clusters['primary'].hostNames.otherHosts[0]: received '${LONG_LABEL}'`,
  ],
  [
    'a pattern that takes in anybody, another cluster among them',
    cluster({ brokerHostPatterns: [REGION] }),
    "clusters['primary'].hostNames.brokerHostPatterns[0]: received",
  ],
  [
    "a name of a member that is the proxy's own",
    memberAndProxy({ clusterName: 'shared' }),
    "[test/Proxy] clusters[0].clusterName: received 'shared', allowed: a name of its own, and neither shared nor front",
  ],
  [
    'a range of which only the size is wrong as well',
    proxy({ addressSpace: '127.0.0.0/30' }),
    'ranges of /29 or larger',
  ],
  [
    'a tag that private zones do not take',
    proxy({ dns: ProxyDns.privateZones(NETWORK, { brokers: 12 }), tags: { '1st': 'a' } }),
    "tags: received '1st', allowed: names of letters, digits",
  ],
  ['everybody of IPv6 for SSH', proxy({ sshCidrs: ['::/0'] }), "sshCidrs[0]: received '::/0', allowed: an IPv4 range"],
  ...(['addressSpace', 'subnetPrefix'] as const).flatMap((range) =>
    ['', '10.0.0.0', '10.0.0.1/16', 'fd00::/8', '::/0'].map(
      (received): [string, (scope: Construct) => unknown, string] => [
        `${received} for ${range}`,
        proxy({ [range]: received }),
        `${range}: received '${received}', allowed: an IPv4 range`,
      ],
    ),
  ),
])('%s is told once', (_what, build, expected) => {
  const said = complaintsOf(stackOf((scope) => void build(scope))) ?? '';
  expect(said.match(/\[test\/\w+\] .*/g)).toEqual([expect.stringContaining(expected) as string]);
});

test('tags of a proxy without private zones are not held to the rules of these', () => {
  expect(complaintsOf(stackOf(proxy({ tags: { '1st': 'a' } })))).toBeUndefined();
});

test('names that members of two pairs share are told of the proxy before both', () => {
  const build = (scope: Construct) =>
    addProxy(scope, { clusters: [addPair(scope), addPair(new Construct(scope, 'Other'))].flatMap((it) => it.members) });
  const said = complaintsOf(stackOf((scope) => void build(scope)))!;
  expect(said).toContain("[test/Proxy] clusters[2].clusterName: received 'primary', allowed: a name of its own");
  expect(said).toContain("[test/Proxy] clusters[3].clusterName: received 'secondary', allowed: a name of its own");
});

test('labels of 63 characters are let through', () => {
  const host = `${'a'.repeat(63)}.westeurope.azure.confluent.cloud`;
  expect(complaintsOf(stackOf(cluster({ otherHosts: [host] })))).toBeUndefined();
});
