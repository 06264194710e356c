import { type Azure } from '../../azure/azure';
import { text, texts, type ValueObject } from '../../schema/value';
import { matching, notEmpty, type Rule } from '../planning/rules';
import { ProviderError } from '../protocol/messages';
import { type DataSourceType } from '../resource-type';
import { type AzureSession, type ObjectBehaviour, only } from './azure-object';
import { GROUP_NAME, resourceGroup } from './group';
import { publicIp } from './public-ip';
import { subnet, subnetsOf, virtualNetwork } from './virtual-network';

interface AzureData extends Pick<ObjectBehaviour, 'id'> {
  readonly type: string;
  /** As the provider names such an id: "Subnet (Subscription: …)". Source: go-azure-helpers, resourcemanager/commonids. */
  readonly title: string;
  /** The parts of the id below the subscription as it names them, by the attribute that holds each. */
  readonly parts: Readonly<Record<string, string>>;
  /** The provider puts the id of a group that is not there into quotes, of nothing else. */
  readonly quoted?: boolean;
  /** What is told of it; texts that Azure leaves out are empty. */
  readonly tell: (found: ValueObject, azure: Azure) => ValueObject;
}

const GROUP_PART = 'Resource Group Name';

/**
 * What a configuration looks up in the subscription.
 *
 * Source: hashicorp/terraform-provider-azurerm, internal/services/{network,resource}/*_data_source.go
 */
const DATA: readonly AzureData[] = [
  {
    type: 'azurerm_public_ip',
    id: publicIp.id,
    title: 'Public I P Address',
    parts: { resource_group_name: GROUP_PART, name: 'Public I P Addresses Name' },
    tell: (found) => ({
      ...only(['allocation_method', 'ddos_protection_mode', 'ddos_protection_plan_id'], found),
      ...only(['idle_timeout_in_minutes', 'ip_version', 'location', 'sku'], found),
      ...inWords(['domain_name_label', 'fqdn', 'ip_address', 'reverse_fqdn'], found),
      ip_tags: found.ip_tags ?? {},
      tags: found.tags ?? {},
      zones: texts(found.zones),
    }),
  },
  {
    type: 'azurerm_resource_group',
    id: resourceGroup.id,
    title: 'Resource Group',
    parts: { name: GROUP_PART },
    quoted: true,
    tell: (found) => ({
      ...only(['location'], found),
      ...inWords(['managed_by'], found),
      tags: found.tags ?? {},
    }),
  },
  {
    type: 'azurerm_subnet',
    id: subnet.id,
    title: 'Subnet',
    parts: {
      resource_group_name: GROUP_PART,
      virtual_network_name: 'Virtual Network Name',
      name: 'Subnet Name',
    },
    tell: (found, azure) => {
      const prefixes = texts(found.address_prefixes);
      const security = azure.find('azurerm_subnet_network_security_group_association', text(found.id));
      return {
        ...only(['default_outbound_access_enabled', 'private_endpoint_network_policies'], found),
        ...only(['private_link_service_network_policies_enabled'], found),
        address_prefix: prefixes.length === 1 ? prefixes[0] : '',
        address_prefixes: prefixes,
        network_security_group_id: text(security?.network_security_group_id),
        route_table_id: '',
        service_endpoints: texts(found.service_endpoints),
      };
    },
  },
  {
    type: 'azurerm_virtual_network',
    id: virtualNetwork.id,
    title: 'Virtual Network',
    parts: { resource_group_name: GROUP_PART, name: 'Virtual Network Name' },
    tell: (found, azure) => ({
      ...only(['guid', 'location'], found),
      address_space: texts(found.address_space),
      dns_servers: texts(found.dns_servers),
      subnets: subnetsOf(found.id, azure).map(({ name }) => text(name)),
      tags: found.tags ?? {},
      vnet_peerings: {},
      vnet_peerings_addresses: [],
    }),
  },
];

/** By the type's name. */
export const azureDataSources: Readonly<Record<string, DataSourceType<AzureSession>>> = Object.fromEntries(
  DATA.map((data) => [data.type, dataSource(data)]),
);

function dataSource(data: AzureData): DataSourceType<AzureSession> {
  const rules = Object.entries(data.parts).map(([name, part]): [string, Rule] => [
    name,
    part === GROUP_PART ? matching(GROUP_NAME) : notEmpty,
  ]);
  return {
    rules: Object.fromEntries(rules),
    read: (config, { azure, subscription }) => {
      const id = data.id(config, subscription);
      const found = azure.find(data.type, id);
      if (!found) {
        throw new ProviderError(notFound(data, config, subscription));
      }
      return Promise.resolve({ ...data.tell(found, azure), id });
    },
  };
}

function notFound({ title, parts, quoted = false }: AzureData, config: ValueObject, subscription: string): string {
  const named = [
    `Subscription: ${JSON.stringify(subscription)}`,
    ...Object.entries(parts).map(([name, part]) => `${part}: ${JSON.stringify(config[name])}`),
  ];
  const id = `${title} (${named.join('\n')})`;
  return `${quoted ? JSON.stringify(id) : id} was not found`;
}

function inWords(names: readonly string[], found: ValueObject): ValueObject {
  return Object.fromEntries(names.map((name) => [name, text(found[name])]));
}
