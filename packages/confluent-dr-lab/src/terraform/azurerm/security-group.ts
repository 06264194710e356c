import { isIP, isIPv4 } from 'node:net';
import { addressRange, AzureError, holds } from '../../azure/addresses';
import { blocks, text, texts, type ValueObject } from '../../schema/value';
import { between, oneOf } from '../planning/rules';
import { ProviderError } from '../protocol/messages';
import { type ObjectBehaviour } from './azure-object';
import { idIn, isSameId, location } from './names';
import { requireNetworkName } from './names-and-tags';

const SIDES = ['source', 'destination'] as const;
const ASSOCIATIONS = [
  'azurerm_subnet_network_security_group_association',
  'azurerm_network_interface_security_group_association',
] as const;

export const networkSecurityGroup: ObjectBehaviour = {
  title: 'Network Security Group',
  forceNew: ['name', 'resource_group_name', 'location'],
  normalize: { location },
  // Elements of a set that is an attribute: every element's priority and words are judged.
  rules: {
    'security_rule.priority': between(100, 4096),
    'security_rule.protocol': oneOf('Tcp', 'Udp', 'Icmp', 'Esp', 'Ah', '*'),
    'security_rule.access': oneOf('Allow', 'Deny'),
    'security_rule.direction': oneOf('Inbound', 'Outbound'),
  },
  id: (planned, subscription) => idIn(subscription, planned, 'Microsoft.Network', 'networkSecurityGroups'),
  create: () => ({ security_rule: [] }),
  demand: ({ security_rule: rules }) => blocks(rules).forEach(demandOneForm),
  accept: ({ security_rule: rules }) => {
    const seen = new Map<string, string>();
    const names = new Set<string>();
    for (const rule of blocks(rules)) {
      const name = text(rule.name);
      requireNetworkName('a security rule', name);
      if (names.has(name.toLowerCase())) {
        throw new AzureError(400, 'SecurityRuleConflict', `There is more than one security rule ${name}.`);
      }
      names.add(name.toLowerCase());
      requirePorts(rule);
      requireAddresses(rule);
      const place = `${text(rule.direction)} ${Number(rule.priority)}`;
      const other = seen.get(place);
      if (other !== undefined) {
        throw new AzureError(
          400,
          'SecurityRuleConflict',
          `Security rules ${other} and ${text(rule.name)} have the same priority and direction, ${place}.`,
        );
      }
      seen.set(place, text(rule.name));
    }
  },
  release: ({ id, name }, { azure }) => {
    const user = ASSOCIATIONS.flatMap((type) => azure.all(type)).find((association) =>
      isSameId(association.network_security_group_id, id),
    );
    if (user) {
      throw new AzureError(
        400,
        'InUseNetworkSecurityGroupCannotBeDeleted',
        `Network security group ${text(name)} cannot be deleted because it is in use by ${text(user.subnet_id ?? user.network_interface_id)}.`,
      );
    }
  },
};

export const subnetSecurityGroup: ObjectBehaviour = {
  title: 'Subnet / Network Security Group Association',
  forceNew: ['subnet_id', 'network_security_group_id'],
  id: ({ subnet_id }) => subnet_id as string,
};

export const interfaceSecurityGroup: ObjectBehaviour = {
  title: 'Network Interface / Network Security Group Association',
  forceNew: ['network_interface_id', 'network_security_group_id'],
  id: (planned) => `${planned.network_interface_id as string}|${planned.network_security_group_id as string}`,
};

function demandOneForm(rule: ValueObject): void {
  for (const side of SIDES) {
    const one = `${side}_address_prefix`;
    if (text(rule[one]) !== '' && texts(rule[`${one}es`]).length > 0) {
      throw new ProviderError(
        `security rule ${text(rule.name)}: "${one}" and "${one}es" cannot both be specified; leave one of them out`,
      );
    }
  }
}

function requireAddresses(rule: ValueObject): void {
  for (const side of SIDES) {
    const prefix = text(rule[`${side}_address_prefix`]);
    const prefixes = [...(prefix === '' ? [] : [prefix]), ...texts(rule[`${side}_address_prefixes`])];
    const groups = texts(rule[`${side}_application_security_group_ids`]);
    if (prefixes.length + groups.length === 0) {
      throw new AzureError(
        400,
        'SecurityRuleParameterNotSpecified',
        `Security rule ${text(rule.name)} has no ${side} address.`,
      );
    }
    const wrong = prefixes.find((value) => !isAddress(value));
    if (wrong !== undefined) {
      throw new AzureError(
        400,
        'SecurityRuleInvalidAddressPrefix',
        `Security rule ${text(rule.name)} has the invalid ${side} address ${wrong}; allowed are a CIDR, an address, a service tag and *.`,
      );
    }
    requireTogether(rule, side, prefixes);
  }
}

/** Source: issues of kubernetes-sigs/cloud-provider-azure (6775) and hashicorp/terraform-provider-azurerm (12534), for the codes. */
function requireTogether(rule: ValueObject, side: string, prefixes: readonly string[]): void {
  const ranges = prefixes.map((value) => (isIP(value) === 0 ? value : `${value}/${isIPv4(value) ? 32 : 128}`));
  const widths = new Set(ranges.map((range) => addressRange(range)?.width).filter((width) => width !== undefined));
  if (widths.size > 1) {
    throw new AzureError(
      400,
      'ResourceCannotContainAddressPrefixesFromDifferentAddressFamilies',
      `Security rule ${text(rule.name)} has ${side} addresses of IPv4 and of IPv6.`,
    );
  }
  const inner = ranges.findIndex((range, index) => ranges.some((other, at) => at !== index && holds(other, range)));
  if (inner !== -1) {
    throw new AzureError(
      400,
      'OverlappingSubnetsNotPermittedInSecurityRule',
      `Security rule ${text(rule.name)} has overlapping ${side} addresses; ${prefixes[inner]} is in another one.`,
    );
  }
}

function requirePorts(rule: ValueObject): void {
  for (const side of SIDES) {
    const range = text(rule[`${side}_port_range`]);
    const wrong = [...(range === '' ? [] : [range]), ...texts(rule[`${side}_port_ranges`])].find(
      (ports) => !isPorts(ports),
    );
    if (wrong !== undefined) {
      throw new AzureError(
        400,
        'SecurityRuleInvalidPortRange',
        `Security rule has invalid Port range. Value provided: ${wrong}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
      );
    }
  }
}

function isPorts(ports: string): boolean {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(ports) ?? [];
  return ports === '*' || (from !== undefined && Number(from) <= Number(to) && Number(to) <= 65_535);
}

/** A range, an address, a service tag such as `Internet`, or everything. */
function isAddress(value: string): boolean {
  return value === '*' || isIP(value) !== 0 || addressRange(value) !== undefined || /^[A-Za-z][\w.]*$/.test(value);
}
