import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
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

/** @internal What the pair adds to a member's own props. */
export interface ClusterMemberContext {
  readonly memberName: 'primary' | 'secondary';
  readonly serviceAccount: DataConfluentServiceAccount;
  readonly deletionProtection: boolean;
  readonly linkTopics: readonly TopicPattern[];
  readonly otherClusterId?: string;
}

/**
 * One side of a pair: a cluster with its environment, Schema Registry, keys, roles and ACLs.
 *
 * Made by `ConfluentClusterPair`; read it from `pair.primary` and `pair.secondary`.
 */
export class ClusterMember extends Construct implements IProxiedCluster {
  /** `primary` or `secondary`: the role at design time, whoever serves now. */
  public readonly clusterName: string;
  /** The environment as its owner gave it, not as it was read. */
  public readonly environmentId: string;
  /** `lkc-…` */
  public readonly clusterId: string;
  /** Azure region of the cluster. */
  public readonly region: string;
  /** As the provider gives it: `SASL_SSL://host:9092` or `host:9092`. */
  public readonly bootstrapEndpoint: string;
  /** `https://host:443` */
  public readonly restEndpoint: string;
  /** `lsrc-…` */
  public readonly schemaRegistryId: string;
  /** `https://host` */
  public readonly schemaRegistryEndpoint: string;
  /** Key and secret for the Kafka cluster. */
  public readonly kafkaCredentials: ApiCredentials;
  /** Key and secret for the Schema Registry. */
  public readonly schemaRegistryCredentials: ApiCredentials;
  /** `User:sa-…`: whom the keys belong to. */
  public readonly principal: string;
  /** The names by which clients reach this member. */
  public readonly hostNames: ClusterHostNames;
  /** What must exist before a link can use the member: its ACLs, and with them its keys and roles. */
  public readonly linkPermissions: ITerraformDependable[];

  private readonly cluster: MemberCluster;

  /** @internal */
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

  /** @internal */
  public _allow(scope: Construct, id: string, entry: AclEntry): void {
    allow(scope, id, { cluster: this.cluster.data, credentials: this.kafkaCredentials }, entry);
  }
}
