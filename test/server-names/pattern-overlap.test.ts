import { commonName } from '../../lib/server-names/pattern-overlap';
import { bootstrapAndBrokers, exactHost, isServerNamePattern } from '../../lib/server-names/server-name-pattern';

const DOMAIN = String.raw`\.westeurope\.azure\.confluent\.cloud`;
const public1 = bootstrapAndBrokers('pkc-11111.westeurope.azure.confluent.cloud');
const public2 = bootstrapAndBrokers('pkc-22222.westeurope.azure.confluent.cloud');
const private1 = bootstrapAndBrokers('lkc-11111.dom1.westeurope.azure.confluent.cloud');

describe('two patterns', () => {
  const apart: [string, string][] = [
    [public1, public2],
    [public1, private1],
    [public1, exactHost('psrc-1.westeurope.azure.confluent.cloud')],
    [public1, exactHost('xb0-pkc-11111.westeurope.azure.confluent.cloud')],
    [`e-[0-9a-z]+-az[0-9]+-n1${DOMAIN}`, `e-[0-9a-z]+-az[0-9]+-n2${DOMAIN}`],
    [`lkc-1(-g[0-9a-z]+)?${DOMAIN}`, `lkc-1x${DOMAIN}`],
    [`a[0-9]+b${DOMAIN}`, `ab${DOMAIN}`],
    [`a(b)?(c)?${DOMAIN}`, `acb${DOMAIN}`],
  ];
  test.each(apart)('%s and %s have no name in common', (one, other) => {
    expect([one, other].map(isServerNamePattern)).toEqual([true, true]);
    expect(commonName(one, other)).toBeUndefined();
    expect(commonName(other, one)).toBeUndefined();
  });

  const together: [string, string][] = [
    [public1, public1],
    [public1, exactHost('b7-pkc-11111.westeurope.azure.confluent.cloud')],
    [`pkc-[0-9a-z]+${DOMAIN}`, public1],
    [`b[0-9]+-pkc-[0-9a-z]+${DOMAIN}`, public1],
    [`e-[0-9a-z]+-az1-n1${DOMAIN}`, `e-5x[0-9a-z]+-az[0-9]+-n1${DOMAIN}`],
    [`a(b)?(c)?${DOMAIN}`, `(a)?(b)?(c)?${DOMAIN}`],
    [`[0-9a-z]+1${DOMAIN}`, `1[0-9]+${DOMAIN}`],
    [private1, exactHost('lkc-11111-g003.az1.dom1.westeurope.azure.confluent.cloud')],
  ];
  test.each(together)('%s and %s have a name in common, which both match', (one, other) => {
    const name = commonName(one, other);
    for (const pattern of [one, other]) {
      expect(name).toMatch(new RegExp(`^${pattern}$`));
    }
    expect(commonName(other, one)).toBeDefined();
  });

  test.each([
    // Every letter and digit is one that a run reads.
    ...[...'0123456789abcdefghijklmnopqrstuvwxyz'].map((letter) => [`x${letter}y`, 'x[0-9a-z]+y', `x${letter}y`]),
    ...[...'0123456789'].map((digit) => [`x${digit}y`, 'x[0-9]+y', `x${digit}y`]),
    ['x[0-9]+y', 'x[0-9a-z]+y', 'x0y'],
    ['x-y', 'x-y', 'x-y'],
    [String.raw`a\.b`, String.raw`a\.b`, 'a.b'],
    // Of several common names the shortest is told.
    ['a[0-9]+', '(a)?(a)?a[0-9a-z]+', 'a0'],
    ['(a)?b', 'b', 'b'],
    ['(a)?b', 'ab', 'ab'],
    ['(ab)?c', '(ab)?c', 'c'],
    ['x[0-9]+', 'x123', 'x123'],
    ['[0-9]+[0-9]+', '12', '12'],
  ])('of %s and %s it is %s', (one, other, name) => {
    expect(commonName(one, other)).toBe(name);
    expect(commonName(other, one)).toBe(name);
  });

  test.each([
    ['x[0-9]+y', 'xay'],
    ['x[0-9]+y', 'xy'],
    ['x[0-9a-z]+y', 'x-y'],
    ['x[0-9a-z]+y', String.raw`x\.y`],
    ['[0-9]+[0-9]+', '1'],
    ['a', 'ab'],
    ['(ab)?c', 'ac'],
    ['(ab)?c', 'bc'],
    ['a(b)?c(d)?', 'cd'],
    [String.raw`a\.b`, 'axb'],
  ])('%s and %s have none', (one, other) => {
    expect(commonName(one, other)).toBeUndefined();
    expect(commonName(other, one)).toBeUndefined();
  });
});
