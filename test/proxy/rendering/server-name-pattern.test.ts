import {
  bootstrapAndBrokers,
  checkedHost,
  exactHost,
  isServerNamePattern,
} from '../../../lib/proxy/rendering/server-name-pattern';

const matches = (pattern: string, name: string): boolean => new RegExp(`^${pattern}$`).test(name);

describe('exactHost', () => {
  test('matches the name alone', () => {
    const pattern = exactHost(checkedHost('PSRC-x1.westeurope.azure.confluent.cloud'));
    expect(pattern).toBe(String.raw`psrc-x1\.westeurope\.azure\.confluent\.cloud`);
    expect(matches(pattern, 'psrc-x1xwesteurope.azure.confluent.cloud')).toBe(false);
  });

  test.each([['SASL_SSL://pkc-x.a.b:9092'], ['pkc-x.a.b:9092'], ['localhost'], ['a..b.c'], ['a.b.c\n'], ['']])(
    'refuses %j',
    (host) => {
      expect(() => checkedHost(host)).toThrow(/is no host name/);
    },
  );
});

describe('bootstrapAndBrokers', () => {
  const publicCluster = bootstrapAndBrokers('pkc-aaaaa.westeurope.azure.confluent.cloud');
  const privateCluster = bootstrapAndBrokers('lkc-abc12.dom4.westeurope.azure.confluent.cloud');

  test.each(['pkc-aaaaa', 'b0-pkc-aaaaa', 'b11-pkc-aaaaa'])('lets %s through for a public cluster', (label) => {
    expect(matches(publicCluster, `${label}.westeurope.azure.confluent.cloud`)).toBe(true);
  });

  test.each(['pkc-aaaaa1', 'b-pkc-aaaaa', 'bx-pkc-aaaaa', 'b0-pkc-bbbbb', 'x.pkc-aaaaa'])(
    'keeps %s from a public cluster',
    (label) => {
      expect(matches(publicCluster, `${label}.westeurope.azure.confluent.cloud`)).toBe(false);
    },
  );

  test.each(['lkc-abc12', 'lkc-abc12-g003', 'lkc-abc12-g003.az1'])('lets %s through for a private one', (labels) => {
    expect(matches(privateCluster, `${labels}.dom4.westeurope.azure.confluent.cloud`)).toBe(true);
  });

  test('keeps a private cluster with a longer id apart', () => {
    expect(matches(privateCluster, 'lkc-abc123.dom4.westeurope.azure.confluent.cloud')).toBe(false);
  });

  test('makes patterns of the form that the proxy accepts', () => {
    expect([publicCluster, privateCluster].map(isServerNamePattern)).toEqual([true, true]);
  });
});

describe('isServerNamePattern', () => {
  test.each([
    ['.*'],
    [String.raw`.*\.azure\.confluent\.cloud`],
    ['pkc-x.azure.confluent.cloud'],
    [String.raw`pkc-x\.a\.b|evil\.org\.uk`],
    [String.raw`pkc-[^.]+\.azure\.confluent\.cloud`],
    [String.raw`pkc-x\.azure\.confluent\.cloud\z" primary; default "secondary`],
    [String.raw`pkc-x`],
    [String.raw`pkc-x\.azure\.confluent\.cloud` + '\n'],
    [String.raw`(b[0-9]*-)?pkc-x\.azure\.confluent\.cloud`],
    [String.raw`((a)?)?pkc-x\.azure\.confluent\.cloud`],
  ])('refuses %j', (pattern) => {
    expect(isServerNamePattern(pattern)).toBe(false);
  });
});
