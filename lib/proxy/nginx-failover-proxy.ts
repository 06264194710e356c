import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Fn, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { keepState } from '../state/moved-from';
import { rangePreconditions } from '../validation/cidr';
import { isKind, markKind } from '../validation/kind';
import { isUnresolved, Problems, requireShape, validate, validateOnce } from '../validation/problems';
import { type PropertiesOf, requireProps } from '../validation/shape';
import { judgeAtPlan } from '../validation/variable-validation';
import { checkProxy } from './check-proxy';
import { literalTexts } from '../synthesis/literal-text';
import { accessOf, type ClientAccess } from './client-access';
import { Convergence } from './convergence';
import { brokerPreconditions, hostPreconditions } from './host-preconditions';
import { sshPreconditions } from './inbound-rules';
import { type Outage } from './outage';
import { planForClusters, wishesFor } from './plan-for-clusters';
import { lifecycleOfTags } from './tags';
import { type ProxyResources } from './proxy-resources';
import { ProxyMachine } from './proxy-machine';
import { ProxyAccess } from './proxy-access';
import { shapeOfProxy } from './proxy-shape';
import type * as proxyZones from './proxy-zones';
import { DEFAULT_ADDRESS_SPACE, DEFAULT_SUBNET_PREFIX, isBalanced, nth, ProxyNetwork } from './proxy-network';
import { type NginxFailoverProxyProps } from './nginx-failover-proxy-props';

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
    const plan = planForClusters(this, { ...props, healthProbe: isBalanced(props) });
    const own = { scope: this, subnetId: props.subnetId, resolvers: props.resolvers };
    const checked = validateOnce(this, (problems) => checkProxy(problems, this, props, plan));
    const checkDns = (problems: Problems) => props.dns?._check(problems, props.clusters, own);
    validate(this, (problems) => {
      checkDns(problems);
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
        ...rangePreconditions(this, 'clientCidrs', props.clientCidrs),
        ...rangePreconditions(this, 'sshCidrs', props.sshCidrs ?? [], { orEmpty: true }),
        ...sshPreconditions(props.sshCidrs ?? []),
      ],
    });
    // Before anything else of the proxy is made or changed.
    judgeAtPlan(network.securityGroup, checked);
    judgeAtPlan(network.securityGroup, Problems.found(checkDns));
    const wishes = wishesFor(this, plan, props.clusters, props.outage);
    const fences = accessOf(props.clientAccess)._fences(this);
    const preconditions = accessOf(props.clientAccess)._preconditions(this);
    const machines = network.places.map(({ networkInterface, after, backendAssociation }, index) => {
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
      return { name, report, networkInterface, virtualMachine: machine, runCommand: command, backendAssociation };
    });
    this.ipAddress = network.ipAddress;
    let zonesOfHosts: proxyZones.ProxyZones | undefined;
    if (props.dns && props.dns._networkIds.length > 0) {
      // Loaded where there are some, with resources of azurerm that few proxies have.
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const late = require('./proxy-zones') as typeof proxyZones;
      zonesOfHosts = new late.ProxyZones(this, 'Dns', {
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
    const places = machines.map(({ networkInterface, virtualMachine, runCommand, backendAssociation }) => ({
      ...{ networkInterface, virtualMachine, runCommand, backendAssociation },
    }));
    const [{ networkInterface, virtualMachine, runCommand }] = places;
    const { balancer } = network;
    this.resources = {
      resourceGroup,
      virtualNetwork: network.virtualNetwork,
      subnet: network.subnet,
      publicIp: network.createdPublicIp,
      securityGroup: network.securityGroup,
      securityGroupAssociations: network.associations,
      ...{ networkInterface, virtualMachine, runCommand },
      instances: places,
      loadBalancer: balancer?.balancer,
      backendPool: balancer?.pool,
      healthProbe: balancer?.probe,
      loadBalancerRules: balancer?.rules ?? [],
      privateZones: zonesOfHosts?.zones,
      privateZoneRecords: zonesOfHosts?.records,
      privateZoneLinks: zonesOfHosts?.links ?? [],
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
  const { subnetId, access, clusters, dns } = props;
  const own =
    access?._privateIpAddress === undefined || subnetId === undefined
      ? []
      : [`${subnetId}/${access._privateIpAddress}`];
  const addresses = access?._isInternal ? own : [address];
  // A network is linked to one zone of a name, and a group has one.
  const networkIds = dns?._networkIds ?? [];
  const hosts = dns && networkIds.length > 0 ? dns._hosts(clusters) : [];
  const zones = [resourceGroup, ...networkIds].flatMap((place) => hosts.map((host) => `${place}/zone/${host}`));
  return [
    ...[`${resourceGroup}/${namePrefix}`, `${resourceGroup}/group/${securityGroupName}`],
    ...addresses,
    ...zones,
  ].map((name) => (isUnresolved(name) ? name : String(name).toLowerCase()));
}

markKind(NginxFailoverProxy, 'NginxFailoverProxy');
