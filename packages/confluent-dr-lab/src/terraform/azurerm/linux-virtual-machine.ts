import { block, type ValueObject } from '../../schema/value';
import { matching, oneOf } from '../planning/rules';
import { type ObjectBehaviour } from './azure-object';
import { base64, checkPassword, demandCredentials, publicKey, userName } from './credentials';
import { acceptMachine, addressesOf, afterMachine, newMachine, putDisk } from './machine';
import { idIn, location } from './names';

/** What an import writes down for the password, which Azure never tells; any other one is then no change. */
const IMPORTED_PASSWORD = 'ignored-as-imported';

export const linuxVirtualMachine: ObjectBehaviour = {
  title: 'Linux Virtual Machine',
  forceNew: [
    ...['name', 'resource_group_name', 'location', 'edge_zone', 'zone', 'availability_set_id'],
    ...['admin_username', 'admin_password', 'admin_ssh_key', 'computer_name', 'custom_data'],
    ...['disable_password_authentication', 'platform_fault_domain', 'priority', 'eviction_policy'],
    ...['provision_vm_agent', 'secure_boot_enabled', 'vtpm_enabled', 'source_image_id', 'source_image_reference'],
    ...['os_disk.name', 'os_disk.storage_account_type', 'os_disk.diff_disk_settings'],
  ],
  secrets: ['admin_password', 'custom_data'],
  normalize: { location },
  defaults: {
    bypass_platform_safety_checks_on_user_schedule_enabled: false,
    extensions_time_budget: 'PT1H30M',
    max_bid_price: -1,
    platform_fault_domain: -1,
    priority: 'Regular',
    'os_disk.write_accelerator_enabled': false,
  },
  suppress: { admin_password: (before) => before === IMPORTED_PASSWORD },
  rules: {
    name: matching(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_])?$/),
    admin_username: userName,
    'admin_ssh_key.public_key': publicKey,
    custom_data: base64,
    user_data: base64,
    'os_disk.caching': oneOf('None', 'ReadOnly', 'ReadWrite'),
    'os_disk.storage_account_type': oneOf(
      ...['Premium_LRS', 'Standard_LRS', 'StandardSSD_LRS', 'StandardSSD_ZRS', 'Premium_ZRS'],
    ),
  },
  check: ({ admin_password: value }) => checkPassword(value),
  id: (planned, subscription) => idIn(subscription, planned, 'Microsoft.Compute', 'virtualMachines'),
  create: ({ id, name, os_disk }, azure) => ({
    ...newMachine(name as string, block(os_disk).name, id, azure),
    disable_password_authentication: true,
  }),
  demand: demandCredentials,
  accept: acceptMachine,
  settled: (machine, azure) => {
    putDisk(machine, azure);
    return machine;
  },
  live: addressesOf,
  after: (machine, azure) => afterMachine(machine, azure, false),
  imported: ({ disable_password_authentication: disabled }): ValueObject =>
    disabled === false ? { admin_password: IMPORTED_PASSWORD } : {},
};
