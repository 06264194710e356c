import {
  bootstrapAndBrokers,
  checkedHost,
  clusterPatterns,
  exactHost,
  isServerNamePattern,
} from '../../lib/server-names/server-name-pattern';

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

describe('clusterPatterns', () => {
  const REGION = 'westeurope.azure';
  const cases: [string, string, string[], string[]][] = [
    ['public', `pkc-aaaaa.${REGION}.confluent.cloud`, [`b0-pkc-aaaaa.${REGION}.confluent.cloud`], []],
    [
      'private link by the global names',
      `lkc-abc12-43860.${REGION}.glb.confluent.cloud`,
      [`e-0013-az1-43860.${REGION}.glb.confluent.cloud`, `lkc-abc12-g003-43860.${REGION}.glb.confluent.cloud`],
      [
        `e-0013-az1-43861.${REGION}.glb.confluent.cloud`,
        `e-0013-az1-43860.northeurope.azure.glb.confluent.cloud`,
        `e-0013-43860.${REGION}.glb.confluent.cloud`,
        `lkc-abc13-43860.${REGION}.glb.confluent.cloud`,
      ],
    ],
    [
      'private link by the names of its network',
      `lkc-abc12.dom4.${REGION}.confluent.cloud`,
      [`e-0013.az1.dom4.${REGION}.confluent.cloud`, `lkc-abc12-g003.az1.dom4.${REGION}.confluent.cloud`],
      [`e-0013.az1.dom5.${REGION}.confluent.cloud`, `e-0013.dom4.${REGION}.confluent.cloud`],
    ],
    [
      'enterprise',
      `lkc-abc12.${REGION}.private.confluent.cloud`,
      [`b3-lkc-abc12.${REGION}.private.confluent.cloud`, `lkc-abc12-g019.${REGION}.private.confluent.cloud`],
      [`e-0013.az1.${REGION}.private.confluent.cloud`],
    ],
    [
      'access point',
      `lkc-abc12-ap7.${REGION}.accesspoint.glb.confluent.cloud`,
      [`lkc-abc12-g001-ap7.${REGION}.accesspoint.glb.confluent.cloud`],
      [
        `lkc-abc12-g001-ap8.${REGION}.accesspoint.glb.confluent.cloud`,
        `e-1-az1-ap7.${REGION}.accesspoint.glb.confluent.cloud`,
      ],
    ],
  ];
  test.each(cases)('let through the brokers of a cluster on a network of the kind %s', (_, bootstrap, own, strange) => {
    const patterns = clusterPatterns(bootstrap);
    expect(patterns.filter((pattern) => !isServerNamePattern(pattern))).toEqual([]);
    const through = (name: string): boolean => patterns.some((pattern) => matches(pattern, name));
    expect([bootstrap, ...own].filter((name) => !through(name))).toEqual([]);
    expect(strange.filter(through)).toEqual([]);
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
