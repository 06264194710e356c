import { isIP } from 'node:net';
import {
  group,
  ground,
  groupAddress,
  network,
  networkAddress,
  nic,
  nicAddress,
  nsg,
  nsgAddress,
  publicIp,
  publicIpAddress,
  type Resources,
  rule,
  secured,
  subnet,
  subnetAddress,
} from './support/landscape';
import { GROUP_ID, Stage } from './support/stage';

jest.setTimeout(900_000);

describe('a network', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  const configure = (others: Resources = {}) => stage.configure({ ...secured, ...others });
  const rules = () => stage.lab.azure.all('azurerm_network_security_group')[0].security_rule as { name: string }[];

  beforeAll(async () => {
    stage = await Stage.open();
    await configure().workspace.apply();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  test('has ids as Azure has them, and the location in Azure’s spelling', () => {
    const { id, location } = stage.attributes(groupAddress);
    expect({ id, location }).toEqual({ id: GROUP_ID, location: 'westeurope' });
    expect(stage.attributes(subnetAddress).id).toBe(
      `${GROUP_ID}/providers/Microsoft.Network/virtualNetworks/network/subnets/internal`,
    );
  });

  test('plans nothing for another spelling of its location', async () => {
    configure({ [groupAddress]: group({ location: 'WestEurope' }) });
    expect(await stage.changes()).toEqual({});
  });

  test('gives each interface an address of its subnet, and none twice', async () => {
    const configuration = { name: 'internal', subnet_id: `\${${subnetAddress}.id}` };
    const dynamic = { ...configuration, private_ip_address_allocation: 'Dynamic' };
    const second = 'azurerm_network_interface.second';
    await configure({ [second]: nic({ name: 'second', ip_configuration: dynamic }) }).workspace.apply();
    const addresses = [nicAddress, second].map((address) => stage.attributes(address).private_ip_address);
    expect(addresses).toEqual(['10.1.7.4', '10.1.7.5']);
  });

  test('gives public addresses of the documentation ranges, and none twice', async () => {
    const more = Array.from({ length: 5 }, (_, index) => `azurerm_public_ip.more${index}`);
    await configure(
      Object.fromEntries(more.map((address, index) => [address, publicIp({ name: `more${index}` })])),
    ).workspace.apply();
    const addresses = [publicIpAddress, ...more].map((address) => stage.attributes(address).ip_address as string);
    expect(new Set(addresses).size).toBe(6);
    for (const address of addresses) {
      expect(isIP(address)).toBe(4);
      expect(address).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\./);
    }
  });

  test('has public addresses of the Standard SKU, and four minutes of patience, which change in place', async () => {
    expect(stage.attributes(publicIpAddress)).toMatchObject({ sku: 'Standard', idle_timeout_in_minutes: 4 });
    configure({ [publicIpAddress]: publicIp({ idle_timeout_in_minutes: 30 }) });
    expect(await stage.changes()).toEqual({ [publicIpAddress]: 'update' });
    const { ip_address: before } = stage.attributes(publicIpAddress);
    await stage.workspace.apply();
    expect(stage.attributes(publicIpAddress).ip_address).toBe(before);
  });

  test.each([
    ['zones', { zones: ['1', '2', '3'] }],
    ['sku', { sku: 'Basic' }],
  ])(
    'refuses on every apply to replace the public address for other %s, as the interface holds it',
    async (_, more) => {
      configure({ [publicIpAddress]: publicIp(more) });
      expect(await stage.changes()).toMatchObject({ [publicIpAddress]: 'replace' });
      for (let time = 1; time <= 2; time += 1) {
        expect(await stage.refused()).toContain('PublicIPAddressCannotBeDeleted');
      }
    },
  );

  test.each([
    ['renamed', [{ name: 'other' }]],
    [
      'deleted, while another one takes its place',
      [
        { name: 'other', primary: true },
        { name: 'third', primary: false },
      ],
    ],
  ])('refuses on every apply that the primary ip configuration is %s', async (_, entries) => {
    const [before] = stage.attributes(nicAddress).ip_configuration as { name: string }[];
    const common = { subnet_id: `\${${subnetAddress}.id}`, private_ip_address_allocation: 'Dynamic' };
    configure({ [nicAddress]: nic({ ip_configuration: entries.map((entry) => ({ ...common, ...entry })) }) });
    for (let time = 1; time <= 2; time += 1) {
      expect(await stage.changes()).toEqual({ [nicAddress]: 'update' });
      expect(await stage.refused()).toContain(`IpConfigDeleteNotSupported: IP Configuration ${before.name} cannot be`);
    }
  });

  test('takes a second ip configuration and gives it up again, the primary staying', async () => {
    const common = { subnet_id: `\${${subnetAddress}.id}`, private_ip_address_allocation: 'Dynamic' };
    const two = [
      { ...common, name: 'internal', primary: true },
      { ...common, name: 'second', primary: false },
    ];
    await configure({ [nicAddress]: nic({ ip_configuration: two }) }).workspace.apply();
    await configure({ [nicAddress]: nic({ ip_configuration: [two[0]] }) }).workspace.apply();
    const names = stage.lab.azure.all('azurerm_network_interface')[0].ip_configuration as { name: string }[];
    expect(names.map(({ name }) => name)).toEqual(['internal']);
  });

  describe('with a security group', () => {
    test.each([
      ['one of two', nsg({ security_rule: [rule()] }), ['https']],
      ['all, by an empty list', nsg({ security_rule: [] }), []],
    ])('that loses %s of its rules closes them in place', async (_, changed, left) => {
      const two = [rule(), rule({ name: 'ssh', priority: 100, destination_port_range: '22' })];
      await configure({ [nsgAddress]: nsg({ security_rule: two }) }).workspace.apply();
      configure({ [nsgAddress]: changed });
      expect(await stage.changes()).toEqual({ [nsgAddress]: 'update' });
      await stage.workspace.apply();
      expect(rules().map(({ name }) => name)).toEqual(left);
      expect(await stage.changes()).toEqual({});
    });

    test('that loses the last block stays open', async () => {
      configure({ [nsgAddress]: nsg({ security_rule: undefined }) });
      expect(await stage.changes()).toEqual({});
      expect(rules().map(({ name }) => name)).toEqual(['https']);
    });

    const noAddress = { source_address_prefix: null };
    test.each([
      ['equal priorities', [rule(), rule({ name: 'other' })], 'have the same priority and direction, Inbound 110'],
      ['no address', [rule(noAddress)], 'SecurityRuleParameterNotSpecified'],
      ['a bad address', [rule({ source_address_prefix: '10.0.0.0/40' })], 'SecurityRuleInvalidAddressPrefix'],
      [
        'a bad one of its addresses',
        [rule({ ...noAddress, source_address_prefixes: ['10.0.0.256/32'] })],
        '10.0.0.256/32',
      ],
      ['one address and several', [rule({ source_address_prefixes: ['10.0.0.0/8'] })], 'cannot both be specified'],
    ])('with %s is refused when it is applied, and the old rules stay', async (_, security_rule, message) => {
      configure({ [nsgAddress]: nsg({ security_rule }) });
      for (let time = 1; time <= 2; time += 1) {
        expect(await stage.changes()).toEqual({ [nsgAddress]: 'update' });
        expect(await stage.refused()).toContain(message);
      }
      expect(rules().map(({ name }) => name)).toEqual(['https']);
    });

    test('that was refused is in the state with its new rules, until a refresh', async () => {
      configure({ [nsgAddress]: nsg({ security_rule: [rule(), rule({ name: 'other' })] }) });
      await stage.refused();
      expect(await stage.changes('-refresh=false')).toEqual({});
      expect(await stage.changes()).toEqual({ [nsgAddress]: 'update' });
    });

    test('takes equal priorities of two directions', async () => {
      const both = [rule(), rule({ name: 'out', direction: 'Outbound' })];
      await configure({ [nsgAddress]: nsg({ security_rule: both }) }).workspace.apply();
      expect(rules()).toHaveLength(2);
    });
  });

  const second = { name: 'second' };
  test.each([
    [
      'a network with a bad CIDR',
      'azurerm_virtual_network',
      network({ ...second, address_space: ['10.9.0.0/8x'] }),
      'InvalidCIDRNotation',
    ],
    [
      'a network with bits behind its prefix',
      'azurerm_virtual_network',
      network({ ...second, address_space: ['10.9.0.1/16'] }),
      'InvalidCIDRNotation',
    ],
    [
      'a subnet with a bad CIDR',
      'azurerm_subnet',
      subnet({ ...second, address_prefixes: ['10.1.300.0/24'] }),
      'InvalidCIDRNotation',
    ],
    [
      'a subnet outside its network',
      'azurerm_subnet',
      subnet({ ...second, address_prefixes: ['10.2.0.0/24'] }),
      'NetcfgInvalidSubnet',
    ],
    [
      'a subnet across another',
      'azurerm_subnet',
      subnet({ ...second, address_prefixes: ['10.1.0.0/20'] }),
      'NetcfgSubnetRangesOverlap',
    ],
    [
      'a dynamic public address',
      'azurerm_public_ip',
      publicIp({ ...second, allocation_method: 'Dynamic' }),
      'must have the allocation method Static',
    ],
    [
      'an interface with the public address of another',
      'azurerm_network_interface',
      nic({ ...second, depends_on: [nicAddress] }),
      'PublicIPAddressInUse',
    ],
    [
      'an interface with an address outside its subnet',
      'azurerm_network_interface',
      nic({
        ...second,
        ip_configuration: {
          name: 'internal',
          subnet_id: `\${${subnetAddress}.id}`,
          private_ip_address_allocation: 'Static',
          private_ip_address: '10.1.8.9',
        },
      }),
      'PrivateIPAddressNotInSubnet',
    ],
    [
      'a network of the name of another',
      'azurerm_virtual_network',
      network({ depends_on: [networkAddress] }),
      'already exists',
    ],
  ])('refuses %s when it is applied, and creates nothing', async (_, type, body, message) => {
    const address = `${type}.second`;
    configure({ [address]: body });
    expect(await stage.changes()).toEqual({ [address]: 'create' });
    expect(await stage.refused()).toContain(message);
    expect(await stage.changes()).toEqual({ [address]: 'create' });
  });

  test('refuses to delete what is in use', async () => {
    const { id } = stage.attributes(nsgAddress);
    stage.configure({ ...ground, [nsgAddress]: nsg({ name: 'renamed' }) });
    // The associations stay in Azure when the state forgets them.
    await stage.workspace.must('state', 'rm', 'azurerm_network_interface_security_group_association.main');
    expect(await stage.refused()).toContain('InUseNetworkSecurityGroupCannotBeDeleted');
    expect(stage.lab.azure.find('azurerm_network_security_group', id as string)).not.toBeNull();
  });

  test('deletes a group that is not empty only after it has waited, and in vain', async () => {
    stage.lab.azure.put('azurerm_managed_disk', { id: `${GROUP_ID}/providers/Microsoft.Compute/disks/stray` });
    const errors = await stage.refused('-destroy');
    expect(errors).toMatch(/still contains Resources: \* .*\/disks\/stray/);
    expect(Object.keys(stage.lab.azure.save().objects)).toHaveLength(2);
    expect(await stage.changes('-destroy')).toEqual({ [groupAddress]: 'delete' });
  });
});
