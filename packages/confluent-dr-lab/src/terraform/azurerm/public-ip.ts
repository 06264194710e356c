import { AzureError } from '../../azure/addresses';
import { text } from '../../schema/value';
import { between, oneOf } from '../planning/rules';
import { type ObjectBehaviour } from './azure-object';
import { idIn, location } from './names';
import { holderOfPublicAddress } from './taken-addresses';

const TYPE = 'azurerm_public_ip';

export const publicIp: ObjectBehaviour = {
  title: 'Public IP Address',
  forceNew: [
    ...['name', 'resource_group_name', 'location', 'edge_zone', 'ip_version', 'ip_tags', 'sku', 'sku_tier', 'zones'],
    ...['public_ip_prefix_id', 'domain_name_label_scope'],
  ],
  normalize: { location },
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
  id: (planned, subscription) => idIn(subscription, planned, 'Microsoft.Network', 'publicIPAddresses'),
  create: ({ ip_version: version }, azure) => {
    const taken = azure.all(TYPE).map(({ ip_address: address }) => text(address));
    return { ip_address: azure.freePublicAddress(taken, text(version)) };
  },
  accept: ({ allocation_method: method, sku }) => {
    if (method === 'Dynamic' && sku === 'Standard') {
      throw new AzureError(
        400,
        'StandardSkuPublicIPAddressMustBeStatic',
        'A public IP address of the Standard SKU must have the allocation method Static.',
      );
    }
  },
  settled: (attributes) => {
    const label = text(attributes.domain_name_label);
    return label === ''
      ? attributes
      : { ...attributes, fqdn: `${label}.${text(attributes.location)}.cloudapp.azure.com` };
  },
  release: ({ id, name }, { azure }) => {
    const holder = holderOfPublicAddress(id, azure);
    if (holder) {
      throw new AzureError(
        400,
        'PublicIPAddressCannotBeDeleted',
        `Public IP address ${text(name)} can not be deleted since it is still allocated to ${holder}.`,
      );
    }
  },
};
