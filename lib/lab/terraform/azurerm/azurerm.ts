import { type Azure } from '../../azure/azure';
import { ProviderError } from '../protocol/diagnostics';
import { type ProviderDefinition, type ResourceType } from '../resource-type';
import { azureObject, type ObjectBehaviour } from './azure-object';
import { linuxVirtualMachine, virtualMachine } from './compute';
import {
  interfaceSecurityGroup,
  networkInterface,
  networkSecurityGroup,
  publicIp,
  resourceGroup,
  subnet,
  subnetSecurityGroup,
  virtualNetwork,
} from './network';
import { runCommand } from './run-command';

const OBJECTS: Readonly<Record<string, ObjectBehaviour>> = {
  azurerm_linux_virtual_machine: linuxVirtualMachine,
  azurerm_network_interface: networkInterface,
  azurerm_network_interface_security_group_association: interfaceSecurityGroup,
  azurerm_network_security_group: networkSecurityGroup,
  azurerm_public_ip: publicIp,
  azurerm_resource_group: resourceGroup,
  azurerm_subnet: subnet,
  azurerm_subnet_network_security_group_association: subnetSecurityGroup,
  azurerm_virtual_machine: virtualMachine,
  azurerm_virtual_network: virtualNetwork,
};

/** Imitates hashicorp/azurerm 4.55, as far as the proxy needs it. */
export function azurerm(azure: Azure): ProviderDefinition<Azure> {
  return {
    source: 'registry.terraform.io/hashicorp/azurerm',
    schemaFile: 'azurerm.json',
    configure: ({ subscription_id }) => {
      if (subscription_id === null) {
        throw new ProviderError(
          '`subscription_id` is a required provider property when performing a plan/apply operation',
        );
      }
      return azure;
    },
    resources: {
      ...Object.fromEntries(
        Object.entries(OBJECTS).map(([type, behaviour]): [string, ResourceType<Azure>] => [
          type,
          azureObject(type, behaviour),
        ]),
      ),
      azurerm_virtual_machine_run_command: runCommand,
    },
    dataSources: {},
  };
}
