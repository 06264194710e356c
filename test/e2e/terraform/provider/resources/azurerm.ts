import { type ProviderBehaviour } from '../planning/behaviour';
import { linuxVirtualMachine, runCommand, virtualMachine } from './azurerm-compute';
import {
  interfaceSecurityGroup,
  networkInterface,
  networkSecurityGroup,
  publicIp,
  resourceGroup,
  subnet,
  subnetSecurityGroup,
  virtualNetwork,
} from './azurerm-network';

/** Imitates hashicorp/azurerm, as far as plan and apply of the types in use go. */
export const azurerm: ProviderBehaviour = {
  resources: {
    azurerm_linux_virtual_machine: linuxVirtualMachine,
    azurerm_network_interface: networkInterface,
    azurerm_network_interface_security_group_association: interfaceSecurityGroup,
    azurerm_network_security_group: networkSecurityGroup,
    azurerm_public_ip: publicIp,
    azurerm_resource_group: resourceGroup,
    azurerm_subnet: subnet,
    azurerm_subnet_network_security_group_association: subnetSecurityGroup,
    azurerm_virtual_machine: virtualMachine,
    azurerm_virtual_machine_run_command: runCommand,
    azurerm_virtual_network: virtualNetwork,
  },
  dataSources: {},
  configure: ({ subscription_id }) =>
    subscription_id === null
      ? [{ summary: '`subscription_id` is a required provider property when performing a plan/apply operation' }]
      : [],
};
