import { type Azure } from '../../azure/azure';
import { text } from '../../schema/value';
import { Pace } from '../pace';
import { ProviderError } from '../protocol/messages';
import { type ProviderDefinition, type ResourceType } from '../resource-type';
import { azureObject, type AzureSession, type ObjectBehaviour } from './azure-object';
import { azureDataSources } from './data-sources';
import { resourceGroup } from './group';
import { linuxVirtualMachine } from './linux-virtual-machine';
import { backendAddressPool, loadBalancer, loadBalancerRule, poolMember, probe } from './load-balancer';
import { networkInterface } from './network-interface';
import { privateRecord, privateZone, privateZoneLink } from './private-dns';
import { publicIp } from './public-ip';
import { runCommand } from './run-command';
import { interfaceSecurityGroup, networkSecurityGroup, subnetSecurityGroup } from './security-group';
import { virtualMachine } from './superseded-virtual-machine';
import { subnet, virtualNetwork } from './virtual-network';

const OBJECTS: Readonly<Record<string, ObjectBehaviour>> = {
  azurerm_lb: loadBalancer,
  azurerm_lb_backend_address_pool: backendAddressPool,
  azurerm_lb_probe: probe,
  azurerm_lb_rule: loadBalancerRule,
  azurerm_linux_virtual_machine: linuxVirtualMachine,
  azurerm_network_interface: networkInterface,
  azurerm_network_interface_backend_address_pool_association: poolMember,
  azurerm_network_interface_security_group_association: interfaceSecurityGroup,
  azurerm_network_security_group: networkSecurityGroup,
  azurerm_private_dns_a_record: privateRecord,
  azurerm_private_dns_zone: privateZone,
  azurerm_private_dns_zone_virtual_network_link: privateZoneLink,
  azurerm_public_ip: publicIp,
  azurerm_resource_group: resourceGroup,
  azurerm_subnet: subnet,
  azurerm_subnet_network_security_group_association: subnetSecurityGroup,
  azurerm_virtual_network: virtualNetwork,
};

/** The provider waits up to ten minutes: in a lab, less than a second. */
const DEFAULT_PACE = new Pace(0.001);

/**
 * Imitates hashicorp/azurerm 4.55, as far as the proxy needs it.
 *
 * @param pace of its waits, except for those for scripts, which take the time that they take
 */
export function azurerm(azure: Azure, pace = DEFAULT_PACE): ProviderDefinition<AzureSession> {
  return {
    source: 'registry.terraform.io/hashicorp/azurerm',
    schemaFile: 'azurerm.json',
    configure: ({ subscription_id }) => {
      const subscription = text(subscription_id);
      if (subscription === '') {
        throw new ProviderError(
          '`subscription_id` is a required provider property when performing a plan/apply operation',
        );
      }
      return { azure, subscription, pace };
    },
    resources: {
      ...Object.fromEntries(
        Object.entries(OBJECTS).map(([type, behaviour]): [string, ResourceType<AzureSession>] => [
          type,
          azureObject(type, behaviour),
        ]),
      ),
      azurerm_virtual_machine: virtualMachine,
      azurerm_virtual_machine_run_command: runCommand,
    },
    dataSources: azureDataSources,
  };
}
