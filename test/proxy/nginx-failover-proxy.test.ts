import { TerraformVariable } from 'cdktf';
import {
  ClusterSource,
  ConfluentClusterPair,
  Duration,
  NginxFailoverProxy,
  type NginxFailoverProxyProps,
  Outage,
  OutageManner,
  ProxiedCluster,
  ProxyAdmin,
} from '../../lib';
import { addPair, addProxy, PRIMARY, PUBLIC_KEY, SECONDARY } from '../support/fixtures';
import { complaintsOf, hclOf, stackOf, synthesize, wholeText } from '../support/synth';

type Props = Partial<NginxFailoverProxyProps>;

const SUBNET_ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s';
const EXISTING_IP = {
  id: '/subscriptions/s/resourcegroups/RG/providers/Microsoft.Network/publicIPAddresses/ip',
  ipAddress: '198.51.100.9',
};

const proxyWith = (props: Props = {}, context: Record<string, unknown> = {}) =>
  stackOf((scope) => addProxy(scope, props), context);
const resourcesOf = (props?: Props, context?: Record<string, unknown>) =>
  synthesize(proxyWith(props, context)).resource;
const commandOf = (props?: Props, context?: Record<string, unknown>) => {
  const [command] = Object.values(resourcesOf(props, context).azurerm_virtual_machine_run_command);
  return { name: command.name as string, script: wholeText((command.source as { script: string }).script), command };
};
const wishesOf = (props?: Props, context?: Record<string, unknown>) =>
  (commandOf(props, context).command.parameter as { name: string; value: string }[]).map(
    ({ name, value }) => `${name}=${value}`,
  );

describe('NginxFailoverProxy', () => {
  test('needs no Confluent provider for clusters known by their names', () => {
    const { resource, data } = synthesize(proxyWith());
    expect(data).toBeUndefined();
    expect(Object.keys(resource).filter((type) => !type.startsWith('azurerm_'))).toEqual([]);
  });

  test('lets clients in and nobody else', () => {
    const [group] = Object.values(resourcesOf().azurerm_network_security_group);
    expect(group.security_rule).toMatchObject([
      { destination_port_range: '443', source_address_prefixes: ['203.0.113.7/32'], direction: 'Inbound' },
      { destination_port_range: '9092', source_address_prefixes: ['203.0.113.7/32'], access: 'Allow' },
    ]);
  });

  test('lets administrators in by SSH where that is asked for', () => {
    const [group] = Object.values(resourcesOf({ sshCidrs: ['198.51.100.0/24'] }).azurerm_network_security_group);
    expect(group.security_rule).toContainEqual(
      expect.objectContaining({ destination_port_range: '22', source_address_prefixes: ['198.51.100.0/24'] }),
    );
  });

  test('has nothing in the VM that changes in life, and no provisioner', () => {
    const [machine] = Object.values(resourcesOf().azurerm_linux_virtual_machine);
    expect(machine).not.toHaveProperty('custom_data');
    expect(machine).not.toHaveProperty('provisioner');
    expect(JSON.stringify(machine)).not.toContain('pkc-');
    const ignored = ['admin_password', 'computer_name', 'custom_data', 'zone', 'tags'];
    expect(machine.lifecycle).toEqual({ ignore_changes: ignored });
  });

  test('converges only when the VM can be reached by its own traffic', () => {
    expect(commandOf().command.depends_on).toEqual([
      expect.stringContaining('azurerm_network_interface_security_group_association.'),
      expect.stringContaining('azurerm_subnet_network_security_group_association.'),
    ]);
  });

  test('tells an outage by a parameter, beside a script that is the same with and without it', () => {
    const outage = Outage.of(PRIMARY).forAtMost(Duration.hours(1));
    expect(commandOf({ outage }).script).toBe(commandOf().script);
    expect(commandOf({ outage }).script).toContain('\nprimary - - false\nsecondary - - false\nshared - - false\n');
  });

  test('names the run command after its script and the wishes, so that any change replaces it', () => {
    const { name } = commandOf();
    expect(name).toMatch(/^confluent-dr-proxy-[0-9a-f]{12}$/);
    expect(commandOf().name).toBe(name);
    const outages = [Outage.of(PRIMARY), Outage.of(SECONDARY), Outage.of(PRIMARY).forAtMost(Duration.hours(1))];
    expect(new Set([name, ...outages.map((outage) => commandOf({ outage }).name)]).size).toBe(4);
    expect(commandOf({ clusters: [SECONDARY, PRIMARY] }).name).not.toBe(name);
  });

  test('names it by what Terraform will know, where only that knows', () => {
    const stack = stackOf((scope) => {
      const blocked = new TerraformVariable(scope, 'blocked', { type: 'bool', default: false });
      addProxy(scope, { outage: Outage.of(PRIMARY).whenVariable(blocked) });
    });
    const [command] = Object.values(synthesize(stack).resource.azurerm_virtual_machine_run_command);
    expect(command.name).toMatch(/sha256\(jsonencode\(\["[0-9a-f]{64}", var\.blocked \? "reject" : "none"\]\)\)/);
  });

  test('gives the same name whatever else is in the stack', () => {
    const nameBeside = (count: number) => {
      const stack = stackOf((scope) => {
        for (let index = 0; index < count; index++) {
          expect(new TerraformVariable(scope, `v${index}`, { type: 'string' }).stringValue).toContain('TOKEN');
        }
        addProxy(scope, { clusters: addPair(scope).members });
      });
      return Object.values(synthesize(stack).resource.azurerm_virtual_machine_run_command)[0].name;
    };
    expect(nameBeside(7)).toBe(nameBeside(0));
  });

  test('names it by numbers that only Terraform knows, too', () => {
    const stack = stackOf((scope) => {
      const connections = new TerraformVariable(scope, 'connections', { type: 'number' });
      addProxy(scope, { capacity: { workerConnections: connections.numberValue } });
    });
    const [command] = Object.values(synthesize(stack).resource.azurerm_virtual_machine_run_command);
    expect(command.name).toMatch(
      /sha256\(jsonencode\(\["[0-9a-f]{64}", var\.connections, min\(\(var\.connections \* 4\), 1048576\)\]\)\)/,
    );
  });

  test('takes members of two pairs under names of their own', () => {
    const stack = stackOf((scope) => {
      const orders = addPair(scope);
      const billing = new ConfluentClusterPair(scope, 'Billing', {
        serviceAccountId: 'sa-billing',
        primary: { environmentId: 'env-c', cluster: ClusterSource.existing('lkc-c'), clusterName: 'billing-primary' },
        secondary: { environmentId: 'env-d', cluster: ClusterSource.existing('lkc-d'), clusterName: 'billing-standby' },
      });
      addProxy(scope, { clusters: [...orders.members, ...billing.members] });
    });
    expect(complaintsOf(stack)).toBeUndefined();
  });

  test('takes lists that only Terraform knows', () => {
    const stack = stackOf((scope) => {
      const list = new TerraformVariable(scope, 'list', { type: 'list(string)' }).listValue;
      addProxy(scope, { clientCidrs: list, sshCidrs: list, resolvers: list });
    });
    expect(complaintsOf(stack)).toBeUndefined();
    const [command] = Object.values(synthesize(stack).resource.azurerm_virtual_machine_run_command);
    expect(wholeText((command.source as { script: string }).script)).toContain('\n${join("\\n", var.list)}\n');
    const [group] = Object.values(synthesize(stack).resource.azurerm_network_security_group);
    expect(JSON.stringify(group.lifecycle)).toContain('sshCidrs: received');
  });

  test('keeps the script from Terraform, which would take its variables for templates', () => {
    const { script } = commandOf();
    expect(script).toMatch(/^#!\/(usr\/)?bin\/(env )?bash/);
    expect(script).toContain('$${');
    expect(script.replaceAll('$${', '')).not.toContain('${');
    expect(script.replaceAll('%%{', '')).not.toContain('%{');
  });

  test('forwards the hosts of the given clusters alone', () => {
    const routes = commandOf()
      .script.split('\n')
      .filter((line) => line.startsWith('"~*^'));
    expect(routes).toMatchSnapshot();
  });

  test('leads what clusters share past any outage', () => {
    const registry = 'https://psrc-9.westeurope.azure.confluent.cloud';
    const cluster = (name: string) =>
      ProxiedCluster.fromEndpoints(name, {
        bootstrapEndpoint: `pkc-${name}.westeurope.azure.confluent.cloud:9092`,
        schemaRegistryEndpoint: registry,
      });
    const routes = commandOf({ clusters: [cluster('a'), cluster('b')] }).script.split('\n');
    expect(routes.filter((line) => line.startsWith('"~*^psrc-9'))).toEqual([
      String.raw`"~*^psrc-9\.westeurope\.azure\.confluent\.cloud\z" shared;`,
      String.raw`"~*^psrc-9\.westeurope\.azure\.confluent\.cloud\z" shared;`,
    ]);
  });

  test('uses an existing resource group, subnet and address', () => {
    const resources = resourcesOf({
      resourceGroupName: 'rg-existing',
      subnetId: SUBNET_ID,
      publicIp: EXISTING_IP,
    });
    for (const type of ['azurerm_resource_group', 'azurerm_virtual_network', 'azurerm_subnet', 'azurerm_public_ip']) {
      expect(resources).not.toHaveProperty(type);
    }
    expect(resources).not.toHaveProperty('azurerm_subnet_network_security_group_association');
  });

  test('keeps the name of the ip configuration, which Azure refuses to change, and of the rules in its owner’s words', () => {
    const { azurerm_network_interface: nics, azurerm_network_security_group: groups } = synthesize(
      proxyWith({ ipConfigurationName: 'primary', inboundRuleNames: { https: 'allow-https' } }),
    ).resource;
    const [nic] = Object.values(nics);
    expect(nic.ip_configuration).toMatchObject([{ name: 'primary' }]);
    expect(nic.lifecycle).toEqual({ ignore_changes: ['tags', 'ip_configuration[0].name'] });
    const rules = Object.values(groups)[0].security_rule as { name: string }[];
    expect(rules.map(({ name }) => name)).toEqual(['allow-https', 'kafka']);
  });

  test('lets everybody in by the word that Azure has for it, and others by their ranges', () => {
    const sources = (clientCidrs: string[]) => {
      const { azurerm_network_security_group: groups } = synthesize(proxyWith({ clientCidrs })).resource;
      return (Object.values(groups)[0].security_rule as Record<string, unknown>[]).map(
        ({ source_address_prefix: one, source_address_prefixes: several }) => one ?? several,
      );
    };
    expect(sources(['0.0.0.0/0'])).toEqual(['*', '*']);
    expect(sources(['0.0.0.0/1', '128.0.0.0/1'])).toEqual(Array(2).fill(['0.0.0.0/1', '128.0.0.0/1']));
  });

  test('lets the plan refuse one host behind two clusters, where only Terraform knows it', () => {
    const stack = stackOf((scope) => {
      const bootstrapEndpoint = new TerraformVariable(scope, 'endpoint', { type: 'string' }).stringValue;
      addProxy(scope, { clusters: [PRIMARY, ProxiedCluster.fromEndpoints('other', { bootstrapEndpoint })] });
    });
    const [group] = Object.values(synthesize(stack).resource.azurerm_network_security_group);
    expect(group.lifecycle).toMatchObject({
      precondition: [
        { error_message: expect.stringContaining("clusters['other'].hostNames.bootstrap: received ") as string },
        { error_message: expect.stringContaining("hosts that are not those of 'primary' too") as string },
        { error_message: expect.stringContaining("clusters['other'].hostNames.brokerHostPatterns: ") as string },
      ],
    });
  });

  test('as HCL', () => {
    expect(hclOf(proxyWith({ outage: Outage.of(PRIMARY).when(false) }))).toMatchSnapshot();
  });
});

describe('Outage', () => {
  test.each([
    ['none', undefined, 'none'],
    ['a boolean that is true', Outage.of(PRIMARY).when(true), 'reject'],
    ['a boolean that is false', Outage.of(PRIMARY).when(false), 'none'],
    ['no condition', Outage.of(PRIMARY), 'reject'],
    ['another manner', Outage.of(PRIMARY).inManner(OutageManner.BLACKHOLE), 'blackhole'],
  ])('from %s', (_name, outage, word) => {
    expect(wishesOf({ outage })).toEqual([`OUTAGE_PRIMARY=${word}`, 'OUTAGE_SECONDARY=none', 'OUTAGE_SHARED=none']);
  });

  test('from a context value', () => {
    const outage = Outage.of(SECONDARY).whenContext('secondary_down');
    expect(wishesOf({ outage }, { secondary_down: 'true' })).toContain('OUTAGE_SECONDARY=reject');
    expect(wishesOf({ outage })).toContain('OUTAGE_SECONDARY=none');
  });

  test('of several clusters, for at most an hour', () => {
    const outage = Outage.of(PRIMARY, SECONDARY).forAtMost(Duration.hours(1));
    const wish = 'reject for at most 3600 seconds';
    expect(wishesOf({ outage })).toEqual([`OUTAGE_PRIMARY=${wish}`, `OUTAGE_SECONDARY=${wish}`, 'OUTAGE_SHARED=none']);
    expect(wishesOf({ outage: outage.when(false) })).toContain('OUTAGE_PRIMARY=none');
  });

  test('for a time that only Terraform knows', () => {
    const stack = stackOf((scope) => {
      const blocked = new TerraformVariable(scope, 'blocked', { type: 'bool' });
      const seconds = new TerraformVariable(scope, 'seconds', { type: 'number' }).numberValue;
      addProxy(scope, { outage: Outage.of(PRIMARY).forAtMost(Duration.seconds(seconds)).whenVariable(blocked) });
    });
    const [command] = Object.values(synthesize(stack).resource.azurerm_virtual_machine_run_command);
    expect(command.parameter).toContainEqual({
      name: 'OUTAGE_PRIMARY',
      value: '${var.blocked ? join(" ", ["reject for at most", var.seconds, "seconds"]) : "none"}',
    });
  });

  test('is a variable of the environment for an instance with hyphens', () => {
    const named = ProxiedCluster.fromEndpoints('eu-west-1', {
      bootstrapEndpoint: 'pkc-3.westeurope.azure.confluent.cloud',
    });
    expect(wishesOf({ clusters: [named], outage: Outage.of(named) })).toEqual(['OUTAGE_EU_WEST_1=reject']);
  });

  test('keeps manner, duration and condition in any order', () => {
    const [a, b] = [Outage.of(PRIMARY), Outage.of(PRIMARY)];
    expect(wishesOf({ outage: a.forAtMost(Duration.minutes(5)).inManner(OutageManner.BLACKHOLE).when(true) })).toEqual(
      wishesOf({ outage: b.when(true).inManner(OutageManner.BLACKHOLE).forAtMost(Duration.seconds(300)) }),
    );
  });
});

describe('NginxFailoverProxy refuses', () => {
  const named = (name: string, bootstrapEndpoint = 'pkc-3.westeurope.azure.confluent.cloud') =>
    ProxiedCluster.fromEndpoints(name, { bootstrapEndpoint });
  const withPattern = (pattern: string) =>
    ProxiedCluster.fromEndpoints('a', {
      bootstrapEndpoint: 'lkc-1.dom.westeurope.azure.confluent.cloud',
      brokerHostPatterns: [pattern],
    });
  const cases: [string, Props, string][] = [
    ['no cluster', { clusters: [] }, 'clusters: received []'],
    ['a name with capitals', { clusters: [named('Primary')] }, "clusters[0].clusterName: received 'Primary'"],
    ['two clusters of one name', { clusters: [named('a'), named('a')] }, "clusters[1].clusterName: received 'a'"],
    ['the name shared', { clusters: [named('shared')] }, "clusters[0].clusterName: received 'shared'"],
    ['the name front', { clusters: [named('front')] }, "clusters[0].clusterName: received 'front'"],
    ['a host of two labels', { clusters: [named('a', 'example.com')] }, "hostNames.bootstrap: received 'example.com'"],
    [
      'a pattern that takes in the region',
      { clusters: [withPattern('[0-9a-z]+\\.dom\\.westeurope\\.azure\\.confluent\\.cloud')] },
      'patterns that match hosts of this cluster alone',
    ],
    [
      'a pattern of another domain',
      { clusters: [withPattern('lkc-1\\.evil\\.org')] },
      'patterns that end in the domain of the bootstrap host, confluent.cloud',
    ],
    [
      'a pattern with a wildcard',
      { clusters: [withPattern('.*\\.confluent\\.cloud')] },
      "brokerHostPatterns[0]: received '.*",
    ],
    ['no client', { clientCidrs: [] }, 'clientCidrs: received []'],
    ['an address for a range', { clientCidrs: ['203.0.113.7'] }, "clientCidrs[0]: received '203.0.113.7'"],
    ['a range with bits behind', { clientCidrs: ['10.0.0.1/16'] }, "clientCidrs[0]: received '10.0.0.1/16'"],
    [
      'SSH from anywhere',
      { sshCidrs: ['0.0.0.0/0'] },
      "sshCidrs[0]: received '0.0.0.0/0', allowed: ranges of /8 or smaller",
    ],
    ['SSH from half of everywhere', { sshCidrs: ['0.0.0.0/1'] }, "sshCidrs[0]: received '0.0.0.0/1'"],
    ['a subnet outside', { subnetPrefix: '10.1.2.0/24' }, 'allowed: a part of the address space 10.0.0.0/16'],
    ['a prefix with a dot', { namePrefix: 'a.b' }, "namePrefix: received 'a.b'"],
    ['a prefix that is too long', { namePrefix: 'a'.repeat(41) }, 'namePrefix: received'],
    ['a size that is none', { size: 'large' }, "size: received 'large'"],
    [
      'a name of the ip configuration that ends with a dot',
      { ipConfigurationName: 'primary.' },
      "ipConfigurationName: received 'primary.', allowed: 1 to 80 letters",
    ],
    [
      'the name of a rule with a space',
      { inboundRuleNames: { kafka: 'let in' } },
      "inboundRuleNames.kafka: received 'let in', allowed: 1 to 80 letters",
    ],
    ['a location with a slash', { location: 'west/europe' }, "location: received 'west/europe'"],
    ['an idle time that Azure does not know', { idleTimeoutMinutes: 60 }, 'idleTimeoutMinutes: received 60'],
    ['a user name with a dot', { admin: ProxyAdmin.sshKey('a.', PUBLIC_KEY) }, "admin.username: received 'a.'"],
    ['a key that is none', { admin: ProxyAdmin.sshKey('a', 'AAAA') }, "admin.publicKey: received 'AAAA'"],
    ['a resolver by name', { resolvers: ['dns.example'] }, "resolvers[0]: received 'dns.example'"],
    ['too few connections', { capacity: { workerConnections: 1 } }, 'capacity.workerConnections: received 1'],
    [
      'a registry of another domain',
      {
        clusters: [
          ProxiedCluster.fromEndpoints('a', {
            bootstrapEndpoint: 'pkc-3.westeurope.azure.confluent.cloud',
            schemaRegistryEndpoint: 'https://sr.evil.example',
          }),
        ],
      },
      "hostNames.schemaRegistry: received 'sr.evil.example', allowed: hosts in the domain of the bootstrap host",
    ],
    ['one cluster under two names', { clusters: [named('a'), named('b')] }, 'bootstrap and REST hosts that no other'],
    [
      'the endpoints of one cluster under two names',
      { clusters: [PRIMARY, { clusterName: 'b', hostNames: PRIMARY.hostNames }] },
      'bootstrap and REST hosts that no other',
    ],
    [
      'patterns of two clusters that overlap',
      {
        clusters: ['1', '2'].map((name) =>
          ProxiedCluster.fromEndpoints(`c${name}`, {
            bootstrapEndpoint: `lkc-${name}.dom.westeurope.azure.confluent.cloud`,
            brokerHostPatterns: ['e-[0-9a-z]+-az1-n7\\.westeurope\\.azure\\.confluent\\.cloud'],
          }),
        ),
      },
      "of 'c2': both match 'e-0-az1-n7.westeurope.azure.confluent.cloud', so that an outage of the one",
    ],
    [
      'two clusters in one network, whose brokers bear that alone',
      {
        clusters: ['1', '2'].map((name) => named(`c${name}`, `lkc-${name}-43860.westeurope.azure.glb.confluent.cloud`)),
      },
      "both match 'e-0-az0-43860.westeurope.azure.glb.confluent.cloud', so that an outage of the one would take the other's; spell the brokers of each cluster out by brokerHostPatterns",
    ],
    [
      'a bootstrap host that says nothing of its brokers',
      { clusters: [named('a', 'kafka.orders.confluent.cloud')] },
      "clusters['a'].hostNames.brokerHostPatterns: received nothing, allowed: patterns for the names of the brokers behind kafka.orders.confluent.cloud",
    ],
    [
      'an address space beside a subnet',
      { subnetId: SUBNET_ID, addressSpace: '10.0.0.0/16' },
      "addressSpace: received '10.0.0.0/16', allowed: nothing beside subnetId",
    ],
    [
      'a range beside a subnet',
      { subnetId: SUBNET_ID, subnetPrefix: '10.0.2.0/24' },
      "subnetPrefix: received '10.0.2.0/24', allowed: nothing beside subnetId",
    ],
    ['a subnet by its name', { subnetId: 'internal' }, "subnetId: received 'internal', allowed: an Azure id"],
    [
      'the network for its subnet',
      { subnetId: SUBNET_ID.replace(/\/subnets.*/, '') },
      'allowed: an Azure id, /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…',
    ],
    [
      'an address by its name',
      { publicIp: { ...EXISTING_IP, id: 'my-ip' } },
      "publicIp.id: received 'my-ip', allowed: an Azure id",
    ],
    [
      'the id of a subnet for an address',
      { publicIp: { ...EXISTING_IP, id: SUBNET_ID } },
      'providers/Microsoft.Network/publicIPAddresses/…',
    ],
    [
      'a host name for an address',
      { publicIp: { ...EXISTING_IP, ipAddress: 'proxy.example' } },
      "publicIp.ipAddress: received 'proxy.example'",
    ],
    [
      'a name beside an address',
      { publicIp: EXISTING_IP, publicIpName: 'ip' },
      "publicIpName: received 'ip', allowed: nothing beside publicIp",
    ],
    [
      'an idle time beside an address',
      { publicIp: EXISTING_IP, idleTimeoutMinutes: 30 },
      'idleTimeoutMinutes: received 30, allowed: nothing beside publicIp',
    ],
    [
      "a resource group's id for its name",
      { resourceGroupName: '/subscriptions/s/resourceGroups/rg' },
      "resourceGroupName: received '/subscriptions/s/resourceGroups/rg', allowed: the name of a resource group",
    ],
    ['a location that is nearly one', { location: 'westeuropa' }, "Did you mean 'westeurope'?"],
    ['an outage of nothing', { outage: Outage.of() }, 'outage: received [], allowed: at least one cluster'],
    [
      'a manner that is none',
      { outage: Outage.of(PRIMARY).inManner('blackhole' as unknown as OutageManner) },
      "outage.inManner: received 'blackhole', allowed: OutageManner.REJECT",
    ],
    [
      'a condition that is none',
      { outage: Outage.of(PRIMARY).when(undefined as unknown as boolean) },
      'outage.when: received nothing, allowed: true or false',
    ],
    [
      'an outage of a stranger',
      { outage: Outage.of(named('other')) },
      "outage: received 'other', allowed: a cluster behind this proxy: primary, secondary",
    ],
    [
      'an outage of half a minute',
      { outage: Outage.of(PRIMARY).forAtMost(Duration.seconds(30)) },
      'outage.forAtMost: received 30',
    ],
  ];
  test.each(cases)('%s', (_name, props, message) => {
    const complaints = complaintsOf(proxyWith(props));
    expect(complaints).toContain('[test/Proxy] ');
    expect(complaints).toContain(message);
  });

  test('a password that would stand in the synthesized files, without saying it', () => {
    const complaints = complaintsOf(proxyWith({ admin: ProxyAdmin.password('operator', 'Hunter2-hunter2') }));
    expect(complaints).toContain("admin.password: received '(hidden)'");
    expect(complaints).not.toContain('Hunter2');
  });

  test('a second proxy with the names of the first, and not one with names of its own', () => {
    const stack = stackOf((scope) => {
      addProxy(scope);
      for (const [id, namePrefix] of Object.entries({ Second: undefined, Third: 'other' })) {
        const { location, clientCidrs } = { location: 'West Europe', clientCidrs: ['10.0.0.0/8'] };
        const admin = ProxyAdmin.sshKey('operator', PUBLIC_KEY);
        new NginxFailoverProxy(scope, id, { clusters: [PRIMARY], location, clientCidrs, admin, namePrefix });
      }
    });
    const complaints = complaintsOf(stack);
    expect(complaints).toContain(
      "[test/Second] namePrefix: received 'the names of test/Proxy', allowed: names of its own",
    );
    expect(complaints).toContain("[test/Proxy] namePrefix: received 'the names of test/Second'");
    expect(complaints).not.toContain('Third');
  });

  test('a location that is newer than this release, unless the context names it', () => {
    const location = 'Atlantis Central';
    expect(complaintsOf(proxyWith({ location }))).toContain(
      "[test/Proxy] location: received 'Atlantis Central', allowed: a region of Azure such as westeurope. Copy the name",
    );
    const context = { confluent_dr_more_regions: ['atlantiscentral'] };
    expect(complaintsOf(proxyWith({ location }, context))).toBeUndefined();
  });

  test('a variable that is no bool for an outage', () => {
    expect(() =>
      proxyWith({
        outage: Outage.of(PRIMARY).whenVariable(
          new TerraformVariable(
            stackOf(() => undefined),
            'failover',
            { type: 'string' },
          ),
        ),
      }),
    ).toThrow("Outage.whenVariable: received 'a variable of type string', allowed: a TerraformVariable of type bool");
  });

  test.each(['SASL_SSL://pkc-1.westeurope.azure.confluent.cloud:9093', 'pkc-1.westeurope.azure.confluent.cloud:443'])(
    'the bootstrap endpoint %s, whose port it does not serve',
    (bootstrapEndpoint) => {
      expect(() => ProxiedCluster.fromEndpoints('a', { bootstrapEndpoint })).toThrow(
        `endpoints.bootstrapEndpoint: received '${bootstrapEndpoint}', allowed: the port 9092, or none`,
      );
    },
  );

  const shapes: [string, object, string][] = [
    ['a pair instead of its members', { clusters: { primary: PRIMARY } }, 'clusters: received'],
    ['no client ranges', { clientCidrs: undefined }, 'clientCidrs: received nothing'],
    ['a name for an administrator', { admin: 'operator' }, "admin: received 'string', allowed: a ProxyAdmin"],
    ['a boolean for an outage', { outage: true }, 'outage: received true, allowed: an Outage'],
  ];
  test.each(shapes)('%s, at once', (_name, props, message) => {
    expect(() => proxyWith(props)).toThrow(`[test/Proxy] ${message}`);
  });

  test('an unknown context value', () => {
    const outage = Outage.of(PRIMARY).whenContext('cc_failover_primary');
    expect(complaintsOf(proxyWith({ outage }, { cc_failover_primary: 'yes' }))).toContain(
      "context cc_failover_primary: received 'yes', allowed: true or false",
    );
  });
});
