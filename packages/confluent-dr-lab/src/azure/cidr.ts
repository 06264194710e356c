import { isIPv4, isIPv6 } from 'node:net';

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
