import { type TerraformResource } from 'cdktf';

/**
 * What Terraform makes for a proxy, to change what no property does: `addOverride`, `lifecycle`, `dependsOn`. What is there
 * already is not made.
 */
export interface ProxyResources {
  /** The resource group. @default - an existing one is used */
  readonly resourceGroup?: TerraformResource;
  /** The network. @default - an existing subnet is used */
  readonly virtualNetwork?: TerraformResource;
  /** The subnet. @default - an existing one is used */
  readonly subnet?: TerraformResource;
  /** The public address. @default - an existing one is used */
  readonly publicIp?: TerraformResource;
  /** Who may come in. */
  readonly securityGroup: TerraformResource;
  /** What binds the security group to the interface, and to the subnet that is made. */
  readonly securityGroupAssociations: TerraformResource[];
  /** The VM's interface. */
  readonly networkInterface: TerraformResource;
  /** The VM. */
  readonly virtualMachine: TerraformResource;
  /** The run command that makes the VM what the code says: the one that an outage replaces. */
  readonly runCommand: TerraformResource;
}
