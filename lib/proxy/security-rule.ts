import { type NetworkSecurityGroupSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-group';
import { isIP } from 'node:net';
import { checkApart, parseCidr } from '../validation/cidr';
import { markKind } from '../validation/kind';
import { isUnresolved, type Problems } from '../validation/problems';
import {
  type PropertiesOf,
  recordShape,
  requireArgument,
  textShape,
  textsShape,
  valueShapesIn,
} from '../validation/shape';
import { AZURE_NETWORK_NAME } from '../validation/text-rule';
import { isOfFew, SSH_FROM_FEW } from './inbound-rules';

/** A rule of the proxy's security group beside its own. */
export interface SecurityRuleProps {
  /** Name in the security group: up to 80 letters, digits, dots, underscores and hyphens. */
  readonly name: string;
  /** 100 to 4096; of two rules that fit, the lower number counts. The proxy's own have 100 to 130, and 4096. */
  readonly priority: number;
  /** Ports at the destination: numbers, ranges such as `9000-9010`, each port once, or `*`. */
  readonly ports: string[];
  /**
   * The other side: address ranges such as `10.1.0.0/16`, addresses, one service tag such as `AzureMonitor`, or `*`. A rule that
   * lets in to port 22 takes ranges of /8 or smaller, and of tags `VirtualNetwork`.
   */
  readonly addresses: string[];
  /** `Tcp`, `Udp`, `Icmp` or `*`. @default Tcp */
  readonly protocol?: string;
}

const PROPS: PropertiesOf<SecurityRuleProps> = {
  name: true,
  priority: true,
  ports: true,
  addresses: true,
  protocol: true,
};

const PROTOCOLS = ['Tcp', 'Udp', 'Icmp', '*'];
const PORTS = /^([*]|\d{1,5}(-\d{1,5})?)$/;
const SERVICE_TAG = /^[A-Za-z][A-Za-z0-9.]*$/;

/** Lets something more into or out of the proxy's VMs, or keeps it away. */
export class SecurityRule {
  /** Lets in what comes from the addresses to ports of the VMs. */
  public static allowInbound(props: SecurityRuleProps): SecurityRule {
    return new SecurityRule('Inbound', 'Allow', props);
  }

  /** Keeps out what comes from the addresses to ports of the VMs. */
  public static denyInbound(props: SecurityRuleProps): SecurityRule {
    return new SecurityRule('Inbound', 'Deny', props);
  }

  /** Lets out what goes to ports of the addresses; Azure lets out everything that no rule denies. */
  public static allowOutbound(props: SecurityRuleProps): SecurityRule {
    return new SecurityRule('Outbound', 'Allow', props);
  }

  /**
   * Keeps in what would go to ports of the addresses. The proxy needs its DNS servers, ports 443 and 9092 of its clusters,
   * and port 80 of Ubuntu's packages.
   */
  public static denyOutbound(props: SecurityRuleProps): SecurityRule {
    return new SecurityRule('Outbound', 'Deny', props);
  }

  private constructor(
    /** @internal */
    public readonly _direction: string,
    private readonly access: string,
    private readonly props: SecurityRuleProps,
  ) {
    const example = "{ name: 'metrics', priority: 200, ports: ['9100'], addresses: ['10.1.0.0/16'] }";
    requireArgument(recordShape('SecurityRule', props, example, PROPS));
    valueShapesIn('SecurityRule', props).forEach(requireArgument);
    requireArgument(textShape('SecurityRule, name', props.name));
    requireArgument(textsShape('SecurityRule, ports', props.ports, "['9100']"));
    requireArgument(textsShape('SecurityRule, addresses', props.addresses, "['10.1.0.0/16']"));
  }

  /** What Azure compares: it has one rule of a name, and one of a priority in each direction. @internal */
  public get _name(): string {
    return this.props.name;
  }

  /** @internal */
  public get _priority(): number {
    return this.props.priority;
  }

  /** @internal */
  public get _rule(): NetworkSecurityGroupSecurityRule {
    const { name, priority, ports, addresses, protocol = 'Tcp' } = this.props;
    const isInbound = this._direction === 'Inbound';
    return {
      name,
      priority,
      direction: this._direction,
      access: this.access,
      protocol,
      sourcePortRange: '*',
      ...(isUnresolved(ports) || ports.length > 1
        ? { destinationPortRanges: ports }
        : { destinationPortRange: ports[0] }),
      ...(isInbound
        ? { ...sides(addresses, 'source'), destinationAddressPrefix: '*' }
        : { sourceAddressPrefix: '*', ...sides(addresses, 'destination') }),
    };
  }

  /** @internal */
  public _check(problems: Problems, at: string): void {
    const { name, priority, ports, addresses, protocol } = this.props;
    problems.required(`${at}.name`, name, AZURE_NETWORK_NAME);
    problems.integer(`${at}.priority`, priority ?? Number.NaN, 100, 4096, 'the lower one counts');
    problems.require(protocol === undefined || PROTOCOLS.includes(protocol), {
      property: `${at}.protocol`,
      received: protocol,
      allowed: PROTOCOLS.join(', '),
      advice: 'Correct it, or leave it out for Tcp.',
    });
    checkFilled(problems, `${at}.ports`, ports);
    checkFilled(problems, `${at}.addresses`, addresses);
    (isUnresolved(ports) ? [] : ports).forEach((received, index) =>
      problems.require(isPorts(received) && (received !== '*' || ports.length === 1), {
        property: `${at}.ports[${index}]`,
        received,
        allowed: 'a port, a range such as 9000-9010, or * alone',
        advice: 'Correct it; ports are 0 to 65535.',
      }),
    );
    if (!isUnresolved(ports)) {
      checkPortsApart(problems, `${at}.ports`, ports);
    }
    if (!isUnresolved(addresses)) {
      checkApart(problems, `${at}.addresses`, addresses);
      const families = new Set(
        addresses.filter((address) => /[0-9]/.test(address)).map((address) => address.includes(':')),
      );
      problems.require(families.size <= 1, {
        property: `${at}.addresses`,
        received: addresses,
        allowed: 'addresses of IPv4 or of IPv6, and not of both in one rule',
        advice: 'Azure refuses both together; give each a rule of its own.',
      });
    }
    const opensSsh = this.access === 'Allow' && this._direction === 'Inbound' && isForSsh(this.props);
    (isUnresolved(addresses) ? [] : addresses).forEach((received, index) => {
      problems.require(!opensSsh || (!isWordOfMany(received) && isOfFew(received)), {
        property: `${at}.addresses[${index}]`,
        received,
        ...SSH_FROM_FEW,
        allowed: `${SSH_FROM_FEW.allowed}, or VirtualNetwork, where a rule lets in to port 22`,
      });
      const isWord = received === '*' || SERVICE_TAG.test(received);
      const isAddress = isIP(received) !== 0 || parseCidr(received) !== undefined;
      problems.require(isAddress || (isWord && addresses.length === 1), {
        property: `${at}.addresses[${index}]`,
        received,
        allowed:
          'an address range such as 10.1.0.0/16 with no bits set behind the prefix, an address, or alone * or a service tag',
        advice: 'Azure takes a service tag or * by itself only; give each a rule of its own.',
      });
    });
  }
}

markKind(SecurityRule, 'SecurityRule');

function isForSsh({ ports, protocol = 'Tcp' }: SecurityRuleProps): boolean {
  return (
    ['Tcp', '*'].includes(protocol) &&
    !isUnresolved(ports) &&
    ports.some((text) => {
      const [from, to = from] = text.split('-').map(Number);
      return text === '*' || (from <= SSH && SSH <= to);
    })
  );
}

/** Of a word, such as the tag of a service, whose addresses are often those of every tenant of Azure. */
const isWordOfMany = (address: string): boolean =>
  (address === '*' || SERVICE_TAG.test(address)) &&
  !['virtualnetwork', 'azureloadbalancer'].includes(address.toLowerCase());

const SSH = 22;

function sides(addresses: string[], side: 'source' | 'destination'): Partial<NetworkSecurityGroupSecurityRule> {
  const one = !isUnresolved(addresses) && addresses.length === 1;
  if (side === 'source') {
    return one ? { sourceAddressPrefix: addresses[0] } : { sourceAddressPrefixes: addresses };
  }
  return one ? { destinationAddressPrefix: addresses[0] } : { destinationAddressPrefixes: addresses };
}

function checkFilled(problems: Problems, property: string, list: readonly string[]): void {
  problems.require(list.length > 0, {
    property,
    received: [],
    allowed: 'at least one',
    advice: 'Name what the rule is for, or take it out.',
  });
}

function checkPortsApart(problems: Problems, property: string, ports: readonly string[]): void {
  const bounds = ports.map((text) => text.split('-').map(Number)).map(([from, to = from]) => ({ from, to }));
  bounds.forEach(({ from, to }, index) => {
    const other = bounds.slice(0, index).findIndex((earlier) => from <= earlier.to && earlier.from <= to);
    problems.require(other === -1, {
      property: `${property}[${index}]`,
      received: ports[index],
      allowed: `ports that no other entry of the rule has; ${ports[other]} has some of these`,
      advice: 'Take one of the two out, or make one range of both.',
    });
  });
}

function isPorts(text: string): boolean {
  const bounds = text === '*' ? [0, 0] : text.split('-').map(Number);
  return PORTS.test(text) && bounds.every((port) => port <= 65_535) && bounds[0] <= (bounds[1] ?? bounds[0]);
}
