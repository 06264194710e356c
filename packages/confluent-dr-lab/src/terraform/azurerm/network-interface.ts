import { createHash } from 'node:crypto';
import { AzureError } from '../../azure/addresses';
import { type Azure } from '../../azure/azure';
import { blocks, text, texts, type ValueObject } from '../../schema/value';
import { oneOf } from '../planning/rules';
import { type ObjectBehaviour } from './azure-object';
import { idIn, isSameId, location } from './names';
import { givePrivateAddress, holderOfPublicAddress, publicAddressInUse } from './taken-addresses';

const TYPE = 'azurerm_network_interface';

export const networkInterface: ObjectBehaviour = {
  title: 'Network Interface',
  forceNew: ['name', 'resource_group_name', 'location', 'edge_zone'],
  normalize: { location },
  defaults: {
    accelerated_networking_enabled: false,
    ip_forwarding_enabled: false,
    'ip_configuration.private_ip_address_version': 'IPv4',
  },
  rules: { 'ip_configuration.private_ip_address_allocation': oneOf('Static', 'Dynamic') },
  id: (planned, subscription) => idIn(subscription, planned, 'Microsoft.Network', 'networkInterfaces'),
  create: ({ id }) => ({
    applied_dns_servers: [],
    internal_domain_name_suffix: `${digest(id).slice(0, 26)}.ax.internal.cloudapp.net`,
    mac_address: `00-0D-3A-${digest(id).toUpperCase().slice(0, 6).match(/../g)!.join('-')}`,
  }),
  accept: ({ id, ip_configuration }, azure) => {
    keepPrimary(azure.find(TYPE, text(id)), blocks(ip_configuration));
    for (const { public_ip_address_id: address } of blocks(ip_configuration)) {
      const holder = holderOfPublicAddress(address, azure, id);
      if (holder) {
        throw publicAddressInUse(id, address, holder);
      }
    }
  },
  settled: (attributes, azure) => {
    const given: string[] = [];
    const configurations = blocks(attributes.ip_configuration).map((entry, index) => {
      const address = givePrivateAddress(entry, attributes.id, azure, given);
      given.push(address);
      return {
        ...entry,
        gateway_load_balancer_frontend_ip_configuration_id: '',
        primary: entry.primary ?? index === 0,
        private_ip_address: address,
      };
    });
    const addresses = configurations.map((entry) => entry.private_ip_address);
    return {
      ...attributes,
      ip_configuration: configurations,
      private_ip_address: addresses[0],
      private_ip_addresses: addresses,
    };
  },
  live: ({ id }, azure) => ({ virtual_machine_id: machineOf(id, azure) }),
  release: ({ id, name }, { azure }) => {
    const user = machineOf(id, azure);
    if (user !== '') {
      throw new AzureError(
        400,
        'NicInUse',
        `Network Interface ${text(name)} is used by existing resource ${user} and cannot be deleted.`,
      );
    }
  },
  after: ({ id }, azure) =>
    azure
      .all('azurerm_network_interface_security_group_association')
      .filter((association) => isSameId(association.network_interface_id, id))
      .forEach((association) =>
        azure.delete('azurerm_network_interface_security_group_association', text(association.id)),
      ),
};

/** The id of the VM that has this interface, empty if none has. */
export function machineOf(interfaceId: unknown, azure: Azure): string {
  const machine = azure
    .all('azurerm_linux_virtual_machine')
    .find(({ network_interface_ids: ids }) => texts(ids).some((id) => isSameId(id, interfaceId)));
  return text(machine?.id);
}

/** Source: the code and text that Azure gives in public reports, such as Azure/azure-sdk-for-python #9332. */
function keepPrimary(before: ValueObject | null, after: readonly ValueObject[]): void {
  const primary = blocks(before?.ip_configuration).find((entry) => entry.primary === true);
  if (primary && !after.some(({ name }) => text(name).toLowerCase() === text(primary.name).toLowerCase())) {
    throw new AzureError(
      400,
      'IpConfigDeleteNotSupported',
      `IP Configuration ${text(primary.name)} cannot be deleted. Deletion and renaming of primary IP Configuration is not supported`,
    );
  }
}

function digest(id: string): string {
  return createHash('sha256').update(id.toLowerCase()).digest('hex');
}
