import { type NetworkSecurityGroupSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-group';
import { Fn, Op, type TerraformResourceLifecycle, Token } from 'cdktf';
import { describeProblem, isUnresolved, type Problem } from '../validation/problems';

/** What the rules of the security group are called: up to 80 letters, digits, dots, underscores and hyphens. */
export interface InboundRuleNames {
  /** Clients by port 443. @default https */
  readonly https?: string;
  /** Clients by port 9092. @default kafka */
  readonly kafka?: string;
  /** Administrators by port 22, where they may come in. @default ssh */
  readonly ssh?: string;
}

const EVERYWHERE = '0.0.0.0/0';

/**
 * Who may come in by which port. The priorities are those of the dry run that this library replaces, so that an
 * upgrade changes the rules in place.
 */
export function inboundRules(
  clientCidrs: string[],
  sshCidrs: string[],
  { https = 'https', kafka = 'kafka', ssh = 'ssh' }: InboundRuleNames = {},
): NetworkSecurityGroupSecurityRule[] {
  return [
    ...(sshCidrs.length > 0 ? [rule(ssh, 100, '22', sshCidrs)] : []),
    rule(https, 110, '443', clientCidrs),
    rule(kafka, 120, '9092', clientCidrs),
  ];
}

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
  cidrs: string[],
): NetworkSecurityGroupSecurityRule {
  return {
    name,
    priority,
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    sourcePortRange: '*',
    destinationPortRange,
    ...sourceOf(cidrs),
    destinationAddressPrefix: '*',
  };
}

/** Everywhere in Azure's word, which is the dry run's too; the range of all addresses would be another rule to it. */
function sourceOf(
  cidrs: string[],
): Pick<NetworkSecurityGroupSecurityRule, 'sourceAddressPrefix' | 'sourceAddressPrefixes'> {
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
