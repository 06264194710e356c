import { type TerraformResource } from 'cdktf';

/** What Terraform makes for a VM of the proxy. */
export interface ProxyInstanceResources {
  /** The VM's interface. */
  readonly networkInterface: TerraformResource;
  /** The VM. */
  readonly virtualMachine: TerraformResource;
  /** The run command that makes the VM what the code says: the one that an outage replaces. */
  readonly runCommand: TerraformResource;
  /** What puts the VM behind the load balancer. @default - there is none */
  readonly backendAssociation?: TerraformResource;
}

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
  /** The public address. @default - an existing one is used, or there is none */
  readonly publicIp?: TerraformResource;
  /** Who may come in. */
  readonly securityGroup: TerraformResource;
  /** What binds the security group to the interfaces, and to the subnet that is made. */
  readonly securityGroupAssociations: TerraformResource[];
  /** Of the first VM: its interface. */
  readonly networkInterface: TerraformResource;
  /** The first VM. */
  readonly virtualMachine: TerraformResource;
  /** Of the first VM: the run command that makes it what the code says. */
  readonly runCommand: TerraformResource;
  /** Of each VM, the first among them: an outage replaces the run command of each. */
  readonly instances: ProxyInstanceResources[];
  /** The load balancer. @default - none: one VM has the public address itself */
  readonly loadBalancer?: TerraformResource;
  /** The VMs behind the load balancer. @default - there is none */
  readonly backendPool?: TerraformResource;
  /** By which the load balancer asks whether a VM takes sessions. @default - there is no load balancer */
  readonly healthProbe?: TerraformResource;
  /** The ports of the load balancer; none without one. */
  readonly loadBalancerRules: TerraformResource[];
  /** The private zones, one block with an instance for each host. @default - there are none */
  readonly privateZones?: TerraformResource;
  /** The record of each private zone, one block. @default - there are no zones */
  readonly privateZoneRecords?: TerraformResource;
  /** What lets the private zones answer in a network: one block for each network; none without zones. */
  readonly privateZoneLinks: TerraformResource[];
}
