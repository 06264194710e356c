import { tfvars } from './app';
import { originalProxy } from './original-proxy';

/**
 * A configuration with the addresses and values of the one that the default app replaces, in Terraform's JSON. Applying
 * it leaves a state as people who used the original have one.
 */
export function originalConfiguration(): object {
  const members = ['primary', 'secondary'] as const;
  const each = <T>(entry: (member: Member) => Record<string, T>) =>
    Object.assign({}, ...members.map(entry)) as Record<string, T>;
  return {
    terraform: {
      backend: { local: {} },
      required_providers: {
        confluent: { source: 'confluentinc/confluent' },
        azurerm: { source: 'hashicorp/azurerm' },
        null: { source: 'hashicorp/null' },
      },
    },
    provider: {
      confluent: { cloud_api_key: tfvars.cc_cloud_api_key, cloud_api_secret: tfvars.cc_cloud_api_secret },
      azurerm: { subscription_id: tfvars.subscription_id, features: {} },
    },
    data: {
      confluent_environment: each((member) => ({ [member]: { id: tfvars[`cc_env_${member}`] } })),
      confluent_service_account: { default: { id: tfvars.cc_service_account } },
      confluent_schema_registry_cluster: each((member) => ({ [member]: { environment: environment(member) } })),
      confluent_kafka_cluster: each((member) => ({
        [member]: { id: tfvars[`cc_${member}_cluster_id`], environment: environment(member) },
      })),
    },
    output: {
      primary_cluster: {
        value: { ...outputOf('primary'), topic: '${confluent_kafka_topic.primary.topic_name}' },
        sensitive: true,
      },
      secondary_cluster: { value: outputOf('secondary'), sensitive: true },
      proxy_public_ip: { value: '${azurerm_public_ip.pubicip.ip_address}' },
    },
    resource: {
      confluent_role_binding: each(roles),
      confluent_api_key: each(keys),
      confluent_kafka_acl: each(acls),
      confluent_kafka_topic: { primary: { topic_name: topicName, ...at('primary') } },
      confluent_cluster_link: {
        default: link('secondary', 'primary', { 'acl.sync.enable': 'true' }),
        reverse: link('primary', 'secondary', {}),
      },
      confluent_kafka_mirror_topic: {
        secondary: {
          source_kafka_topic: { topic_name: '${confluent_kafka_topic.primary.topic_name}' },
          cluster_link: { link_name: '${confluent_cluster_link.default.link_name}' },
          kafka_cluster: { ...cluster('secondary'), ...at('secondary', {}) },
        },
      },
      // The second one's destination is its own registry: a mistake of the original.
      confluent_schema_exporter: {
        primary: exporter('primary', 'secondary'),
        secondary: exporter('secondary', 'secondary'),
      },
      ...originalProxy(),
    },
  };
}

/** An older edition: one environment for both members, and nothing of Schema Registry. */
export function olderConfiguration(): object {
  const text = JSON.stringify(originalConfiguration()).replace(
    /data\.confluent_environment\.(primary|secondary)/g,
    'data.confluent_environment.default',
  );
  const { data, resource, ...others } = JSON.parse(text) as Record<'data' | 'resource', Record<string, object>>;
  const without = (type: string, part: RegExp) =>
    Object.fromEntries(Object.entries(resource[type]).filter(([name]) => !part.test(name)));
  return {
    ...others,
    data: {
      ...data,
      confluent_environment: { default: { id: tfvars.cc_env_primary } },
      confluent_schema_registry_cluster: undefined,
    },
    resource: {
      ...resource,
      confluent_role_binding: without('confluent_role_binding', /subjects/),
      confluent_api_key: without('confluent_api_key', /^sr-/),
      confluent_schema_exporter: undefined,
    },
  };
}

type Member = 'primary' | 'secondary';

const topicName = 'active-passive-a';
const principal = `User:${tfvars.cc_service_account}`;

const environment = (member: Member) => ({ id: `\${data.confluent_environment.${member}.id}` });
const cluster = (member: Member) => ({ id: `\${data.confluent_kafka_cluster.${member}.id}` });
const registry = (member: Member, attribute: string) =>
  `\${data.confluent_schema_registry_cluster.${member}.${attribute}}`;
const credentials = (key: string) => ({
  key: `\${confluent_api_key.${key}.id}`,
  secret: `\${confluent_api_key.${key}.secret}`,
});

function outputOf(member: Member): object {
  const attribute = (name: string) => `\${data.confluent_kafka_cluster.${member}.${name}}`;
  const { key, secret } = credentials(`cluster-api-key-${member}`);
  return {
    ...{
      region: attribute('region'),
      bootstrap_endpoint: attribute('bootstrap_endpoint'),
      cluster_id: attribute('id'),
    },
    ...{ cluster_api_key: key, cluster_api_secret: secret },
  };
}

function at(member: Member, where: object = { kafka_cluster: cluster(member) }): object {
  return {
    ...where,
    rest_endpoint: `\${data.confluent_kafka_cluster.${member}.rest_endpoint}`,
    credentials: credentials(`cluster-api-key-${member}`),
  };
}

function roles(member: Member): Record<string, object> {
  const crn = `\${data.confluent_kafka_cluster.${member}.rbac_crn}`;
  const role_name = '${each.value}';
  return {
    [member]: { for_each: '${toset(["CloudClusterAdmin", "Operator"])}', principal, role_name, crn_pattern: crn },
    [`topics_${member}`]: {
      for_each: '${toset(["DeveloperRead", "ResourceOwner"])}',
      principal,
      role_name,
      crn_pattern: `${crn}/kafka=\${data.confluent_kafka_cluster.${member}.id}/topic=*`,
    },
    [`all-subjects-${member}-rb`]: {
      principal,
      role_name: 'ResourceOwner',
      crn_pattern: `${registry(member, 'resource_name')}/subject=*`,
    },
  };
}

function keys(member: Member): Record<string, object> {
  const owner = { id: tfvars.cc_service_account, api_version: 'iam/v2', kind: 'ServiceAccount' };
  const key = (name: string, description: string, source: string) => ({
    display_name: name,
    description,
    owner,
    managed_resource: {
      id: `\${${source}.id}`,
      api_version: `\${${source}.api_version}`,
      kind: `\${${source}.kind}`,
      environment: environment(member),
    },
  });
  return {
    [`cluster-api-key-${member}`]: key(
      `${member}-active-passive-kafka-api-key`,
      `Kafka API Key to manage the ${member} cluster`,
      `data.confluent_kafka_cluster.${member}`,
    ),
    [`sr-api-key-${member}`]: key(
      `${member}-active-passive-sr--api-key`,
      `SR API Key to manage the ${member} cluster`,
      `data.confluent_schema_registry_cluster.${member}`,
    ),
  };
}

function acls(member: Member): Record<string, object> {
  const acl = (resource_type: string, resource_name: string, operation: string) => ({
    ...{ resource_type, resource_name, operation, pattern_type: 'LITERAL', principal, host: '*', permission: 'ALLOW' },
    ...at(member),
  });
  return {
    [`describe-config-${member}-cluster`]: acl('TOPIC', topicName, 'DESCRIBE_CONFIGS'),
    [`read-${member}-cluster`]: acl('TOPIC', topicName, 'READ'),
    [`describe-${member}-cluster`]: acl('CLUSTER', 'kafka-cluster', 'DESCRIBE'),
    [`alter-${member}-cluster`]: acl('CLUSTER', 'kafka-cluster', 'ALTER'),
  };
}

function link(local: Member, remote: Member, more: Record<string, string>): object {
  return {
    link_name: 'active-passive-test',
    link_mode: 'BIDIRECTIONAL',
    local_kafka_cluster: { ...cluster(local), ...at(local, {}) },
    remote_kafka_cluster: {
      ...cluster(remote),
      bootstrap_endpoint: `\${data.confluent_kafka_cluster.${remote}.bootstrap_endpoint}`,
      credentials: credentials(`cluster-api-key-${remote}`),
    },
    config: {
      'consumer.offset.sync.enable': 'true',
      'consumer.offset.sync.ms': '1000',
      'topic.config.sync.ms': '1000',
      ...more,
    },
  };
}

function exporter(from: Member, to: Member): object {
  return {
    name: `${from}-exporter`,
    context_type: 'CUSTOM',
    context: `${from}-context`,
    reset_on_update: true,
    schema_registry_cluster: { id: registry(from, 'id') },
    rest_endpoint: registry(from, 'rest_endpoint'),
    credentials: credentials(`sr-api-key-${from}`),
    destination_schema_registry_cluster: {
      rest_endpoint: registry(to, 'rest_endpoint'),
      credentials: credentials(`sr-api-key-${to}`),
    },
  };
}
