import { TerraformVariable } from 'cdktf';
import {
  type NginxFailoverProxy,
  type NginxFailoverProxyProps,
  ProxyAccess,
  ProxyIdentity,
  SecurityRule,
  type SecurityRuleProps,
} from '../../lib';
import { resolvedText } from '../../lib/synthesis/resolved-text';
import { addProxy } from '../support/fixtures';
import { complaintsOf, stackOf, synthesize } from '../support/synth';

type Props = Partial<NginxFailoverProxyProps>;
type Block = Record<string, unknown>;

const SUBNET_ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s';
const EXISTING_IP = {
  id: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/ip',
  ipAddress: '198.51.100.9',
};

const proxyWith = (props: Props = {}) => stackOf((scope) => addProxy(scope, props));
const resourcesOf = (props?: Props) => synthesize(proxyWith(props)).resource as Record<string, Record<string, Block>>;
const only = (resources: Record<string, Record<string, Block>>, type: string): Block => {
  const all = Object.values(resources[type]);
  expect(all).toHaveLength(1);
  return all[0];
};
const named = (resources: Record<string, Record<string, Block>>, type: string, name: string): string =>
  Object.entries(resources[type]).find(([, block]) => block.name === name)![0];
const rulesOf = (props?: Props) => only(resourcesOf(props), 'azurerm_network_security_group').security_rule as Block[];

test('the addresses of a proxy with one VM stay what they are', () => {
  const resources = resourcesOf();
  const addresses = Object.entries(resources).flatMap(([type, all]) =>
    Object.keys(all).map((name) => `${type}.${name}`),
  );
  expect(addresses.sort()).toMatchSnapshot();
});

describe('an internal proxy', () => {
  const internal: Props = { access: ProxyAccess.internal(), subnetId: SUBNET_ID, clientCidrs: ['10.1.0.0/16'] };

  test('has no public address, and a balancer of the subnet gives it a private one', () => {
    const stack = proxyWith(internal);
    const { resource } = synthesize(stack) as unknown as { resource: Record<string, Record<string, Block>> };
    expect(resource).not.toHaveProperty('azurerm_public_ip');
    expect(only(resource, 'azurerm_lb').frontend_ip_configuration).toEqual([
      { name: 'clients', subnet_id: SUBNET_ID, private_ip_address_allocation: 'Dynamic' },
    ]);
    expect(JSON.stringify(only(resource, 'azurerm_network_interface'))).not.toContain('public_ip');
    const { ipAddress } = stack.node.findChild('Proxy') as unknown as { ipAddress: string };
    expect(resolvedText(stack, ipAddress)).toMatch(/^\$\{azurerm_lb\.[A-Za-z0-9_]+\.private_ip_address\}$/);
  });

  test('has no publicIpAddress, which a public proxy has', () => {
    const proxyOf = (props: Props) => proxyWith(props).node.findChild('Proxy') as NginxFailoverProxy;
    const open = proxyOf({});
    expect(open.publicIpAddress).toBe(open.ipAddress);
    expect(() => proxyOf(internal).publicIpAddress).toThrow(
      /Proxy: publicIpAddress was asked of an internal proxy, which has none\. Use ipAddress/,
    );
  });

  test('can be given its address, in the zones of its VMs', () => {
    const access = ProxyAccess.internal({ privateIpAddress: '10.9.2.10' });
    const balancer = only(resourcesOf({ ...internal, access, zones: ['1', '2'] }), 'azurerm_lb');
    expect(balancer.frontend_ip_configuration).toEqual([
      expect.objectContaining({
        private_ip_address: '10.9.2.10',
        private_ip_address_allocation: 'Static',
        zones: ['1', '2'],
      }),
    ]);
  });

  test('keeps out everybody but the clients and the probe, whom Azure lets in from the network otherwise', () => {
    expect(
      rulesOf(internal).map(({ name, priority, access, destination_port_range: port, ...rule }) => [
        ...[name, priority, access, port],
        rule.source_address_prefix ?? rule.source_address_prefixes,
      ]),
    ).toEqual([
      ['https', 110, 'Allow', '443', ['10.1.0.0/16']],
      ['kafka', 120, 'Allow', '9092', ['10.1.0.0/16']],
      ['health', 130, 'Allow', '8080', 'AzureLoadBalancer'],
      ['others', 4096, 'Deny', '*', '*'],
    ]);
  });
});

describe('a proxy of several VMs', () => {
  const two: Props = { instances: 2, zones: ['1', '3'] };

  test('has what is called as before for the first VM, and its like for the others', () => {
    const [one, several] = [resourcesOf(), resourcesOf(two)];
    for (const type of [
      'azurerm_linux_virtual_machine',
      'azurerm_network_interface',
      'azurerm_virtual_machine_run_command',
    ]) {
      expect(Object.keys(several[type])).toEqual(expect.arrayContaining(Object.keys(one[type])));
      expect(Object.keys(several[type])).toHaveLength(2);
    }
    const machines = Object.values(several.azurerm_linux_virtual_machine);
    expect(machines.map(({ name, zone }) => [name, zone])).toEqual(
      expect.arrayContaining([
        ['proxy-vm', '1'],
        ['proxy-vm-2', '3'],
      ]),
    );
    expect(Object.keys(several.azurerm_public_ip)).toEqual(Object.keys(one.azurerm_public_ip));
  });

  test('gives the address to the balancer once the first VM has let it go', () => {
    const resources = resourcesOf(two);
    const [address] = Object.keys(resources.azurerm_public_ip);
    const first = named(resources, 'azurerm_network_interface', 'proxy-nic');
    const balancer = only(resources, 'azurerm_lb');
    expect(balancer).toMatchObject({
      sku: 'Standard',
      depends_on: [`azurerm_network_interface.${first}`],
      frontend_ip_configuration: [{ public_ip_address_id: `\${azurerm_public_ip.${address}.id}` }],
    });
    expect(JSON.stringify(resources.azurerm_network_interface)).not.toContain('public_ip_address_id');
  });

  test('is asked by a probe that a blocked cluster does not fail', () => {
    const resources = resourcesOf(two);
    expect(only(resources, 'azurerm_lb_probe')).toMatchObject({
      protocol: 'Http',
      port: 8080,
      request_path: '/health',
    });
    const rules = Object.values(resources.azurerm_lb_rule);
    expect(rules.map(({ frontend_port: port, idle_timeout_in_minutes: idle }) => [port, idle])).toEqual([
      [443, 30],
      [9092, 30],
    ]);
    const [{ source }] = Object.values(resources.azurerm_virtual_machine_run_command);
    expect((source as { script: string }).script).toContain('listen 8080 default_server;');
  });

  test('has run commands that wait for nothing of another VM', () => {
    const resources = resourcesOf(two);
    const second = named(resources, 'azurerm_network_interface', 'proxy-nic-2');
    const machine = named(resources, 'azurerm_linux_virtual_machine', 'proxy-vm');
    const first = Object.values(resources.azurerm_virtual_machine_run_command).find(
      ({ virtual_machine_id: id }) => id === `\${azurerm_linux_virtual_machine.${machine}.id}`,
    )!;
    const members = Object.entries(resources.azurerm_network_interface_backend_address_pool_association);
    const [other] = members.find(
      ([, { network_interface_id: id }]) => id === `\${azurerm_network_interface.${second}.id}`,
    )!;
    expect(first.depends_on).toContainEqual(expect.stringContaining('azurerm_lb_rule.'));
    expect(first.depends_on).not.toContainEqual(expect.stringContaining(other));
  });

  test('tells a line for each VM, with its name', () => {
    const stack = proxyWith(two);
    const { report } = stack.node.findChild('Proxy') as unknown as { report: string };
    expect(resolvedText(stack, report)).toMatch(
      /^\$\{join\("\\n", \[join\(": ", \["proxy-vm", try\(.*"proxy-vm-2", try\(/,
    );
  });

  test('takes the idle time of the balancer beside an address that exists', () => {
    const stack = proxyWith({ ...two, publicIp: EXISTING_IP, idleTimeoutMinutes: 10 });
    expect(complaintsOf(stack)).toBeUndefined();
  });
});

test('VMs have the identity and the keys that they are given', () => {
  const identity =
    '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/agent';
  const keys = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/keys';
  const machine = (props: Props) => only(resourcesOf(props), 'azurerm_linux_virtual_machine');
  expect(machine({ identity: ProxyIdentity.userAssigned(identity), diskEncryptionSetId: keys })).toMatchObject({
    identity: { type: 'UserAssigned', identity_ids: [identity] },
    os_disk: { disk_encryption_set_id: keys },
  });
  expect(machine({ identity: ProxyIdentity.systemAssigned() }).identity).toEqual({ type: 'SystemAssigned' });
});

test('rules of one’s own stand beside those of the proxy', () => {
  const props = { name: 'metrics', priority: 200, ports: ['9100'], addresses: ['10.1.0.0/16'] };
  const rules = rulesOf({
    securityRules: [
      SecurityRule.allowInbound(props),
      SecurityRule.denyOutbound({ ...props, name: 'no-ntp', protocol: 'Udp', ports: ['123'], addresses: ['Internet'] }),
    ],
  });
  expect(rules.slice(2)).toMatchObject([
    {
      name: 'metrics',
      direction: 'Inbound',
      access: 'Allow',
      destination_port_range: '9100',
      source_address_prefix: '10.1.0.0/16',
    },
    { name: 'no-ntp', direction: 'Outbound', access: 'Deny', protocol: 'Udp', destination_address_prefix: 'Internet' },
  ]);
});

describe('NginxFailoverProxy refuses', () => {
  const rule = (props: Partial<SecurityRuleProps>) => [
    SecurityRule.allowInbound({ name: 'own', priority: 200, ports: ['9100'], addresses: ['10.1.0.0/16'], ...props }),
  ];
  const internal = ProxyAccess.internal();
  test.each<[string, Props, string]>([
    [
      'a zone that is none',
      { zones: ['eu-1'] },
      "zones[0]: received 'eu-1', allowed: zones of a region such as '1', each once. " +
        'Copy them from `az vm list-skus --location <region> --zone`.',
    ],
    ['a zone with something behind it', { zones: ['1', '2a'] }, "zones[1]: received '2a'"],
    ['a zone twice', { zones: ['1', '1'] }, "zones[1]: received '1'"],
    [
      'an encryption set by its name',
      { diskEncryptionSetId: 'keys' },
      "diskEncryptionSetId: received 'keys', allowed: an Azure id, " +
        '/subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/diskEncryptionSets/…. ',
    ],
    ['no identity', { identity: ProxyIdentity.userAssigned() }, 'identity: received [], allowed: at least one'],
    ['an identity by its name', { identity: ProxyIdentity.userAssigned('me') }, "identity[0]: received 'me'"],
    ['a public address of an internal proxy', { access: internal, publicIp: EXISTING_IP }, 'publicIp: received'],
    [
      'its name',
      { access: internal, publicIpName: 'ip' },
      "publicIpName: received 'ip', allowed: nothing beside ProxyAccess.internal(). " +
        'An internal proxy has no public address; take one of the two out.',
    ],
    [
      'an address outside the subnet',
      { access: ProxyAccess.internal({ privateIpAddress: '10.0.3.9' }) },
      "access.privateIpAddress: received '10.0.3.9', allowed: an address of the subnet 10.0.2.0/24",
    ],
    [
      'an address that Azure keeps',
      { access: ProxyAccess.internal({ privateIpAddress: '10.0.2.3' }) },
      "access.privateIpAddress: received '10.0.2.3'",
    ],
    [
      'a name for an address',
      { access: ProxyAccess.internal({ privateIpAddress: 'proxy' }) },
      "access.privateIpAddress: received 'proxy', allowed: an IPv4 address",
    ],
    [
      'a rule with a name that is taken',
      { securityRules: rule({ name: 'HTTPS' }) },
      "securityRules[0].name: received 'HTTPS', allowed: a name that no other rule has; there are https, kafka. " +
        'Azure compares names without regard to case; rename it.',
    ],
    [
      'a rule with a priority that is taken',
      { securityRules: rule({ priority: 110 }) },
      'securityRules[0].priority: received 110, allowed: a priority that no other rule of its direction has. ' +
        'Taken are 110, 120.',
    ],
    [
      'two rules of one priority',
      { securityRules: [...rule({}), ...rule({ name: 'another' })] },
      'securityRules[1].priority: received 200, allowed: a priority that no other rule of its direction has. ' +
        'Taken are 110, 120, 200.',
    ],
    [
      'two names of one rule',
      { inboundRuleNames: { kafka: 'HTTPS' } },
      'inboundRuleNames: received {"kafka":"HTTPS"}, allowed: names that differ; with the defaults these are https, https. ' +
        'Give each rule a name of its own.',
    ],
    [
      'a rule beyond the last priority',
      { securityRules: rule({ priority: 5000 }) },
      'securityRules[0].priority: received 5000',
    ],
    [
      'two rules of one name',
      { securityRules: [...rule({}), ...rule({ priority: 201 })] },
      'securityRules[1].name: received',
    ],
    ['a rule for no port', { securityRules: rule({ ports: [] }) }, 'securityRules[0].ports: received []'],
    [
      'a port that is none',
      { securityRules: rule({ ports: ['70000'] }) },
      "securityRules[0].ports[0]: received '70000'",
    ],
    [
      'a range upside down',
      { securityRules: rule({ ports: ['20-10'] }) },
      "securityRules[0].ports[0]: received '20-10'",
    ],
    [
      'a tag among ranges',
      { securityRules: rule({ addresses: ['10.0.0.0/8', 'Internet'] }) },
      "addresses[1]: received 'Internet'",
    ],
    [
      'a protocol that is none',
      { securityRules: rule({ protocol: 'tcp' }) },
      "securityRules[0].protocol: received 'tcp'",
    ],
  ])('%s', (_name, props, message) => {
    const complaints = complaintsOf(proxyWith(props));
    expect(complaints).toContain('[test/Proxy] ');
    expect(complaints).toContain(message);
  });

  test.each<[string, Props, boolean]>([
    ['health', {}, false],
    ['health', { instances: 2 }, true],
    ['health', { access: internal }, true],
    ['others', { instances: 2 }, false],
    ['others', { access: internal }, true],
    ['ssh', {}, false],
    ['ssh', { sshCidrs: ['203.0.113.7/32'] }, true],
    ['clients', {}, false],
    ['clients', { inboundRuleNames: { https: 'Clients' } }, true],
  ])('a rule called %s beside %j: %s', (name, props, isRefused) => {
    const complaints = complaintsOf(proxyWith({ ...props, securityRules: rule({ name }) }));
    expect(complaints?.includes('securityRules[0].name: received') ?? false).toBe(isRefused);
  });

  const count = (scope: Parameters<typeof addProxy>[0]) =>
    new TerraformVariable(scope, 'n', { type: 'number' }).numberValue;
  const list = (scope: Parameters<typeof addProxy>[0]) =>
    new TerraformVariable(scope, 'l', { type: 'list(string)' }).listValue;
  test.each<[string, object, string]>([
    ['no VM', { instances: 0 }, 'instances: received 0, allowed: a whole number from 1 to 10 (VMs)'],
    ['half a VM', { instances: 1.5 }, 'instances: received 1.5'],
    ['eleven VMs', { instances: 11 }, 'instances: received 11'],
    ['no zone', { zones: [] }, 'zones: received [], allowed: a list in code of at least one zone'],
    ['a text for an access', { access: 'internal' }, "access: received 'internal', allowed: a ProxyAccess"],
    ['a text for an identity', { identity: 'SystemAssigned' }, "identity: received 'SystemAssigned'"],
    [
      'a plain object for a rule',
      { securityRules: [{ name: 'x' }] },
      "securityRules: received 'something else in the list'",
    ],
  ])('%s, at once', (_name, props, message) => {
    expect(() => proxyWith(props)).toThrow(`[test/Proxy] ${message}`);
  });

  test('a count and zones that only Terraform knows', () => {
    expect(() => stackOf((scope) => addProxy(scope, { instances: count(scope) }))).toThrow(
      "instances: received 'a number that only Terraform knows'",
    );
    expect(() => stackOf((scope) => addProxy(scope, { zones: list(scope) }))).toThrow(
      "zones: received 'a list that only Terraform knows', allowed: a list in code",
    );
  });
});
