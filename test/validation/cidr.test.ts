import { checkApart, checkCidrs, contains, parseCidr } from '../../lib/validation/cidr';
import { Problems } from '../../lib/validation/problems';

describe('parseCidr', () => {
  test.each([
    ['203.0.113.7/32', { address: '203.0.113.7', bits: 32, family: 'ipv4' }],
    ['10.0.0.0/16', { address: '10.0.0.0', bits: 16, family: 'ipv4' }],
    ['0.0.0.0/0', { address: '0.0.0.0', bits: 0, family: 'ipv4' }],
    ['255.255.255.254/31', { address: '255.255.255.254', bits: 31, family: 'ipv4' }],
    ['2001:db8::/32', { address: '2001:db8::', bits: 32, family: 'ipv6' }],
    ['::1/128', { address: '::1', bits: 128, family: 'ipv6' }],
  ])('reads %s', (range, parsed) => {
    expect(parseCidr(range)).toEqual(parsed);
  });

  test.each([
    '203.0.113.7',
    '203.0.113.7/',
    '203.0.113.7/33',
    '203.0.113.7/31',
    '10.0.0.1/16',
    '128.0.0.0/0',
    '10.0/16',
    '10.0.0.256/32',
    ' 10.0.0.0/16',
    '10.0.0.0/16 ',
    'x10.0.0.0/16',
    '10.0.0.0/16x',
    '10.0.0.0/0016',
    '10.0.0.0/016',
    '10.0.0.0/-1',
    '10.0.0.0/a',
    '::1/129',
    ':::/32',
    '/32',
    '',
    undefined,
    null,
    7,
    {},
  ])('takes %j for none', (range) => {
    expect(parseCidr(range)).toBeUndefined();
  });
});

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.1.0.0/16', '10.0.0.0/8', false],
  ['10.0.0.0/16', '10.0.0.0/15', false],
  ['10.0.0.0/8', '11.0.0.0/16', false],
  ['10.0.0.0/16', '10.1.0.0/16', false],
  ['::/0', '10.0.0.0/8', false],
  ['0.0.0.0/0', '::1/128', false],
  ['10.0.0.0/8', '::ffff:10.0.0.0/128', false],
  ['2001:db8::/32', '2001:db8:1::/48', true],
  ['2001:db8::/32', '2001:db9::/48', false],
  ['nonsense', '10.0.0.0/8', false],
  ['10.0.0.0/8', 'nonsense', false],
])('%s holds %s: %s', (outer, inner, expected) => {
  expect(contains(outer, inner)).toBe(expected);
});

test('every wrong range is told with its place', () => {
  const problems = new Problems();
  checkCidrs(problems, 'clientCidrs', ['10.0.0.0/8', '10.0.0.1', '10.0.0.1/8', '10.1.0.0/16']);
  const allowed = 'an IPv4 range such as 203.0.113.7/32 or 10.0.0.0/16, with no bits set behind the prefix';
  expect(problems.list()).toEqual([
    `clientCidrs[1]: received '10.0.0.1', allowed: ${allowed}. For one address append /32.`,
    `clientCidrs[2]: received '10.0.0.1/8', allowed: ${allowed}. For one address append /32.`,
  ]);
});

test.each<[string, string[], string[]]>([
  ['one that holds another, before or behind it', ['10.1.0.0/16', '10.0.0.0/8', '10.2.0.0/15'], ['[0]', '[2]']],
  ['everything beside something', ['0.0.0.0/0', '203.0.113.7/32'], ['[1]']],
  ['an address in a range', ['10.0.0.0/8', '10.0.0.7'], ['[1]']],
  ['an address of IPv6 in a range', ['fd00::/8', 'fd00::7'], ['[1]']],
  ['the same twice', ['10.0.0.0/8', '10.0.0.0/8'], []],
  ['neighbours', ['10.0.0.0/16', '10.1.0.0/16', '10.2.0.7'], []],
  ['a range of IPv4 in one of IPv6', ['::/0', '10.0.0.0/8'], []],
  ['words', ['Internet', '10.0.0.0/8'], []],
])('of ranges of one rule %s is told', (_what, ranges, places) => {
  const problems = new Problems();
  checkApart(problems, 'ranges', ranges);
  expect(problems.list()).toEqual(places.map((place) => expect.stringContaining(`ranges${place}: received`) as string));
});
