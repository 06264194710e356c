/**
 * The addresses that the dry run's Terraform state knows, by the paths of the constructs that stand behind them: a
 * contract with people's state files. A path that is not here gets cdktf's own name.
 */
export const ADDRESSES: Readonly<Record<string, string>> = {
  'Pair/ServiceAccount': 'default',
  ...ofMember('Pair/Primary', 'primary'),
  ...ofMember('Pair/Secondary', 'secondary'),
  'Link/OnSecondary': 'default',
  'Link/OnPrimary': 'reverse',
  'Link/Topics/active-passive-a': 'primary',
  'Link/Mirrors/active-passive-a': 'secondary',
  'Schemas/OnPrimary': 'primary',
  'Schemas/OnSecondary': 'secondary',
  'Proxy/ResourceGroup': 'proxyrg',
  'Proxy/Network/VirtualNetwork': 'main',
  'Proxy/Network/Subnet': 'internal',
  'Proxy/Network/PublicIp': 'pubicip',
  'Proxy/Network/Interface': 'main',
  'Proxy/Network/SecurityGroup': 'nsg',
  'Proxy/Network/SubnetAssociation': 'nsg',
  'Proxy/Network/InterfaceAssociation': 'nsg',
  'Proxy/Machine/Resource': 'main',
  'Proxy/Convergence/Resource': 'proxy',
};

function ofMember(path: string, name: string): Record<string, string> {
  const topic = `${path}/LinkAcls/Topic-active-passive-a`;
  return {
    [`${path}/Environment`]: name,
    [`${path}/SchemaRegistry`]: name,
    [`${path}/Cluster/Resource`]: name,
    [`${path}/Cluster/Created`]: name,
    [`${path}/Access/ClusterRoles`]: name,
    [`${path}/Access/TopicRoles`]: `topics_${name}`,
    [`${path}/Access/SubjectRole`]: `all-subjects-${name}-rb`,
    [`${path}/Access/KafkaKey`]: `cluster-api-key-${name}`,
    [`${path}/Access/SchemaRegistryKey`]: `sr-api-key-${name}`,
    [`${topic}-DESCRIBE_CONFIGS`]: `describe-config-${name}-cluster`,
    [`${topic}-READ`]: `read-${name}-cluster`,
    [`${path}/LinkAcls/Cluster-DESCRIBE`]: `describe-${name}-cluster`,
    [`${path}/LinkAcls/Cluster-ALTER`]: `alter-${name}-cluster`,
  };
}
