import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { DataConfluentEnvironment } from '../../.gen/providers/confluent/data-confluent-environment';
import { DataConfluentSchemaRegistryCluster } from '../../.gen/providers/confluent/data-confluent-schema-registry-cluster';
import { type DataConfluentServiceAccount } from '../../.gen/providers/confluent/data-confluent-service-account';
import { type ApiCredentials } from './api-credentials';
import { ClusterHostNames } from './cluster-host-names';
import { type ClusterMemberProps, type IClusterMember } from './cluster-member';
import { allow, type AclEntry } from './kafka-acls';
import { LinkAcls } from './link-acls';
import { MemberAccess } from './member-access';
import { MemberCluster } from './member-cluster';
import { type TopicPattern } from './topic-pattern';

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
export class PairMember extends Construct implements IClusterMember {
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
