import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Fn, type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { keepState } from '../state/moved-from';
import { isKind, markKind } from '../validation/kind';
import { isUnresolved, type Problems, requireShape, validate } from '../validation/problems';
import { type PropertiesOf, requireProps } from '../validation/shape';
import { checkProxy, shapeOfProxy } from './check-proxy';
import { literalTexts } from '../synthesis/literal-text';
import { accessOf, type ClientAccess } from './client-access';
import { Convergence } from './convergence';
import { brokerPreconditions, hostPreconditions } from './host-preconditions';
import { type InboundRuleNames, sshPreconditions } from './inbound-rules';
import { type Outage } from './outage';
import { planOfProxy, wishesFor } from './plan-of-proxy';
import { lifecycleOfTags } from './tags';
import { type ProxyResources } from './proxy-resources';
import { type ProxyAdmin } from './proxy-admin';
import { type ProxyImage, ProxyMachine } from './proxy-machine';
import { ProxyAccess } from './proxy-access';
import { type ProxyDns } from './proxy-dns';
import { ProxyZones } from './proxy-zones';
import { type ProxyIdentity } from './proxy-identity';
import {
  DEFAULT_ADDRESS_SPACE,
  DEFAULT_SUBNET_PREFIX,
  type ExistingPublicIp,
  isBalanced,
  nth,
  ProxyNetwork,
} from './proxy-network';
import { type SecurityRule } from './security-rule';
import { type ProxyCapacity } from './rendering/proxy-plan';

/** What a proxy is to be. */
export interface NginxFailoverProxyProps {
  /** The clusters that the proxy leads to; no other host can be reached through it. `pair.members`, or any others. */
  readonly clusters: IProxiedCluster[];
  /** Azure region of the proxy, such as `westeurope`. */
  readonly location: string;
  /** The address ranges that clients come from, such as `203.0.113.7/32`. */
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
  /** Address ranges that may log in by SSH; /8 or smaller, never from everywhere. @default - nobody can, and nobody needs to */
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

const PROXY: PropertiesOf<NginxFailoverProxyProps> = {
  clusters: true,
  location: true,
  clientCidrs: true,
  admin: true,
  outage: true,
  clientAccess: true,
  namePrefix: true,
  privateNetworking: true,
  sshCidrs: true,
  dns: true,
  securityGroupName: true,
  publicIpName: true,
  ipConfigurationName: true,
  inboundRuleNames: true,
  access: true,
  instances: true,
  zones: true,
  identity: true,
  diskEncryptionSetId: true,
  securityRules: true,
  size: true,
  image: true,
  capacity: true,
  resolvers: true,
  resourceGroupName: true,
  addressSpace: true,
  subnetPrefix: true,
  subnetId: true,
  publicIp: true,
  idleTimeoutMinutes: true,
  tags: true,
  followTags: true,
  provider: true,
  movedFrom: true,
};

/** A proxy in front of clusters, as outputs need it. */
export interface INginxFailoverProxy extends IConstruct {
  /** The clusters that the proxy leads to. */
  readonly clusters: IProxiedCluster[];
  /** Where clients connect to: a public address, or a private one of an internal proxy. */
  readonly ipAddress: string;
  /** Which clusters it takes away from clients. @default - none, or it is not told */
  readonly outage?: Outage;
  /** Which clusters clients are let in to. @default - both, or it is not told */
  readonly clientAccess?: ClientAccess;
}

/**
 * A VM on Azure, or several behind a load balancer, between Kafka clients and their clusters, which can take a cluster away.
 *
 * It looks at the server name in the TLS hello and passes the connection on unopened: it holds no keys and sees no data.
 * An outage changes exactly one resource of each VM, the run command that converges it.
 */
export class NginxFailoverProxy extends Construct implements INginxFailoverProxy {
  /** The clusters that the proxy leads to. */
  public readonly clusters: IProxiedCluster[];
  /** Where clients connect to: a public address, or a private one of an internal proxy. */
  public readonly ipAddress: string;
  /**
   * What the VM reported when it converged last, in one line: what changed, then its state as JSON. Of several VMs there is
   * a line for each, with the VM's name before it.
   */
  public readonly report: string;
  /** Which clusters it takes away from clients. */
  public readonly outage?: Outage;
  /** Which clusters clients are let in to. */
  public readonly clientAccess?: ClientAccess;
  /** What each VM reported when it converged last, by the VM's name. */
  public readonly reports: { readonly [machine: string]: string };
  /** What Terraform makes. */
  public readonly resources: ProxyResources;

  /** What Azure has one of: names in their groups, and an address that exists. @internal */
  public readonly _names: readonly string[];
  private readonly isInternal: boolean;

  constructor(scope: Construct, id: string, props: NginxFailoverProxyProps) {
    super(scope, id);
    requireProps(this, props, '{ clusters: pair.members, location, clientCidrs, admin }', PROXY);
    requireShape(this, shapeOfProxy(this, props));
    keepState(this, props.movedFrom);
    this.clusters = [...props.clusters];
    this.outage = props.outage;
    this.clientAccess = props.clientAccess;
    const { instances = 1, access = ProxyAccess.publicAddress(), zones } = props;
    const plan = planOfProxy(this, { ...props, healthProbe: isBalanced(props) });
    validate(this, (problems) => {
      checkProxy(problems, this, props, plan);
      checkOnlyOne(problems, this);
    });
    const { location, namePrefix = 'proxy', followTags = false, provider } = props;
    const common = { location, tags: literalTexts(props.tags), followTags, provider };
    const resourceGroup =
      props.resourceGroupName !== undefined
        ? undefined
        : new ResourceGroup(this, 'ResourceGroup', {
            ...{ name: `rg-nginx-${namePrefix}`, location, tags: common.tags, provider },
            lifecycle: lifecycleOfTags(followTags),
          });
    const resourceGroupName = props.resourceGroupName ?? resourceGroup!.name;
    const network = new ProxyNetwork(this, 'Network', {
      namePrefix,
      instances,
      access,
      zones,
      securityRules: props.securityRules ?? [],
      securityGroupName: props.securityGroupName ?? `${namePrefix}-nsg`,
      publicIpName: props.publicIpName ?? `${namePrefix}-public-ip`,
      ipConfigurationName: props.ipConfigurationName ?? 'internal',
      ruleNames: props.inboundRuleNames,
      resourceGroupName,
      ...common,
      addressSpace: props.addressSpace ?? DEFAULT_ADDRESS_SPACE,
      subnetPrefix: props.subnetPrefix ?? DEFAULT_SUBNET_PREFIX,
      subnetId: props.subnetId,
      publicIp: props.publicIp,
      idleTimeoutMinutes: props.idleTimeoutMinutes ?? 30,
      clientCidrs: props.clientCidrs,
      sshCidrs: props.sshCidrs ?? [],
      preconditions: [
        ...hostPreconditions(props.clusters),
        ...brokerPreconditions(props.clusters),
        ...sshPreconditions(props.sshCidrs ?? []),
      ],
    });
    const wishes = wishesFor(this, plan, props.clusters, props.outage);
    const fences = accessOf(props.clientAccess)._fences(this);
    const preconditions = accessOf(props.clientAccess)._preconditions(this);
    const machines = network.places.map(({ networkInterface, after }, index) => {
      const name = nth(`${namePrefix}-vm`, index, '-');
      const { machine } = new ProxyMachine(this, nth('Machine', index), {
        name,
        resourceGroupName,
        ...common,
        networkInterfaceId: networkInterface.id,
        admin: props.admin,
        size: props.size ?? 'Standard_DS1_v2',
        image: props.image,
        zone: zones?.[index % zones.length],
        identity: props.identity,
        diskEncryptionSetId: props.diskEncryptionSetId,
      });
      const { command, report } = new Convergence(this, nth('Convergence', index), {
        ...{ plan, wishes, fences, preconditions, virtualMachineId: machine.id, after },
        ...common,
      });
      return { name, report, networkInterface, virtualMachine: machine, runCommand: command };
    });
    this.ipAddress = network.ipAddress;
    const own = { scope: this, subnetId: props.subnetId, resolvers: props.resolvers };
    validate(this, (problems) => props.dns?._check(problems, props.clusters, own));
    if (props.dns && props.dns._networkIds.length > 0) {
      new ProxyZones(this, 'Dns', {
        ...{ namePrefix, resourceGroupName, ipAddress: network.ipAddress },
        ...common,
        hosts: props.dns._hosts(props.clusters),
        networkIds: props.dns._networkIds,
        preconditions: (zone) => props.dns!._preconditions(own, zone),
      });
    }
    this.reports = Object.fromEntries(machines.map(({ name, report }) => [name, report]));
    this.report =
      machines.length === 1
        ? machines[0].report
        : Fn.join(
            '\n',
            machines.map(({ name, report }) => Fn.join(': ', [name, report])),
          );
    const places = machines.map(({ networkInterface, virtualMachine, runCommand }) => ({
      ...{ networkInterface, virtualMachine, runCommand },
    }));
    this.resources = {
      resourceGroup,
      virtualNetwork: network.virtualNetwork,
      subnet: network.subnet,
      publicIp: network.createdPublicIp,
      securityGroup: network.securityGroup,
      securityGroupAssociations: network.associations,
      ...places[0],
      instances: places,
      loadBalancer: network.balancer?.balancer,
    };
    this._names = namesIn(props.resourceGroupName ?? `rg-nginx-${namePrefix}`, namePrefix, props);
    this.isInternal = access._isInternal;
  }

  /**
   * The public address where clients connect to; `ipAddress` is that of either kind of proxy.
   *
   * @throws of an internal proxy, which has none
   */
  public get publicIpAddress(): string {
    if (this.isInternal) {
      throw new Error(
        `${this.node.path}: publicIpAddress was asked of an internal proxy, which has none. Use ipAddress, its private one.`,
      );
    }
    return this.ipAddress;
  }
}

/** Azure has one resource of a name in a group: the second proxy would end half-way, or take over the first one's parts. */
function checkOnlyOne(problems: Problems, proxy: NginxFailoverProxy): void {
  const others = TerraformStack.of(proxy)
    .node.findAll()
    .filter((other): other is NginxFailoverProxy => isKind(other, 'NginxFailoverProxy'))
    .filter((other) => other !== proxy && other._names.some((name) => proxy._names.includes(name)));
  problems.require(others.length === 0, {
    property: 'namePrefix',
    received: `the names of ${others.map(({ node }) => node.path).join(', ')}`,
    allowed: 'names of its own in a resource group, and an address of its own',
    advice:
      'Give each proxy of the stack a namePrefix of its own, and a securityGroupName, publicIpName and publicIp where they are given.',
  });
}

/** Azure compares names without regard to case. Another provider can be of another subscription, with groups of its own. */
function namesIn(groupName: string, namePrefix: string, props: NginxFailoverProxyProps): string[] {
  const { securityGroupName = `${namePrefix}-nsg`, publicIpName = `${namePrefix}-public-ip`, publicIp } = props;
  const resourceGroup = `${props.provider?.alias ?? ''}/${groupName}`;
  const address = publicIp?.id ?? `${resourceGroup}/address/${publicIpName}`;
  const addresses = props.access?._isInternal ? [] : [address];
  return [`${resourceGroup}/${namePrefix}`, `${resourceGroup}/group/${securityGroupName}`, ...addresses].map((name) =>
    isUnresolved(name) ? name : String(name).toLowerCase(),
  );
}

markKind(NginxFailoverProxy, 'NginxFailoverProxy');
