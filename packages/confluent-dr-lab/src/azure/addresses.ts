import { isIPv4, isIPv6 } from 'node:net';

/** A refusal of Azure's. */
export class AzureError extends Error {
  constructor(
    /** Of HTTP. */
    public readonly status: number,
    /** Azure's own, such as `NicInUse`. */
    public readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A range of addresses as the bits that all of them begin with: 32 or 128 of them hold one address. */
export interface AddressRange {
  readonly width: 32 | 128;
  readonly prefix: string;
}

/** Reads `10.0.0.0/16` or `fd00::/8`; undefined where Azure calls the notation invalid, as with bits behind the prefix. */
export function addressRange(notation: string): AddressRange | undefined {
  const [address, length, ...rest] = notation.split('/');
  const bits = bitsOf(address);
  const width = bits?.length;
  if (bits === undefined || (width !== 32 && width !== 128) || rest.length > 0 || !/^\d{1,3}$/.test(length ?? '')) {
    return undefined;
  }
  const [prefix, host] = [bits.slice(0, Number(length)), bits.slice(Number(length))];
  const isWhole = Number(length) <= width && (width === 128 || !host.includes('1'));
  return isWhole ? { width, prefix } : undefined;
}

export function holds(outer: string, inner: string): boolean {
  const [one, other] = [addressRange(outer), addressRange(inner)];
  return one !== undefined && one.width === other?.width && other.prefix.startsWith(one.prefix);
}

function bitsOf(address: string): string | undefined {
  if (isIPv4(address)) {
    return bytes(address.split('.').map(Number));
  }
  return isIPv6(address) && !address.includes('%') ? bitsOfIpv6(address) : undefined;
}

/** The URL parser writes IPv6 in one way, with a dotted end as two groups. */
function bitsOfIpv6(address: string): string {
  const [head, tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part = ''): number[] => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return bytes([...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 255]));
}

function bytes(values: readonly number[]): string {
  return values.map((value) => value.toString(2).padStart(8, '0')).join('');
}

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
