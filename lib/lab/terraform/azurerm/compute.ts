import { type Azure } from '../../azure/azure';
import { matching, oneOf, type Rule } from '../planning/rules';
import { text } from '../schema/reading';
import { type Value, type ValueObject } from '../schema/value';
import { type ObjectBehaviour } from './azure-object';
import { diskId, idIn, location } from './names';

const normalize = { location };
const compute = 'Microsoft.Compute';

const password: Rule = {
  allowed: '6 to 72 characters of three of: lower case, upper case, digits, special characters',
  accepts: (value) =>
    /^.{6,72}$/s.test(value as string) &&
    [/[a-z]/, /[A-Z]/, /[0-9]/, /[^\w]/].filter((kind) => kind.test(value as string)).length >= 3,
};

export const linuxVirtualMachine: ObjectBehaviour = {
  forceNew: [
    ...['name', 'resource_group_name', 'location', 'edge_zone', 'zone', 'availability_set_id'],
    ...['admin_username', 'admin_password', 'admin_ssh_key', 'computer_name', 'custom_data'],
    ...['disable_password_authentication', 'platform_fault_domain', 'priority', 'eviction_policy'],
    ...['provision_vm_agent', 'secure_boot_enabled', 'vtpm_enabled', 'source_image_id', 'source_image_reference'],
    ...['os_disk.name', 'os_disk.storage_account_type', 'os_disk.diff_disk_settings'],
  ],
  normalize,
  defaults: {
    bypass_platform_safety_checks_on_user_schedule_enabled: false,
    extensions_time_budget: 'PT1H30M',
    max_bid_price: -1,
    platform_fault_domain: -1,
    priority: 'Regular',
    'os_disk.write_accelerator_enabled': false,
  },
  rules: {
    name: matching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}[A-Za-z0-9]$/),
    admin_username: {
      allowed: 'a name that Azure does not reserve',
      accepts: (value) => !['admin', 'administrator', 'root', 'test', 'user', 'guest'].includes(value as string),
    },
    admin_password: password,
    'os_disk.caching': oneOf('None', 'ReadOnly', 'ReadWrite'),
    'os_disk.storage_account_type': oneOf(
      ...['Premium_LRS', 'Standard_LRS', 'StandardSSD_LRS', 'StandardSSD_ZRS', 'Premium_ZRS'],
    ),
  },
  create: (planned, azure) => {
    const [disk] = planned.os_disk as ValueObject[];
    const diskName = typeof disk.name === 'string' ? disk.name : `${planned.name as string}_OsDisk_1`;
    const id = diskId(planned.resource_group_name as string, diskName);
    return {
      id: idIn(planned, compute, 'virtualMachines'),
      virtual_machine_id: '33333333-4444-5555-6666-777777777777',
      allow_extension_operations: true,
      computer_name: planned.name,
      disable_password_authentication: true,
      os_managed_disk_id: id,
      patch_assessment_mode: 'ImageDefault',
      patch_mode: 'ImageDefault',
      provision_vm_agent: true,
      vm_agent_platform_updates_enabled: false,
      ...addressesOf(planned.network_interface_ids, azure),
      os_disk: [{ id, name: diskName, disk_size_gb: 30, storage_account_type: 'Standard_LRS' }],
    };
  },
};

function addressesOf(interfaces: Value, azure: Azure): ValueObject {
  const there = (object: ValueObject | null): object is ValueObject => object !== null;
  const nics = (interfaces as string[]).map((id) => azure.find('azurerm_network_interface', id)).filter(there);
  const inside = nics.map((nic) => nic.private_ip_address);
  const outside = nics
    .flatMap((nic) => nic.ip_configuration as ValueObject[])
    .map(({ public_ip_address_id: id }) => azure.find('azurerm_public_ip', text(id)))
    .filter(there)
    .map((address) => address.ip_address);
  return {
    private_ip_address: inside[0] ?? '',
    private_ip_addresses: inside,
    public_ip_address: outside[0] ?? '',
    public_ip_addresses: outside,
  };
}

/** The superseded type: only states of the original hold it, so it is read and deleted, and never created well. */
export const virtualMachine: ObjectBehaviour = {
  forceNew: ['name', 'resource_group_name', 'location'],
  normalize,
  create: (planned) => ({ id: idIn(planned, compute, 'virtualMachines') }),
};
