import { isIPv4 } from 'node:net';
import { AzureError } from '../../azure/addresses';
import { type Azure } from '../../azure/azure';
import { text, texts, type ValueObject } from '../../schema/value';
import { between, matching } from '../planning/rules';
import { type ObjectBehaviour } from './azure-object';
import { groupId, idIn, isSameId } from './names';

const ZONE = 'azurerm_private_dns_zone';
const RECORD = 'azurerm_private_dns_a_record';
const LINK = 'azurerm_private_dns_zone_virtual_network_link';

/**
 * Zones that answer in the networks that are linked to them alone.
 *
 * Source: hashicorp/terraform-provider-azurerm, internal/services/privatedns, and Azure's page on zones, "Restrictions"; the
 * texts of Azure's refusals are made up.
 */
export const privateZone: ObjectBehaviour = {
  title: 'Private Dns Zone',
  forceNew: ['name', 'resource_group_name'],
  rules: { name: matching(/^(?=.{3,253}$)([A-Za-z0-9_-]{1,63}\.){1,33}[A-Za-z0-9_-]{1,63}$/) },
  id: (planned, subscription) => idIn(subscription, planned, 'Microsoft.Network', 'privateDnsZones'),
  create: () => ({
    max_number_of_record_sets: 25_000,
    max_number_of_virtual_network_links: 1000,
    max_number_of_virtual_network_links_with_registration: 100,
    number_of_record_sets: 1,
  }),
  live: ({ id }, azure) => ({ number_of_record_sets: 1 + below(RECORD, id, azure).length }),
  release: ({ id, name }, { azure }) => {
    const [link] = below(LINK, id, azure);
    if (link) {
      throw new AzureError(
        409,
        'CannotDeleteResource',
        `Zone ${text(name)} has the virtual network link ${text(link.name)} and cannot be deleted before it.`,
      );
    }
  },
  after: ({ id }, azure) => below(RECORD, id, azure).forEach((record) => azure.delete(RECORD, text(record.id))),
};

export const privateRecord: ObjectBehaviour = {
  title: 'Private Dns A Record',
  forceNew: ['name', 'resource_group_name', 'zone_name'],
  rules: { ttl: between(1, 2_147_483_647) },
  id: ({ resource_group_name, zone_name, name }, subscription) =>
    `${zoneId(subscription, resource_group_name, zone_name)}/A/${name as string}`,
  create: ({ name, zone_name }) => ({ fqdn: `${name === '@' ? '' : `${name as string}.`}${zone_name as string}.` }),
  accept: ({ id, records }, azure) => {
    requireZone(id, azure);
    const wrong = texts(records).find((address) => !isIPv4(address));
    if (wrong !== undefined) {
      throw new AzureError(
        400,
        'BadRequest',
        `The record ${id} has the invalid IPv4 address ${JSON.stringify(wrong)}.`,
      );
    }
  },
};

export const privateZoneLink: ObjectBehaviour = {
  title: 'Virtual Network Link',
  forceNew: ['name', 'resource_group_name', 'private_dns_zone_name', 'virtual_network_id'],
  defaults: { registration_enabled: false },
  id: ({ resource_group_name, private_dns_zone_name, name }, subscription) =>
    `${zoneId(subscription, resource_group_name, private_dns_zone_name)}/virtualNetworkLinks/${name as string}`,
  create: () => ({ resolution_policy: 'Default' }),
  accept: ({ id, virtual_network_id: network, private_dns_zone_name: zone }, azure) => {
    requireZone(id, azure);
    const other = azure
      .all(LINK)
      .find(
        (link) =>
          !isSameId(link.id, id) &&
          isSameId(link.virtual_network_id, network) &&
          isSameId(link.private_dns_zone_name, zone),
      );
    if (other) {
      throw new AzureError(
        400,
        'BadRequest',
        `Virtual network ${text(network)} is linked to a zone of the same name by ${text(other.id)}.`,
      );
    }
  },
};

function zoneId(subscription: string, group: unknown, zone: unknown): string {
  return `${groupId(subscription, group as string)}/providers/Microsoft.Network/privateDnsZones/${zone as string}`;
}

function requireZone(id: string, azure: Azure): void {
  const zone = id.replace(/\/(A|virtualNetworkLinks)\/[^/]+$/, '');
  if (!azure.find(ZONE, zone)) {
    throw new AzureError(404, 'ParentResourceNotFound', `There is no private DNS zone ${zone}.`);
  }
}

function below(type: string, zone: unknown, azure: Azure): ValueObject[] {
  const start = `${text(zone).toLowerCase()}/`;
  return azure.all(type).filter(({ id }) => text(id).toLowerCase().startsWith(start));
}
