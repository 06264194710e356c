import { isIPv4 } from 'node:net';
import { markKind } from '../validation/kind';
import { isUnresolved, type Problems } from '../validation/problems';
import { noObjectShape, type PropertiesOf, recordShape, requireArgument } from '../validation/shape';
import { contains } from '../validation/cidr';
import { IPV4 } from '../validation/text-rule';

/** What the address of an internal proxy is to be. */
export interface InternalAccessProps {
  /**
   * The private address where clients connect to, such as `10.0.2.10`: one of the subnet that nobody has.
   *
   * @default - Azure gives one, which the proxy keeps
   */
  readonly privateIpAddress?: string;
}

const INTERNAL: PropertiesOf<InternalAccessProps> = { privateIpAddress: true };

/** Where clients reach the proxy: at a public address, or inside a network alone. */
export class ProxyAccess {
  /** At a public address: `publicIp`, or one that is created. */
  public static publicAddress(): ProxyAccess {
    return new ProxyAccess(false);
  }

  /**
   * At a private address, by an internal load balancer before the VM or VMs; nothing of the proxy has a public address.
   *
   * Azure gives VMs behind such a balancer no way out by themselves: the subnet needs one of its own, a NAT gateway or a
   * route to a firewall, for Ubuntu's packages and for clusters that are not on private networks. Source: Azure's page on
   * outbound connections of its load balancer.
   */
  public static internal(props: InternalAccessProps = {}): ProxyAccess {
    requireArgument(recordShape('ProxyAccess.internal', props, "{ privateIpAddress: '10.0.2.10' }", INTERNAL));
    requireArgument(noObjectShape('ProxyAccess.internal, privateIpAddress', props.privateIpAddress));
    return new ProxyAccess(true, props.privateIpAddress);
  }

  private constructor(
    /** @internal */
    public readonly _isInternal: boolean,
    /** @internal */
    public readonly _privateIpAddress?: string,
  ) {}

  /** @internal */
  public _check(problems: Problems, subnetPrefix: string | undefined): void {
    const received = this._privateIpAddress;
    const property = 'access.privateIpAddress';
    problems.text(property, received, {
      pattern: IPV4,
      allowed: 'an IPv4 address of the subnet, such as 10.0.2.10',
      advice: 'Leave it out, and Azure gives one.',
    });
    if (received !== undefined && isIPv4(received) && subnetPrefix !== undefined && !isUnresolved(subnetPrefix)) {
      problems.require(contains(subnetPrefix, `${received}/32`) && !isKeptByAzure(subnetPrefix, received), {
        property,
        received,
        allowed: `an address of the subnet ${subnetPrefix} but its first four and its last, which Azure keeps`,
        advice: 'Choose another, or leave it out.',
      });
    }
  }
}

markKind(ProxyAccess, 'ProxyAccess');

/** Source: Azure's FAQ on virtual networks, on the addresses that it reserves in each subnet. */
function isKeptByAzure(subnetPrefix: string, address: string): boolean {
  const [network, bits] = subnetPrefix.split('/');
  const place = numberOf(address) - numberOf(network);
  return place < 4 || place === 2 ** (32 - Number(bits)) - 1;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
