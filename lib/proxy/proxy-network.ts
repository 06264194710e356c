import { NetworkInterface } from '@cdktf/provider-azurerm/lib/network-interface';
import { NetworkInterfaceSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/network-interface-security-group-association';
import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { type TerraformProvider, type TerraformResource, type TerraformResourceLifecycle } from 'cdktf';
import { Construct } from 'constructs';
import { type InboundRuleNames, inboundRules } from './inbound-rules';
import type * as proxyBalancer from './proxy-balancer';
import { type BalancerFrontend, type ProxyBalancer } from './proxy-balancer';
import { type ProxyAccess } from './proxy-access';
import { type SecurityRule } from './security-rule';
import { ignoredTags, lifecycleOfTags } from './tags';

/** A static public IP address that exists already. */
export interface ExistingPublicIp {
  /** The Azure id: `/subscriptions/…/publicIPAddresses/…`. */
  readonly id: string;
  /** The address itself, such as `203.0.113.9`. */
  readonly ipAddress: string;
}

interface ProxyNetworkProps {
  readonly namePrefix: string;
  /** How many VMs stand in it. */
  readonly instances: number;
  readonly access: ProxyAccess;
  readonly zones?: string[];
  readonly securityRules: readonly SecurityRule[];
  readonly securityGroupName: string;
  readonly publicIpName: string;
  readonly ipConfigurationName: string;
  readonly ruleNames?: InboundRuleNames;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly addressSpace: string;
  readonly subnetPrefix: string;
  readonly subnetId?: string;
  readonly publicIp?: ExistingPublicIp;
  readonly idleTimeoutMinutes: number;
  readonly clientCidrs: string[];
  readonly sshCidrs: string[];
  readonly tags?: { readonly [key: string]: string };
  readonly followTags: boolean;
  readonly provider?: TerraformProvider;
  /** What must hold before anything of the network is made or changed. */
  readonly preconditions: NonNullable<TerraformResourceLifecycle['precondition']>;
}

export const DEFAULT_ADDRESS_SPACE = '10.0.0.0/16';
export const DEFAULT_SUBNET_PREFIX = '10.0.2.0/24';

/** Azure refuses to rename the primary ip configuration, so whatever it is called stays. */
const IP_CONFIGURATION_NAME = 'ip_configuration[0].name';

/** Where one of the VMs stands. */
export interface ProxyPlace {
  readonly networkInterface: NetworkInterface;
  /** What must stand before the VM can be reached, and reach others. */
  readonly after: TerraformResource[];
  /** What puts it behind the load balancer. */
  readonly backendAssociation?: TerraformResource;
}

/** Whether a load balancer stands before the VMs: an internal address is its own from the first VM on, so that it stays. */
export function isBalanced({ instances = 1, access }: { instances?: number; access?: ProxyAccess }): boolean {
  return instances > 1 || access?._isInternal === true;
}

/** Where the proxy stands: network, subnet, address, interfaces, and who may come in. */
export class ProxyNetwork extends Construct {
  /** Where clients connect to. */
  public readonly ipAddress: string;
  /** One for each VM. */
  public readonly places: ProxyPlace[];
  /** The bindings of the security group. */
  public readonly associations: TerraformResource[];
  public readonly securityGroup: NetworkSecurityGroup;
  public readonly virtualNetwork?: VirtualNetwork;
  public readonly subnet?: Subnet;
  public readonly createdPublicIp?: PublicIp;
  public readonly balancer?: ProxyBalancer;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ProxyNetworkProps,
  ) {
    super(scope, id);
    const { access, instances, preconditions, followTags, provider } = props;
    const isBehindBalancer = isBalanced(props);
    this.createdPublicIp = props.publicIp || access._isInternal ? undefined : this.createPublicIp();
    const publicIp = props.publicIp ?? this.createdPublicIp;
    this.securityGroup = new NetworkSecurityGroup(this, 'SecurityGroup', {
      name: props.securityGroupName,
      ...this.common,
      securityRule: [
        ...inboundRules({
          ...{ clientCidrs: props.clientCidrs, sshCidrs: props.sshCidrs, names: props.ruleNames },
          ...{ isBalanced: isBehindBalancer, isInternal: access._isInternal },
        }),
        ...props.securityRules.map(({ _rule }) => _rule),
      ],
      lifecycle: { ...lifecycleOfTags(followTags), ...(preconditions.length > 0 && { precondition: preconditions }) },
    });
    if (props.subnetId === undefined) {
      this.virtualNetwork = this.createVirtualNetwork();
      this.subnet = this.createSubnet(this.virtualNetwork);
    }
    const subnetId = this.subnet?.id ?? props.subnetId!;
    // A frontend of the subnet takes its address before a VM is given it.
    this.balancer = access._isInternal
      ? this.createBalancer({ subnetId, privateIpAddress: access._privateIpAddress, zones: props.zones })
      : undefined;
    const interfaces = Array.from({ length: instances }, (_, index) =>
      this.createInterface(index, subnetId, isBehindBalancer ? undefined : publicIp?.id),
    );
    // An address that a VM had alone is let go before the balancer takes it.
    this.balancer ??= isBehindBalancer
      ? this.createBalancer({ publicIpAddressId: publicIp!.id, after: [interfaces[0]] })
      : undefined;
    this.ipAddress = publicIp ? publicIp.ipAddress : this.balancer!.balancer.privateIpAddress;
    const networkSecurityGroupId = this.securityGroup.id;
    const bindings = interfaces.map(
      (networkInterface, index) =>
        new NetworkInterfaceSecurityGroupAssociation(this, nth('InterfaceAssociation', index), {
          networkInterfaceId: networkInterface.id,
          networkSecurityGroupId,
          provider,
        }),
    );
    const ofSubnet = this.subnet
      ? [
          new SubnetNetworkSecurityGroupAssociation(this, 'SubnetAssociation', {
            subnetId: this.subnet.id,
            networkSecurityGroupId,
            provider,
          }),
        ]
      : [];
    this.associations = [...bindings, ...ofSubnet];
    this.places = interfaces.map((networkInterface, index) => {
      const backendAssociation = this.balancer?.add(nth('Member', index), networkInterface);
      const reached = backendAssociation ? [...this.balancer!.rules, backendAssociation] : [];
      return { networkInterface, after: [bindings[index], ...ofSubnet, ...reached], backendAssociation };
    });
  }

  private get common() {
    const { resourceGroupName, location, tags, followTags, provider } = this.props;
    return { resourceGroupName, location, tags, provider, lifecycle: lifecycleOfTags(followTags) };
  }

  private createBalancer(frontend: BalancerFrontend): ProxyBalancer {
    const { namePrefix, resourceGroupName, location, tags, followTags, provider, idleTimeoutMinutes } = this.props;
    // Loaded where there is one, with resources of azurerm that few proxies have.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const late = require('./proxy-balancer') as typeof proxyBalancer;
    return new late.ProxyBalancer(this, 'Balancer', {
      name: `${namePrefix}-lb`,
      ...{ resourceGroupName, location, tags, followTags, provider, idleTimeoutMinutes, frontend },
    });
  }

  private createInterface(index: number, subnetId: string, publicIpAddressId?: string): NetworkInterface {
    const { namePrefix, ipConfigurationName, followTags } = this.props;
    return new NetworkInterface(this, nth('Interface', index), {
      name: nth(`${namePrefix}-nic`, index, '-'),
      ...this.common,
      lifecycle: { ignoreChanges: [...ignoredTags(followTags), IP_CONFIGURATION_NAME] },
      dependsOn: this.balancer ? [this.balancer.balancer] : undefined,
      ipConfiguration: [
        { name: ipConfigurationName, subnetId, privateIpAddressAllocation: 'Dynamic', publicIpAddressId },
      ],
    });
  }

  private createPublicIp(): PublicIp {
    return new PublicIp(this, 'PublicIp', {
      name: this.props.publicIpName,
      ...this.common,
      allocationMethod: 'Static',
      idleTimeoutInMinutes: this.props.idleTimeoutMinutes,
    });
  }

  private createVirtualNetwork(): VirtualNetwork {
    const { namePrefix, addressSpace } = this.props;
    return new VirtualNetwork(this, 'VirtualNetwork', {
      name: `${namePrefix}-network`,
      ...this.common,
      addressSpace: [addressSpace],
    });
  }

  private createSubnet({ name: virtualNetworkName }: VirtualNetwork): Subnet {
    const { subnetPrefix, resourceGroupName, provider } = this.props;
    return new Subnet(this, 'Subnet', {
      name: 'internal',
      resourceGroupName,
      virtualNetworkName,
      addressPrefixes: [subnetPrefix],
      provider,
    });
  }
}

/** The first one has the bare name, which it had when it was alone. */
export function nth(name: string, index: number, separator = ''): string {
  return index === 0 ? name : `${name}${separator}${index + 1}`;
}
