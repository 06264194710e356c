import { type NetworkSecurityGroupSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-group';

/**
 * Who may come in by which port. The priorities are those of the dry run that this library replaces, so that an
 * upgrade changes the rules in place.
 */
export function inboundRules(clientCidrs: string[], sshCidrs: string[]): NetworkSecurityGroupSecurityRule[] {
  return [
    ...(sshCidrs.length > 0 ? [rule('ssh', 100, '22', sshCidrs)] : []),
    rule('https', 110, '443', clientCidrs),
    rule('kafka', 120, '9092', clientCidrs),
  ];
}

function rule(
  name: string,
  priority: number,
  destinationPortRange: string,
  sourceAddressPrefixes: string[],
): NetworkSecurityGroupSecurityRule {
  return {
    name,
    priority,
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    sourcePortRange: '*',
    destinationPortRange,
    sourceAddressPrefixes,
    destinationAddressPrefix: '*',
  };
}
