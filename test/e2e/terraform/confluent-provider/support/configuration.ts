import { type Lab } from '../../../../../packages/confluent-dr-lab/src/lab';
import { type Role } from '../../support/operator';

/** A block of Terraform's JSON syntax. */
export type Block = Readonly<Record<string, unknown>>;
/** Resources by address. */
export type Resources = Readonly<Record<string, Block>>;

export const LINK = 'active-passive-test';
export const topicAddress = 'confluent_kafka_topic.orders';
export const mirrorAddress = 'confluent_kafka_mirror_topic.orders';
export const exporterAddress = 'confluent_schema_exporter.schemas';
export const aclAddress = 'confluent_kafka_acl.read';
export const roleBindingAddress = 'confluent_role_binding.operator';
export const linkAddress = (role: Role): string => `confluent_cluster_link.${role}`;
export const keyAddress = (role: Role): string => `confluent_api_key.${role}`;

const OTHER: Readonly<Record<Role, Role>> = { primary: 'secondary', secondary: 'primary' };

/** The resources of a disaster recovery, small and with the ids of one lab. */
export class Parts {
  /** @param bootstrapHosts by cluster */
  constructor(
    private readonly lab: Lab,
    private readonly bootstrapHosts: Readonly<Record<string, string>>,
  ) {}

  /** A cluster as links and mirrors name it. */
  public end(role: Role): Block {
    return { id: this.clusterId(role), rest_endpoint: this.restEndpoint(role), credentials: this.member(role).kafka };
  }

  public topic(more: Block = {}): Block {
    return { ...this.onCluster('primary'), topic_name: 'orders', ...more };
  }

  public mirror(more: Block = {}): Block {
    return {
      kafka_cluster: this.end('secondary'),
      cluster_link: { link_name: `\${${linkAddress('secondary')}.link_name}` },
      source_kafka_topic: { topic_name: `\${${topicAddress}.topic_name}` },
      depends_on: [linkAddress('primary')],
      ...more,
    };
  }

  public link(role: Role, more: Block = {}): Block {
    const { end, remote } = { end: this.end(role), remote: OTHER[role] };
    return {
      link_name: LINK,
      link_mode: 'BIDIRECTIONAL',
      local_kafka_cluster: end,
      remote_kafka_cluster: {
        id: this.clusterId(remote),
        bootstrap_endpoint: `SASL_SSL://${this.bootstrapHosts[this.clusterId(remote)]}:9092`,
        credentials: this.member(remote).kafka,
      },
      ...(role === 'secondary' && { depends_on: [linkAddress('primary')] }),
      ...more,
    };
  }

  public links(more: Block = {}): Resources {
    return {
      [linkAddress('primary')]: this.link('primary', more),
      [linkAddress('secondary')]: this.link('secondary', more),
    };
  }

  /** A topic, the links of both clusters, and its mirror. */
  public pair({ topic = {}, mirror = {} }: { readonly topic?: Block; readonly mirror?: Block } = {}): Resources {
    return { [topicAddress]: this.topic(topic), ...this.links(), [mirrorAddress]: this.mirror(mirror) };
  }

  public acl(more: Block = {}): Block {
    return {
      ...this.onCluster('primary'),
      resource_type: 'TOPIC',
      resource_name: 'orders',
      pattern_type: 'LITERAL',
      principal: `User:${this.lab.cloud.sample!.serviceAccountId}`,
      host: '*',
      operation: 'READ',
      permission: 'ALLOW',
      ...more,
    };
  }

  public roleBinding(more: Block = {}): Block {
    return {
      principal: `User:${this.lab.cloud.sample!.serviceAccountId}`,
      role_name: 'CloudClusterAdmin',
      crn_pattern: '${data.confluent_kafka_cluster.primary.rbac_crn}',
      ...more,
    };
  }

  /** Of the administrator, who may do everything: a key that works at once. */
  public apiKey(role: Role, more: Block = {}): Block {
    return {
      owner: { id: this.lab.cloud.sample!.administratorId, kind: 'User', api_version: 'iam/v2' },
      managed_resource: {
        id: this.clusterId(role),
        kind: 'Cluster',
        api_version: 'cmk/v2',
        environment: { id: this.member(role).environmentId },
      },
      ...more,
    };
  }

  public exporter(more: Block = {}): Block {
    const { registryId, schemaRegistry } = this.member('primary');
    return {
      schema_registry_cluster: { id: registryId },
      rest_endpoint: this.lab.cloud.endpointOf(registryId),
      credentials: schemaRegistry,
      name: 'schemas',
      destination_schema_registry_cluster: this.destination(),
      ...more,
    };
  }

  public destination(more: Block = {}): Block {
    const { registryId, schemaRegistry } = this.member('secondary');
    const rest_endpoint = this.lab.cloud.endpointOf(registryId);
    return { id: registryId, rest_endpoint, credentials: schemaRegistry, ...more };
  }

  public clusterData(role: Role, more: Block = {}): Block {
    return { id: this.clusterId(role), environment: { id: this.member(role).environmentId }, ...more };
  }

  /** A cluster as topics and ACLs name it. */
  public onCluster(role: Role): Block {
    const { id, ...rest } = this.end(role);
    return { kafka_cluster: { id }, ...rest };
  }

  public clusterId(role: Role): string {
    return this.member(role).clusterId;
  }

  public restEndpoint(role: Role): string {
    return this.lab.cloud.endpointOf(this.clusterId(role));
  }

  private member(role: Role): NonNullable<Lab['cloud']['sample']>[Role] {
    return this.lab.cloud.sample![role];
  }
}
