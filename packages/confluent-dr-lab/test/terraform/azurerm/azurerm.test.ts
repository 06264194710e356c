import { type RunCommand, ScriptFailed } from '../../../src/azure/run-command';
import { Stage } from '../support/stage';
import { type Kept, refusalOf, summaryOf, TerraformCore } from '../support/terraform-core';
import { UNKNOWN } from '../support/wire';

const GROUP = '/subscriptions/sub/resourceGroups/streaming';
const KEY = `ssh-ed25519 ${Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.alloc(32)]).toString('base64')}`;

const ran: RunCommand[] = [];
let script: () => Promise<string> = () => Promise.resolve('done');
let stage: Stage;

const apply = (type: string, config: object, prior?: Kept) => stage.azurerm.apply(`azurerm_${type}`, config, prior);
const read = (type: string, kept: Kept) => stage.azurerm.read(`azurerm_${type}`, kept);
const destroy = (type: string, kept: Kept) => stage.azurerm.destroy(`azurerm_${type}`, kept);
const replaced = async (type: string, config: object, prior: Kept) =>
  (await stage.azurerm.plan(`azurerm_${type}`, config, prior)).replace;

const place = { resource_group_name: 'streaming', location: 'West Europe' };
const inGroup = (more: object) => ({ ...place, ...more });
const network = inGroup({ name: 'net', address_space: ['10.0.0.0/16'] });
const subnet = (more: object = {}) => ({
  name: 'sub',
  resource_group_name: 'streaming',
  virtual_network_name: 'net',
  address_prefixes: ['10.0.2.0/24'],
  ...more,
});
const SUBNET_ID = `${GROUP}/providers/Microsoft.Network/virtualNetworks/net/subnets/sub`;
const nic = (more: object = {}, entry: object = {}) =>
  inGroup({
    name: 'nic',
    ip_configuration: [{ name: 'internal', subnet_id: SUBNET_ID, private_ip_address_allocation: 'Dynamic', ...entry }],
    ...more,
  });
const address = (more: object = {}) => inGroup({ name: 'ip', allocation_method: 'Static', ...more });
const rule = (more: object = {}) => ({
  name: 'https',
  priority: 100,
  direction: 'Inbound',
  access: 'Allow',
  protocol: 'Tcp',
  source_address_prefix: 'Internet',
  source_port_range: '*',
  destination_address_prefix: '*',
  destination_port_range: '443',
  ...more,
});
const machine = (more: object = {}) =>
  inGroup({
    name: 'vm',
    size: 'Standard_DS1_v2',
    admin_username: 'operator',
    admin_ssh_key: [{ username: 'operator', public_key: KEY }],
    network_interface_ids: [`${GROUP}/providers/Microsoft.Network/networkInterfaces/nic`],
    os_disk: [{ caching: 'ReadWrite', storage_account_type: 'Standard_LRS' }],
    ...more,
  });
const MACHINE_ID = `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm`;
const command = (more: object = {}) => ({
  name: 'converge',
  location: 'westeurope',
  virtual_machine_id: MACHINE_ID,
  source: [{ script: 'true' }],
  ...more,
});

async function networked(): Promise<{ net: Kept; sub: Kept }> {
  const net = await apply('virtual_network', network);
  return { net, sub: await apply('subnet', subnet()) };
}

beforeAll(async () => {
  stage = await Stage.open({
    runCommand: (sent) => {
      ran.push(sent);
      return script();
    },
  });
});

afterEach(async () => {
  await stage.empty();
  ran.length = 0;
  script = () => Promise.resolve('done');
});

afterAll(() => stage.close());

test('a provider without a subscription cannot be used', async () => {
  const connected = TerraformCore.connect(
    stage.lab.env.TF_REATTACH_PROVIDERS,
    'registry.terraform.io/hashicorp/azurerm',
    {
      features: [{}],
    },
  );
  expect(await summaryOf(connected)).toBe(
    '`subscription_id` is a required provider property when performing a plan/apply operation',
  );
});

describe('a resource group', () => {
  test('is kept under the name of its region that Azure has', async () => {
    const kept = await apply('resource_group', { name: 'streaming', location: 'West Europe' });
    expect(kept.attributes).toMatchObject({ id: GROUP, location: 'westeurope' });
    expect(await replaced('resource_group', { name: 'streaming', location: 'WestEurope' }, kept)).toEqual([]);
    expect(await replaced('resource_group', { name: 'streaming', location: 'northeurope' }, kept)).toEqual([
      'location',
    ]);
    expect(await summaryOf(apply('resource_group', { name: 'a', location: 'westeuropa' }))).toBe(
      '"westeuropa" was not found in the list of supported Azure Locations',
    );
  });

  test('that is there already has to be imported', async () => {
    const group = { name: 'streaming', location: 'westeurope' };
    const kept = await apply('resource_group', group);
    expect(await summaryOf(apply('resource_group', group))).toBe(
      `A resource with the ID "${GROUP}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "azurerm_resource_group" for more information.`,
    );
    expect((await stage.azurerm.import('azurerm_resource_group', GROUP.toUpperCase())).attributes).toEqual(
      kept.attributes,
    );
    await expect(stage.azurerm.import('azurerm_resource_group', `${GROUP}2`)).rejects.toThrow('There is no object');
  });

  test('is not deleted while something is in it', async () => {
    const group = await apply('resource_group', { name: 'streaming', location: 'westeurope' });
    const ip = await apply('public_ip', address());
    expect(await summaryOf(destroy('resource_group', group))).toMatch(
      /^deleting Resource Group \(.*\): unexpected status 409 \(409 Conflict\) with error: ResourceGroupNotEmpty: .*publicIPAddresses\/ip/,
    );
    await destroy('public_ip', ip);
    expect(await destroy('resource_group', group)).toBeNull();
    expect(await read('resource_group', group)).toBeNull();
  });
});

describe('a network', () => {
  test('has subnets in its address space that do not overlap', async () => {
    await networked();
    for (const [more, code] of [
      [{ name: 'b', address_prefixes: ['10.1.0.0/24'] }, 'NetcfgInvalidSubnet'],
      [{ name: 'b', address_prefixes: ['10.0.4.0/30'] }, 'NetcfgInvalidSubnet'],
      [{ name: 'b', address_prefixes: ['10.0.2.128/25'] }, 'NetcfgSubnetRangesOverlap'],
      [{ name: 'b', address_prefixes: ['10.0.3.1/24'] }, 'InvalidCIDRNotation'],
      [{ name: 'b', virtual_network_name: 'none' }, 'ParentResourceNotFound'],
    ] as const) {
      expect(await summaryOf(apply('subnet', subnet(more)))).toContain(`with error: ${code}: `);
    }
    await expect(apply('subnet', subnet({ name: 'b', address_prefixes: ['10.0.3.0/24'] }))).resolves.toBeDefined();
  });

  test('goes with its subnets, unless one is in use', async () => {
    const { net, sub } = await networked();
    const kept = await apply('network_interface', nic());
    expect(await summaryOf(destroy('subnet', sub))).toContain('InUseSubnetCannotBeDeleted');
    expect(await summaryOf(destroy('virtual_network', net))).toContain('InUseSubnetCannotBeDeleted');
    await destroy('network_interface', kept);
    await destroy('virtual_network', net);
    expect(await read('subnet', sub)).toBeNull();
  });
});

describe('names and tags', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, '']));

  test.each<[object, string]>([
    [{ tags: many(51) }, 'Invalid value for tags'],
    [{ tags: { ['a'.repeat(513)]: '' } }, 'Invalid value for tags'],
    [{ tags: { a: 'b'.repeat(257) } }, 'Invalid value for tags'],
    [{ tags: { 'a<b': '' } }, "InvalidTagNameCharacters: The tag names 'a<b'"],
    [{ tags: { team: 'a', Team: 'b' } }, 'DuplicateTagName: The tag name Team'],
    [{ tags: { 'Azure-team': '' } }, 'ReservedTagName: The tag name Azure-team'],
    [{ name: 'ends-with-' }, 'InvalidResourceName'],
    [{ name: 'a b' }, 'InvalidResourceName'],
    [{ name: 'a'.repeat(81) }, 'InvalidResourceName'],
  ])('that Azure does not take are refused: %j', async (more, told) => {
    expect(await summaryOf(apply('public_ip', address(more)))).toContain(told);
  });

  test('at the limits are taken', async () => {
    const tags = { ...many(49), ['a'.repeat(512)]: 'b'.repeat(256) };
    const { attributes } = await apply('public_ip', address({ tags, name: `${'a'.repeat(79)}_` }));
    expect(attributes.tags).toEqual(tags);
  });
});

describe('a public address', () => {
  test('is an address of its own, which stays', async () => {
    const [one, two] = [await apply('public_ip', address()), await apply('public_ip', address({ name: 'other' }))];
    expect(one.attributes.ip_address).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(two.attributes.ip_address).not.toBe(one.attributes.ip_address);
    const idle = await apply('public_ip', address({ idle_timeout_in_minutes: 30 }), one);
    expect(idle.attributes).toMatchObject({ ip_address: one.attributes.ip_address, idle_timeout_in_minutes: 30 });
    expect(await replaced('public_ip', address({ sku: 'Basic', zones: ['1'] }), one)).toEqual(['sku', 'zones']);
  });

  test.each<[object, string]>([
    [{ idle_timeout_in_minutes: 31 }, 'Invalid value for idle_timeout_in_minutes'],
    [{ allocation_method: 'static' }, 'Invalid value for allocation_method'],
    [{ allocation_method: 'Dynamic' }, 'StandardSkuPublicIPAddressMustBeStatic'],
  ])('is refused with %j', async (more, told) => {
    expect(await summaryOf(apply('public_ip', address(more)))).toContain(told);
  });
});

describe('a security group', () => {
  const group = (...rules: object[]) => inGroup({ name: 'nsg', security_rule: rules });

  test.each<[string, object[], string]>([
    ['a priority out of bounds', [rule({ priority: 99 })], 'Invalid value for security_rule.priority'],
    ['a protocol of another spelling', [rule({ protocol: 'TCP' })], 'Invalid value for security_rule.protocol'],
    ['two of one priority', [rule(), rule({ name: 'kafka' })], 'SecurityRuleConflict'],
    ['no source', [rule({ source_address_prefix: null })], 'SecurityRuleParameterNotSpecified'],
    ['a source that is none', [rule({ source_address_prefix: '10.0.0.1/8' })], 'SecurityRuleInvalidAddressPrefix'],
    ...Object.entries({
      OverlappingSubnetsNotPermittedInSecurityRule: ['10.0.0.0/8', '10.1.0.7'],
      ResourceCannotContainAddressPrefixesFromDifferentAddressFamilies: ['10.0.0.0/8', 'fd00::/8'],
    }).map(([code, prefixes]): [string, object[], string] => [
      `sources ${prefixes.join(' beside ')}`,
      [rule({ source_address_prefix: null, source_address_prefixes: prefixes })],
      code,
    ]),
    ['both forms of a source', [rule({ source_address_prefixes: ['10.0.0.0/8'] })], 'cannot both be specified'],
    ['two of one name', [rule({ name: 'kafka' }), rule({ name: 'Kafka', priority: 101 })], 'SecurityRuleConflict'],
    ['a name with a space', [rule({ name: 'let in' })], 'InvalidResourceName'],
    ['a port that there is none of', [rule({ destination_port_range: '70000' })], 'Value provided: 70000.'],
    ['a range that ends before it begins', [rule({ destination_port_range: '90-80' })], 'Value provided: 90-80.'],
    ['a word for a port', [rule({ source_port_range: 'https' })], 'SecurityRuleInvalidPortRange'],
  ])('refuses %s', async (_what, rules, told) => {
    const { message } = await refusalOf(apply('network_security_group', group(...rules)));
    expect(message).toContain(told);
  });

  test('is bound to a subnet, and is not deleted while it is', async () => {
    const { sub } = await networked();
    const kept = await apply('network_security_group', group(rule(), rule({ name: 'out', direction: 'Outbound' })));
    const ids = { subnet_id: sub.attributes.id, network_security_group_id: kept.attributes.id };
    const association = await apply('subnet_network_security_group_association', ids);
    expect(association.attributes.id).toBe(SUBNET_ID);
    expect(await summaryOf(destroy('network_security_group', kept))).toContain(
      'InUseNetworkSecurityGroupCannotBeDeleted',
    );
    await destroy('subnet_network_security_group_association', association);
    expect(await destroy('network_security_group', kept)).toBeNull();
    expect(await read('subnet', sub)).toEqual(sub.attributes);
  });
});

describe('a network interface', () => {
  test('has the next free address of its subnet, and keeps it', async () => {
    await networked();
    const one = await apply('network_interface', nic());
    const two = await apply('network_interface', nic({ name: 'other' }));
    expect([one, two].map(({ attributes }) => attributes.private_ip_address)).toEqual(['10.0.2.4', '10.0.2.5']);
    expect(one.attributes.ip_configuration).toMatchObject([{ primary: true, private_ip_address: '10.0.2.4' }]);
    await destroy('network_interface', one);
    expect((await apply('network_interface', nic({ tags: { a: 'b' } }, {}), two)).attributes.private_ip_address).toBe(
      '10.0.2.5',
    );
  });

  test('cannot lose its primary configuration, nor rename it', async () => {
    await networked();
    const kept = await apply('network_interface', nic());
    const refusal = await refusalOf(apply('network_interface', nic({}, { name: 'primary' }), kept));
    expect(refusal.diagnostics[0].summary).toContain(
      'IpConfigDeleteNotSupported: IP Configuration internal cannot be deleted.',
    );
    // As the older SDK does, it writes the new values down; the next refresh finds the old ones.
    expect(refusal.kept?.attributes.ip_configuration).toMatchObject([{ name: 'primary' }]);
    expect((await read('network_interface', kept))?.ip_configuration).toMatchObject([{ name: 'internal' }]);
  });

  test('shares a public address with no other', async () => {
    await networked();
    const ip = await apply('public_ip', address());
    const entry = { public_ip_address_id: ip.attributes.id };
    await apply('network_interface', nic({}, entry));
    expect(await summaryOf(apply('network_interface', nic({ name: 'other' }, entry)))).toContain(
      'PublicIPAddressInUse',
    );
    expect(await summaryOf(destroy('public_ip', ip))).toContain('PublicIPAddressCannotBeDeleted');
  });

  test('with an address outside of its subnet is refused', async () => {
    await networked();
    const entry = { private_ip_address_allocation: 'Static', private_ip_address: '10.0.3.4' };
    expect(await summaryOf(apply('network_interface', nic({}, entry)))).toContain('PrivateIPAddressNotInSubnet');
  });
});

describe('a virtual machine', () => {
  async function attached(): Promise<void> {
    await networked();
    await apply(
      'network_interface',
      nic({}, { public_ip_address_id: (await apply('public_ip', address())).attributes.id }),
    );
  }

  beforeEach(attached);

  test('has the addresses of its interface, and a disk', async () => {
    const { attributes } = await apply('linux_virtual_machine', machine());
    expect(attributes).toMatchObject({
      id: MACHINE_ID,
      computer_name: 'vm',
      private_ip_address: '10.0.2.4',
      public_ip_address: expect.stringMatching(/^\d+\./) as string,
      disable_password_authentication: true,
      os_disk: [{ name: expect.stringMatching(/^vm_OsDisk_1_[0-9a-f]{32}$/) as string, disk_size_gb: 30 }],
    });
    const [nicState] = stage.lab.azure.all('azurerm_network_interface');
    expect(nicState.private_ip_address).toBe('10.0.2.4');
    expect(await summaryOf(destroy('network_interface', { attributes: nicState as never }))).toContain('NicInUse');
  });

  test('keeps what is secret in the state alone', async () => {
    const kept = await apply(
      'linux_virtual_machine',
      machine({ admin_password: 'Secret-12345', disable_password_authentication: false, custom_data: 'aGVsbG8=' }),
    );
    expect(await read('linux_virtual_machine', kept)).toEqual(kept.attributes);
    expect(JSON.stringify([stage.lab.azure.save(), stage.lab.azure.inspect()])).not.toMatch(/Secret-12345|aGVsbG8=/);
    const imported = await stage.azurerm.import('azurerm_linux_virtual_machine', MACHINE_ID);
    expect(imported.attributes).toMatchObject({ admin_password: 'ignored-as-imported', custom_data: null });
    expect(
      await replaced(
        'linux_virtual_machine',
        machine({ admin_password: 'Other-12345', disable_password_authentication: false }),
        imported,
      ),
    ).toEqual([]);
  });

  test('is another for another image, key or data, and not for another size', async () => {
    const kept = await apply('linux_virtual_machine', machine());
    expect(await replaced('linux_virtual_machine', machine({ size: 'Standard_B1s', tags: { a: 'b' } }), kept)).toEqual(
      [],
    );
    expect(await replaced('linux_virtual_machine', machine({ custom_data: 'aGVsbG8=' }), kept)).toEqual([
      'custom_data',
    ]);
    expect(await replaced('linux_virtual_machine', machine({ admin_username: UNKNOWN }), kept)).toEqual([
      'admin_username',
    ]);
  });

  test.each<[string, object, string]>([
    ['a reserved user', { admin_username: 'Admin' }, 'Invalid value for admin_username'],
    [
      'a key that is none',
      { admin_ssh_key: [{ username: 'a', public_key: 'ssh-rsa AAAA' }] },
      'Invalid value for admin_ssh_key.public_key',
    ],
    ['a password that is weak', { admin_password: 'Password1' }, 'Invalid value for admin_password'],
    ['data that is no Base64', { custom_data: 'hello!' }, 'Invalid value for custom_data'],
    ['neither key nor password', { admin_ssh_key: [] }, 'at least one `admin_ssh_key` or an `admin_password`'],
    [
      'a password that may not be used',
      { admin_ssh_key: [], admin_password: 'Secret-12345' },
      '`disable_password_authentication` must be set to `false`',
    ],
    ['a size that is none', { size: 'large' }, 'The value large provided for the VM size is not valid.'],
    ['a user with a space', { admin_username: 'a b' }, 'The Admin Username specified, \\"a b\\", is not allowed.'],
  ])('is refused with %s', async (_what, more, told) => {
    const { diagnostics } = await refusalOf(apply('linux_virtual_machine', machine(more)));
    expect(JSON.stringify(diagnostics)).toContain(told);
    expect(JSON.stringify(diagnostics)).not.toContain('Password1');
  });

  test('takes no interface of another, and leaves disk and commands when it goes', async () => {
    const kept = await apply('linux_virtual_machine', machine());
    expect(await summaryOf(apply('linux_virtual_machine', machine({ name: 'other' })))).toContain('NicInUse');
    const run = await apply('virtual_machine_run_command', command());
    await destroy('linux_virtual_machine', kept);
    expect(await read('virtual_machine_run_command', run)).toBeNull();
    expect(stage.lab.azure.idsBelow(GROUP).filter((id) => id.includes('Microsoft.Compute'))).toEqual([]);
  });

  describe('and a command on it', () => {
    const RUN = 'virtual_machine_run_command';
    beforeEach(() => apply('linux_virtual_machine', machine()));

    test('runs with its parameters, and tells what came of it', async () => {
      const secret = [{ name: 'TOKEN', value: 's3cret' }];
      const kept = await apply(
        RUN,
        command({
          parameter: [{ name: 'OUTAGE', value: 'none' }],
          protected_parameter: secret,
          timeouts: { create: '90s' },
        }),
      );
      expect(ran).toEqual([
        {
          id: `${MACHINE_ID}/runCommands/converge`,
          virtualMachineId: MACHINE_ID,
          source: { script: 'true' },
          parameters: [{ name: 'OUTAGE', value: 'none' }],
          protectedParameters: secret,
          timeoutInSeconds: 90,
          treatFailureAsDeploymentFailure: true,
        },
      ]);
      expect(kept.attributes.instance_view).toMatchObject([
        { execution_state: 'Succeeded', exit_code: 0, output: 'done' },
      ]);
      expect(JSON.stringify(stage.lab.azure.save())).not.toContain('s3cret');
      expect(await replaced(RUN, command({ name: 'other' }), kept)).toEqual(['name']);
    });

    test('that fails on creation is tainted, and told without what it printed', async () => {
      script = () => Promise.reject(new ScriptFailed('on stderr', 4, 'on stdout'));
      const { diagnostics, kept } = await refusalOf(apply(RUN, command()));
      expect(diagnostics[0].summary).toContain('running the command: polling failed');
      expect(diagnostics[0].summary).toContain('its script ended with exit code 4');
      expect(diagnostics[0].summary).not.toMatch(/on std/);
      expect(kept?.attributes.id).toBe(`${MACHINE_ID}/runCommands/converge`);
      expect((await read(RUN, kept!))?.instance_view).toMatchObject([
        { execution_state: 'Failed', exit_code: 4, output: 'on stdout', error_message: 'on stderr' },
      ]);
    });

    test('that is changed is sent anew, without the secrets that Azure does not tell', async () => {
      const secret = [{ name: 'TOKEN', value: 's3cret' }];
      const kept = await apply(RUN, command({ protected_parameter: secret }));
      await apply(RUN, command({ protected_parameter: secret, source: [{ script: 'false' }] }), kept);
      expect(ran.map(({ source, protectedParameters }) => [source.script, protectedParameters.length])).toEqual([
        ['true', 1],
        ['false', 0],
      ]);
    });

    test('that takes too long is given up', async () => {
      script = () => new Promise(() => undefined);
      const { diagnostics } = await refusalOf(apply(RUN, command({ timeouts: { create: '1ms' } })));
      expect(diagnostics[0].summary).toBe('running the command: polling failed: context deadline exceeded');
    });

    test('that ends after all was deleted says nothing of what is there by then', async () => {
      let end: (text: string) => void = () => undefined;
      script = () => new Promise((resolve) => (end = resolve));
      await refusalOf(apply(RUN, command({ timeouts: { create: '1ms' } })));
      await stage.empty();
      await attached();
      await apply('linux_virtual_machine', machine());
      script = () => Promise.resolve('of now');
      const kept = await apply(RUN, command());
      end('late');
      await new Promise(setImmediate);
      expect((await read(RUN, kept))?.instance_view).toMatchObject([{ output: 'of now' }]);
    });

    test.each<[string, object, string]>([
      ['no source', { source: [{}] }, 'Received none in source; allowed is one of script, script_uri, command_id'],
      ['two sources', { source: [{ script: 'a', command_id: 'b' }] }, 'Received script, command_id in source'],
      ['an empty parameter', { parameter: [{ name: 'a', value: '' }] }, 'Send a word such as none.'],
      ['a machine that there is not', { virtual_machine_id: `${MACHINE_ID}2` }, 'ParentResourceNotFound'],
    ])('is refused with %s', async (_what, more, told) => {
      expect((await refusalOf(apply(RUN, command(more)))).message).toContain(told);
      expect(ran).toEqual([]);
    });
  });

  test('is one object, whichever of the two types tells of it', async () => {
    const kept = await apply('linux_virtual_machine', machine());
    const old = await stage.azurerm.import('azurerm_virtual_machine', MACHINE_ID);
    expect(old.attributes).toMatchObject({
      id: MACHINE_ID,
      vm_size: 'Standard_DS1_v2',
      storage_os_disk: [{ os_type: 'Linux' }],
    });
    await destroy('virtual_machine', old);
    expect(await read('linux_virtual_machine', kept)).toBeNull();
    // Unlike the newer type, the old one leaves the disk.
    expect(stage.lab.azure.idsBelow(GROUP).filter((id) => id.includes('/disks/'))).toHaveLength(1);
  });
});

describe('data sources', () => {
  test('tell of what is there', async () => {
    const { sub } = await networked();
    await apply('resource_group', { name: 'streaming', location: 'westeurope' });
    const ip = await apply('public_ip', address());
    const data = (type: string, config: object) => stage.azurerm.readData(`azurerm_${type}`, config);
    const group = { resource_group_name: 'streaming' };
    expect(await data('resource_group', { name: 'streaming' })).toMatchObject({ id: GROUP, location: 'westeurope' });
    expect(await data('virtual_network', { ...group, name: 'net' })).toMatchObject({ subnets: ['sub'] });
    expect(await data('subnet', { ...group, virtual_network_name: 'net', name: 'sub' })).toMatchObject({
      id: sub.attributes.id,
      address_prefix: '10.0.2.0/24',
      network_security_group_id: '',
    });
    expect(await data('public_ip', { ...group, name: 'ip' })).toMatchObject({ ip_address: ip.attributes.ip_address });
  });

  test('say of what is not there where they looked', async () => {
    const subnetOf = { resource_group_name: 'g', virtual_network_name: 'net', name: 'sub' };
    expect(await summaryOf(stage.azurerm.readData('azurerm_subnet', subnetOf))).toBe(
      'Subnet (Subscription: "sub"\nResource Group Name: "g"\nVirtual Network Name: "net"\nSubnet Name: "sub") was not found',
    );
    expect(await summaryOf(stage.azurerm.readData('azurerm_resource_group', { name: 'g.' }))).toBe(
      'Invalid value for name',
    );
  });
});

test('what Azure refuses to delete stays, and is told', async () => {
  const ip = await apply('public_ip', address());
  stage.lab.azure.failDeletions('locked');
  expect(await summaryOf(destroy('public_ip', ip))).toContain('(409 Conflict) with error: Conflict: locked');
  stage.lab.azure.repairDeletions();
  expect(await read('public_ip', ip)).toEqual(ip.attributes);
});
