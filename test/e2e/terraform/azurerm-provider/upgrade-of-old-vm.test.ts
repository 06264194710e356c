import { ground, oldVm, oldVmAddress, type Resources, vm, vmAddress } from './support/landscape';
import { GROUP_ID, Stage } from './support/stage';

jest.setTimeout(900_000);

const DISK = 'azurerm_managed_disk';
const MACHINE = 'azurerm_linux_virtual_machine';
const ID = `${GROUP_ID}/providers/Microsoft.Compute/virtualMachines/vm`;
const ignored = { lifecycle: { ignore_changes: ['custom_data', 'admin_password'] } };
const takenOver = {
  removed: [{ from: oldVmAddress, lifecycle: { destroy: false } }],
  import: [{ to: vmAddress, id: ID }],
};

describe('a VM of the superseded type', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  const configure = (machines: Resources, blocks = {}) => stage.configure({ ...ground, ...machines }, blocks);
  const disks = () => stage.lab.azure.all(DISK).map(({ name }) => name);
  const guid = () => stage.lab.azure.all(MACHINE)[0]?.virtual_machine_id;

  beforeAll(async () => {
    stage = await Stage.open();
    await configure({ [oldVmAddress]: oldVm() }).workspace.apply();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  test('plans nothing after it was applied', async () => {
    expect(await configure({ [oldVmAddress]: oldVm() }).workspace.detailedExitCode()).toBe(0);
  });

  test('is changed in place, and the newer type tells so', async () => {
    configure({ [oldVmAddress]: oldVm({ vm_size: 'Standard_B2s' }) });
    expect(await stage.changes()).toEqual({ [oldVmAddress]: 'update' });
    await stage.workspace.apply();
    expect(stage.lab.azure.find(MACHINE, ID)).toMatchObject({ size: 'Standard_B2s', name: 'vm' });
    expect(await stage.changes()).toEqual({});
  });

  test('lives on under the newer type, in one apply', async () => {
    const before = guid();
    const plan = await configure({ [vmAddress]: vm(ignored) }, takenOver).workspace.plan();
    expect(plan.imports()).toEqual([vmAddress]);
    expect(plan.changes()).toEqual({ [oldVmAddress]: 'forget' });
    const { text } = await stage.workspace.apply();
    expect(text).toContain('Resources: 1 imported, 0 added, 0 changed, 0 destroyed');
    expect(guid()).toBe(before);
    expect(await stage.workspace.detailedExitCode()).toBe(0);
  });

  test('is replaced in order with other values: its disk goes, its address stays', async () => {
    const [{ ip_address }] = stage.lab.azure.all('azurerm_public_ip');
    configure({ [vmAddress]: vm({ ...ignored, admin_username: 'other' }) }, takenOver);
    await stage.workspace.apply();
    expect(disks()).toEqual([expect.stringMatching(/^vm_OsDisk_1_/)]);
    expect(stage.attributes(vmAddress).public_ip_address).toBe(ip_address);
  });

  test('cannot be moved to the newer type', async () => {
    configure({ [vmAddress]: vm() }, { moved: [{ from: oldVmAddress, to: vmAddress }] });
    const { errors } = await stage.workspace.terraform('plan', '-input=false');
    expect(errors).toContain('does not support moving resource state across resource types');
  });

  test('leaves its disk behind, and the group cannot go while it is there', async () => {
    await configure({}).workspace.apply();
    expect(disks()).toEqual(['olddisk']);
    expect(await stage.refused('-destroy')).toContain('still contains Resources');
  });

  test('takes its disk with it when told to', async () => {
    const told = oldVm({ delete_os_disk_on_termination: true });
    await configure({ [oldVmAddress]: told }).workspace.apply();
    await configure({}).workspace.apply();
    expect(disks()).toEqual([]);
  });

  test('and one of the newer type race; at the latest the second apply passes, and the disk is left', async () => {
    configure({ [vmAddress]: vm() });
    const { errors } = await stage.apply();
    expect(errors).toMatch(/^$|already exists/);
    await stage.workspace.apply();
    expect(await stage.changes()).toEqual({});
    expect(disks()).toContain('olddisk');
  });

  test('is one with that of the newer type, which cannot be created beside it', async () => {
    configure({ [oldVmAddress]: oldVm(), [vmAddress]: vm() });
    expect(await stage.refused()).toContain(`"${ID}" already exists`);
    configure({ [oldVmAddress]: oldVm(), [vmAddress]: vm({ name: 'other' }) });
    expect(await stage.refused()).toContain('NicInUse');
  });

  test('keeps a newer VM from a disk of the same name', async () => {
    await configure({}).workspace.apply();
    const os_disk = { name: 'olddisk', caching: 'ReadWrite', storage_account_type: 'Standard_LRS' };
    expect(await configure({ [vmAddress]: vm({ os_disk }) }).refused()).toContain('Disk olddisk already exists');
  });

  test('is replaced in two steps: first destroyed alone, then anew', async () => {
    configure({ [vmAddress]: vm() });
    await stage.workspace.apply(`-target=${oldVmAddress}`);
    expect(stage.lab.azure.all(MACHINE)).toEqual([]);
    await stage.workspace.apply();
    expect(await stage.changes()).toEqual({});
  });
});
