import { TerraformStack, TerraformVariable } from 'cdktf';
import { ClusterHostNames, type ClusterEndpoints } from '../../lib/cluster/cluster-host-names';
import { checkHostNames, noBrokers } from '../../lib/proxy/check-host-names';
import { Problems } from '../../lib/validation/problems';
import { testApp } from '../support/synth';

const PUBLIC = 'pkc-1.westeurope.azure.confluent.cloud';
const NETWORKED = 'lkc-12.dom.westeurope.azure.confluent.cloud';
const variables = new TerraformStack(testApp(), 'test');
const unknown = new TerraformVariable(variables, 'host', { type: 'string' }).stringValue;
const unknownList = new TerraformVariable(variables, 'hosts', { type: 'list(string)' }).listValue;

/** All that is said of the clusters, which are called a, b, c. */
function saidOf(...endpoints: ClusterEndpoints[]): string[] {
  const problems = new Problems();
  checkHostNames(
    problems,
    endpoints.map((one, index) => ({
      clusterName: 'abc'[index],
      hostNames: ClusterHostNames.fromEndpoints(one),
    })),
  );
  return problems.list();
}

/** What is said of one cluster with a pattern, by the pattern. */
function saidOfPattern(pattern: string, bootstrapEndpoint = NETWORKED, ...others: ClusterEndpoints[]): string[] {
  return saidOf({ bootstrapEndpoint, brokerHostPatterns: [pattern] }, ...others);
}

const dotted = (host: string) => host.replace(/[.]/g, String.raw`\.`);

describe('hosts', () => {
  const form =
    'allowed: a host name of at least three labels such as pkc-abc123.westeurope.azure.confluent.cloud, in lower case, ' +
    'each label of up to 63 characters. Copy the endpoint from `confluent kafka cluster describe`.';

  test('of one cluster, and of two beside each other, are let through', () => {
    const one = {
      bootstrapEndpoint: PUBLIC,
      restEndpoint: PUBLIC,
      schemaRegistryEndpoint: 'https://psrc-1.westeurope.azure.confluent.cloud',
      catalogEndpoint: 'https://psrc-2.westeurope.azure.confluent.cloud',
      otherHosts: ['lsrc-1.westeurope.azure.private.confluent.cloud'],
    };
    expect(saidOf(one)).toEqual([]);
    expect(saidOf(one, { ...one, bootstrapEndpoint: 'pkc-2.a.confluent.cloud', restEndpoint: undefined })).toEqual([]);
  });

  test.each([
    ['lkc-1.domz.us-west-2.aws.confluent.cloud', 'lkc-1-8kz.us-west-2.aws.glb.confluent.cloud'],
    ['lkc-1.us-east1.gcp.confluent.cloud', 'lkc-1-4kg.us-east1.gcp.glb.confluent.cloud'],
  ])('of dedicated clusters in private networks elsewhere need patterns of brokers: %s', (...hosts) => {
    const brokerHostPatterns = [String.raw`e-[0-9a-z]+\.usw2-az[0-9]+\.domz\.us-west-2\.aws\.confluent\.cloud`];
    for (const bootstrapEndpoint of hosts) {
      expect(saidOf({ bootstrapEndpoint })).toEqual([expect.stringContaining('brokerHostPatterns: received nothing')]);
      expect(saidOf({ bootstrapEndpoint, brokerHostPatterns })).toEqual([]);
    }
    const derived = [
      ...['pkc-1.us-west-2.aws.confluent.cloud', 'lkc-1.us-west-2.aws.private.confluent.cloud'],
      ...['pkc-1.lkc-1.us-west-2.aws.confluent.cloud', 'lkc-1.us-west-2.aws.confluent.cloud.example'],
    ];
    expect(derived.flatMap((bootstrapEndpoint) => saidOf({ bootstrapEndpoint }))).toEqual([]);
  });

  test.each(['example.com', 'PKC-1.a.confluent.cloud', 'a_b.c.confluent.cloud', ''])('that are none: %j', (host) => {
    expect(saidOf({ bootstrapEndpoint: PUBLIC, restEndpoint: host })).toContain(
      `clusters['a'].hostNames.rest: received '${host}', ${form}`,
    );
    expect(saidOf({ bootstrapEndpoint: host })).toContain(
      `clusters['a'].hostNames.bootstrap: received '${host}', ${form}`,
    );
  });

  test.each<[string, Partial<ClusterEndpoints>]>([
    ['rest', { restEndpoint: 'a.b.evil.example' }],
    ['schemaRegistry', { schemaRegistryEndpoint: 'a.b.evil.example' }],
    ['catalog', { catalogEndpoint: 'a.b.evil.example' }],
    ['otherHosts[0]', { otherHosts: ['a.b.evil.example'] }],
    ['otherHosts[1]', { otherHosts: ['a.b.confluent.cloud', 'a.b.evil.example'] }],
  ])('of another domain: %s', (name, more) => {
    expect(saidOf({ bootstrapEndpoint: PUBLIC, ...more })).toEqual([
      `clusters['a'].hostNames.${name}: received 'a.b.evil.example', allowed: hosts in the domain of the bootstrap host, ` +
        'confluent.cloud. Give a cluster of another domain to the proxy as a cluster of its own.',
    ]);
  });

  test('whose domain only ends like the cluster’s', () => {
    expect(saidOf({ bootstrapEndpoint: PUBLIC, restEndpoint: 'a.b.notconfluent.cloud' })).toHaveLength(1);
  });

  test('that only Terraform knows are not judged', () => {
    expect(saidOf({ bootstrapEndpoint: unknown, restEndpoint: 'a.b.evil.example' })).toEqual([]);
    expect(saidOf({ bootstrapEndpoint: PUBLIC, restEndpoint: unknown, otherHosts: [unknown] })).toEqual([]);
    expect(saidOf({ bootstrapEndpoint: unknown }, { bootstrapEndpoint: unknown })).toEqual([]);
  });
});

describe('hosts of two clusters', () => {
  const shared = (name: string, host: string) =>
    `clusters['${name}'].hostNames: received '${host}', allowed: bootstrap and REST hosts that no other cluster has. ` +
    'Name each cluster once, and each by its own endpoints.';
  const OTHER = 'pkc-2.westeurope.azure.confluent.cloud';
  const REST = 'pkac-1.westeurope.azure.confluent.cloud';

  test('have one bootstrap host', () => {
    const said = saidOf({ bootstrapEndpoint: PUBLIC }, { bootstrapEndpoint: PUBLIC });
    expect(said).toEqual(expect.arrayContaining([shared('a', PUBLIC), shared('b', PUBLIC)]));
  });

  test('have one REST host', () => {
    expect(
      saidOf({ bootstrapEndpoint: PUBLIC, restEndpoint: REST }, { bootstrapEndpoint: OTHER, restEndpoint: REST }),
    ).toEqual([shared('a', REST), shared('b', REST)]);
  });

  test('have the REST host of one for the registry of the other', () => {
    const registries = { schemaRegistryEndpoint: REST };
    expect(
      saidOf({ bootstrapEndpoint: PUBLIC, restEndpoint: REST }, { bootstrapEndpoint: OTHER, ...registries }),
    ).toEqual([shared('a', REST)]);
  });

  test('may share registries', () => {
    const more = { schemaRegistryEndpoint: REST, catalogEndpoint: REST, otherHosts: [REST] };
    expect(saidOf({ bootstrapEndpoint: PUBLIC, ...more }, { bootstrapEndpoint: OTHER, ...more })).toEqual([]);
  });
});

describe('the brokers', () => {
  test('behind a bootstrap host that says nothing of them must be given', () => {
    const told = noBrokers("clusters['a'].hostNames", 'kafka.orders.confluent.cloud');
    expect(told).toEqual({
      property: "clusters['a'].hostNames.brokerHostPatterns",
      received: undefined,
      allowed:
        'patterns for the names of the brokers behind kafka.orders.confluent.cloud, for they follow from hosts pkc-… and lkc-… alone',
      advice:
        "List the brokers by kcat -L and give them, as in brokerHostPatterns: ['b[0-9]+-…'], with a backslash before each dot (DR009).",
    });
    const host = 'kafka.orders.confluent.cloud';
    expect(saidOf({ bootstrapEndpoint: host })).toEqual([
      `${told.property}: received nothing, allowed: ${told.allowed}. ${told.advice}`,
    ]);
    expect(saidOfPattern(dotted(`b[0-9]+-${host}`), host)).toEqual([]);
  });

  test.each(['brokerHostPatterns', 'otherHosts'])('may not stand in a list that only Terraform knows: %s', (list) => {
    expect(saidOf({ bootstrapEndpoint: NETWORKED, [list]: unknownList })).toContain(
      `clusters['a'].hostNames.${list}: received a list that only Terraform knows, allowed: a list in code. ` +
        'Its entries may be expressions.',
    );
  });

  test('may be expressions', () => {
    expect(saidOfPattern(unknown)).toEqual([]);
    expect(saidOfPattern(unknown, unknown)).toEqual([]);
  });
});

describe('a pattern', () => {
  test.each([
    String.raw`e-[0-9a-z]+\.az[0-9]+\.dom\.westeurope\.azure\.confluent\.cloud`,
    String.raw`lkc-12-g[0-9a-z]+\.dom\.westeurope\.azure\.confluent\.cloud`,
    dotted(NETWORKED),
  ])('of the cluster alone is let through: %s', (pattern) => {
    expect(saidOfPattern(pattern)).toEqual([]);
  });

  test.each(['.*', String.raw`.*\.confluent\.cloud`, String.raw`LKC-1\.confluent\.cloud`, ''])(
    'of another form is refused, and that alone is told: %j',
    (pattern) => {
      const shown = `'${JSON.stringify(pattern).slice(1, -1)}'`;
      expect(saidOfPattern(pattern)).toEqual([
        `clusters['a'].hostNames.brokerHostPatterns[0]: received ${shown}, allowed: literal lower-case letters, digits, ` +
          'hyphens and \\., runs [0-9]+ or [0-9a-z]+, optional groups (…)? of these, and at the end a literal domain such ' +
          String.raw`as \.confluent\.cloud. Write it as in (b[0-9]+-)?pkc-abc123\.westeurope\.azure\.confluent\.cloud.`,
      ]);
    },
  );

  test.each([String.raw`e-1\.dom\.evil\.example`, String.raw`e-1\.dom\.notconfluent\.cloud`])(
    'of another domain is refused: %s',
    (pattern) => {
      expect(saidOfPattern(pattern)).toEqual([
        `clusters['a'].hostNames.brokerHostPatterns[0]: received '${pattern.replace(/\\/g, '\\\\')}', allowed: patterns that ` +
          'end in the domain of the bootstrap host, confluent.cloud. Give a cluster of another domain to the proxy as a ' +
          'cluster of its own.',
      ]);
      expect(saidOfPattern(pattern, unknown)).toEqual([]);
    },
  );

  const REST_OF_NAME = String.raw`\.dom\.westeurope\.azure\.confluent\.cloud`;
  const domain = '.dom.westeurope.azure.confluent.cloud';
  // The name that each one must not match, which is the first of those that it does.
  const strangers: [string, string][] = [
    [`x[0-9a-z]+-[0-9a-z]+${REST_OF_NAME}`, `x${NETWORKED}`],
    [`lkc-[0-9]+${REST_OF_NAME}`, `lkc-129${domain}`],
    [`[0-9a-z]+${REST_OF_NAME}`, `zzzzz9${domain}`],
    [`pkc-[0-9a-z]+${REST_OF_NAME}`, `pkc-zzzzz9${domain}`],
    [`b[0-9]+-pkc-[0-9a-z]+${REST_OF_NAME}`, `b0-pkc-zzzzz9${domain}`],
    [`lkc-z[0-9a-z]+${REST_OF_NAME}`, `lkc-zzzzz9${domain}`],
    [`lkc-[0-9a-z]+-g[0-9]+${REST_OF_NAME}`, `lkc-zzzzz9-g000${domain}`],
    [String.raw`e[0-9a-z]+\.confluent\.cloud`, 'evil.confluent.cloud'],
    [String.raw`pkc-[0-9a-z]+\.westeurope\.azure\.confluent\.cloud`, 'pkc-zzzzz9.westeurope.azure.confluent.cloud'],
  ];
  test.each(strangers)('that takes in others is refused: %s', (pattern, matched) => {
    expect(saidOfPattern(pattern)).toEqual([
      `clusters['a'].hostNames.brokerHostPatterns[0]: received '${pattern.replace(/\\/g, '\\\\')}', allowed: patterns that ` +
        `match hosts of this cluster alone; this one matches '${matched}'. Spell the cluster, the region and the domain out.`,
    ]);
  });

  test('that takes in a neighbour of a bootstrap host of another form is refused', () => {
    const own = 'kafka.shop-12.confluent.cloud';
    expect(saidOfPattern(dotted('kafka.shop-[0-9]+.confluent.cloud'), own)).toEqual([
      expect.stringContaining("this one matches 'kafka.shop-129.confluent.cloud'") as string,
    ]);
  });

  test('that takes in another cluster, or a broker of it, is refused', () => {
    const other = 'lkc-7.dom.westeurope.azure.confluent.cloud';
    for (const [pattern, matched] of [
      [dotted(other), other],
      [dotted(`b[0-9]+-${other}`), `b0-${other}`],
    ]) {
      expect(saidOfPattern(pattern, NETWORKED, { bootstrapEndpoint: other })).toEqual([
        expect.stringContaining(`this one matches '${matched}'`) as string,
      ]);
      expect(saidOfPattern(pattern, NETWORKED, { bootstrapEndpoint: unknown })).toEqual([]);
    }
  });

  test('is held against foreign names also where only Terraform knows the bootstrap host', () => {
    expect(saidOfPattern(String.raw`e[0-9a-z]+\.confluent\.cloud`, unknown)).toEqual([
      expect.stringContaining("this one matches 'evil.confluent.cloud'") as string,
    ]);
    expect(saidOfPattern(String.raw`evil\.example\.x[0-9]+`, unknown)).toHaveLength(1);
  });

  test('may be the bootstrap host itself, where another cluster says that it has it too', () => {
    const said = saidOfPattern(dotted(NETWORKED), NETWORKED, { bootstrapEndpoint: NETWORKED });
    expect(said.filter((sentence) => sentence.includes('brokerHostPatterns[0]'))).toEqual([]);
  });
});
