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

/** Where the proxy stands: network, subnet, public address, interface, and who may come in. */
export class ProxyNetwork extends Construct {
  public readonly publicIpAddress: string;
  public readonly networkInterface: NetworkInterface;
  /** The bindings of the security group, for what must not run before them. */
  public readonly associations: TerraformResource[];
  public readonly securityGroup: NetworkSecurityGroup;
  public readonly virtualNetwork?: VirtualNetwork;
  public readonly subnet?: Subnet;
  public readonly createdPublicIp?: PublicIp;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ProxyNetworkProps,
  ) {
    super(scope, id);
    const { namePrefix, clientCidrs, sshCidrs, subnetId, preconditions, followTags, provider } = props;
    this.createdPublicIp = props.publicIp ? undefined : this.createPublicIp();
    const publicIp = props.publicIp ?? this.createdPublicIp!;
    this.securityGroup = new NetworkSecurityGroup(this, 'SecurityGroup', {
      name: props.securityGroupName,
      ...this.common,
      securityRule: inboundRules(clientCidrs, sshCidrs, props.ruleNames),
      lifecycle: { ...lifecycleOfTags(followTags), ...(preconditions.length > 0 && { precondition: preconditions }) },
    });
    if (subnetId === undefined) {
      this.virtualNetwork = this.createVirtualNetwork();
      this.subnet = this.createSubnet(this.virtualNetwork);
    }
    this.networkInterface = new NetworkInterface(this, 'Interface', {
      name: `${namePrefix}-nic`,
      ...this.common,
      lifecycle: { ignoreChanges: [...ignoredTags(followTags), IP_CONFIGURATION_NAME] },
      ipConfiguration: [
        {
          name: props.ipConfigurationName,
          subnetId: this.subnet?.id ?? subnetId,
          privateIpAddressAllocation: 'Dynamic',
          publicIpAddressId: publicIp.id,
        },
      ],
    });
    this.publicIpAddress = publicIp.ipAddress;
    const networkSecurityGroupId = this.securityGroup.id;
    this.associations = [
      new NetworkInterfaceSecurityGroupAssociation(this, 'InterfaceAssociation', {
        networkInterfaceId: this.networkInterface.id,
        networkSecurityGroupId,
        provider,
      }),
    ];
    if (this.subnet) {
      this.associations.push(
        new SubnetNetworkSecurityGroupAssociation(this, 'SubnetAssociation', {
          subnetId: this.subnet.id,
          networkSecurityGroupId,
          provider,
        }),
      );
    }
  }

  private get common() {
    const { resourceGroupName, location, tags, followTags, provider } = this.props;
    return { resourceGroupName, location, tags, provider, lifecycle: lifecycleOfTags(followTags) };
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
