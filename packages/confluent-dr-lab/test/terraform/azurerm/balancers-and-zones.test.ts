import { Stage } from '../support/stage';
import { type Kept, summaryOf } from '../support/terraform-core';

const NETWORK = '/subscriptions/sub/resourceGroups/streaming/providers/Microsoft.Network';
const SUBNET = `${NETWORK}/virtualNetworks/net/subnets/sub`;
const BALANCER = `${NETWORK}/loadBalancers/lb`;
const ADDRESS = `${NETWORK}/publicIPAddresses/ip`;

let stage: Stage;

const apply = (type: string, config: object) => stage.azurerm.apply(`azurerm_${type}`, config);
const destroy = (type: string, kept: Kept) => stage.azurerm.destroy(`azurerm_${type}`, kept);

const inGroup = (more: object) => ({ resource_group_name: 'streaming', location: 'westeurope', ...more });
const address = (more: object = {}) => inGroup({ name: 'ip', allocation_method: 'Static', ...more });
const balancer = (more: object = {}, entry: object = { public_ip_address_id: ADDRESS }) =>
  inGroup({ name: 'lb', frontend_ip_configuration: [{ name: 'clients', ...entry }], ...more });
const ofBalancer = (more: object) => ({ loadbalancer_id: BALANCER, ...more });
const pool = ofBalancer({ name: 'vms' });
const probe = (more: object = {}) =>
  ofBalancer({ name: 'front', protocol: 'Http', request_path: '/', port: 8080, ...more });
const rule = (more: object = {}) =>
  ofBalancer({
    ...{ name: 'kafka', protocol: 'Tcp', frontend_port: 9092, backend_port: 9092 },
    frontend_ip_configuration_name: 'clients',
    backend_address_pool_ids: [`${BALANCER}/backendAddressPools/vms`],
    probe_id: `${BALANCER}/probes/front`,
    ...more,
  });
const inZone = (more: object) => ({ resource_group_name: 'streaming', zone_name: 'b.confluent.cloud', ...more });
const record = (more: object = {}) => inZone({ name: '@', ttl: 10, records: ['10.0.2.4'], ...more });
const zone = { resource_group_name: 'streaming', name: 'b.confluent.cloud' };
const zoneLink = (more: object = {}) => ({
  ...{ name: 'hub', resource_group_name: 'streaming', private_dns_zone_name: 'b.confluent.cloud' },
  virtual_network_id: `${NETWORK}/virtualNetworks/net`,
  ...more,
});

beforeAll(async () => {
  stage = await Stage.open();
});

beforeEach(async () => {
  await apply('virtual_network', inGroup({ name: 'net', address_space: ['10.0.0.0/16'] }));
  const subnet = { name: 'sub', resource_group_name: 'streaming', virtual_network_name: 'net' };
  await apply('subnet', { ...subnet, address_prefixes: ['10.0.2.0/24'] });
});

afterEach(() => stage.empty());

afterAll(() => stage.close());

describe('a load balancer', () => {
  test('has a public address or one of its subnet, and tells the latter', async () => {
    await apply('public_ip', address());
    expect((await apply('lb', balancer())).attributes.private_ip_address).toBe('');
    const internal = await apply('lb', balancer({ name: 'internal' }, { subnet_id: SUBNET }));
    expect(internal.attributes.private_ip_address).toBe('10.0.2.4');
  });

  test('is refused an address that another resource has, or one of another SKU', async () => {
    await apply('public_ip', address());
    await apply('lb', balancer());
    expect(await summaryOf(apply('lb', balancer({ name: 'other' })))).toContain('PublicIPAddressInUse');
    await stage.empty();
    await apply('public_ip', address());
    expect(await summaryOf(apply('lb', balancer({ sku: 'Basic' })))).toContain(
      'LoadBalancerAndPublicIPAddressSkuMismatch',
    );
  });

  test('has parts only where it is there itself, and takes them along', async () => {
    expect(await summaryOf(apply('lb_backend_address_pool', pool))).toContain(`There is no load balancer ${BALANCER}`);
    await apply('public_ip', address());
    const kept = await apply('lb', balancer());
    await apply('lb_backend_address_pool', pool);
    await destroy('lb', kept);
    expect(stage.lab.azure.all('azurerm_lb_backend_address_pool')).toEqual([]);
  });

  test('has rules of frontends that it has, each port once, and keeps what they use', async () => {
    await apply('public_ip', address());
    await apply('lb', balancer());
    const vms = await apply('lb_backend_address_pool', pool);
    const front = await apply('lb_probe', probe());
    expect(await summaryOf(apply('lb_rule', rule({ frontend_ip_configuration_name: 'none' })))).toContain(
      'Cannot find FrontEnd IP Configuration with the name none',
    );
    const kept = await apply('lb_rule', rule());
    expect(await summaryOf(apply('lb_rule', rule({ name: 'again' })))).toContain('RulesUseSameFrontendPortProtocol');
    expect(await summaryOf(destroy('lb_backend_address_pool', vms))).toContain('InUse');
    expect(await summaryOf(destroy('lb_probe', front))).toContain('InUse');
    await destroy('lb_rule', kept);
    await destroy('lb_probe', front);
    expect(stage.lab.azure.all('azurerm_lb_probe')).toEqual([]);
  });

  test.each([
    ['a path of TCP', { protocol: 'Tcp' }],
    ['HTTP without a path', { request_path: null }],
  ])('is refused a probe with %s', async (_what, more) => {
    await apply('public_ip', address());
    await apply('lb', balancer());
    expect(await summaryOf(apply('lb_probe', probe(more)))).toContain('InvalidRequestFormat');
  });

  test('has members that are there', async () => {
    await apply('public_ip', address());
    await apply('lb', balancer());
    const member = {
      network_interface_id: `${NETWORK}/networkInterfaces/nic`,
      ip_configuration_name: 'internal',
      backend_address_pool_id: `${BALANCER}/backendAddressPools/vms`,
    };
    const associated = () => apply('network_interface_backend_address_pool_association', member);
    expect(await summaryOf(associated())).toContain('IP Configuration "internal" was not found');
    const entry = { name: 'internal', subnet_id: SUBNET, private_ip_address_allocation: 'Dynamic' };
    await apply('network_interface', inGroup({ name: 'nic', ip_configuration: [entry] }));
    expect(await summaryOf(associated())).toContain('There is no backend address pool');
  });
});

describe('a private zone of DNS', () => {
  test.each<[string, object]>([
    ['more than 15', Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`t${index}`, '']))],
    ['one with a space', { 'cost center': '' }],
    ['one with a colon', { 'team:cost': '' }],
    ['one that begins with a digit', { '2nd': '' }],
    ['one that is not of ASCII', { größe: '' }],
  ])('takes other tags than the rest of Azure: not %s', async (_what, tags) => {
    expect(await summaryOf(apply('private_dns_zone', { ...zone, tags }))).toMatch(
      /TooManyTags|InvalidTagNameCharacters/,
    );
    await apply('virtual_network', inGroup({ name: 'tagged', address_space: ['10.9.0.0/16'], tags }));
  });

  test('is refused with a name that is no domain', async () => {
    expect(await summaryOf(apply('private_dns_zone', { ...zone, name: 'cloud' }))).toContain('Invalid value for name');
  });

  test('has records and links only where it is there itself', async () => {
    expect(await summaryOf(apply('private_dns_a_record', record()))).toContain('ParentResourceNotFound');
    expect(await summaryOf(apply('private_dns_zone_virtual_network_link', zoneLink()))).toContain(
      'ParentResourceNotFound',
    );
  });

  test('answers with IPv4 addresses alone', async () => {
    await apply('private_dns_zone', zone);
    expect(await summaryOf(apply('private_dns_a_record', record({ records: ['proxy.invalid'] })))).toContain(
      'the invalid IPv4 address "proxy.invalid"',
    );
    expect((await apply('private_dns_a_record', record())).attributes.fqdn).toBe('b.confluent.cloud.');
  });

  test('is linked to a network once, and stays while it is linked', async () => {
    const kept = await apply('private_dns_zone', zone);
    const linked = await apply('private_dns_zone_virtual_network_link', zoneLink());
    const again = apply('private_dns_zone_virtual_network_link', zoneLink({ name: 'again' }));
    expect(await summaryOf(again)).toContain('is linked to a zone of the same name');
    expect(await summaryOf(destroy('private_dns_zone', kept))).toContain('CannotDeleteResource');
    await destroy('private_dns_zone_virtual_network_link', linked);
    await destroy('private_dns_zone', kept);
    expect(stage.lab.azure.all('azurerm_private_dns_zone')).toEqual([]);
  });
});
