import { BlockList, isIP, isIPv4 } from 'node:net';
import { Fn, type TerraformResourceLifecycle, Token } from 'cdktf';
import { type IConstruct } from 'constructs';
import { describeProblem, isUnresolved, type Problem, type Problems } from './problems';
import { variableName } from './variable-name';

interface Cidr {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

const RANGE: Pick<Problem, 'allowed' | 'advice'> = {
  allowed: 'an IPv4 range such as 203.0.113.7/32 or 10.0.0.0/16, with no bits set behind the prefix',
  advice: 'For one address append /32.',
};

const isRange = (range: string): string =>
  `cidrhost(${range}, 0) == split("/", ${range})[0] && !strcontains(${range}, ":")`;

/** Holds a range of a network with IPv4 addresses against its form, which Azure judges only when it builds it. */
export function checkCidr(problems: Problems, property: string, range: string): void {
  if (isUnresolved(range)) {
    problems.atPlan({ property, received: range, ...RANGE, orNull: true, fits: isRange });
    return;
  }
  problems.require(parseCidr(range)?.family === 'ipv4', { property, received: range, ...RANGE });
}

/** The same for the ranges of one security rule, of which Azure lets none hold another. */
export function checkCidrs(problems: Problems, property: string, ranges: readonly string[]): void {
  ranges.forEach((range, index) => checkCidr(problems, `${property}[${index}]`, range));
  if (ranges.every(parseCidr)) {
    checkApart(problems, property, ranges);
  }
}

/** Of ranges and addresses; two that are the same arrive as one. */
export function checkApart(problems: Problems, property: string, ranges: readonly string[]): void {
  const parsed = ranges.map((range) => parseCidr(isIP(range) === 0 ? range : `${range}/${isIPv4(range) ? 32 : 128}`));
  const lists = parsed.map((range) => range && listOf(range));
  parsed.forEach((inner, index) => {
    const outer = parsed.findIndex(
      (other, at) =>
        other !== undefined &&
        inner?.family === other.family &&
        inner.bits > other.bits &&
        lists[at]?.check(inner.address, inner.family),
    );
    problems.require(outer === -1, {
      property: `${property}[${index}]`,
      received: ranges[index],
      allowed: `ranges of which none holds another, as Azure refuses them in one rule; ${ranges[outer]} holds this one`,
      advice: 'Take one of the two out.',
    });
  });
}

/** What the plan must refuse of a rule's ranges that only Terraform knows. */
export function rangePreconditions(
  scope: IConstruct,
  property: string,
  ranges: string[],
  { orEmpty = false } = {},
): NonNullable<TerraformResourceLifecycle['precondition']> {
  if (!isUnresolved(ranges)) {
    return [];
  }
  const joined = Fn.join(',', ranges);
  const list = `split(",", ${joined})`;
  const [bits, others] = ['split("/", pair[0])[1]', 'split("/", pair[1])'];
  const holds = `cidrhost(format("%s/%s", ${others}[0], ${bits}), 0) == cidrhost(pair[0], 0)`;
  const isApart = `pair[0] == pair[1] || tonumber(${bits}) > tonumber(${others}[1]) || !(${holds})`;
  const fit = `try(alltrue([for pair in setproduct(${list}, ${list}) : ${isRange('pair[0]')} && (${isApart})]), false)`;
  return [
    {
      condition: `\${${orEmpty ? `${joined} == "" || ` : ''}${fit}}`,
      errorMessage: describeProblem({
        property: variableName(scope, Token.asString(ranges), property),
        received: joined,
        allowed: 'IPv4 ranges such as 203.0.113.7/32, with no bits set behind the prefix, of which none holds another',
        advice: 'For one address append /32; take out what another range holds, for Azure refuses both in one rule.',
      }),
    },
  ];
}

/** Reads an address range; undefined unless its form is right. */
export function parseCidr(range: unknown): Cidr | undefined {
  const match = /^([0-9a-fA-F.:]+)\/(0|[1-9]\d{0,2})$/.exec(String(range));
  if (!match) {
    return undefined;
  }
  const [, address, prefix] = match;
  const version = isIP(address);
  const bits = Number(prefix);
  if (version === 0 || bits > (version === 4 ? 32 : 128)) {
    return undefined;
  }
  if (version === 4 && hasBitsBehind(address, bits)) {
    return undefined;
  }
  return { address, bits, family: version === 4 ? 'ipv4' : 'ipv6' };
}

/** Does the outer range hold all of the inner one? */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [parseCidr(outer), parseCidr(inner)];
  if (!a || !b || a.family !== b.family || a.bits > b.bits) {
    return false;
  }
  return listOf(a).check(b.address, b.family);
}

function listOf({ address, bits, family }: Cidr): BlockList {
  const list = new BlockList();
  list.addSubnet(address, bits, family);
  return list;
}

function hasBitsBehind(address: string, bits: number): boolean {
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return value % 2 ** (32 - bits) !== 0;
}
