import { addressRange, freePrivateAddress, freePublicAddress, holds, isIn, overlap } from '../../src/azure/addresses';

describe('an address range', () => {
  test.each([
    ['10.0.0.0/8', 32, '00001010'],
    ['0.0.0.0/0', 32, ''],
    ['203.0.113.7/32', 32, '11001011000000000111000100000111'],
    ['::/0', 128, ''],
    ['fd00::/8', 128, '11111101'],
    ['2001:db8::/32', 128, '00100000000000010000110110111000'],
    ['FD00:0:0:0:0:0:0:0/8', 128, '11111101'],
  ])('is read: %s', (notation, width, prefix) => {
    expect(addressRange(notation)).toEqual({ width, prefix });
  });

  test.each([
    ...[
      '',
      '10.0.0.0',
      '10.0.0.0/',
      '10.0.0.0/33',
      '10.0.0.0/-1',
      '10.0.0.0/8/8',
      '10.0.0/8',
      '10.0.0.1/8',
      '256.0.0.0/8',
    ],
    ...[
      '10.0.0.0/8 ',
      ' 10.0.0.0/8',
      '10.0.0.0/x',
      '10.0.0.0/0x8',
      '::/129',
      ':::/8',
      'fe80::1%eth0/128',
      '*',
      'Internet',
    ],
  ])('is none: %j', (notation) => {
    expect(addressRange(notation)).toBeUndefined();
  });

  test.each([
    ['10.0.0.0/16', '10.0.255.0/24', true],
    ['10.0.0.0/16', '10.0.0.0/16', true],
    ['10.0.0.0/16', '10.1.0.0/24', false],
    ['10.0.0.0/24', '10.0.0.0/16', false],
    ['0.0.0.0/0', '192.168.0.0/16', true],
    ['0.0.0.0/0', 'fd00::/8', false],
    ['fd00::/8', 'fd00:1::/64', true],
    ['::ffff:0:0/96', '::ffff:10.0.0.0/120', true],
    ['10.0.0.0/16', 'no range', false],
    ['no range', '10.0.0.0/16', false],
  ])('%s holds %s: %p', (outer, inner, expected) => {
    expect(holds(outer, inner)).toBe(expected);
  });

  test.each([
    ['10.0.0.0/24', '10.0.0.0/16', true],
    ['10.0.0.0/16', '10.0.0.0/24', true],
    ['10.0.0.0/24', '10.0.1.0/24', false],
  ])('%s overlaps %s: %p', (one, other, expected) => {
    expect(overlap(one, other)).toBe(expected);
  });

  test.each([
    ['10.0.0.0/24', '10.0.0.255', true],
    ['10.0.0.0/24', '10.0.1.0', false],
  ])('%s has the address %s: %p', (range, address, expected) => {
    expect(isIn(range, address)).toBe(expected);
  });
});

describe('a private address', () => {
  test('is the first that Azure does not keep and nobody has', () => {
    expect(freePrivateAddress('10.1.2.0/24', [])).toBe('10.1.2.4');
    expect(freePrivateAddress('10.1.2.0/24', ['10.1.2.4', '10.1.2.6'])).toBe('10.1.2.5');
    expect(freePrivateAddress('10.255.255.0/24', [])).toBe('10.255.255.4');
  });

  test('is none in a subnet that is full, too small, or of IPv6', () => {
    // Of eight addresses Azure keeps five.
    expect(freePrivateAddress('10.1.2.0/29', ['10.1.2.4', '10.1.2.5'])).toBe('10.1.2.6');
    expect(freePrivateAddress('10.1.2.0/29', ['10.1.2.4', '10.1.2.5', '10.1.2.6'])).toBeUndefined();
    expect(freePrivateAddress('10.1.2.0/30', [])).toBeUndefined();
    expect(freePrivateAddress('fd00::/64', [])).toBeUndefined();
  });
});

describe('a public address', () => {
  test('is one for documentation that nobody has, another at each turn', () => {
    expect(freePublicAddress([], 0, 'IPv4')).toBe('192.0.2.1');
    expect(freePublicAddress([], 254, 'IPv4')).toBe('198.51.100.1');
    expect(freePublicAddress(['192.0.2.1'], 0, 'IPv4')).toBe('192.0.2.2');
    expect(freePublicAddress([], 9, 'IPv6')).toBe('2001:db8::a');
  });

  test('comes again after all others', () => {
    expect(freePublicAddress([], 3 * 254, 'IPv4')).toBe(freePublicAddress([], 0, 'IPv4'));
  });
});
