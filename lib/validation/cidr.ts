import { BlockList, isIP } from 'node:net';
import { type Problems } from './problems';

interface Cidr {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Holds address ranges against their form, which Azure judges only when it builds them. */
export function checkCidrs(problems: Problems, property: string, ranges: readonly string[]): void {
  ranges.forEach((range, index) => {
    problems.require(parseCidr(range) !== undefined, {
      property: `${property}[${index}]`,
      received: range,
      allowed: 'an address range such as 203.0.113.7/32 or 10.0.0.0/16, with no bits set behind the prefix',
      advice: 'For one address append /32.',
    });
  });
}

/** Reads an address range; undefined unless its form is right. */
export function parseCidr(range: unknown): Cidr | undefined {
  const match = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(String(range));
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
  const list = new BlockList();
  list.addSubnet(a.address, a.bits, a.family);
  return list.check(b.address, b.family);
}

function hasBitsBehind(address: string, bits: number): boolean {
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return value % 2 ** (32 - bits) !== 0;
}
