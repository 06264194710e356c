import { addressRange, holds } from './cidr';

/** The blocks that are for documentation: nobody has these addresses. */
const PUBLIC_BLOCKS = ['192.0.2', '198.51.100', '203.0.113'];
/** Of each subnet, Azure keeps the first four addresses. */
const KEPT_BY_AZURE = 4;

/**
 * A public address that nobody has.
 *
 * @param turn another one for each call, so that an address does not come back at once
 */
export function freePublicAddress(taken: readonly string[], turn: number, version: string): string {
  const all =
    version === 'IPv6'
      ? Array.from({ length: 254 }, (_, index) => `2001:db8::${(index + 1).toString(16)}`)
      : PUBLIC_BLOCKS.flatMap((block) => Array.from({ length: 254 }, (_, index) => `${block}.${index + 1}`));
  const free = all.filter((address) => !taken.includes(address));
  return free[turn % free.length];
}

/** The first address of a subnet that nobody has; undefined when it is full. */
export function freePrivateAddress(prefix: string, taken: readonly string[]): string | undefined {
  const range = addressRange(prefix);
  if (range?.width !== 32) {
    return undefined;
  }
  const first = parseInt(range.prefix.padEnd(32, '0'), 2);
  // The last one is for broadcasts.
  const end = first + 2 ** (32 - range.prefix.length) - 1;
  for (let number = first + KEPT_BY_AZURE; number < end; number += 1) {
    const address = dotted(number);
    if (!taken.includes(address)) {
      return address;
    }
  }
  return undefined;
}

export function isIn(prefix: string, address: string): boolean {
  return holds(prefix, `${address}/32`);
}

/** Do two address ranges share addresses? */
export function overlap(one: string, other: string): boolean {
  return holds(one, other) || holds(other, one);
}

function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}
