/** A block of Terraform's JSON syntax. */
export type Block = Readonly<Record<string, unknown>>;
/** Resources by address. */
export type Resources = Readonly<Record<string, Block>>;

export const groupAddress = 'azurerm_resource_group.main';
export const networkAddress = 'azurerm_virtual_network.main';
export const subnetAddress = 'azurerm_subnet.main';
export const publicIpAddress = 'azurerm_public_ip.main';
export const nicAddress = 'azurerm_network_interface.main';
export const nsgAddress = 'azurerm_network_security_group.main';
export const subnetNsgAddress = 'azurerm_subnet_network_security_group_association.main';
export const nicNsgAddress = 'azurerm_network_interface_security_group_association.main';
export const vmAddress = 'azurerm_linux_virtual_machine.main';
export const oldVmAddress = 'azurerm_virtual_machine.main';
export const commandAddress = 'azurerm_virtual_machine_run_command.main';

export const IMAGE = {
  publisher: 'Canonical',
  offer: '0001-com-ubuntu-server-jammy',
  sku: '22_04-lts',
  version: 'latest',
};
/** Of nobody: the type's name, and zeros. */
export const SSH_KEY = `ssh-ed25519 ${Buffer.from(`\0\0\0\x0bssh-ed25519\0\0\0\x20${'\0'.repeat(32)}`).toString('base64')}`;
export const PASSWORD = 'Correct-Horse-7';

const inGroup = (name: string) => ({
  name,
  location: 'westeurope',
  resource_group_name: `\${${groupAddress}.name}`,
});

export const group = (more: Block = {}): Block => ({ name: 'proxy', location: 'West Europe', ...more });

export const network = (more: Block = {}): Block => ({
  ...inGroup('network'),
  address_space: ['10.1.0.0/16'],
  ...more,
});

export const subnet = (more: Block = {}): Block => ({
  name: 'internal',
  resource_group_name: `\${${groupAddress}.name}`,
  virtual_network_name: `\${${networkAddress}.name}`,
  address_prefixes: ['10.1.7.0/24'],
  ...more,
});

export const publicIp = (more: Block = {}): Block => ({ ...inGroup('address'), allocation_method: 'Static', ...more });

export const nic = (more: Block = {}): Block => ({
  ...inGroup('nic'),
  ip_configuration: {
    name: 'internal',
    subnet_id: `\${${subnetAddress}.id}`,
    private_ip_address_allocation: 'Dynamic',
    public_ip_address_id: `\${${publicIpAddress}.id}`,
  },
  ...more,
});

export const rule = (more: Block = {}): Block => ({
  ...{ name: 'https', description: null, priority: 110, direction: 'Inbound', access: 'Allow', protocol: 'Tcp' },
  ...{ source_port_range: '*', destination_port_range: '443', source_address_prefix: '203.0.113.0/24' },
  destination_address_prefix: '*',
  // As cdktf writes them: an attribute that is an object has all of its attributes.
  ...{ source_address_prefixes: null, source_application_security_group_ids: null, source_port_ranges: null },
  ...{
    destination_address_prefixes: null,
    destination_application_security_group_ids: null,
    destination_port_ranges: null,
  },
  ...more,
});

export const nsg = (more: Block = {}): Block => ({ ...inGroup('nsg'), security_rule: [rule()], ...more });

export const vm = (more: Block = {}): Block => ({
  ...inGroup('vm'),
  size: 'Standard_B1s',
  network_interface_ids: [`\${${nicAddress}.id}`],
  admin_username: 'proxyadmin',
  admin_password: PASSWORD,
  disable_password_authentication: false,
  os_disk: { caching: 'ReadWrite', storage_account_type: 'Standard_LRS' },
  source_image_reference: IMAGE,
  ...more,
});

/** The same VM under the superseded type. */
export const oldVm = (more: Block = {}): Block => ({
  ...inGroup('vm'),
  vm_size: 'Standard_B1s',
  network_interface_ids: [`\${${nicAddress}.id}`],
  storage_image_reference: IMAGE,
  storage_os_disk: {
    ...{ name: 'olddisk', caching: 'ReadWrite', create_option: 'FromImage', managed_disk_type: 'Standard_LRS' },
  },
  os_profile: { computer_name: 'vm', admin_username: 'proxyadmin', admin_password: PASSWORD },
  os_profile_linux_config: { disable_password_authentication: false },
  ...more,
});

export const command = (more: Block = {}): Block => ({
  name: 'converge',
  location: 'westeurope',
  virtual_machine_id: `\${${vmAddress}.id}`,
  source: { script: 'echo converged' },
  ...more,
});

/** What a VM stands on. */
export const ground: Resources = {
  [groupAddress]: group(),
  [networkAddress]: network(),
  [subnetAddress]: subnet(),
  [publicIpAddress]: publicIp(),
  [nicAddress]: nic(),
};

/** All that belongs to a proxy, without the VM. */
export const secured: Resources = {
  ...ground,
  [nsgAddress]: nsg(),
  [subnetNsgAddress]: {
    subnet_id: `\${${subnetAddress}.id}`,
    network_security_group_id: `\${${nsgAddress}.id}`,
  },
  [nicNsgAddress]: {
    network_interface_id: `\${${nicAddress}.id}`,
    network_security_group_id: `\${${nsgAddress}.id}`,
  },
};

/** A whole proxy. */
export const proxy: Resources = {
  ...secured,
  [vmAddress]: vm(),
  [commandAddress]: command({ depends_on: [subnetNsgAddress, nicNsgAddress] }),
};
