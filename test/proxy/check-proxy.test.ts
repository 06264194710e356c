import { TerraformStack, TerraformVariable } from 'cdktf';
import { ProxiedCluster } from '../../lib/cluster/proxied-cluster';
import { checkProxy } from '../../lib/proxy/check-proxy';
import { ClientAccess } from '../../lib/proxy/client-access';
import { type NginxFailoverProxyProps } from '../../lib/proxy/nginx-failover-proxy-props';
import { Outage } from '../../lib/proxy/outage';
import { ProxyAccess } from '../../lib/proxy/proxy-access';
import { ProxyAdmin } from '../../lib/proxy/proxy-admin';
import { ProxyIdentity } from '../../lib/proxy/proxy-identity';
import { type ProxyPlan } from '../../lib/proxy/rendering/proxy-plan';
import { SecurityRule, type SecurityRuleProps } from '../../lib/proxy/security-rule';
import { Problems } from '../../lib/validation/problems';
import { testApp } from '../support/synth';

type Props = Partial<NginxFailoverProxyProps>;

const cluster = (name: string, host = `pkc-${name}.westeurope.azure.confluent.cloud`) =>
  ProxiedCluster.fromEndpoints(name, { bootstrapEndpoint: host });
const [ONE, OTHER] = [cluster('one'), cluster('other')];
const RIGHT: NginxFailoverProxyProps = {
  clusters: [ONE, OTHER],
  location: 'westeurope',
  clientCidrs: ['10.0.0.0/8'],
  admin: ProxyAdmin.sshKey('operator', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE3ample'),
};
const PLAN: ProxyPlan = {
  instances: [{ name: 'one' }],
  routes: [{ pattern: String.raw`pkc-one\.confluent\.cloud`, instance: 'one' }],
};

const stack = new TerraformStack(testApp(), 'test');
const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
const list = new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue;
const count = new TerraformVariable(stack, 'count', { type: 'number' }).numberValue;

/** All that is said of a proxy that is right but for these props. */
function saidOf(props: Props, plan = PLAN): string[] {
  const problems = new Problems();
  checkProxy(problems, stack, { ...RIGHT, ...props }, plan);
  return problems.list();
}

const GROUP = '/subscriptions/s/resourceGroups/rg/providers';
const SUBNET = `${GROUP}/Microsoft.Network/virtualNetworks/v/subnets/s`;
const ADDRESS = { id: `${GROUP}/Microsoft.Network/publicIPAddresses/ip`, ipAddress: '198.51.100.9' };
const INTERNAL = ProxyAccess.internal();
const rule = (props: Partial<SecurityRuleProps>) => ({
  ...{ name: 'own', priority: 200, ports: ['9100'], addresses: ['10.1.0.0/16'] },
  ...props,
});
const inbound = (props: Partial<SecurityRuleProps>) => SecurityRule.allowInbound(rule(props));
const outbound = (props: Partial<SecurityRuleProps>) => SecurityRule.denyOutbound(rule(props));

const NETWORK_NAME =
  'allowed: 1 to 80 letters, digits, dots, underscores and hyphens, beginning with a letter or digit and not ending with ' +
  'a dot or hyphen. Azure refuses other names.';
const RANGE =
  'allowed: an IPv4 range such as 203.0.113.7/32 or 10.0.0.0/16, with no bits set behind the prefix. For one address ' +
  'append /32.';
const CREATED = 'It is for what is created, and nothing is created there; take one of the two out.';
const DEFAULT = 'Correct it, or leave it out for the default.';

describe('a proxy is let through', () => {
  test.each<[string, Props]>([
    ['with what it must have', {}],
    ['with one cluster', { clusters: [ONE] }],
    [
      'with everything of its own',
      {
        ...{ namePrefix: 'orders', size: 'Standard_DS1_v2', ipConfigurationName: 'primary', idleTimeoutMinutes: 4 },
        ...{ resourceGroupName: 'rg', securityGroupName: 'nsg', publicIpName: 'ip', tags: { owner: 'streaming' } },
        ...{ outage: Outage.of(ONE), clientAccess: ClientAccess.activeOnly(ONE, OTHER), zones: ['1', '9'] },
        ...{ identity: ProxyIdentity.systemAssigned(), sshCidrs: ['10.0.0.0/8'], resolvers: ['10.0.0.2'] },
        ...{ addressSpace: '10.7.0.0/29', subnetPrefix: '10.7.0.0/29', instances: 3 },
        ...{ diskEncryptionSetId: `${GROUP}/Microsoft.Compute/diskEncryptionSets/keys` },
        ...{ inboundRuleNames: { https: 'clients', ssh: 'operators' }, idleTimeoutMinutes: 30 },
      },
    ],
    ['with an image, of its last version or of one', { image: { publisher: 'Canonical', offer: 'o-2', sku: 's_lts' } }],
    ['with an image of one version', { image: { publisher: 'Canonical', offer: 'o', sku: 's', version: '22.04.1' } }],
    ['with a subnet and an address that exist', { subnetId: SUBNET, publicIp: ADDRESS }],
    ['with an address beside private ones', { publicIp: { ...ADDRESS, ipAddress: '172.32.0.1' } }],
    [
      'of several VMs, with the idle time of their balancer',
      { publicIp: ADDRESS, instances: 2, idleTimeoutMinutes: 9 },
    ],
    ['inside a network', { access: INTERNAL, subnetPrefix: '10.0.2.0/29', instances: 2 }],
    [
      'at an address of a subnet that exists, whose range is not known',
      { access: ProxyAccess.internal({ privateIpAddress: '10.9.9.9' }), subnetId: SUBNET },
    ],
    ['at an address of its subnet', { access: ProxyAccess.internal({ privateIpAddress: '10.0.2.9' }) }],
    ['with a public address, said', { access: ProxyAccess.publicAddress(), publicIp: ADDRESS }],
    [
      'with one priority for either direction',
      { securityRules: [outbound({ priority: 110 }), inbound({ name: 'b' })] },
    ],
    ['with a name that only other proxies have', { securityRules: [inbound({ name: 'ssh', priority: 100 })] }],
    ['with a priority that only internal ones have', { securityRules: [inbound({ name: 'others', priority: 4096 })] }],
    ['with one that only balanced ones have', { securityRules: [inbound({ name: 'health', priority: 130 })] }],
    [
      'with the least that it can carry',
      {
        capacity: {
          ...{ workerConnections: 64, workerProcesses: 1, openFiles: 576, idleTimeoutSeconds: 600 },
          ...{ connectTimeoutSeconds: 5, helloTimeoutSeconds: 1, sessionsPerClient: 1 },
        },
      },
    ],
    [
      'with the most that it can carry',
      {
        capacity: {
          ...{
            workerConnections: 1_048_064,
            workerProcesses: 256,
            openFiles: 1_048_576,
            idleTimeoutSeconds: 2_592_000,
          },
          ...{ connectTimeoutSeconds: 600, helloTimeoutSeconds: 60, sessionsPerClient: 1_000_000 },
        },
      },
    ],
    ['with lists that only Terraform knows', { clientCidrs: list, sshCidrs: list, resolvers: list }],
    ['with ranges that only Terraform knows', { clientCidrs: [text], sshCidrs: [text], resolvers: [text] }],
    ['with a network that only Terraform knows', { addressSpace: text, subnetPrefix: '10.9.0.0/24' }],
    ['with a subnet that only Terraform knows', { subnetPrefix: text, instances: 9 }],
    ['with names of rules that only Terraform knows', { inboundRuleNames: { https: text } }],
    [
      'with files for connections that only Terraform knows',
      { capacity: { workerConnections: count, openFiles: 33_280 } },
    ],
  ])('%s', (_what, props) => {
    expect(saidOf(props)).toEqual([]);
  });
});

describe('of a proxy is said', () => {
  test.each<[string, Props, string[]]>([
    [
      'what texts are none',
      {
        ...{ location: 'nowhere at all', namePrefix: 'a.b', size: 'large', ipConfigurationName: 'primary.' },
        ...{ resourceGroupName: 'rg.', securityGroupName: 'a b', publicIpName: 'ip-', tags: { microsoft: '' } },
        ...{ diskEncryptionSetId: 'keys', subnetId: 'internal', admin: ProxyAdmin.sshKey('a.', 'ssh-rsa AAAA') },
        ...{ identity: ProxyIdentity.userAssigned() },
      },
      [
        "location: received 'nowhere at all', allowed: a region of Azure such as westeurope. ",
        "namePrefix: received 'a.b', allowed: 1 to 40 letters",
        "size: received 'large', allowed: an Azure VM size",
        `ipConfigurationName: received 'primary.', ${NETWORK_NAME}`,
        "admin.username: received 'a.', allowed: 1 to 32 letters",
        "resourceGroupName: received 'rg.', allowed: the name of a resource group",
        `securityGroupName: received 'a b', ${NETWORK_NAME}`,
        `publicIpName: received 'ip-', ${NETWORK_NAME}`,
        "tags: received 'microsoft', allowed: names of 1 to 512 characters",
        "subnetId: received 'internal', allowed: an Azure id, /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…. ",
        "diskEncryptionSetId: received 'keys', allowed: an Azure id, /subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/diskEncryptionSets/…. ",
        'identity: received [], allowed: at least one identity',
      ],
    ],
    ...[3, 31].map((minutes): [string, Props, string[]] => [
      `that Azure knows no idle time of ${minutes} minutes`,
      { idleTimeoutMinutes: minutes },
      [`idleTimeoutMinutes: received ${minutes}, allowed: a whole number from 4 to 30 (minutes). ${DEFAULT}`],
    ]),
    [
      'that it leads to no such cluster',
      { outage: Outage.of(cluster('third')), clientAccess: ClientAccess.activeOnly(ONE, cluster('fourth')) },
      [
        "outage: received 'third', allowed: a cluster behind this proxy: one, other",
        "clientAccess: received 'fourth', allowed: a cluster behind this proxy: one, other",
      ],
    ],
    [
      'that there is no cluster',
      { clusters: [] },
      [
        'clusters: received [], allowed: at least one cluster. Pass pair.members, or clusters made by ProxiedCluster.fromEndpoints.',
      ],
    ],
    [
      'that clusters have one name, a host of their own each',
      { clusters: [ONE, { clusterName: 'one', hostNames: OTHER.hostNames }] },
      [
        "clusters[1].clusterName: received 'one', allowed: a name of its own, and neither shared nor front, which the proxy " +
          'uses itself. Rename the cluster for the proxy: ProxiedCluster.fromEndpoints takes a name.',
      ],
    ],
    [
      'that the proxy has such names itself',
      { clusters: [cluster('shared'), cluster('front')] },
      [
        "clusters[0].clusterName: received 'shared', allowed: a name of its own, and neither",
        "clusters[1].clusterName: received 'front', allowed: a name of its own, and neither",
      ],
    ],
    [
      'that a name is none',
      { clusters: [cluster('One', 'pkc-1.a.confluent.cloud'), OTHER] },
      ["clusters[0].clusterName: received 'One', allowed: "],
    ],
    [
      'that a name must be in code',
      { clusters: [ONE, { clusterName: text, hostNames: OTHER.hostNames }] },
      ["clusters[1].clusterName: received 'a Terraform expression', allowed: "],
    ],
    [
      'that hosts say nothing of their brokers',
      { clusters: [cluster('one', 'kafka.orders.confluent.cloud'), OTHER] },
      [
        "clusters['one'].hostNames.brokerHostPatterns: received nothing, allowed: patterns for the names of the brokers",
      ],
    ],
    [
      'what an image cannot have',
      { image: { publisher: ' Canonical', offer: 'o ', sku: '', version: '22/04' } },
      Object.entries({ publisher: ' Canonical', offer: 'o ', sku: '', version: '22/04' }).map(
        ([part, received]) =>
          `image.${part}: received '${received}', allowed: letters, digits, dots, underscores and hyphens. ` +
          'Copy it from `az vm image list`.',
      ),
    ],
    [
      'what zones are none',
      { zones: ['01', '1a', '0', '2', '2'] },
      ["zones[0]: received '01'", "zones[1]: received '1a'", "zones[2]: received '0'", "zones[4]: received '2'"].map(
        (start) =>
          `${start}, allowed: zones of a region such as '1', each once. ` +
          'Copy them from `az vm list-skus --location <region> --zone`.',
      ),
    ],
    [
      'that an internal one has no public address',
      { access: INTERNAL, publicIp: ADDRESS, publicIpName: 'ip', subnetId: SUBNET },
      [
        `publicIpName: received 'ip', allowed: nothing beside publicIp. ${CREATED}`,
        `publicIp: received ${JSON.stringify(ADDRESS)}, allowed: nothing beside ProxyAccess.internal(). ` +
          'An internal proxy has no public address; take one of the two out.',
        "publicIpName: received 'ip', allowed: nothing beside ProxyAccess.internal(). " +
          'An internal proxy has no public address; take one of the two out.',
      ],
    ],
    [
      'that a private address is none of the subnet',
      { access: ProxyAccess.internal({ privateIpAddress: '10.9.9.9' }) },
      ["access.privateIpAddress: received '10.9.9.9', allowed: an address of the subnet 10.0.2.0/24"],
    ],
    [
      'that its ranges are none',
      { clientCidrs: ['10.0.0.1/8'], sshCidrs: ['10.0.0.1'], addressSpace: '10.0.0.1/16', subnetPrefix: '10.0.2.1/24' },
      [
        `clientCidrs[0]: received '10.0.0.1/8', ${RANGE}`,
        `sshCidrs[0]: received '10.0.0.1', ${RANGE}`,
        `addressSpace: received '10.0.0.1/16', ${RANGE}`,
        `subnetPrefix: received '10.0.2.1/24', ${RANGE}`,
      ],
    ],
    [
      'that nobody is let in',
      { clientCidrs: [] },
      ['clientCidrs: received [], allowed: at least one address range. Name the networks that your clients come from.'],
    ],
    [
      'that SSH is for few',
      { sshCidrs: ['11.0.0.0/8', '12.0.0.0/7'] },
      [
        "sshCidrs[1]: received '12.0.0.0/7', allowed: ranges of /8 or smaller. " +
          'Name the addresses of your administrators, or leave it out: the proxy needs no SSH.',
      ],
    ],
    [
      'that its ranges are too small',
      { addressSpace: '10.0.2.0/30', subnetPrefix: '10.0.2.0/30', instances: 4 },
      ['addressSpace', 'subnetPrefix'].map(
        (property) =>
          `${property}: received '10.0.2.0/30', allowed: ranges of /29 or larger. ` +
          'Azure keeps five addresses of each subnet for itself.',
      ),
    ],
    [
      'that a subnet is outside',
      { subnetPrefix: '10.1.2.0/24' },
      [
        "subnetPrefix: received '10.1.2.0/24', allowed: a part of the address space 10.0.0.0/16. " +
          'Choose the subnet inside the network.',
      ],
    ],
    ...Object.entries({
      '239.0.0.0/8': '224.0.0.0/4',
      '255.0.0.0/8': '255.255.255.255/32',
      '127.1.0.0/16': '127.0.0.0/8',
      '169.254.3.0/24': '169.254.0.0/16',
      '168.63.0.0/16': '168.63.129.16/32',
    }).map(([range, refused]): [string, Props, string[]] => [
      `that Azure refuses ${range}`,
      { addressSpace: range, subnetPrefix: range },
      [
        `addressSpace: received '${range}', allowed: ranges that do not meet ${refused}, which Azure refuses. ` +
          'Choose a private one, as in 10.0.0.0/16.',
      ],
    ]),
    ...[
      { needed: 4, props: { instances: 4 } },
      { needed: 4, props: { instances: 3, access: INTERNAL } },
    ].map(({ needed, props }): [string, Props, string[]] => [
      `that there is no room for ${props.instances} VMs`,
      { ...props, subnetPrefix: '10.0.2.0/29' },
      [
        `subnetPrefix: received '10.0.2.0/29', allowed: ranges with an address for each of the ${needed} that the proxy ` +
          'needs, beside 5 that Azure keeps. Take a larger one, as in 10.0.2.0/24.',
      ],
    ]),
    [
      'what is nothing beside a subnet that exists, and nothing of the room in it',
      { subnetId: SUBNET, addressSpace: '10.0.0.0/16', subnetPrefix: '10.0.2.0/29', instances: 9 },
      [
        `addressSpace: received '10.0.0.0/16', allowed: nothing beside subnetId. ${CREATED}`,
        `subnetPrefix: received '10.0.2.0/29', allowed: nothing beside subnetId. ${CREATED}`,
      ],
    ],
    [
      'what is nothing beside an address that exists',
      { publicIp: ADDRESS, publicIpName: 'ip', idleTimeoutMinutes: 9 },
      [
        `publicIpName: received 'ip', allowed: nothing beside publicIp. ${CREATED}`,
        `idleTimeoutMinutes: received 9, allowed: nothing beside publicIp. ${CREATED}`,
      ],
    ],
    [
      'that an id is none of an address',
      { publicIp: { ...ADDRESS, id: 'ip' } },
      [
        "publicIp.id: received 'ip', allowed: an Azure id, /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/publicIPAddresses/…. ",
      ],
    ],
    ...['proxy.example', '0.0.0.1', '10.0.0.1', '172.31.0.1', '192.168.0.1'].map(
      (ipAddress): [string, Props, string[]] => [
        `that ${ipAddress} is no public address`,
        { publicIp: { ...ADDRESS, ipAddress } },
        [
          `publicIp.ipAddress: received '${ipAddress}', allowed: the public IPv4 address itself. ` +
            'Copy it from `az network public-ip show`.',
        ],
      ],
    ),
    [
      'that a resolver is none',
      { resolvers: ['10.0.0.2', 'dns.example'] },
      [
        "resolvers[1]: received 'dns.example', allowed: the IPv4 address of a DNS server. Leave it out to ask those of the VM.",
      ],
    ],
  ])('%s', (_what, props, sentences) => {
    expect(saidOf(props)).toEqual(sentences.map((sentence) => expect.stringContaining(sentence) as string));
  });

  test.each<[string, Record<string, number>, string]>([
    ['workerConnections', { under: 63, over: 1_048_065 }, 'from 64 to 1048064 (connections)'],
    ['workerProcesses', { under: 0, over: 257 }, 'from 1 to 256 (processes)'],
    [
      'openFiles',
      { under: 33_279, over: 1_048_577 },
      'from 33280 to 1048576 (files: workerConnections and some for logs and sockets to listen on)',
    ],
    ['idleTimeoutSeconds', { under: 599, over: 2_592_001 }, 'from 600 to 2592000 (seconds)'],
    ['connectTimeoutSeconds', { under: 4, over: 601 }, 'from 5 to 600 (seconds)'],
    ['helloTimeoutSeconds', { under: 0, over: 61 }, 'from 1 to 60 (seconds)'],
    ['sessionsPerClient', { under: 0, over: 1_000_001 }, 'from 1 to 1000000 (sessions)'],
  ])('how much %s can be', (property, wrong, allowed) => {
    for (const received of Object.values(wrong)) {
      expect(saidOf({ capacity: { [property]: received } })).toEqual([
        `capacity.${property}: received ${received}, allowed: a whole number ${allowed}. ${DEFAULT}`,
      ]);
    }
  });

  test('how many files it needs, for as many connections as are known', () => {
    const filesFor = (workerConnections: number, openFiles: number) =>
      saidOf({ capacity: { workerConnections, openFiles } }).filter((sentence) => sentence.includes('openFiles'));
    expect(filesFor(100, 611)).toEqual([expect.stringContaining('a whole number from 612 to 1048576')]);
    expect(filesFor(100, 612)).toEqual([]);
    for (const unknown of [64.5, count]) {
      expect(filesFor(unknown, 33_279)).toEqual([expect.stringContaining('a whole number from 33280 to 1048576')]);
    }
  });

  test('what is wrong with its plan, once nothing else is', () => {
    const plan = { ...PLAN, routes: [] };
    const error = 'routes: there is none, no server name would be let through; give one at least';
    expect(saidOf({}, plan)).toEqual([error]);
    expect(saidOf({ size: 'large' }, plan)).toEqual([expect.stringContaining('size: received')]);
  });
});

describe('of rules is said', () => {
  test.each<[string, Props, string[]]>([
    [
      'what names are none',
      { inboundRuleNames: { kafka: 'let in' } },
      [`inboundRuleNames.kafka: received 'let in', ${NETWORK_NAME}`],
    ],
    [
      'that two have one name, in whatever case',
      { inboundRuleNames: { kafka: 'HTTPS' } },
      [
        'inboundRuleNames: received {"kafka":"HTTPS"}, allowed: names that differ; with the defaults these are https, https. ' +
          'Give each rule a name of its own.',
      ],
    ],
    [
      'that one of one’s own has a name that is taken, in whatever case',
      { securityRules: [inbound({ name: 'Https' }), inbound({ name: 'KAFKA', priority: 201 })] },
      [
        "securityRules[0].name: received 'Https', allowed: a name that no other rule has; there are https, kafka. " +
          'Azure compares names without regard to case; rename it.',
        "securityRules[1].name: received 'KAFKA', allowed: a name that no other rule has; there are https, kafka, Https. " +
          'Azure compares names without regard to case; rename it.',
      ],
    ],
    [
      'that one has a name of the proxy’s rule in capitals',
      { inboundRuleNames: { https: 'CLIENTS' }, securityRules: [outbound({ name: 'clients' })] },
      [
        "securityRules[0].name: received 'clients', allowed: a name that no other rule has; there are CLIENTS, kafka. " +
          'Azure compares names without regard to case; rename it.',
      ],
    ],
    [
      'that one has the name of another, in either direction',
      { securityRules: [inbound({}), outbound({})] },
      [
        "securityRules[1].name: received 'own', allowed: a name that no other rule has; there are https, kafka, own. " +
          'Azure compares names without regard to case; rename it.',
      ],
    ],
    [
      'that one has a priority that is taken in its direction',
      {
        securityRules: [
          ...[outbound({ name: 'a', priority: 300 }), inbound({ name: 'b', priority: 110 })],
          ...[inbound({ name: 'c', priority: 300 }), outbound({ name: 'd', priority: 300 })],
        ],
      },
      [
        'securityRules[1].priority: received 110, allowed: a priority that no other rule of its direction has. ' +
          'Taken are 110, 120.',
        'securityRules[3].priority: received 300, allowed: a priority that no other rule of its direction has. ' +
          'Taken are 300.',
      ],
    ],
    [
      'that those of administrators, the probe and the rest are taken where they are there',
      {
        ...{ access: INTERNAL, sshCidrs: ['10.0.0.0/8'] },
        securityRules: [inbound({ name: 'ssh' }), inbound({ name: 'health', priority: 4096 })],
      },
      [
        "securityRules[0].name: received 'ssh', allowed: a name that no other rule has; there are ssh, https, kafka, health, others. ",
        "securityRules[1].name: received 'health', allowed: a name that no other rule has; there are ssh, https, kafka, health, others, ssh. ",
        'securityRules[1].priority: received 4096, allowed: a priority that no other rule of its direction has. ' +
          'Taken are 100, 110, 120, 130, 4096, 200.',
      ],
    ],
    [
      'what is wrong with one by itself',
      { securityRules: [inbound({}), inbound({ name: 'other', priority: 5000 })] },
      ['securityRules[1].priority: received 5000, allowed: a whole number from 100 to 4096'],
    ],
  ])('%s', (_what, props, sentences) => {
    expect(saidOf(props)).toEqual(sentences.map((sentence) => expect.stringContaining(sentence) as string));
  });
});
