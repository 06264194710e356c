import { between, oneOf } from '../planning/rules';
import { type ObjectBehaviour } from './azure-object';
import { groupId, idIn, location } from './names';

const normalize = { location };
const network = 'Microsoft.Network';

export const resourceGroup: ObjectBehaviour = {
  forceNew: ['name', 'location'],
  normalize,
  create: ({ name }) => ({ id: groupId(name as string) }),
};

export const virtualNetwork: ObjectBehaviour = {
  forceNew: ['name', 'resource_group_name', 'location', 'edge_zone'],
  normalize,
  defaults: { private_endpoint_vnet_policies: 'Disabled' },
  create: (planned) => ({
    id: idIn(planned, network, 'virtualNetworks'),
    guid: '22222222-3333-4444-5555-666666666666',
    dns_servers: [],
    subnet: [],
  }),
};

export const subnet: ObjectBehaviour = {
  forceNew: ['name', 'resource_group_name', 'virtual_network_name'],
  defaults: {
    default_outbound_access_enabled: true,
    private_endpoint_network_policies: 'Disabled',
    private_link_service_network_policies_enabled: true,
  },
  create: (planned) => ({
    id: idIn(planned, network, 'virtualNetworks', planned.virtual_network_name as string, 'subnets'),
  }),
};

export const publicIp: ObjectBehaviour = {
  forceNew: [
    ...['name', 'resource_group_name', 'location', 'edge_zone', 'ip_version', 'ip_tags', 'sku', 'sku_tier', 'zones'],
    ...['public_ip_prefix_id', 'domain_name_label_scope'],
  ],
  normalize,
  defaults: {
    ddos_protection_mode: 'VirtualNetworkInherited',
    idle_timeout_in_minutes: 4,
    ip_version: 'IPv4',
    sku: 'Standard',
    sku_tier: 'Regional',
  },
  rules: {
    allocation_method: oneOf('Static', 'Dynamic'),
    idle_timeout_in_minutes: between(4, 30),
    ip_version: oneOf('IPv4', 'IPv6'),
    sku: oneOf('Basic', 'Standard'),
  },
  create: (planned, azure) => ({
    id: idIn(planned, network, 'publicIPAddresses'),
    ip_address: `203.0.113.${azure.next() % 250}`,
  }),
};

export const networkInterface: ObjectBehaviour = {
  forceNew: ['name', 'resource_group_name', 'location', 'edge_zone'],
  normalize,
  defaults: {
    accelerated_networking_enabled: false,
    ip_forwarding_enabled: false,
    'ip_configuration.private_ip_address_version': 'IPv4',
  },
  rules: { 'ip_configuration.private_ip_address_allocation': oneOf('Static', 'Dynamic') },
  create: (planned, azure) => {
    const address = `10.0.2.${4 + (azure.next() % 240)}`;
    return {
      id: idIn(planned, network, 'networkInterfaces'),
      applied_dns_servers: [],
      internal_domain_name_suffix: 'internal.cloudapp.net',
      private_ip_address: address,
      private_ip_addresses: [address],
      ip_configuration: [
        { gateway_load_balancer_frontend_ip_configuration_id: '', primary: true, private_ip_address: address },
      ],
    };
  },
};

export const networkSecurityGroup: ObjectBehaviour = {
  forceNew: ['name', 'resource_group_name', 'location'],
  normalize,
  // Elements of a set that is an attribute: every element's priority and words are judged.
  rules: {
    'security_rule.priority': between(100, 4096),
    'security_rule.protocol': oneOf('Tcp', 'Udp', 'Icmp', 'Esp', 'Ah', '*'),
    'security_rule.access': oneOf('Allow', 'Deny'),
    'security_rule.direction': oneOf('Inbound', 'Outbound'),
  },
  create: (planned) => ({ id: idIn(planned, network, 'networkSecurityGroups'), security_rule: [] }),
};

export const subnetSecurityGroup: ObjectBehaviour = {
  forceNew: ['subnet_id', 'network_security_group_id'],
  create: ({ subnet_id }) => ({ id: subnet_id as string }),
};

export const interfaceSecurityGroup: ObjectBehaviour = {
  forceNew: ['network_interface_id', 'network_security_group_id'],
  create: (planned) => ({
    id: `${planned.network_interface_id as string}|${planned.network_security_group_id as string}`,
  }),
};
