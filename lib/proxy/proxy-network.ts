import { NetworkInterface } from '@cdktf/provider-azurerm/lib/network-interface';
import { NetworkInterfaceSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/network-interface-security-group-association';
import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { type ITerraformDependable, type TerraformResourceLifecycle } from 'cdktf';
import { Construct } from 'constructs';
import { type InboundRuleNames, inboundRules } from './inbound-rules';

/** A static public IP address that exists already. */
export interface ExistingPublicIp {
  /** The Azure id: `/subscriptions/…/publicIPAddresses/…`. */
  readonly id: string;
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
  /** What must hold before anything of the network is made or changed. */
  readonly preconditions: NonNullable<TerraformResourceLifecycle['precondition']>;
}

export const DEFAULT_ADDRESS_SPACE = '10.0.0.0/16';
export const DEFAULT_SUBNET_PREFIX = '10.0.2.0/24';

const IGNORE_TAGS = { ignoreChanges: ['tags'] };
/** Azure refuses to rename the primary ip configuration, so whatever it is called stays. */
const IGNORE_NAME_TOO = { ignoreChanges: ['tags', 'ip_configuration[0].name'] };

/** Where the proxy stands: network, subnet, public address, interface, and who may come in. */
export class ProxyNetwork extends Construct {
  public readonly publicIpAddress: string;
  public readonly networkInterfaceId: string;
  /** The bindings of the security group, for what must not run before them. */
  public readonly associations: ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ProxyNetworkProps,
  ) {
    super(scope, id);
    const { namePrefix, clientCidrs, sshCidrs, subnetId, preconditions } = props;
    const publicIp = props.publicIp ?? this.createPublicIp();
    const securityGroup = new NetworkSecurityGroup(this, 'SecurityGroup', {
      name: props.securityGroupName,
      ...this.common,
      securityRule: inboundRules(clientCidrs, sshCidrs, props.ruleNames),
      lifecycle: { ...IGNORE_TAGS, ...(preconditions.length > 0 && { precondition: preconditions }) },
    });
    const subnet = subnetId === undefined ? this.createSubnet() : undefined;
    const networkInterface = new NetworkInterface(this, 'Interface', {
      name: `${namePrefix}-nic`,
      ...this.common,
      lifecycle: IGNORE_NAME_TOO,
      ipConfiguration: [
        {
          name: props.ipConfigurationName,
          subnetId: subnet?.id ?? subnetId,
          privateIpAddressAllocation: 'Dynamic',
          publicIpAddressId: publicIp.id,
        },
      ],
    });
    this.publicIpAddress = publicIp.ipAddress;
    this.networkInterfaceId = networkInterface.id;
    const networkSecurityGroupId = securityGroup.id;
    this.associations = [
      new NetworkInterfaceSecurityGroupAssociation(this, 'InterfaceAssociation', {
        networkInterfaceId: networkInterface.id,
        networkSecurityGroupId,
      }),
    ];
    if (subnet) {
      this.associations.push(
        new SubnetNetworkSecurityGroupAssociation(this, 'SubnetAssociation', {
          subnetId: subnet.id,
          networkSecurityGroupId,
        }),
      );
    }
  }

  private get common() {
    const { resourceGroupName, location, tags } = this.props;
    return { resourceGroupName, location, tags, lifecycle: IGNORE_TAGS };
  }

  private createPublicIp(): PublicIp {
    return new PublicIp(this, 'PublicIp', {
      name: this.props.publicIpName,
      ...this.common,
      allocationMethod: 'Static',
      idleTimeoutInMinutes: this.props.idleTimeoutMinutes,
    });
  }

  private createSubnet(): Subnet {
    const { namePrefix, addressSpace, subnetPrefix, resourceGroupName } = this.props;
    const network = new VirtualNetwork(this, 'VirtualNetwork', {
      name: `${namePrefix}-network`,
      ...this.common,
      addressSpace: [addressSpace],
    });
    return new Subnet(this, 'Subnet', {
      name: 'internal',
      resourceGroupName,
      virtualNetworkName: network.name,
      addressPrefixes: [subnetPrefix],
    });
  }
}
