import { AzureError } from '../../azure/addresses';
import { type Azure } from '../../azure/azure';
import { RUN_COMMAND } from '../../azure/run-commands';
import { block, blocks, text, texts, type ValueObject } from '../../schema/value';
import { type Stored } from '../resource-type';
import { groupId, groupOfId, isSameId } from './names';
import { machineOf } from './network-interface';

export const MACHINE = 'azurerm_linux_virtual_machine';
const DISK = 'azurerm_managed_disk';
/** Azure's list of sizes is long: the lab knows them by their form. */
const SIZE = /^(Standard|Basic)_[A-Z]{1,2}\d+(-\d+)?[a-z]*(_[A-Z]\w*)?(_v\d+)?$/;
const LONGEST_USER_NAME = 32;
const IMAGE_DISK_GB = 30;

/** What Azure puts into a new VM that was not told otherwise. */
export function newMachine(name: string, diskName: unknown, id: string, azure: Azure): ValueObject {
  const disk = typeof diskName === 'string' ? diskName : `${name}_OsDisk_1_${azure.guid().replaceAll('-', '')}`;
  const diskId = diskIdOf(id, disk);
  return {
    virtual_machine_id: azure.guid(),
    allow_extension_operations: true,
    computer_name: name,
    os_managed_disk_id: diskId,
    patch_assessment_mode: 'ImageDefault',
    patch_mode: 'ImageDefault',
    provision_vm_agent: true,
    vm_agent_platform_updates_enabled: false,
    os_disk: [{ id: diskId, name: disk, disk_size_gb: IMAGE_DISK_GB, storage_account_type: 'Standard_LRS' }],
  };
}

/** @throws AzureError */
export function acceptMachine(machine: Stored, azure: Azure): void {
  if (!SIZE.test(text(machine.size))) {
    throw new AzureError(
      400,
      'InvalidParameter',
      `The value ${text(machine.size)} provided for the VM size is not valid.`,
    );
  }
  const user = text(machine.admin_username);
  if (user.length > LONGEST_USER_NAME || /\s|\.$/.test(user)) {
    throw new AzureError(
      400,
      'InvalidParameter',
      `The Admin Username specified, ${JSON.stringify(user)}, is not allowed.`,
    );
  }
  for (const nic of texts(machine.network_interface_ids)) {
    const holder = machineOf(nic, azure);
    if (holder !== '' && !isSameId(holder, machine.id)) {
      throw new AzureError(
        400,
        'NicInUse',
        `Network Interface ${nic} is used by existing resource ${holder}, and cannot be given to ${machine.id}.`,
      );
    }
  }
  const isNew = azure.find(MACHINE, machine.id) === null;
  const { name } = block(machine.os_disk);
  if (isNew && azure.find(DISK, diskIdOf(machine.id, text(name)))) {
    throw new AzureError(
      409,
      'ConflictingUserInput',
      `Disk ${text(name)} already exists in resource group ${groupOfId(machine.id)}. Only CreateOption.Attach is supported.`,
    );
  }
}

/** Its disk is an object of its own. */
export function putDisk(machine: Stored, azure: Azure): void {
  const { name, disk_size_gb, storage_account_type } = block(machine.os_disk);
  const { location, resource_group_name } = machine;
  const id = diskIdOf(machine.id, text(name));
  azure.put(DISK, { id, name, location, resource_group_name, disk_size_gb, storage_account_type });
}

/** What goes with a VM: its run commands, and its disk unless that is to stay. */
export function afterMachine(machine: ValueObject, azure: Azure, keepsDisk: boolean): void {
  const id = text(machine.id);
  azure
    .all(RUN_COMMAND)
    .filter((command) => isSameId(command.virtual_machine_id, id))
    .forEach((command) => azure.delete(RUN_COMMAND, text(command.id)));
  if (!keepsDisk) {
    azure.delete(DISK, diskIdOf(id, text(block(machine.os_disk).name)));
  }
}

export function addressesOf({ network_interface_ids: ids }: ValueObject, azure: Azure): ValueObject {
  const nics = texts(ids)
    .map((id) => azure.find('azurerm_network_interface', id))
    .filter((nic) => nic !== null);
  const inside = nics.flatMap((nic) => texts(nic.private_ip_addresses));
  const outside = nics
    .flatMap((nic) => blocks(nic.ip_configuration))
    .map(({ public_ip_address_id: id }) => text(azure.find('azurerm_public_ip', text(id))?.ip_address))
    .filter((address) => address !== '');
  return {
    private_ip_address: inside[0] ?? '',
    private_ip_addresses: inside,
    public_ip_address: outside[0] ?? '',
    public_ip_addresses: outside,
  };
}

function diskIdOf(machineId: string, disk: string): string {
  const [, subscription] = /^\/subscriptions\/([^/]+)/i.exec(machineId) ?? [];
  return `${groupId(subscription ?? '', groupOfId(machineId))}/providers/Microsoft.Compute/disks/${disk}`;
}
