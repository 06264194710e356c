import { Fn, type ITerraformDependable, type TerraformProvider, Token } from 'cdktf';
import { Construct } from 'constructs';
import { type ApiKey } from '../../.gen/providers/confluent/api-key';
import { DataConfluentEnvironment } from '../../.gen/providers/confluent/data-confluent-environment';
import { DataConfluentSchemaRegistryCluster } from '../../.gen/providers/confluent/data-confluent-schema-registry-cluster';
import { type DataConfluentServiceAccount } from '../../.gen/providers/confluent/data-confluent-service-account';
import { type KafkaAcl } from '../../.gen/providers/confluent/kafka-acl';
import { type RoleBinding } from '../../.gen/providers/confluent/role-binding';
import { type AclEntry } from './acl-entry';
import { type ApiCredentials } from './api-credentials';
import { type ApiKeys } from './api-keys';
import { markKind } from '../validation/kind';
import { clusterPreconditions } from './cluster-preconditions';
import { ClusterHostNames } from './cluster-host-names';
import { type ClusterMemberResources } from './cluster-member-resources';
import { type ClusterMemberProps, type IClusterMember } from './cluster-member';
import { type ClusterSource } from './cluster-source';
import { resolvedText, textInApp } from '../synthesis/resolved-text';
import { SharedResources } from '../state/shared-resources';
import { allow, type AclTarget } from './kafka-acls';
import { LinkAcls } from './link-acls';
import { MemberAccess } from './member-access';
import { MemberEndpoints } from './member-endpoints';
import { MemberCluster } from './member-cluster';
import { type ServiceAccountRoles } from './service-account-roles';
import { type TopicPattern } from './topic-pattern';

/** What the pair adds to a member's own props. */
interface ClusterMemberContext {
  readonly role: string;
  readonly serviceAccount: DataConfluentServiceAccount;
  readonly serviceAccountId?: string;
  readonly deletionProtection: boolean;
  readonly linkTopics: readonly TopicPattern[];
  readonly otherCluster: ClusterSource;
  readonly roles: ServiceAccountRoles;
  readonly keys: ApiKeys;
  readonly globalKey?: ApiKey;
  readonly provider?: TerraformProvider;
}

/** A member as the pair makes it. */
export class PairMember extends Construct implements IClusterMember {
  /** `primary` or `secondary`: the role at design time, whoever serves now. */
  public readonly role: string;
  public readonly clusterName: string;
  public readonly environmentId: string;
  public readonly clusterId: string;
  public readonly region: string;
  public readonly bootstrapEndpoint: string;
  public readonly restEndpoint: string;
  public readonly linkBootstrapEndpoint: string;
  public readonly schemaRegistryId: string;
  public readonly schemaRegistryEndpoint: string;
  public readonly kafkaCredentials: ApiCredentials;
  public readonly schemaRegistryCredentials: ApiCredentials;
  public readonly principal: string;
  public readonly hostNames: ClusterHostNames;
  public readonly linkPermissions: ITerraformDependable[];
  public readonly provider?: TerraformProvider;

  /** The service account as its owner gave it. */
  public readonly serviceAccountId?: string;
  /** What Terraform reads and makes. */
  public readonly resources: ClusterMemberResources;
  /** What the member's own principal is allowed. */
  public readonly linkEntries: AclEntry[];

  /** The cluster in words that are the same wherever in the app it is meant. @internal */
  public readonly _clusterInApp: string;
  /** Whether the cluster can be reached by a network of its own alone; undefined where the code does not tell. @internal */
  public readonly _isPrivate?: boolean;
  /** The roles on the cluster that are made here. @internal */
  public readonly _clusterRoles: RoleBinding[];

  /** The environment as it is read, which all else refers to. */
  public readonly environment: DataConfluentEnvironment;

  private readonly cluster: MemberCluster;
  private readonly aclsAfter?: RoleBinding[];

  constructor(scope: Construct, id: string, props: ClusterMemberProps, context: ClusterMemberContext) {
    super(scope, id);
    const { role, serviceAccount } = context;
    this.role = role;
    this.serviceAccountId = context.serviceAccountId;
    this.clusterName = props.clusterName ?? role;
    this.environmentId = props.environmentId;
    const provider = context.provider;
    this.provider = provider;

    const environment = new DataConfluentEnvironment(this, 'Environment', {
      id: props.environmentId,
      provider,
      lifecycle: clusterPreconditions(this, role, props.cluster, context.otherCluster),
    });
    this.environment = environment;
    this.cluster = new MemberCluster(this, 'Cluster', {
      source: props.cluster,
      environmentId: environment.id,
      defaultDisplayName: `active-passive-${role}`,
      deletionProtection: context.deletionProtection,
      provider,
    });
    const cluster = this.cluster.data;
    const schemaRegistry = new DataConfluentSchemaRegistryCluster(this, 'SchemaRegistry', {
      environment: { id: environment.id },
      provider,
    });
    const { accessPointId, privateRegistryRegion } = props;
    const endpoints = new MemberEndpoints(this, 'Endpoints', {
      ...{ role, cluster, schemaRegistry, accessPointId, privateRegistryRegion },
    });
    const access = new MemberAccess(this, 'Access', {
      role,
      environment,
      cluster,
      schemaRegistry,
      serviceAccount,
      clusterName: this.clusterIdentity(props.cluster),
      environmentId: props.environmentId,
      accountId: String(context.serviceAccountId),
      roles: props.roles ?? context.roles,
      keys: props.keys ?? context.keys,
      globalKey: context.globalKey,
      provider,
    });

    this.clusterId = cluster.id;
    this.region = cluster.region;
    this.bootstrapEndpoint = endpoints.bootstrap;
    this.restEndpoint = endpoints.rest;
    this.linkBootstrapEndpoint = cluster.bootstrapEndpoint;
    this.schemaRegistryId = schemaRegistry.id;
    this.schemaRegistryEndpoint = endpoints.schemaRegistry;
    this.kafkaCredentials = access.kafka;
    this.schemaRegistryCredentials = access.schemaRegistry;
    this.principal = `User:${serviceAccount.id}`;
    this.hostNames = ClusterHostNames.fromEndpoints({
      bootstrapEndpoint: endpoints.bootstrap,
      restEndpoint: endpoints.rest,
      schemaRegistryEndpoint: endpoints.schemaRegistry,
      // The catalog's is empty where the registry serves it; an empty name would match clients that send none.
      catalogEndpoint:
        privateRegistryRegion === undefined
          ? Token.asString(Fn.coalesce([schemaRegistry.catalogEndpoint, schemaRegistry.restEndpoint]))
          : undefined,
      brokerHostPatterns: props.brokerHostPatterns,
      otherHosts: props.otherHosts,
    });
    // Keys that are made here come after the roles themselves.
    this.aclsAfter = access.kafkaKey ? undefined : access.clusterRoles;
    const linkAcls = new LinkAcls(this, 'LinkAcls', {
      target: this.aclTarget,
      principal: this.principal,
      principalName: `User:${context.serviceAccountId}`,
      topics: context.linkTopics,
    });
    this.linkPermissions = linkAcls.all;
    this._clusterRoles = access.clusterRoles;
    this._isPrivate = props.cluster._isPrivate;
    const { existingId } = props.cluster;
    // One that a variable may adopt counts as adopted: it cannot be ruled out.
    this._clusterInApp = textInApp(
      this,
      existingId === undefined
        ? this.clusterIdentity(props.cluster)
        : SharedResources.of(this).nameOf(resolvedText(this, existingId)),
    );
    this.linkEntries = linkAcls.entries;
    this.resources = {
      environment,
      cluster,
      createdCluster: this.cluster.created,
      schemaRegistry,
      roles: access.made,
      kafkaKey: access.kafkaKey,
      schemaRegistryKey: access.schemaRegistryKey,
      linkAcls: linkAcls.all,
    };
  }

  /** What the member's own principal is allowed, by the name of its account. @internal */
  public get _ownAcls(): AclEntry[] {
    return this.linkEntries.map((entry) => ({ ...entry, principal: `User:${this.serviceAccountId}` }));
  }

  /** Allows the entry on this member. */
  public allow(scope: Construct, id: string, entry: AclEntry): KafkaAcl {
    return allow(scope, id, this.aclTarget, entry);
  }

  private get aclTarget(): AclTarget {
    const { data: cluster, source } = this.cluster;
    return {
      cluster,
      clusterName: this.clusterIdentity(source),
      restEndpoint: this.restEndpoint,
      credentials: this.kafkaCredentials,
      dependsOn: this.aclsAfter,
      provider: this.provider,
    };
  }

  /** The cluster in words that are the same for all of the stack who use it. */
  private clusterIdentity({ existingId, _created: created }: ClusterSource): string {
    const shared = SharedResources.of(this);
    const read = resolvedText(this, this.cluster.data.id);
    if (existingId !== undefined && !created) {
      shared.alias(read, shared.nameOf(resolvedText(this, existingId)));
    }
    return shared.nameOf(read);
  }
}

markKind(PairMember, 'PairMember');
