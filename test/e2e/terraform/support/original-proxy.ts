import { tfvars } from './app';

const group = '${azurerm_resource_group.proxyrg.name}';
const location = tfvars.azure_region;
const subnet_id = '${azurerm_subnet.internal.id}';
const network_security_group_id = '${azurerm_network_security_group.nsg.id}';
const network_interface_id = '${azurerm_network_interface.main.id}';

/** The Azure half of the original: a VM of the superseded type, open to the world, provisioned over SSH. */
export function originalProxy(): object {
  const { prefix, admin_username, admin_password } = tfvars;
  const inGroup = (name: string) => ({ name, location, resource_group_name: group });
  return {
    azurerm_resource_group: {
      proxyrg: { name: `rg-nginx-${prefix}`, location, tags: { owner_email: 'owner@example.com' } },
    },
    azurerm_virtual_network: { main: { ...inGroup(`${prefix}-network`), address_space: ['10.0.0.0/16'] } },
    azurerm_subnet: {
      internal: {
        name: 'internal',
        resource_group_name: group,
        virtual_network_name: '${azurerm_virtual_network.main.name}',
        address_prefixes: ['10.0.2.0/24'],
      },
    },
    azurerm_public_ip: { pubicip: { ...inGroup('proxy-public-ip'), allocation_method: 'Static' } },
    azurerm_network_interface: {
      main: {
        ...inGroup(`${prefix}-nic`),
        ip_configuration: {
          name: 'testconfiguration1',
          subnet_id,
          private_ip_address_allocation: 'Dynamic',
          public_ip_address_id: '${azurerm_public_ip.pubicip.id}',
        },
      },
    },
    azurerm_network_security_group: {
      nsg: {
        ...inGroup('vm-nsg'),
        security_rule: [
          rule('Allow-SSH', 100, '22'),
          rule('allow-https', 110, '443'),
          rule('allow-port-9092', 120, '9092'),
        ],
      },
    },
    azurerm_subnet_network_security_group_association: { nsg: { subnet_id, network_security_group_id } },
    azurerm_network_interface_security_group_association: { nsg: { network_interface_id, network_security_group_id } },
    azurerm_virtual_machine: {
      main: {
        ...inGroup(`${prefix}-vm`),
        network_interface_ids: [network_interface_id],
        vm_size: 'Standard_DS1_v2',
        storage_image_reference: {
          ...{ publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts', version: 'latest' },
        },
        storage_os_disk: {
          name: 'myosdisk1',
          caching: 'ReadWrite',
          create_option: 'FromImage',
          managed_disk_type: 'Standard_LRS',
        },
        os_profile: { computer_name: 'hostname', admin_username, admin_password },
        os_profile_linux_config: { disable_password_authentication: false },
      },
    },
    null_resource: { nginx_install: { triggers: { always_run: '2025-01-01T00:00:00Z' } } },
  };
}

function rule(name: string, priority: number, port: string): object {
  return {
    ...{ name, description: '', priority, direction: 'Inbound', access: 'Allow', protocol: 'Tcp' },
    ...{
      source_port_range: '*',
      destination_port_range: port,
      source_address_prefix: '*',
      destination_address_prefix: '*',
    },
    ...{
      source_port_ranges: [],
      destination_port_ranges: [],
      source_address_prefixes: [],
      destination_address_prefixes: [],
    },
    ...{ source_application_security_group_ids: [], destination_application_security_group_ids: [] },
  };
}
