import {
  commandAddress,
  ground,
  nicAddress,
  PASSWORD,
  proxy,
  publicIpAddress,
  SSH_KEY,
  vm,
  vmAddress,
} from './support/landscape';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

const DISK = 'azurerm_managed_disk';
const keyed = { admin_password: undefined, disable_password_authentication: undefined };
const withKey = { ...keyed, admin_ssh_key: { username: 'proxyadmin', public_key: SSH_KEY } };

describe('a virtual machine', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  const configure = (more = {}, others = {}) => stage.configure({ ...ground, [vmAddress]: vm(more), ...others });

  beforeAll(async () => {
    stage = await Stage.open();
    await configure().workspace.apply();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  test.each([
    ['custom_data', { custom_data: 'bmV3' }],
    ['admin_password', { admin_password: 'Another-Horse-8' }],
    ['admin_username', { admin_username: 'other' }],
    ['admin_ssh_key', { admin_ssh_key: { username: 'proxyadmin', public_key: SSH_KEY } }],
    [
      'image',
      {
        source_image_reference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
      },
    ],
  ])('is replaced for another %s', async (_, more) => {
    configure(more);
    expect(await stage.changes()).toEqual({ [vmAddress]: 'replace' });
  });

  test.each([
    ['size', { size: 'Standard_B2s' }],
    ['user_data', { user_data: 'bmV3' }],
    ['tags', { tags: { owner: 'ops' } }],
    ['identity', { identity: { type: 'SystemAssigned' } }],
  ])('is changed in place for another %s', async (_, more) => {
    configure(more);
    expect(await stage.changes()).toEqual({ [vmAddress]: 'update' });
    const { virtual_machine_id: before } = stage.attributes(vmAddress);
    await stage.workspace.apply();
    expect(stage.attributes(vmAddress).virtual_machine_id).toBe(before);
    expect(await stage.changes()).toEqual({});
  });

  test('with ignore_changes is left alone, but for its user', async () => {
    const lifecycle = { ignore_changes: ['custom_data', 'admin_password'] };
    configure({ lifecycle, custom_data: 'bmV3', admin_password: 'Another-Horse-8' });
    expect(await stage.changes()).toEqual({});
    configure({ lifecycle, admin_username: 'other' });
    expect(await stage.changes()).toEqual({ [vmAddress]: 'replace' });
  });

  test('that is replaced has unknown addresses, while that of the public IP is known', async () => {
    const output = {
      machine: { value: `\${${vmAddress}.public_ip_address}` },
      address: { value: `\${${publicIpAddress}.ip_address}` },
    };
    stage.configure({ ...ground, [vmAddress]: vm({ custom_data: 'bmV3' }) }, { output });
    const { text } = await stage.workspace.must('plan', '-input=false');
    expect(text).toContain('+ machine = (known after apply)');
    expect(text).toMatch(/\+ address = "[\d.]+"/);
    const machine = stage.attributes(vmAddress);
    await stage.workspace.apply();
    expect(stage.attributes(vmAddress).virtual_machine_id).not.toBe(machine.virtual_machine_id);
    expect(stage.attributes(vmAddress).public_ip_address).toBe(machine.public_ip_address);
  });

  test('takes its disk with it', async () => {
    expect(stage.lab.azure.all(DISK)).toHaveLength(1);
    await stage.configure(ground).workspace.apply();
    expect(stage.lab.azure.all(DISK)).toEqual([]);
  });

  test('has a disk and addresses of its own', () => {
    const machine = stage.attributes(vmAddress);
    expect(machine.os_disk).toMatchObject([{ name: expect.stringMatching(/^vm_OsDisk_1_[0-9a-f]{32}$/) as string }]);
    expect(machine.private_ip_address).toBe(stage.attributes(nicAddress).private_ip_address);
    expect(machine.public_ip_address).toBe(stage.attributes(publicIpAddress).ip_address);
  });

  test.each([
    ['another one of its name', { depends_on: [vmAddress] }, 'already exists - to be managed via Terraform'],
    ['another one on its interface', { name: 'other', depends_on: [vmAddress] }, 'NicInUse'],
    [
      'another one with its disk',
      {
        ...{ name: 'other', network_interface_ids: [], depends_on: [vmAddress] },
        os_disk: {
          ...{ name: `\${${vmAddress}.os_disk[0].name}`, caching: 'None', storage_account_type: 'Standard_LRS' },
        },
      },
      'ConflictingUserInput',
    ],
  ])('refuses %s', async (_, more, message) => {
    configure({}, { 'azurerm_linux_virtual_machine.other': vm(more) });
    expect(await stage.refused()).toContain(message);
  });

  describe('that is created', () => {
    beforeEach(async () => {
      await stage.configure(ground).workspace.apply();
    });

    test('with a key alone works, and plans nothing afterwards', async () => {
      await configure(withKey).workspace.apply();
      expect(stage.attributes(vmAddress).disable_password_authentication).toBe(true);
      expect(await stage.changes()).toEqual({});
    });

    test('with key and password keeps passwords off', async () => {
      await configure({ ...withKey, admin_password: PASSWORD }).workspace.apply();
      expect(stage.attributes(vmAddress).disable_password_authentication).toBe(true);
    });

    test.each([
      ['neither password nor key', keyed, 'at least one `admin_ssh_key`'],
      [
        'a password that is not allowed',
        { ...keyed, admin_password: PASSWORD },
        '`disable_password_authentication` must',
      ],
      [
        'a size that Azure does not have',
        { size: 'Standard_Enormous' },
        'InvalidParameter: The value Standard_Enormous',
      ],
      ['a user name with a space', { admin_username: 'proxy admin' }, 'The Admin Username specified'],
      ['a user name with a final dot', { admin_username: 'proxyadmin.' }, 'The Admin Username specified'],
      ['a user name of 33 characters', { admin_username: 'a'.repeat(33) }, 'The Admin Username specified'],
    ])('with %s is refused when it is applied, not earlier', async (_, more, message) => {
      configure(more);
      expect(await stage.changes()).toEqual({ [vmAddress]: 'create' });
      expect(await stage.refused()).toContain(message);
      expect(await stage.changes()).toEqual({ [vmAddress]: 'create' });
    });
  });

  test('is never told by Azure with its password', () => {
    expect(JSON.stringify(stage.lab.azure.save())).not.toContain(PASSWORD);
  });
});

describe('a whole proxy', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  test('is applied, planned empty, and destroyed in order', async () => {
    await stage.configure(proxy).workspace.apply();
    expect(await stage.workspace.detailedExitCode()).toBe(0);
    stage.lab.operations.clear();
    await stage.workspace.apply('-destroy');
    const order = stage.writes().map((write) => write.replace('delete azurerm_', ''));
    const before = (one: string, other: string) => expect(order.indexOf(one)).toBeLessThan(order.indexOf(other));
    expect(order).toHaveLength(Object.keys(proxy).length);
    expect(order[0]).toBe('virtual_machine_run_command');
    expect(order.at(-1)).toBe('resource_group');
    before('linux_virtual_machine', 'network_interface');
    before('network_interface', 'subnet');
    before('subnet', 'virtual_network');
    expect(stage.lab.azure.save().objects).toEqual({});
  });

  test('knows at its first plan no ids and no address', async () => {
    const value = (expression: string) => ({ value: `\${${expression}}` });
    const output = {
      id: value(`${vmAddress}.id`),
      address: value(`${publicIpAddress}.ip_address`),
      machine: value(`${vmAddress}.public_ip_address`),
      printed: value(`${commandAddress}.instance_view`),
    };
    stage.configure(proxy, { output });
    const { text } = await stage.workspace.must('plan', '-input=false');
    for (const name of Object.keys(output)) {
      expect(text).toMatch(new RegExp(`\\+ ${name} = \\(known after apply\\)`));
    }
  });
});
