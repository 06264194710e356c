import { type NetworkSecurityGroupSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-group';
import { Fn, Op, type TerraformResourceLifecycle, Token } from 'cdktf';
import { HEALTH_PORT } from './rendering/proxy-plan';
import { parseCidr } from '../validation/cidr';
import { describeProblem, isUnresolved, type Problem } from '../validation/problems';

/** What the rules of the security group are called: up to 80 letters, digits, dots, underscores and hyphens. */
export interface InboundRuleNames {
  /** Clients by port 443. @default https */
  readonly https?: string;
  /** Clients by port 9092. @default kafka */
  readonly kafka?: string;
  /** Administrators by port 22, where they may come in. @default ssh */
  readonly ssh?: string;
  /** The load balancer's probe, where there is a balancer. @default health */
  readonly health?: string;
  /** What keeps out everybody else from an internal proxy, whom Azure lets in from its network. @default others */
  readonly others?: string;
}

export interface InboundRulesProps {
  readonly clientCidrs: string[];
  readonly sshCidrs: string[];
  readonly names?: InboundRuleNames;
  /** Whether a load balancer stands before the VMs. */
  readonly isBalanced: boolean;
  /** Whether clients come from inside the network, whom Azure's own rule lets in by every port. */
  readonly isInternal: boolean;
}

const EVERYWHERE = '0.0.0.0/0';

/**
 * Who may come in by which port. The priorities are those of the dry run that this library replaces, so that an
 * upgrade changes the rules in place.
 */
export function inboundRules({
  clientCidrs,
  sshCidrs,
  names,
  isBalanced,
  isInternal,
}: InboundRulesProps): NetworkSecurityGroupSecurityRule[] {
  const { https, kafka, ssh, health, others } = { ...DEFAULT_RULE_NAMES, ...defined(names) };
  return [
    ...(sshCidrs.length > 0 ? [rule(ssh, 100, '22', sourceOf(sshCidrs))] : []),
    rule(https, 110, '443', sourceOf(clientCidrs)),
    rule(kafka, 120, '9092', sourceOf(clientCidrs)),
    ...(isBalanced ? [rule(health, 130, String(HEALTH_PORT), { sourceAddressPrefix: 'AzureLoadBalancer' })] : []),
    ...(isInternal
      ? [{ ...rule(others, LAST_PRIORITY, '*', { sourceAddressPrefix: '*' }), access: 'Deny', protocol: '*' }]
      : []),
  ];
}

/** The names and priorities that a rule of one's own cannot have, as far as these rules are there. */
export function takenByInbound(props: InboundRulesProps): { readonly name: string; readonly priority: number }[] {
  return inboundRules(props).map(({ name, priority }) => ({ name: name!, priority: priority! }));
}

const DEFAULT_RULE_NAMES: Required<InboundRuleNames> = {
  https: 'https',
  kafka: 'kafka',
  ssh: 'ssh',
  health: 'health',
  others: 'others',
};

/** The last that Azure takes of one's own; its own come after it. */
const LAST_PRIORITY = 4096;

function defined(names: InboundRuleNames = {}): Partial<Required<InboundRuleNames>> {
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined));
}

/** Whether a range is none from which too many could log in; what is no range is told elsewhere. */
export const isOfFew = (range: string): boolean => (parseCidr(range)?.bits ?? 32) >= 8;

export const SSH_FROM_FEW: Pick<Problem, 'allowed' | 'advice'> = {
  allowed: 'ranges of /8 or smaller',
  advice: 'Name the addresses of your administrators, or leave it out: the proxy needs no SSH.',
};

/** What the plan must refuse of administrators' ranges that only Terraform knows: SSH from everywhere. */
export function sshPreconditions(sshCidrs: string[]): NonNullable<TerraformResourceLifecycle['precondition']> {
  if (!isUnresolved(sshCidrs)) {
    return [];
  }
  const ranges = Fn.join(',', sshCidrs);
  return [
    {
      condition: Fn.can(Fn.regex('^([0-9.]+/([89]|[12][0-9]|3[0-2])(,|$))*$', ranges)),
      errorMessage: describeProblem({ property: 'sshCidrs', received: ranges, ...SSH_FROM_FEW }),
    },
  ];
}

function rule(
  name: string,
  priority: number,
  destinationPortRange: string,
  source: Source,
): NetworkSecurityGroupSecurityRule {
  return {
    name,
    priority,
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    sourcePortRange: '*',
    destinationPortRange,
    ...source,
    destinationAddressPrefix: '*',
  };
}

type Source = Pick<NetworkSecurityGroupSecurityRule, 'sourceAddressPrefix' | 'sourceAddressPrefixes'>;

/** Everywhere in Azure's word, which is the dry run's too; the range of all addresses would be another rule to it. */
function sourceOf(cidrs: string[]): Source {
  if (!Token.isUnresolved(cidrs)) {
    return cidrs.length === 1 && cidrs[0] === EVERYWHERE
      ? { sourceAddressPrefix: '*' }
      : { sourceAddressPrefixes: cidrs };
  }
  const everywhere = Op.eq(Fn.join(',', cidrs), EVERYWHERE);
  return {
    sourceAddressPrefix: Token.asString(Fn.conditional(everywhere, '*', Token.nullValue())),
    sourceAddressPrefixes: Token.asList(Fn.conditional(everywhere, [], cidrs)),
  };
}
