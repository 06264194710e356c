import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { DataAzurermSubnet } from '@cdktf/provider-azurerm/lib/data-azurerm-subnet';
import { TerraformStack } from 'cdktf';
import { NginxFailoverProxy, ProxiedCluster, ProxyAdmin } from '../../../../lib';
import { synthesizeStackInto } from '../support/app';
import { Workspace } from '../support/terraform';
import { nsgAddress, publicIpAddress, secured, SSH_KEY, subnetAddress, subnet } from './support/landscape';
import { GROUP_ID, Stage } from './support/stage';

jest.setTimeout(900_000);

const NETWORK_ID = `${GROUP_ID}/providers/Microsoft.Network/virtualNetworks/network`;
const SUBSCRIPTION = GROUP_ID.split('/')[2];

/** What each data source needs to find something of the landscape. */
const found = {
  azurerm_public_ip: { name: 'address', resource_group_name: 'proxy' },
  azurerm_resource_group: { name: 'proxy' },
  azurerm_subnet: { name: 'internal', virtual_network_name: 'network', resource_group_name: 'proxy' },
  azurerm_virtual_network: { name: 'network', resource_group_name: 'proxy' },
};
type Type = keyof typeof found;

describe('the data source of', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  const lookUp = (type: Type, body: object, resources = secured) =>
    stage.configure(resources, { data: { [type]: { found: body } } });

  beforeAll(async () => {
    stage = await Stage.open();
    await stage.configure(secured).workspace.apply();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  test('a resource group tells where it is', async () => {
    await lookUp('azurerm_resource_group', found.azurerm_resource_group).workspace.apply();
    expect(stage.attributes('azurerm_resource_group.found')).toEqual({
      ...found.azurerm_resource_group,
      ...{ id: GROUP_ID, location: 'westeurope', managed_by: '', tags: {}, timeouts: null },
    });
  });

  test('a virtual network tells its ranges and the names of its subnets', async () => {
    const more = { ...secured, 'azurerm_subnet.second': subnet({ name: 'second', address_prefixes: ['10.1.8.0/24'] }) };
    await stage.configure(more).workspace.apply();
    await lookUp('azurerm_virtual_network', found.azurerm_virtual_network, more).workspace.apply();
    expect(stage.attributes('azurerm_virtual_network.found')).toEqual({
      ...found.azurerm_virtual_network,
      ...{ id: NETWORK_ID, location: 'westeurope', guid: stage.attributes('azurerm_virtual_network.main').guid },
      ...{ address_space: ['10.1.0.0/16'], dns_servers: [], subnets: ['internal', 'second'], tags: {} },
      ...{ vnet_peerings: {}, vnet_peerings_addresses: [], timeouts: null },
    });
  });

  test('a subnet tells its range and its security group', async () => {
    await lookUp('azurerm_subnet', found.azurerm_subnet).workspace.apply();
    expect(stage.attributes('azurerm_subnet.found')).toEqual({
      ...found.azurerm_subnet,
      ...{ id: `${NETWORK_ID}/subnets/internal`, address_prefix: '10.1.7.0/24', address_prefixes: ['10.1.7.0/24'] },
      ...{ network_security_group_id: stage.attributes(nsgAddress).id, route_table_id: '', service_endpoints: [] },
      ...{ default_outbound_access_enabled: true, private_endpoint_network_policies: 'Disabled' },
      ...{ private_link_service_network_policies_enabled: true, timeouts: null },
    });
  });

  test('a public address tells the address', async () => {
    await lookUp('azurerm_public_ip', found.azurerm_public_ip).workspace.apply();
    const { id, ip_address } = stage.attributes(publicIpAddress);
    expect(stage.attributes('azurerm_public_ip.found')).toEqual({
      ...found.azurerm_public_ip,
      ...{ id, ip_address, location: 'westeurope', allocation_method: 'Static', sku: 'Standard', ip_version: 'IPv4' },
      ...{ ddos_protection_mode: 'VirtualNetworkInherited', ddos_protection_plan_id: null, domain_name_label: '' },
      ...{ fqdn: '', reverse_fqdn: '', idle_timeout_in_minutes: 4, ip_tags: {}, tags: {}, zones: [], timeouts: null },
    });
  });

  test.each(['name', 'resource_group_name'])('a public address finds it whatever the case of its %s', async (part) => {
    const name = found.azurerm_public_ip[part as 'name'].toUpperCase();
    await lookUp('azurerm_public_ip', { ...found.azurerm_public_ip, [part]: name }).workspace.apply();
    expect(stage.attributes('azurerm_public_ip.found').ip_address).toBe(stage.attributes(publicIpAddress).ip_address);
  });

  const group = 'Resource Group Name: "proxy"';
  test.each<[Type, object, string]>([
    [
      'azurerm_resource_group',
      { name: 'other' },
      String.raw`"Resource Group (Subscription: \"${SUBSCRIPTION}\"\nResource Group Name: \"other\")"`,
    ],
    [
      'azurerm_virtual_network',
      { name: 'other' },
      `Virtual Network (Subscription: "${SUBSCRIPTION}" ${group} Virtual Network Name: "other")`,
    ],
    [
      'azurerm_subnet',
      { name: 'other' },
      `Subnet (Subscription: "${SUBSCRIPTION}" ${group} Virtual Network Name: "network" Subnet Name: "other")`,
    ],
    [
      'azurerm_subnet',
      { virtual_network_name: 'other' },
      `Subnet (Subscription: "${SUBSCRIPTION}" ${group} Virtual Network Name: "other" Subnet Name: "internal")`,
    ],
    [
      'azurerm_public_ip',
      { resource_group_name: 'other' },
      `Public I P Address (Subscription: "${SUBSCRIPTION}" Resource Group Name: "other" Public I P Addresses Name: "address")`,
    ],
  ])('%s refuses the plan for what is not there: %j', async (type, other, id) => {
    lookUp(type, { ...found[type], ...other });
    const { exitCode, errors } = await stage.workspace.terraform('plan', '-input=false');
    expect(exitCode).toBe(1);
    expect(errors).toContain(`Error: ${id} was not found`);
  });

  test.each<[Type, string, string]>([
    ['azurerm_subnet', 'name', ''],
    ['azurerm_subnet', 'virtual_network_name', ''],
    ['azurerm_public_ip', 'resource_group_name', 'ends.'],
    ['azurerm_resource_group', 'name', 'a group'],
  ])('%s is invalid with the %s %j', async (type, attribute, value) => {
    lookUp(type, { ...found[type], [attribute]: value });
    const { exitCode, errors } = await stage.workspace.terraform('validate');
    expect(exitCode).toBe(1);
    expect(errors).toContain(`Invalid value for ${attribute} `);
  });

  test('a subnet gives a proxy its place in a network that is there', async () => {
    const workspace = new Workspace(stage.lab);
    try {
      synthesizeStackInto(workspace, (app) => {
        const stack = new TerraformStack(app, 'proxy');
        new AzurermProvider(stack, 'Azure', { features: [{}], subscriptionId: SUBSCRIPTION });
        const { id: subnetId } = new DataAzurermSubnet(stack, 'Subnet', {
          name: 'internal',
          virtualNetworkName: 'network',
          resourceGroupName: 'proxy',
        });
        const cluster = ProxiedCluster.fromEndpoints('primary', {
          bootstrapEndpoint: 'pkc-11111.westeurope.azure.confluent.cloud:9092',
          schemaRegistryEndpoint: 'https://psrc-11111.westeurope.azure.confluent.cloud',
        });
        new NginxFailoverProxy(stack, 'Proxy', {
          clusters: [cluster],
          location: 'westeurope',
          clientCidrs: ['203.0.113.7/32'],
          admin: ProxyAdmin.sshKey('operator', SSH_KEY),
          namePrefix: 'second',
          resourceGroupName: 'proxy',
          subnetId,
        });
        return stack;
      });
      await workspace.init();
      await workspace.apply();
      const [, second] = stage.lab.azure.all('azurerm_network_interface');
      expect(second.ip_configuration).toEqual([
        expect.objectContaining({ subnet_id: stage.attributes(subnetAddress).id, private_ip_address: '10.1.7.5' }),
      ]);
      expect(stage.lab.azure.all('azurerm_virtual_network')).toHaveLength(1);
      expect((await workspace.plan()).changes()).toEqual({});
      await workspace.must('destroy', '-input=false', '-auto-approve');
      expect(stage.lab.azure.all('azurerm_subnet')).toHaveLength(1);
    } finally {
      workspace.remove();
    }
  });
});
