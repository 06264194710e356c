import { readFileSync } from 'node:fs';
import { ActivePassiveStack } from '../../lib';
import { hclOf, synthesize, testApp } from '../support/synth';

const { terraform, variable, output, resource, data } = synthesize(new ActivePassiveStack(testApp(), 'active-passive'));

describe("the dry run's variables", () => {
  const NO_DEFAULT = undefined;
  test.each([
    ['cc_cloud_api_key', 'string', NO_DEFAULT, true],
    ['cc_cloud_api_secret', 'string', NO_DEFAULT, true],
    ['cc_env_primary', 'string', NO_DEFAULT, undefined],
    ['cc_env_secondary', 'string', NO_DEFAULT, undefined],
    ['cc_service_account', 'string', NO_DEFAULT, undefined],
    ['cc_use_existing_clusters', 'bool', true, undefined],
    ['cc_primary_cluster_id', 'string', NO_DEFAULT, undefined],
    ['cc_secondary_cluster_id', 'string', NO_DEFAULT, undefined],
    ['cc_failover_primary', 'bool', false, undefined],
    ['client_id', 'string', NO_DEFAULT, undefined],
    ['client_secret', 'string', NO_DEFAULT, true],
    ['subscription_id', 'string', NO_DEFAULT, undefined],
    ['tenant_id', 'string', NO_DEFAULT, undefined],
    ['azure_region', 'string', NO_DEFAULT, undefined],
    ['prefix', 'string', 'proxy', undefined],
    ['admin_username', 'string', NO_DEFAULT, undefined],
    ['admin_password', 'string', NO_DEFAULT, true],
  ])('%s: %s, default %p, sensitive %p', (name, type, byDefault, sensitive) => {
    expect({ ...variable[name], description: undefined, validation: undefined, nullable: undefined }).toEqual({
      type,
      default: byDefault,
      sensitive,
    });
  });

  test('are all there is, but for optional ones', () => {
    const required = Object.entries(variable).filter(([, { default: byDefault }]) => byDefault === undefined);
    expect(Object.keys(variable)).toHaveLength(20);
    expect(required).toHaveLength(14);
    expect(variable).toMatchObject({
      cc_secondary_region: { type: 'string', default: '' },
      client_cidrs: { type: 'list(string)', default: ['0.0.0.0/0'] },
      cc_active: { type: 'string', default: 'both' },
    });
  });
});

describe("the dry run's outputs", () => {
  const keys = ['bootstrap_endpoint', 'cluster_api_key', 'cluster_api_secret', 'cluster_id', 'region'];
  test.each([
    ['primary_cluster', [...keys, 'topic'], true],
    ['secondary_cluster', keys, true],
  ])('%s is an object of %p, sensitive', (name, expected, sensitive) => {
    expect(output[name].sensitive).toBe(sensitive);
    expect(Object.keys(output[name].value as object).sort()).toEqual(expected);
  });

  test('proxy_public_ip is a string', () => {
    expect(output.proxy_public_ip).toEqual({ value: '${azurerm_public_ip.pubicip.ip_address}' });
  });
});

describe("the dry run's addresses", () => {
  test.each([
    ...['primary', 'secondary'].flatMap((name) => [
      `data.confluent_environment.${name}`,
      `data.confluent_schema_registry_cluster.${name}`,
      `data.confluent_kafka_cluster.${name}`,
      `confluent_kafka_cluster.${name}`,
      `confluent_role_binding.${name}`,
      `confluent_role_binding.topics_${name}`,
      `confluent_role_binding.all-subjects-${name}-rb`,
      `confluent_api_key.cluster-api-key-${name}`,
      `confluent_api_key.sr-api-key-${name}`,
      `confluent_kafka_acl.describe-config-${name}-cluster`,
      `confluent_kafka_acl.read-${name}-cluster`,
      `confluent_kafka_acl.describe-${name}-cluster`,
      `confluent_kafka_acl.alter-${name}-cluster`,
      `confluent_schema_exporter.${name}`,
    ]),
    'data.confluent_service_account.default',
    'confluent_kafka_topic.primary',
    'confluent_cluster_link.default',
    'confluent_cluster_link.reverse',
    'confluent_kafka_mirror_topic.secondary',
    'azurerm_resource_group.proxyrg',
    'azurerm_virtual_network.main',
    'azurerm_subnet.internal',
    'azurerm_public_ip.pubicip',
    'azurerm_network_interface.main',
    'azurerm_network_security_group.nsg',
    'azurerm_subnet_network_security_group_association.nsg',
    'azurerm_network_interface_security_group_association.nsg',
    'azurerm_linux_virtual_machine.main',
  ])('%s', (address) => {
    const [name, type] = address.split('.').reverse();
    expect((address.startsWith('data.') ? data : resource)[type]).toHaveProperty([name]);
  });

  test('are all there is, but for the run command', () => {
    const count = (types: typeof resource) =>
      Object.values(types).reduce((sum, all) => sum + Object.keys(all).length, 0);
    expect(count(data)).toBe(7);
    expect(count(resource)).toBe(36);
    expect(Object.keys(resource.azurerm_virtual_machine_run_command)).toEqual(['proxy']);
  });
});

describe("the dry run's facts", () => {
  const facts: [string, string, object][] = [
    ['confluent_kafka_cluster', 'primary', { display_name: 'active-passive-primary', availability: 'SINGLE_ZONE' }],
    ['confluent_kafka_cluster', 'secondary', { cloud: 'AZURE', dedicated: { cku: 2 } }],
    ['confluent_kafka_cluster', 'primary', { count: '${var.cc_use_existing_clusters ? 0 : 1}' }],
    ['confluent_role_binding', 'primary', { for_each: '${toset(["CloudClusterAdmin", "Operator"])}' }],
    ['confluent_role_binding', 'topics_primary', { for_each: '${toset(["DeveloperRead", "ResourceOwner"])}' }],
    ['confluent_role_binding', 'all-subjects-primary-rb', { role_name: 'ResourceOwner' }],
    ['confluent_kafka_topic', 'primary', { topic_name: 'active-passive-a' }],
    ['confluent_cluster_link', 'default', { link_name: 'active-passive-test', link_mode: 'BIDIRECTIONAL' }],
    ['confluent_cluster_link', 'reverse', { link_name: 'active-passive-test', link_mode: 'BIDIRECTIONAL' }],
    ['confluent_schema_exporter', 'primary', { name: 'primary-exporter', context: 'primary-context' }],
    ['confluent_schema_exporter', 'secondary', { name: 'secondary-exporter', context: 'secondary-context' }],
    ['azurerm_resource_group', 'proxyrg', { name: 'rg-nginx-${var.prefix}' }],
    ['azurerm_virtual_network', 'main', { name: '${var.prefix}-network', address_space: ['10.0.0.0/16'] }],
    ['azurerm_subnet', 'internal', { name: 'internal', address_prefixes: ['10.0.2.0/24'] }],
    ['azurerm_public_ip', 'pubicip', { name: 'proxy-public-ip', allocation_method: 'Static' }],
    ['azurerm_network_interface', 'main', { name: '${var.prefix}-nic' }],
    ['azurerm_network_security_group', 'nsg', { name: 'vm-nsg' }],
    ['azurerm_linux_virtual_machine', 'main', { name: '${var.prefix}-vm', size: 'Standard_DS1_v2' }],
  ];
  test.each(facts)('%s.%s is %p', (type, name, expected) => {
    expect(resource[type][name]).toMatchObject(expected);
  });

  test('the links carry what the dry run set, and no sync lacks its filter', () => {
    const common = {
      'consumer.offset.sync.enable': 'true',
      'consumer.offset.sync.ms': '1000',
      'consumer.offset.group.filters': '{"groupFilters":[{"filterType":"INCLUDE","name":"*","patternType":"LITERAL"}]}',
      'topic.config.sync.ms': '1000',
    };
    expect(resource.confluent_cluster_link.reverse.config).toEqual(common);
    expect(resource.confluent_cluster_link.default.config).toEqual({
      ...common,
      'acl.sync.enable': 'true',
      'acl.sync.ms': '5000',
      'acl.filters': expect.stringContaining('"resourceType":"group"') as string,
    });
  });

  test('the exporters lead from one registry to the other', () => {
    const registryOf = (member: string) => `\${data.confluent_schema_registry_cluster.${member}.id}`;
    for (const [source, destination] of [
      ['primary', 'secondary'],
      ['secondary', 'primary'],
    ]) {
      expect(resource.confluent_schema_exporter[source]).toMatchObject({
        schema_registry_cluster: { id: registryOf(source) },
        destination_schema_registry_cluster: { id: registryOf(destination) },
        context_type: 'CUSTOM',
        reset_on_update: true,
      });
    }
  });

  test('nobody can log in from outside, clients come in by 443 and 9092', () => {
    const rules = resource.azurerm_network_security_group.nsg.security_rule as { destination_port_range: string }[];
    expect(rules.map((rule) => rule.destination_port_range)).toEqual(['443', '9092']);
  });

  test('later changes of tags are left alone on all Azure resources that have tags', () => {
    const withoutTags = ['azurerm_subnet', 'association', 'azurerm_virtual_machine_run_command'];
    const azure = Object.entries(resource).filter(
      ([type]) => type.startsWith('azurerm_') && !withoutTags.some((part) => type.includes(part)),
    );
    expect(azure).toHaveLength(6);
    for (const [, all] of azure) {
      for (const { lifecycle } of Object.values(all)) {
        expect(lifecycle).toMatchObject({ ignore_changes: expect.arrayContaining(['tags']) as string[] });
      }
    }
  });

  test('a rehearsal can be torn down: nothing is protected from deletion', () => {
    expect(JSON.stringify(resource)).not.toContain('prevent_destroy');
  });
});

test('the providers are those that the bindings were made for', () => {
  const read = (path: string): unknown => JSON.parse(readFileSync(require.resolve(path), 'utf8'));
  const confluent = read('../../.gen/versions.json') as Record<string, string>;
  const azurerm = read('@cdktf/provider-azurerm/package.json') as { cdktf: { provider: { version: string } } };
  expect(terraform.required_providers).toEqual({
    confluent: { source: 'confluentinc/confluent', version: confluent['registry.terraform.io/confluentinc/confluent'] },
    azurerm: { source: 'azurerm', version: azurerm.cdktf.provider.version },
  });
});

test('the whole app as HCL', () => {
  expect(hclOf(new ActivePassiveStack(testApp(), 'active-passive'))).toMatchSnapshot();
});
