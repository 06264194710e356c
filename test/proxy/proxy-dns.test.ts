import { DataAzurermSubnet } from '@cdktf/provider-azurerm/lib/data-azurerm-subnet';
import { DataAzurermVirtualNetwork } from '@cdktf/provider-azurerm/lib/data-azurerm-virtual-network';
import { TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import { type NginxFailoverProxyProps, type PrivateZonesProps, ProxiedCluster, ProxyDns } from '../../lib';
import { addProxy } from '../support/fixtures';
import { complaintsOf, stackOf, synthesize } from '../support/synth';

type Props = Partial<NginxFailoverProxyProps>;
type Block = Record<string, unknown>;

const NETWORK = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/clients';
const OTHER = NETWORK.replace('clients', 'proxies');
const zones = (props: PrivateZonesProps = { brokers: 2 }, network = NETWORK): Props => ({
  dns: ProxyDns.privateZones(network, props),
});
const proxyWith = (props: Props) => stackOf((scope) => addProxy(scope, props));
const only = (props: Props, type: string): Block => {
  const all = Object.values(synthesize(proxyWith(props)).resource[type] as Record<string, Block>);
  expect(all).toHaveLength(1);
  return all[0];
};
const named = (name: string, bootstrapEndpoint: string, more: object = {}) =>
  ProxiedCluster.fromEndpoints(name, { bootstrapEndpoint, ...more });

describe('ProxyDns.privateZones', () => {
  test('makes a zone for each host name of each cluster, and for nothing above it', () => {
    expect(only(zones(), 'azurerm_private_dns_zone').for_each).toBe(
      '${toset(["pkc-11111.westeurope.azure.confluent.cloud", "psrc-1.westeurope.azure.confluent.cloud", ' +
        '"pkc-22222.northeurope.azure.confluent.cloud", "psrc-2.northeurope.azure.confluent.cloud", ' +
        '"b0-pkc-11111.westeurope.azure.confluent.cloud", "b1-pkc-11111.westeurope.azure.confluent.cloud", ' +
        '"b0-pkc-22222.northeurope.azure.confluent.cloud", "b1-pkc-22222.northeurope.azure.confluent.cloud"])}',
    );
  });

  test('leads the name of each zone, and no other, to the proxy, in the clients’ networks alone', () => {
    const props = zones({ brokers: 1, furtherNetworkIds: [OTHER] });
    expect(only(props, 'azurerm_private_dns_a_record')).toMatchObject({
      name: '@',
      ttl: 60,
      records: [expect.stringMatching(/^\$\{azurerm_public_ip\..*\.ip_address\}$/)],
    });
    const { resource } = synthesize(proxyWith(props));
    const links = Object.values(resource.azurerm_private_dns_zone_virtual_network_link as Record<string, Block>);
    expect(links.map(({ virtual_network_id: id }) => id).sort()).toEqual([NETWORK, OTHER]);
  });

  test('takes names of brokers that do not follow from a number', () => {
    const clusters = [named('one', 'lkc-1.westeurope.azure.private.confluent.cloud')];
    const host = 'lkc-1-g000.westeurope.azure.private.confluent.cloud';
    expect(only({ clusters, ...zones({ brokerHosts: [host] }) }, 'azurerm_private_dns_zone').for_each).toContain(host);
  });

  test('is not what a proxy has by itself', () => {
    for (const props of [{}, { dns: ProxyDns.hosts() }]) {
      expect(synthesize(proxyWith(props)).resource).not.toHaveProperty('azurerm_private_dns_zone');
    }
  });

  test('takes hosts and networks that only Terraform knows, and lets the plan refuse a loop and a whole domain', () => {
    const stack = stackOf((scope) => {
      const text = (name: string) => new TerraformVariable(scope, name, { type: 'string' }).stringValue;
      addProxy(scope, {
        clusters: [named('one', text('bootstrap'))],
        subnetId: text('subnet'),
        dns: ProxyDns.privateZones(text('network'), { brokers: 1 }),
      });
    });
    expect(complaintsOf(stack)).toBeUndefined();
    const [zone] = Object.values(synthesize(stack).resource.azurerm_private_dns_zone as Record<string, Block>);
    const [loop, domain] = (zone.lifecycle as { precondition: Block[] }).precondition;
    expect(loop.condition).toBe('${!startswith(lower(var.subnet), join("", [lower(var.network), "/"]))}');
    expect(domain.condition).toContain('each.value');
  });
});

describe('ProxyDns.privateZones refuses', () => {
  const subnetOf = (network: string) => `${network}/subnets/proxy`;
  const lkc = named('one', 'lkc-1.westeurope.azure.private.confluent.cloud');
  test.each<[string, Props, string]>([
    ['no brokers', zones({}), "dns: received 'no name of a broker of 'primary'', allowed: the number of its brokers"],
    [
      'a number where names do not follow from one',
      { clusters: [lkc], ...zones() },
      "dns: received 'no name of a broker of 'one''",
    ],
    ['no whole number', zones({ brokers: 1.5 }), 'dns.brokers: received 1.5, allowed: a whole number from 1 to 100'],
    ['too many', zones({ brokers: 101 }), 'dns.brokers: received 101'],
    [
      'a name for a network',
      zones({ brokers: 1 }, 'hub'),
      "dns.virtualNetworkId: received 'hub', allowed: an Azure id",
    ],
    ['a subnet for a network', zones({ brokers: 1 }, subnetOf(NETWORK)), 'dns.virtualNetworkId: received'],
    [
      'a network twice',
      zones({ brokers: 1, furtherNetworkIds: [NETWORK.toUpperCase()] }),
      'dns.furtherNetworkIds[0]: received',
    ],
    [
      'a broker of a stranger',
      zones({ brokers: 1, brokerHosts: ['b0-pkc-33333.westeurope.azure.confluent.cloud'] }),
      "dns.brokerHosts[0]: received 'b0-pkc-33333.westeurope.azure.confluent.cloud', allowed: the whole name of a broker",
    ],
    [
      'a wildcard',
      zones({ brokers: 1, brokerHosts: ['*.westeurope.azure.confluent.cloud'] }),
      'dns.brokerHosts[0]: received',
    ],
    [
      'the network in which the proxy resolves',
      { subnetId: subnetOf(NETWORK).toUpperCase(), ...zones() },
      "dns.virtualNetworkId: received '/subscriptions/s/",
    ],
    [
      'the same with Azure’s own resolver by its address',
      { subnetId: subnetOf(NETWORK), resolvers: ['168.63.129.16'], ...zones() },
      'The proxy stands in this one and would lead to itself',
    ],
  ])('%s', (_name, props, message) => {
    const complaints = complaintsOf(proxyWith(props));
    expect(complaints).toContain('[test/Proxy] ');
    expect(complaints).toContain(message);
  });

  test.each([
    'westeurope.azure.confluent.cloud',
    'azure.confluent.cloud',
    'api.confluent.cloud',
    'westeurope.azure.glb.confluent.cloud',
    'westeurope.azure.accesspoint.glb.confluent.cloud',
    'westeurope.azure.private.confluent.cloud',
  ])('a zone for the domain %s, which others have names in', (domain) => {
    const cluster = named('one', 'pkc-11111.westeurope.azure.confluent.cloud', { otherHosts: [domain] });
    expect(complaintsOf(proxyWith({ clusters: [cluster], ...zones() }))).toContain(
      `dns, a host of 'one': received '${domain}', allowed: host names of a cluster`,
    );
  });

  test('the network of the proxy where both are looked up, whichever way', () => {
    const complaintsWith = (name: (network: DataAzurermVirtualNetwork) => string, other = 'hub') =>
      complaintsOf(
        stackOf((scope: Construct) => {
          const group = { resourceGroupName: 'rg-hub' };
          const network = new DataAzurermVirtualNetwork(scope, 'Network', { name: other, ...group });
          const subnet = new DataAzurermSubnet(scope, 'Sub', {
            name: 'proxy',
            virtualNetworkName: name(network),
            ...group,
          });
          addProxy(scope, { subnetId: subnet.id, ...zones({ brokers: 1 }, network.id) });
        }),
      );
    expect(complaintsWith(() => 'hub')).toContain('would lead to itself');
    expect(complaintsWith(({ name }) => name)).toContain('would lead to itself');
    expect(complaintsWith(() => 'hub', 'spoke')).toBeUndefined();
  });

  test('no other network, and none where the proxy asks elsewhere', () => {
    expect(complaintsOf(proxyWith({ subnetId: subnetOf(OTHER), ...zones() }))).toBeUndefined();
    expect(complaintsOf(proxyWith({ subnetId: subnetOf(`${NETWORK}-2`), ...zones() }))).toBeUndefined();
    expect(
      complaintsOf(proxyWith({ subnetId: subnetOf(NETWORK), resolvers: ['192.0.2.53'], ...zones() })),
    ).toBeUndefined();
  });

  test('a list for a network, at once', () => {
    expect(() => ProxyDns.privateZones([NETWORK] as unknown as string)).toThrow(
      "ProxyDns.privateZones, virtualNetworkId: received 'a list'",
    );
  });

  test.each([[null], [7], [true], [Number.NaN]])('%j for a network, beside a proxy in one and among others', (id) => {
    const dns = ProxyDns.privateZones(id as never, { brokers: 1, furtherNetworkIds: [NETWORK] });
    expect(complaintsOf(proxyWith({ dns, subnetId: subnetOf(OTHER) }))).toContain(
      `dns.virtualNetworkId: received ${String(id)}, allowed: an Azure id`,
    );
  });

  test.each([[1e21], [4_294_967_296], [101], [0], [-1], [1.5]])('%d brokers, without a name for each', (brokers) => {
    expect(complaintsOf(proxyWith(zones({ brokers })))).toContain(
      `dns.brokers: received ${brokers}, allowed: a whole number from 1 to 100`,
    );
  });
});
