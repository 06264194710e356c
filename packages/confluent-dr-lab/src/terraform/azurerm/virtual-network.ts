import { addressRange, AzureError, holds, isIn, overlap } from '../../azure/addresses';
import { type Azure } from '../../azure/azure';
import { blocks, text, texts, type ValueObject } from '../../schema/value';
import { type ObjectBehaviour } from './azure-object';
import { idIn, isSameId, location } from './names';

const NETWORK = 'azurerm_virtual_network';
const SUBNET = 'azurerm_subnet';
const SMALLEST_SUBNET = 29;

export const virtualNetwork: ObjectBehaviour = {
  title: 'Virtual Network',
  forceNew: ['name', 'resource_group_name', 'location', 'edge_zone'],
  normalize: { location },
  defaults: { private_endpoint_vnet_policies: 'Disabled' },
  id: (planned, subscription) => idIn(subscription, planned, 'Microsoft.Network', 'virtualNetworks'),
  create: (_planned, azure) => ({ guid: azure.guid(), dns_servers: [], subnet: [] }),
  accept: ({ address_space: ranges }) => texts(ranges).forEach(requireRange),
  release: ({ id }, { azure }) => subnetsOf(id, azure).forEach((subnet) => requireUnused(subnet, azure)),
  after: ({ id }, azure) => subnetsOf(id, azure).forEach((subnet) => azure.delete(SUBNET, text(subnet.id))),
};

export const subnet: ObjectBehaviour = {
  title: 'Subnet',
  forceNew: ['name', 'resource_group_name', 'virtual_network_name'],
  defaults: {
    default_outbound_access_enabled: true,
    private_endpoint_network_policies: 'Disabled',
    private_link_service_network_policies_enabled: true,
  },
  id: (planned, subscription) =>
    idIn(
      subscription,
      planned,
      ...['Microsoft.Network', 'virtualNetworks', planned.virtual_network_name as string, 'subnets'],
    ),
  accept: (attributes, azure) => {
    const prefixes = texts(attributes.address_prefixes);
    prefixes.forEach(requireRange);
    const network = azure.find(NETWORK, networkOf(attributes));
    if (!network) {
      throw new AzureError(404, 'ParentResourceNotFound', `There is no virtual network ${networkOf(attributes)}.`);
    }
    const spaces = texts(network.address_space);
    const siblings = subnetsOf(network.id, azure).filter((other) => !isSameId(other.id, attributes.id));
    for (const prefix of prefixes) {
      if (!prefix.includes(':') && Number(prefix.split('/')[1]) > SMALLEST_SUBNET) {
        throw new AzureError(
          400,
          'NetcfgInvalidSubnet',
          `Subnet '${text(attributes.name)}' with ${prefix} is too small: Azure keeps five addresses of each, and the smallest is /${SMALLEST_SUBNET}.`,
        );
      }
      if (!spaces.some((space) => holds(space, prefix))) {
        throw new AzureError(
          400,
          'NetcfgInvalidSubnet',
          `Subnet '${text(attributes.name)}' with ${prefix} is not in the address space of its network, ${spaces.join(', ')}.`,
        );
      }
      const other = siblings.find((sibling) => texts(sibling.address_prefixes).some((taken) => overlap(taken, prefix)));
      if (other) {
        throw new AzureError(
          400,
          'NetcfgSubnetRangesOverlap',
          `Subnet '${text(attributes.name)}' with ${prefix} overlaps subnet '${text(other.name)}'.`,
        );
      }
    }
  },
  release: (attributes, { azure }) => requireUnused(attributes, azure),
  after: ({ id }, azure) => azure.delete('azurerm_subnet_network_security_group_association', text(id)),
};

/** The subnets of the network with this id. */
export function subnetsOf(networkId: unknown, azure: Azure): ValueObject[] {
  return azure.all(SUBNET).filter((subnet) => isSameId(networkOf(subnet), networkId));
}

function networkOf(attributes: ValueObject): string {
  return text(attributes.id).replace(/\/subnets\/[^/]+$/i, '');
}

function requireRange(range: string): void {
  if (!addressRange(range)) {
    throw new AzureError(
      400,
      'InvalidCIDRNotation',
      `The address prefix ${range} has an invalid CIDR notation; allowed is one such as 10.0.0.0/16.`,
    );
  }
}

function requireUnused(attributes: ValueObject, azure: Azure): void {
  const user = [
    ...azure.all('azurerm_network_interface').map((nic) => ({ id: nic.id, entries: nic.ip_configuration })),
    ...azure.all('azurerm_lb').map((balancer) => ({ id: balancer.id, entries: balancer.frontend_ip_configuration })),
  ].find(({ entries }) => blocks(entries).some(({ subnet_id }) => isSameId(subnet_id, attributes.id)));
  if (user) {
    throw new AzureError(
      400,
      'InUseSubnetCannotBeDeleted',
      `Subnet ${text(attributes.name)} is in use by ${text(user.id)} and cannot be deleted.`,
    );
  }
}

/** Is this address in one of the subnet's ranges? */
export function isInSubnet(attributes: ValueObject, address: string): boolean {
  return texts(attributes.address_prefixes).some((prefix) => isIn(prefix, address));
}
