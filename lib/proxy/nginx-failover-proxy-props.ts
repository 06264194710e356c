import { type TerraformProvider } from 'cdktf';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { type ClientAccess } from './client-access';
import { type InboundRuleNames } from './inbound-rules';
import { type Outage } from './outage';
import { type ProxyAdmin } from './proxy-admin';
import { type ProxyImage } from './proxy-machine';
import { type ProxyAccess } from './proxy-access';
import { type ProxyDns } from './proxy-dns';
import { type ProxyIdentity } from './proxy-identity';
import { type ExistingPublicIp } from './proxy-network';
import { type SecurityRule } from './security-rule';
import { type ProxyCapacity } from './rendering/proxy-plan';

/** What a proxy is to be. */
export interface NginxFailoverProxyProps {
  /** The clusters that the proxy leads to; no other host can be reached through it. `pair.members`, or any others. */
  readonly clusters: IProxiedCluster[];
  /** Azure region of the proxy, such as `westeurope`. */
  readonly location: string;
  /** The IPv4 ranges that clients come from, such as `203.0.113.7/32`; Azure refuses one that holds another. */
  readonly clientCidrs: string[];
  /** Who administers the VM. */
  readonly admin: ProxyAdmin;
  /**
   * Which clusters the proxy takes away from its clients, how, and when.
   *
   * @default - none
   */
  readonly outage?: Outage;
  /**
   * Which clusters clients are let in to: both, or the active one alone.
   *
   * @default - ClientAccess.both()
   */
  readonly clientAccess?: ClientAccess;
  /** Part of the names of the Azure resources: up to 40 letters, digits, hyphens and underscores. @default proxy */
  readonly namePrefix?: string;
  /**
   * Whether the clusters are reached by private link or peering, so that DNS answers with private addresses, which are
   * refused otherwise.
   *
   * @default false
   */
  readonly privateNetworking?: boolean;
  /** IPv4 ranges that may log in by SSH, none within another; /8 or smaller, never from everywhere. @default - nobody can, and nobody needs to */
  readonly sshCidrs?: string[];
  /**
   * How clients find the proxy in place of the clusters.
   *
   * @default ProxyDns.hosts()
   */
  readonly dns?: ProxyDns;
  /** Name of the security group. @default - the prefix and -nsg */
  readonly securityGroupName?: string;
  /** Name of the public address that is created. @default - the prefix and -public-ip */
  readonly publicIpName?: string;
  /**
   * Name of the interface's ip configuration: up to 80 letters, digits, dots, underscores and hyphens. It counts at
   * creation only, for Azure refuses to rename the primary one.
   *
   * @default internal
   */
  readonly ipConfigurationName?: string;
  /** Names of the security group's rules. @default - https, kafka, ssh, health and others */
  readonly inboundRuleNames?: InboundRuleNames;
  /**
   * Whether clients reach it at a public address, or at a private one inside the network alone.
   *
   * @default ProxyAccess.publicAddress()
   */
  readonly access?: ProxyAccess;
  /**
   * How many VMs the proxy is, 1 to 10: several stand behind a load balancer, and each is converged by a run command of its
   * own. Going from one to two keeps the address and the first VM.
   *
   * @default 1
   */
  readonly instances?: number;
  /**
   * Availability zones that the VMs stand in by turns, such as `['1', '2', '3']`. They count at the creation of a VM only,
   * for Azure cannot move one.
   *
   * @default - Azure chooses
   */
  readonly zones?: string[];
  /** Who the VMs are to Azure. @default - nobody */
  readonly identity?: ProxyIdentity;
  /**
   * Azure id of a disk encryption set, `/subscriptions/…/diskEncryptionSets/…`, for keys of your own.
   *
   * @default - keys of the platform encrypt the disks
   */
  readonly diskEncryptionSetId?: string;
  /** Rules of the security group beside the proxy's own. @default - none */
  readonly securityRules?: SecurityRule[];
  /** Azure VM size. @default Standard_DS1_v2 */
  readonly size?: string;
  /** Image of the VM; changing it replaces the VM. @default - Ubuntu 22.04 LTS */
  readonly image?: ProxyImage;
  /** How much the proxy carries. @default - the defaults of each setting */
  readonly capacity?: ProxyCapacity;
  /** DNS servers to ask. @default - those of the VM */
  readonly resolvers?: string[];
  /** An existing resource group. @default - one named rg-nginx-… is created */
  readonly resourceGroupName?: string;
  /** Address space of the network that is created. @default 10.0.0.0/16 */
  readonly addressSpace?: string;
  /** Address range of the subnet that is created. @default 10.0.2.0/24 */
  readonly subnetPrefix?: string;
  /** Azure id of an existing subnet, best from a data source; no network is created then. @default - network and subnet are created */
  readonly subnetId?: string;
  /** An existing address. @default - a static one is created */
  readonly publicIp?: ExistingPublicIp;
  /**
   * Minutes, 4 to 30, after which Azure drops an idle flow without notice.
   *
   * @default 30
   */
  readonly idleTimeoutMinutes?: number;
  /** Tags of the Azure resources at creation; later changes are left alone unless `followTags` is set. @default - none */
  readonly tags?: { readonly [key: string]: string };
  /**
   * Whether the tags follow the code: later changes of `tags` are applied, and what others tagged is taken away. Policies of
   * Azure that add tags need it off, or every plan takes them away again.
   *
   * @default false
   */
  readonly followTags?: boolean;
  /**
   * The azurerm provider that makes the resources, where the stack has several.
   *
   * @default - the one without an alias
   */
  readonly provider?: TerraformProvider;
  /**
   * The path that this construct had in its stack before it was moved or renamed, such as `Link` or `Shop/Link`:
   * Terraform then keeps what it made there. Leave it in until every deployment has been applied once.
   *
   * @default - it is where it was
   */
  readonly movedFrom?: string;
}
