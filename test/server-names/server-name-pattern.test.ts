import {
  bootstrapAndBrokers,
  brokersOfNetwork,
  checkedHost,
  clusterPatterns,
  DERIVABLE_HOST,
  exactHost,
  HOST_NAME,
  isServerNamePattern,
  NETWORK_ELSEWHERE,
  PATTERN_FORM,
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
  const DOMAIN = String.raw`\.confluent\.cloud`;

  test.each([
    `a${DOMAIN}`,
    `9${DOMAIN}`,
    `a-b\\.c${DOMAIN}`,
    `[0-9]+${DOMAIN}`,
    `[0-9a-z]+${DOMAIN}`,
    `(b[0-9]+-)?pkc${DOMAIN}`,
    `a(\\.az[0-9a-z]+)?${DOMAIN}`,
    String.raw`a\.confluent\.c1-2`,
    String.raw`a\.9-a\.cloud`,
    `${'a'.repeat(300 - DOMAIN.length)}${DOMAIN}`,
  ])('takes %s', (pattern) => {
    expect(isServerNamePattern(pattern)).toBe(true);
  });

  test.each([
    '',
    'a',
    '.*',
    'pkc-x.azure.confluent.cloud',
    String.raw`pkc-x\.a\.b|evil\.org\.uk`,
    String.raw`pkc-[^.]+\.azure\.confluent\.cloud`,
    String.raw`pkc-x\.azure\.confluent\.cloud\z" primary; default "secondary`,
    `(b[0-9]*-)?pkc-x${DOMAIN}`,
    String.raw`confluent\.cloud`,
    DOMAIN,
    `A${DOMAIN}`,
    `a_b${DOMAIN}`,
    `.*${DOMAIN}`,
    `a.b${DOMAIN}`,
    `^a${DOMAIN}`,
    `a${DOMAIN}$`,
    `a${DOMAIN} `,
    ` a${DOMAIN}`,
    `a${DOMAIN}\n`,
    `a|b${DOMAIN}`,
    `[a-z]+${DOMAIN}`,
    `[0-9]${DOMAIN}`,
    `[0-9]*${DOMAIN}`,
    `()?${DOMAIN}`,
    `a()?${DOMAIN}`,
    `a(b)${DOMAIN}`,
    `a(b)+${DOMAIN}`,
    `a((b)?)?${DOMAIN}`,
    `a(b${DOMAIN}`,
    `a\\d${DOMAIN}`,
    String.raw`a\.confluent.cloud`,
    String.raw`a\.[0-9a-z]+\.cloud`,
    String.raw`a\.confluent\.[0-9a-z]+`,
    String.raw`a\.confluent\.1cloud`,
    String.raw`a\.confluent\.c`,
    String.raw`a\.confluent\.`,
    String.raw`a\.\.cloud`,
    String.raw`a\.confluent\.(b)?`,
    `${'a'.repeat(301 - DOMAIN.length)}${DOMAIN}`,
  ])('refuses %j', (pattern) => {
    expect(isServerNamePattern(pattern)).toBe(false);
  });

  test('is told in words', () => {
    expect(PATTERN_FORM).toBe(
      'literal lower-case letters, digits, hyphens and \\., runs [0-9]+ or [0-9a-z]+, optional groups (…)? of these, ' +
        'and at the end a literal domain such as \\.confluent\\.cloud',
    );
  });
});

describe('HOST_NAME', () => {
  const isHost = (name: string) => new RegExp(HOST_NAME).test(name);

  test('takes names of three labels and more', () => {
    expect(['a.b.c', 'pkc-1.westeurope.azure.confluent.cloud', '1.2.3', 'a-b.c--d.9'].map(isHost)).toEqual(
      Array(4).fill(true),
    );
  });

  test.each([
    '',
    'a.b',
    'A.b.c',
    '-a.b.c',
    'a-.b.c',
    'a.-b.c',
    'a.b-.c',
    'a.b.c.',
    '.a.b.c',
    'a..b.c',
    'a_b.c.d',
    'axbxc',
  ])('refuses %j', (name) => {
    expect(isHost(name)).toBe(false);
  });
});

test.each([
  ['pkc-1.a.b', true],
  ['lkc-abc12.dom.a', true],
  ['lkc-abc12-43860.a', true],
  ['pkc-.a', false],
  ['pkc-1', false],
  ['xpkc-1.a', false],
  ['b0-pkc-1.a', false],
  ['lkc-1-2-3.a', false],
  ['kafka.orders.a', false],
])('brokers can be derived from %s: %s', (host, expected) => {
  expect(new RegExp(DERIVABLE_HOST).test(host)).toBe(expected);
});

test.each([
  ['lkc-1.dom-z.us-west-2.aws.confluent.cloud', true],
  ['lkc-1.us-east1.gcp.confluent.cloud', true],
  ['lkc-abc12-8kz.us-west-2.aws.glb.confluent.cloud', true],
  ['lkc-1.d.gcp.confluent.cloud', true],
  ['lkc-1.dom.westeurope.azure.confluent.cloud', false],
  ['lkc-1.us-west-2.aws.private.confluent.cloud', false],
  ['lkc-1.aws.confluent.cloud', false],
  ['pkc-1.us-west-2.aws.confluent.cloud', false],
  ['b0-lkc-1.us-west-2.aws.confluent.cloud', false],
  ['lkc-1.us-west-2.aws.confluent.cloud.example', false],
  ['lkc-.us-west-2.aws.confluent.cloud', false],
  ['lkc-1.us_west_2.aws.confluent.cloud', false],
  ['lkc-1.us-west-2.aws-glb.confluent.cloud', false],
  ['lkc-1x-y.aws.confluent.cloud', false],
  ['lkc-1.us-west-2aws.confluent.cloud', false],
  ['lkc-1.us-west-2.awsxglb.confluent.cloud', false],
  ['lkc-1.us-west-2.awsxconfluent.cloud', false],
  ['lkc-1.us-west-2.aws.confluentxcloud', false],
])('the brokers of %s bear zones of another cloud: %s', (host, expected) => {
  expect(NETWORK_ELSEWHERE.test(host)).toBe(expected);
});

describe('the whole patterns', () => {
  test.each([
    ['pkc-1.westeurope.azure.confluent.cloud', [String.raw`(b[0-9]+-)?pkc-1\.westeurope\.azure\.confluent\.cloud`]],
    [
      'lkc-1.dom.westeurope.azure.confluent.cloud',
      [
        String.raw`(b[0-9]+-)?lkc-1(-g[0-9a-z]+)?(\.az[0-9]+)?\.dom\.westeurope\.azure\.confluent\.cloud`,
        String.raw`e-[0-9a-z]+\.az[0-9]+\.dom\.westeurope\.azure\.confluent\.cloud`,
      ],
    ],
    [
      'lkc-1-n7.westeurope.azure.glb.confluent.cloud',
      [
        String.raw`(b[0-9]+-)?lkc-1(-g[0-9a-z]+)?(\.az[0-9]+)?-n7\.westeurope\.azure\.glb\.confluent\.cloud`,
        String.raw`e-[0-9a-z]+-az[0-9]+-n7\.westeurope\.azure\.glb\.confluent\.cloud`,
      ],
    ],
    [
      'lkc-1.westeurope.azure.private.confluent.cloud',
      [String.raw`(b[0-9]+-)?lkc-1(-g[0-9a-z]+)?(\.az[0-9]+)?\.westeurope\.azure\.private\.confluent\.cloud`],
    ],
  ])('of %s', (host, patterns) => {
    expect(clusterPatterns(host)).toEqual(patterns);
  });

  test.each([
    'xlkc-1-n7.westeurope.azure.glb.confluent.cloud',
    'lkc-1-n7.westeurope.aws.glb.confluent.cloud',
    'lkc-1-n7.west-europe.azure.glb.confluent.cloud',
    'lkc-1.dom.westeurope.azure.confluent.cloud.example',
    'xlkc-1.dom.westeurope.azure.confluent.cloud',
    'lkc-1.a.dom.westeurope.azure.confluent.cloud',
    'pkc-1.westeurope.azure.confluent.cloud',
  ])('%s has no brokers that bear the network', (host) => {
    expect(brokersOfNetwork(host)).toBe(exactHost(host));
  });

  test('are made by whatever replaces', () => {
    const replaced: string[] = [];
    const replace = (text: string, pattern: string, by: string) => {
      replaced.push(pattern);
      return `${text}<${by}>`;
    };
    expect(exactHost('a', replace)).toBe('a<\\.>');
    expect(bootstrapAndBrokers('a', replace)).toBe('(b[0-9]+-)?a<\\.><$1(-g[0-9a-z]+)?(\\.az[0-9]+)?>');
    expect(clusterPatterns('a', replace)[1]).toMatch(/^a<e-.*<\\\.>$/);
    expect(replaced.slice(0, 3)).toEqual(['[.]', '[.]', '^(lkc-[0-9a-z]+)']);
  });
});

test('checkedHost tells what it received', () => {
  expect(() => checkedHost('https://A.b.c')).toThrow(
    new Error(
      "'https://A.b.c' is no host name: expected labels of up to 63 letters, digits and hyphens, such as " +
        'pkc-x.region.azure.confluent.cloud, without port and scheme',
    ),
  );
});
