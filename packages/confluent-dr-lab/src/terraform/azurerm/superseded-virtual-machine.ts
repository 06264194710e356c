import { type Azure } from '../../azure/azure';
import { block, blocks, knownPart, text, type ValueObject } from '../../schema/value';
import { type ResourceType, type Stored } from '../resource-type';
import { alreadyExists, type AzureSession, only, refusal, withTimeouts } from './azure-object';
import { acceptMachine, afterMachine, MACHINE, newMachine, putDisk } from './machine';
import { idIn, location } from './names';

const TYPE = 'azurerm_virtual_machine';
const TITLE = 'Virtual Machine';
/** What Azure does not know or does not tell: only the state has it. */
const IN_STATE = [
  ...['delete_os_disk_on_termination', 'delete_data_disks_on_termination', 'primary_network_interface_id'],
  ...['os_profile', 'os_profile_linux_config', 'storage_os_disk', 'storage_image_reference', 'timeouts'],
];

/**
 * The superseded type. The VM is the same object of Azure as that of the newer type, told in other words; that is why a
 * state can forget it under this type and import it under the other.
 */
export const virtualMachine: ResourceType<AzureSession> = {
  planning: withTimeouts({
    forceNew: [
      ...['name', 'resource_group_name', 'location', 'zones', 'availability_set_id'],
      ...['os_profile', 'storage_image_reference', 'storage_os_disk.name', 'storage_os_disk.create_option'],
    ],
    normalize: { location },
    defaults: {
      delete_os_disk_on_termination: false,
      delete_data_disks_on_termination: false,
      'storage_os_disk.write_accelerator_enabled': false,
    },
  }),
  create: async (planned, { azure, subscription }) => {
    const id = idIn(subscription, planned, 'Microsoft.Compute', 'virtualMachines');
    if (azure.find(TYPE, id)) {
      throw alreadyExists(TYPE, id);
    }
    return keep(machineOf(knownPart(planned), id, azure), knownPart(planned), azure, `creating ${TITLE} (${id})`);
  },
  read: (state, { azure }) => {
    const found = azure.find(TYPE, text(state.id));
    return Promise.resolve(found && describe(found, state));
  },
  update: (_prior, planned, { azure }) => {
    const state = knownPart(planned);
    const id = text(state.id);
    const { vm_size: size, tags = null, network_interface_ids = null } = state;
    const machine = { ...azure.find(TYPE, id), id, size, tags, network_interface_ids };
    return keep(machine, state, azure, `updating ${TITLE} (${id})`);
  },
  delete: (state, { azure }) => {
    const id = text(state.id);
    const found = azure.find(TYPE, id);
    try {
      if (found) {
        azure.delete(TYPE, id);
        afterMachine(found, azure, state.delete_os_disk_on_termination !== true);
      }
    } catch (error) {
      throw refusal(`deleting ${TITLE} (${id})`, error);
    }
    return Promise.resolve();
  },
  import: (id, { azure }) => {
    const found = azure.find(TYPE, id);
    return Promise.resolve(found && describe(found, imported(found)));
  },
};

async function keep(machine: Stored, state: ValueObject, azure: Azure, step: string): Promise<ValueObject & Stored> {
  try {
    acceptMachine(machine, azure);
  } catch (error) {
    throw refusal(step, error);
  }
  azure.put(MACHINE, machine);
  putDisk(machine, azure);
  return Promise.resolve(describe(machine, state));
}

/** As Azure knows it, in the newer type's words. */
function machineOf(planned: ValueObject, id: string, azure: Azure): Stored {
  const { name, location: where, resource_group_name, network_interface_ids } = planned;
  const disk = block(planned.storage_os_disk);
  const profile = block(planned.os_profile);
  const linux = block(planned.os_profile_linux_config);
  const created = newMachine(text(name), disk.name, id, azure);
  const [createdDisk] = blocks(created.os_disk);
  return {
    ...created,
    ...{ id, name, location: where, resource_group_name, network_interface_ids },
    size: planned.vm_size,
    tags: planned.tags,
    admin_username: profile.admin_username ?? null,
    computer_name: profile.computer_name ?? name,
    disable_password_authentication: linux.disable_password_authentication ?? false,
    admin_ssh_key: blocks(linux.ssh_keys).map(({ key_data, path }) => ({
      public_key: key_data,
      username: /^\/home\/([^/]+)\//.exec(text(path))?.[1] ?? null,
    })),
    bypass_platform_safety_checks_on_user_schedule_enabled: false,
    extensions_time_budget: 'PT1H30M',
    max_bid_price: -1,
    platform_fault_domain: -1,
    priority: 'Regular',
    os_disk: [
      {
        ...createdDisk,
        caching: disk.caching ?? 'ReadWrite',
        disk_size_gb: disk.disk_size_gb ?? createdDisk.disk_size_gb,
        storage_account_type: disk.managed_disk_type ?? 'Standard_LRS',
        write_accelerator_enabled: disk.write_accelerator_enabled ?? false,
      },
    ],
    source_image_reference: blocks(planned.storage_image_reference).map((image) =>
      only(['publisher', 'offer', 'sku', 'version'], { ...image, version: image.version ?? 'latest' }),
    ),
  };
}

/** The VM in the old type's words. */
function describe(machine: ValueObject, state: ValueObject): Stored {
  const { name, location: where, resource_group_name, network_interface_ids = null, size, tags = null } = machine;
  const [disk] = blocks(state.storage_os_disk);
  return {
    ...only(IN_STATE, state),
    ...{ id: text(machine.id), name, location: where, resource_group_name, network_interface_ids, tags },
    vm_size: size,
    storage_os_disk: [{ ...diskOf(machine), ...known(disk ?? {}) }],
  };
}

function imported(machine: ValueObject): ValueObject {
  const { computer_name, admin_username, disable_password_authentication } = machine;
  return {
    delete_os_disk_on_termination: false,
    delete_data_disks_on_termination: false,
    os_profile: [{ computer_name, admin_username }],
    os_profile_linux_config: [{ disable_password_authentication, ssh_keys: [] }],
    storage_image_reference: machine.source_image_reference ?? [],
  };
}

function diskOf(machine: ValueObject): ValueObject {
  const disk = block(machine.os_disk);
  return {
    name: disk.name,
    caching: disk.caching,
    create_option: 'FromImage',
    disk_size_gb: disk.disk_size_gb,
    managed_disk_id: machine.os_managed_disk_id,
    managed_disk_type: disk.storage_account_type,
    os_type: 'Linux',
    write_accelerator_enabled: disk.write_accelerator_enabled,
  };
}

function known(attributes: ValueObject): ValueObject {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
}
