import { type ITerraformDependable, type TerraformProvider } from 'cdktf';
import { type IConstruct } from 'constructs';
import { type ApiCredentials } from './api-credentials';
import { type ApiKeys } from './api-keys';
import { type ClusterSource } from './cluster-source';
import { type PropertiesOf } from '../validation/shape';
import { type IProxiedCluster } from './proxied-cluster';
import { type ServiceAccountRoles } from './service-account-roles';

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
   * Where the roles of this member's service account come from.
   *
   * @default - as the pair says
   */
  readonly roles?: ServiceAccountRoles;
  /**
   * Where the API keys of this member's service account come from.
   *
   * @default - as the pair says
   */
  readonly keys?: ApiKeys;
  /**
   * Regular expressions, without anchors, for brokers whose names are not made of the bootstrap host's, and for those of
   * clusters that share a private-link network, such as `e-00a[0-9a-z]+-az[0-9]+-43860\.westeurope\.azure\.glb\.confluent\.cloud`:
   * names that bear the network alone are not derived beside these.
   *
   * @default - the names of brokers are derived from the bootstrap host
   */
  readonly brokerHostPatterns?: string[];
  /**
   * Further hosts of this member, such as private endpoints of its Schema Registry.
   *
   * @default - none
   */
  readonly otherHosts?: string[];
  /**
   * Access point (`ap-…`) by whose endpoints Terraform and clients reach the cluster. Links reach it by its own, as they run in
   * Confluent's network; and so does the provider while it waits for a key, for which see `ApiKeys.managedWithoutWaiting`.
   *
   * @default - the cluster's own endpoints
   */
  readonly accessPointId?: string;
  /**
   * Region, as its cloud calls it, whose private endpoint of the Schema Registry Terraform, clients and exporters use.
   *
   * @default - the public endpoint of the Schema Registry
   */
  readonly privateRegistryRegion?: string;
  /**
   * Names this member's part of a proxy: up to 24 lower-case letters, digits and hyphens. Members of several pairs
   * behind one proxy need names of their own.
   *
   * @default - primary or secondary
   */
  readonly clusterName?: string;
  /**
   * The Confluent provider that makes the resources, where the stack has several.
   *
   * @default - the pair's
   */
  readonly provider?: TerraformProvider;
}

export const MEMBER: PropertiesOf<ClusterMemberProps> = {
  environmentId: true,
  cluster: true,
  serviceAccountId: true,
  roles: true,
  keys: true,
  brokerHostPatterns: true,
  otherHosts: true,
  accessPointId: true,
  privateRegistryRegion: true,
  clusterName: true,
  provider: true,
};

/** One side of a pair: a cluster with its environment, Schema Registry, keys, roles and ACLs. */
export interface IClusterMember extends IConstruct, IProxiedCluster {
  /** The environment as its owner gave it, not as it was read. */
  readonly environmentId: string;
  /** `lkc-…` */
  readonly clusterId: string;
  /** Region of the cluster, as its cloud calls it. */
  readonly region: string;
  /** As the provider gives it: `SASL_SSL://host:9092` or `host:9092`. */
  readonly bootstrapEndpoint: string;
  /** `https://host:443` */
  readonly restEndpoint: string;
  /**
   * As the other member reaches the cluster.
   *
   * @default - the bootstrap endpoint
   */
  readonly linkBootstrapEndpoint?: string;
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
  /**
   * The Confluent provider of the member's resources, where the stack has several.
   *
   * @default - the one without an alias
   */
  readonly provider?: TerraformProvider;
}
