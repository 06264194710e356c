import { type TerraformDataSource, type TerraformResource } from 'cdktf';

/**
 * What Terraform reads and makes for a member of a pair, to change what no property does: `addOverride`,
 * `overrideLogicalId`, `lifecycle`. Roles and ACLs that several need are made by the first of them, whose overrides count.
 */
export interface ClusterMemberResources {
  /** The environment as it is read. */
  readonly environment: TerraformDataSource;
  /** The cluster as it is read: all else refers to it. */
  readonly cluster: TerraformDataSource;
  /** The cluster where it is created. @default - it is adopted */
  readonly createdCluster?: TerraformResource;
  /** The Schema Registry as it is read. */
  readonly schemaRegistry: TerraformDataSource;
  /** Roles of the service account; none where they are somebody else's. */
  readonly roles: TerraformResource[];
  /** API key of the cluster; one and the same for both members where it is global. @default - it was made elsewhere */
  readonly kafkaKey?: TerraformResource;
  /** API key of the Schema Registry. @default - it was made elsewhere */
  readonly schemaRegistryKey?: TerraformResource;
  /** What links are allowed. */
  readonly linkAcls: TerraformResource[];
}
