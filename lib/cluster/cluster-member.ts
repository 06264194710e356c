import { type ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { DataConfluentEnvironment } from '../../.gen/providers/confluent/data-confluent-environment';
import { DataConfluentSchemaRegistryCluster } from '../../.gen/providers/confluent/data-confluent-schema-registry-cluster';
import { type DataConfluentServiceAccount } from '../../.gen/providers/confluent/data-confluent-service-account';
import { type ApiCredentials } from './api-credentials';
import { ClusterHostNames } from './cluster-host-names';
import { type ClusterSource } from './cluster-source';
import { allow, type AclEntry } from './kafka-acls';
import { LinkAcls } from './link-acls';
import { MemberAccess } from './member-access';
import { MemberCluster } from './member-cluster';
import { type IProxiedCluster } from './proxied-cluster';
import { type TopicPattern } from './topic-pattern';

/** One side of a pair, as its owner describes it. */
export interface ClusterMemberProps {
  /** Confluent environment that holds the cluster and its Schema Registry: `env-…`. The members may share one. */
  readonly environmentId: string;
  /** Where the cluster comes from. */
  readonly cluster: ClusterSource;
  /**
   * Service account (`sa-…`) that owns this member's keys, roles and ACLs.
   *
   * @default - the pair's
   */
  readonly serviceAccountId?: string;
  /**
   * Regular expressions, without anchors, for brokers whose names are not made of the bootstrap host's: on private
   * link they can bear the network's id.
   *
   * @default - the names of brokers are derived from the bootstrap host
   */
  readonly brokerHostPatterns?: string[];
}

/** One side of a pair: a cluster with its environment, Schema Registry, keys, roles and ACLs. */
export interface IClusterMember extends IConstruct, IProxiedCluster {
  /** The environment as its owner gave it, not as it was read. */
  readonly environmentId: string;
  /** `lkc-…` */
  readonly clusterId: string;
  /** Azure region of the cluster. */
  readonly region: string;
  /** As the provider gives it: `SASL_SSL://host:9092` or `host:9092`. */
  readonly bootstrapEndpoint: string;
  /** `https://host:443` */
  readonly restEndpoint: string;
  /** `lsrc-…` */
  readonly schemaRegistryId: string;
  /** `https://host` */
  readonly schemaRegistryEndpoint: string;
  /** Key and secret for the Kafka cluster. */
  readonly kafkaCredentials: ApiCredentials;
  /** Key and secret for the Schema Registry. */
  readonly schemaRegistryCredentials: ApiCredentials;
  /** `User:sa-…`: whom the keys belong to. */
  readonly principal: string;
  /** What must exist before a link can use the member: its ACLs, and with them its keys and roles. */
  readonly linkPermissions: ITerraformDependable[];
}

/** What the pair adds to a member's own props. */
interface ClusterMemberContext {
  /** `primary` or `secondary`: the role at design time, whoever serves now. */
  readonly memberName: string;
  readonly serviceAccount: DataConfluentServiceAccount;
  readonly deletionProtection: boolean;
  readonly linkTopics: readonly TopicPattern[];
  readonly otherClusterId?: string;
}

/** A member as the pair makes it. */
export class ClusterMember extends Construct implements IClusterMember {
  public readonly clusterName: string;
  public readonly environmentId: string;
  public readonly clusterId: string;
  public readonly region: string;
  public readonly bootstrapEndpoint: string;
  public readonly restEndpoint: string;
  public readonly schemaRegistryId: string;
  public readonly schemaRegistryEndpoint: string;
  public readonly kafkaCredentials: ApiCredentials;
  public readonly schemaRegistryCredentials: ApiCredentials;
  public readonly principal: string;
  public readonly hostNames: ClusterHostNames;
  public readonly linkPermissions: ITerraformDependable[];

  private readonly cluster: MemberCluster;

  constructor(scope: Construct, id: string, props: ClusterMemberProps, context: ClusterMemberContext) {
    super(scope, id);
    const { memberName, serviceAccount } = context;
    this.clusterName = memberName;
    this.environmentId = props.environmentId;

    const environment = new DataConfluentEnvironment(this, 'Environment', { id: props.environmentId });
    this.cluster = new MemberCluster(this, 'Cluster', {
      source: props.cluster,
      environmentId: environment.id,
      defaultDisplayName: `active-passive-${memberName}`,
      deletionProtection: context.deletionProtection,
      otherClusterId: context.otherClusterId,
    });
    const cluster = this.cluster.data;
    const schemaRegistry = new DataConfluentSchemaRegistryCluster(this, 'SchemaRegistry', {
      environment: { id: environment.id },
    });
    const access = new MemberAccess(this, 'Access', {
      memberName,
      environment,
      cluster,
      schemaRegistry,
      serviceAccount,
    });

    this.clusterId = cluster.id;
    this.region = cluster.region;
    this.bootstrapEndpoint = cluster.bootstrapEndpoint;
    this.restEndpoint = cluster.restEndpoint;
    this.schemaRegistryId = schemaRegistry.id;
    this.schemaRegistryEndpoint = schemaRegistry.restEndpoint;
    this.kafkaCredentials = access.kafka;
    this.schemaRegistryCredentials = access.schemaRegistry;
    this.principal = `User:${serviceAccount.id}`;
    this.hostNames = ClusterHostNames.fromEndpoints({
      bootstrapEndpoint: cluster.bootstrapEndpoint,
      restEndpoint: cluster.restEndpoint,
      schemaRegistryEndpoint: schemaRegistry.restEndpoint,
      catalogEndpoint: schemaRegistry.catalogEndpoint,
      brokerHostPatterns: props.brokerHostPatterns,
    });
    this.linkPermissions = new LinkAcls(this, 'LinkAcls', {
      target: { cluster, credentials: access.kafka },
      principal: this.principal,
      topics: context.linkTopics,
    }).all;
  }

  /** Allows the entry on this member. */
  public allow(scope: Construct, id: string, entry: AclEntry): void {
    allow(scope, id, { cluster: this.cluster.data, credentials: this.kafkaCredentials }, entry);
  }
}
