import { AzureError } from '../../azure/addresses';
import { type Azure } from '../../azure/azure';
import { blocks, isEqual, text, texts, type ValueObject } from '../../schema/value';
import { between, notEmpty, oneOf } from '../planning/rules';
import { ProviderError } from '../protocol/messages';
import { type ObjectBehaviour } from './azure-object';
import { idIn, isSameId, location } from './names';
import { givePrivateAddress, holderOfPublicAddress, publicAddressInUse } from './taken-addresses';

export const LOAD_BALANCER = 'azurerm_lb';
export const LOAD_BALANCER_RULE = 'azurerm_lb_rule';
export const POOL_MEMBER = 'azurerm_network_interface_backend_address_pool_association';

/**
 * A load balancer and its parts, each a resource to Terraform.
 *
 * Source: hashicorp/terraform-provider-azurerm, internal/services/loadbalancer; the texts of Azure's refusals are made up.
 */
export const loadBalancer: ObjectBehaviour = {
  title: 'Load Balancer',
  forceNew: [
    ...['name', 'resource_group_name', 'location', 'edge_zone', 'sku', 'sku_tier'],
    'frontend_ip_configuration.zones',
  ],
  normalize: { location },
  defaults: { sku: 'Standard', sku_tier: 'Regional' },
  rules: {
    sku: oneOf('Basic', 'Standard', 'Gateway'),
    sku_tier: oneOf('Regional', 'Global'),
    'frontend_ip_configuration.name': notEmpty,
    'frontend_ip_configuration.private_ip_address_allocation': oneOf('Dynamic', 'Static'),
  },
  id: (planned, subscription) => idIn(subscription, planned, 'Microsoft.Network', 'loadBalancers'),
  accept: ({ id, sku, frontend_ip_configuration: frontends }, azure) => {
    for (const { public_ip_address_id: address } of blocks(frontends)) {
      const holder = holderOfPublicAddress(address, azure, id);
      if (holder) {
        throw publicAddressInUse(id, address, holder);
      }
      const found = azure.find('azurerm_public_ip', text(address));
      if (found && text(found.sku) !== text(sku)) {
        throw new AzureError(
          400,
          'LoadBalancerAndPublicIPAddressSkuMismatch',
          `${text(sku)} sku load balancer ${id} cannot reference ${text(found.sku)} sku publicIP ${text(address)}.`,
        );
      }
    }
  },
  settled: (attributes, azure) => {
    const frontends = blocks(attributes.frontend_ip_configuration).map((entry) => {
      const isPrivate = text(entry.subnet_id) !== '';
      const allocation = text(entry.private_ip_address_allocation);
      return {
        ...entry,
        id: `${attributes.id}/frontendIPConfigurations/${text(entry.name)}`,
        private_ip_address: isPrivate ? privateAddressOf(entry, attributes.id, azure) : '',
        private_ip_address_allocation: allocation === '' ? 'Dynamic' : allocation,
        private_ip_address_version: 'IPv4',
        gateway_load_balancer_frontend_ip_configuration_id: '',
        public_ip_prefix_id: text(entry.public_ip_prefix_id),
        inbound_nat_rules: [],
        load_balancer_rules: [],
        outbound_rules: [],
      };
    });
    const addresses = frontends.map((entry) => text(entry.private_ip_address)).filter((address) => address !== '');
    return {
      ...attributes,
      frontend_ip_configuration: frontends,
      private_ip_address: addresses[0] ?? '',
      private_ip_addresses: addresses,
    };
  },
  after: ({ id }, azure) =>
    azure.idsBelow(text(id)).forEach((part) => PARTS.forEach((type) => remove(type, part, azure))),
};

export const backendAddressPool: ObjectBehaviour = {
  title: 'Backend Address Pool',
  forceNew: ['name', 'loadbalancer_id'],
  rules: { name: notEmpty },
  id: partOf('backendAddressPools'),
  create: () => ({
    backend_ip_configurations: [],
    inbound_nat_rules: [],
    load_balancing_rules: [],
    outbound_rules: [],
  }),
  accept: requireBalancer,
  release: ({ id, name }, { azure }) =>
    refuseWhileUsed(azure, `Backend address pool ${text(name)}`, (rule) =>
      texts(rule.backend_address_pool_ids).some((pool) => isSameId(pool, id)),
    ),
};

export const probe: ObjectBehaviour = {
  title: 'Probe',
  forceNew: ['name', 'loadbalancer_id'],
  defaults: { interval_in_seconds: 15, number_of_probes: 2, probe_threshold: 1 },
  rules: {
    name: notEmpty,
    protocol: oneOf('Http', 'Https', 'Tcp'),
    port: between(1, 65_535),
    interval_in_seconds: between(5),
  },
  id: partOf('probes'),
  create: () => ({ load_balancer_rules: [] }),
  accept: (attributes, azure) => {
    requireBalancer(attributes, azure);
    const { name, protocol, request_path: path } = attributes;
    if ((text(protocol) === 'Tcp') !== (text(path) === '')) {
      throw new AzureError(
        400,
        'InvalidRequestFormat',
        `Probe ${text(name)} of protocol ${text(protocol)} has the request path ${JSON.stringify(text(path))}.`,
      );
    }
  },
  release: ({ id, name }, { azure }) =>
    refuseWhileUsed(azure, `Probe ${text(name)}`, ({ probe_id }) => isSameId(probe_id, id)),
};

export const loadBalancerRule: ObjectBehaviour = {
  title: 'Load Balancer Rule',
  forceNew: ['name', 'loadbalancer_id'],
  defaults: { disable_outbound_snat: false, idle_timeout_in_minutes: 4, load_distribution: 'Default' },
  rules: {
    name: notEmpty,
    protocol: oneOf('All', 'Tcp', 'Udp'),
    frontend_port: between(0, 65_534),
    backend_port: between(0, 65_535),
    idle_timeout_in_minutes: between(4, 100),
    load_distribution: oneOf('Default', 'SourceIP', 'SourceIPProtocol'),
  },
  id: partOf('loadBalancingRules'),
  create: () => ({
    ...{ enable_floating_ip: false, floating_ip_enabled: false, enable_tcp_reset: false, tcp_reset_enabled: false },
  }),
  accept: (rule, azure) => {
    const frontends = blocks(requireBalancer(rule, azure).frontend_ip_configuration);
    const wanted = text(rule.frontend_ip_configuration_name);
    if (!frontends.some(({ name }) => text(name) === wanted)) {
      throw new ProviderError(`[ERROR] Cannot find FrontEnd IP Configuration with the name ${wanted}`);
    }
    const other = azure
      .all(LOAD_BALANCER_RULE)
      .find((one) => !isSameId(one.id, rule.id) && FRONT.every((name) => isEqual(one[name], rule[name])));
    if (other) {
      throw new AzureError(
        400,
        'RulesUseSameFrontendPortProtocol',
        `Load balancing rules ${text(other.name)} and ${text(rule.name)} use the same frontend, protocol and port.`,
      );
    }
  },
  settled: (rule) => ({
    ...rule,
    enable_tcp_reset: rule.tcp_reset_enabled ?? false,
    enable_floating_ip: rule.floating_ip_enabled ?? false,
    frontend_ip_configuration_id: `${text(rule.loadbalancer_id)}/frontendIPConfigurations/${text(rule.frontend_ip_configuration_name)}`,
  }),
};

export const poolMember: ObjectBehaviour = {
  title: 'Network Interface / Backend Address Pool Association',
  forceNew: ['network_interface_id', 'ip_configuration_name', 'backend_address_pool_id'],
  id: ({ network_interface_id, ip_configuration_name, backend_address_pool_id }) =>
    `${network_interface_id as string}/ipConfigurations/${ip_configuration_name as string}|${backend_address_pool_id as string}`,
  accept: ({ network_interface_id: id, ip_configuration_name: name, backend_address_pool_id: pool }, azure) => {
    const nic = azure.find('azurerm_network_interface', text(id));
    if (!blocks(nic?.ip_configuration ?? null).some((entry) => text(entry.name) === text(name))) {
      throw new ProviderError(`IP Configuration ${JSON.stringify(text(name))} was not found on ${text(id)}`);
    }
    if (!azure.find('azurerm_lb_backend_address_pool', text(pool))) {
      throw new AzureError(404, 'NotFound', `There is no backend address pool ${text(pool)}.`);
    }
  },
};

const PARTS = ['azurerm_lb_backend_address_pool', 'azurerm_lb_probe', LOAD_BALANCER_RULE];
const FRONT = ['loadbalancer_id', 'frontend_ip_configuration_name', 'frontend_port', 'protocol'];

function partOf(segment: string): ObjectBehaviour['id'] {
  return ({ loadbalancer_id, name }) => `${loadbalancer_id as string}/${segment}/${name as string}`;
}

function requireBalancer({ loadbalancer_id: id }: ValueObject, azure: Azure): ValueObject {
  const found = azure.find(LOAD_BALANCER, text(id));
  if (!found) {
    throw new AzureError(404, 'ResourceNotFound', `There is no load balancer ${text(id)}.`);
  }
  return found;
}

/** In a lab with proxies it is one that this machine reaches, unless it was asked for. */
function privateAddressOf(entry: ValueObject, id: string, azure: Azure): string {
  const isGiven = text(entry.private_ip_address) !== '';
  const taken = azure.all(LOAD_BALANCER).flatMap((other) => texts(other.private_ip_addresses));
  const own = isGiven ? undefined : azure.hostAddress(taken);
  return own ?? givePrivateAddress(entry, id, azure);
}

function refuseWhileUsed(azure: Azure, what: string, uses: (rule: ValueObject) => boolean): void {
  const rule = azure.all(LOAD_BALANCER_RULE).find(uses);
  if (rule) {
    throw new AzureError(
      400,
      'InUse',
      `${what} is in use by load balancing rule ${text(rule.name)} and cannot be deleted.`,
    );
  }
}

function remove(type: string, id: string, azure: Azure): void {
  if (azure.find(type, id)) {
    azure.delete(type, id);
  }
}
