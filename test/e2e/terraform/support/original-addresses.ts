/** The addresses of the configuration that the default app replaces, by what becomes of them. */
const acls = ['describe-config', 'read', 'describe', 'alter'].flatMap((operation) =>
  ['primary', 'secondary'].map((member) => `confluent_kafka_acl.${operation}-${member}-cluster`),
);

const roles = ['primary', 'secondary'].flatMap((member) => [
  ...['CloudClusterAdmin', 'Operator'].map((role) => `confluent_role_binding.${member}["${role}"]`),
  ...['DeveloperRead', 'ResourceOwner'].map((role) => `confluent_role_binding.topics_${member}["${role}"]`),
  `confluent_role_binding.all-subjects-${member}-rb`,
]);

export const confluentAddresses = [
  ...acls,
  ...roles,
  'confluent_api_key.cluster-api-key-primary',
  'confluent_api_key.cluster-api-key-secondary',
  'confluent_api_key.sr-api-key-primary',
  'confluent_api_key.sr-api-key-secondary',
  'confluent_kafka_topic.primary',
  'confluent_cluster_link.default',
  'confluent_cluster_link.reverse',
  'confluent_kafka_mirror_topic.secondary',
];

/** The default app has it with the index 0, for members of one environment share the first one's. */
const secondSubjectRole = 'confluent_role_binding.all-subjects-secondary-rb';

/** The default app has them with the index 0, for members that share a registry have none; Terraform moves the state. */
export const exporterAddresses = ['confluent_schema_exporter.primary', 'confluent_schema_exporter.secondary'];

/** What the default app has with an index, by the original's addresses. */
export const indexedAddresses = Object.fromEntries(
  [secondSubjectRole, ...exporterAddresses].map((address) => [address, `${address}[0]`]),
);

export const createdClusterAddresses = ['confluent_kafka_cluster.primary[0]', 'confluent_kafka_cluster.secondary[0]'];

export const azureAddresses = [
  'azurerm_resource_group.proxyrg',
  'azurerm_virtual_network.main',
  'azurerm_subnet.internal',
  'azurerm_public_ip.pubicip',
  'azurerm_network_interface.main',
  'azurerm_network_security_group.nsg',
  'azurerm_subnet_network_security_group_association.nsg',
  'azurerm_network_interface_security_group_association.nsg',
];

export const dataAddresses = [
  'data.confluent_environment.primary',
  'data.confluent_environment.secondary',
  'data.confluent_service_account.default',
  'data.confluent_schema_registry_cluster.primary',
  'data.confluent_schema_registry_cluster.secondary',
  'data.confluent_kafka_cluster.primary',
  'data.confluent_kafka_cluster.secondary',
];

/** What the default app has of another kind: the VM's type is superseded, and nothing is provisioned over SSH. */
export const retiredAddresses = ['azurerm_virtual_machine.main', 'null_resource.nginx_install'];
