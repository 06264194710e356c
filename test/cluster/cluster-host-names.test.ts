import { TerraformStack, TerraformVariable, Token } from 'cdktf';
import { type ClusterEndpoints, ClusterHostNames, exactly } from '../../lib/cluster/cluster-host-names';
import { isKind } from '../../lib/validation/kind';
import { resolved, stackOf, testApp } from '../support/synth';

const matches = (names: ClusterHostNames, host: string) =>
  names.brokerPatterns.some((pattern) => new RegExp(`^${pattern}$`).test(host));

describe('ClusterHostNames', () => {
  test.each([
    ['SASL_SSL://pkc-1.westeurope.azure.confluent.cloud:9092'],
    ['pkc-1.westeurope.azure.confluent.cloud:9092'],
    ['pkc-1.westeurope.azure.confluent.cloud'],
    ['https://pkc-1.westeurope.azure.confluent.cloud:9092/kafka'],
  ])('reads the host out of %s', (bootstrapEndpoint) => {
    expect(ClusterHostNames.fromEndpoints({ bootstrapEndpoint }).bootstrap).toBe(
      'pkc-1.westeurope.azure.confluent.cloud',
    );
  });

  test('takes the REST host for the bootstrap host unless another is given', () => {
    const bootstrapEndpoint = 'pkc-1.westeurope.azure.confluent.cloud:9092';
    expect(ClusterHostNames.fromEndpoints({ bootstrapEndpoint }).rest).toBe('pkc-1.westeurope.azure.confluent.cloud');
    expect(
      ClusterHostNames.fromEndpoints({ bootstrapEndpoint, restEndpoint: 'https://rest.example.com:443' }).rest,
    ).toBe('rest.example.com');
  });

  test.each([
    ['pkc-1.westeurope.azure.confluent.cloud', 'pkc-1.westeurope.azure.confluent.cloud', true],
    ['pkc-1.westeurope.azure.confluent.cloud', 'b0-pkc-1.westeurope.azure.confluent.cloud', true],
    ['pkc-1.westeurope.azure.confluent.cloud', 'b11-pkc-1.westeurope.azure.confluent.cloud', true],
    ['pkc-1.westeurope.azure.confluent.cloud', 'pkc-11.westeurope.azure.confluent.cloud', false],
    ['pkc-1.westeurope.azure.confluent.cloud', 'pkc-1.westeurope.azure.confluent.cloud.evil.org', false],
    ['pkc-1.westeurope.azure.confluent.cloud', 'pkc-1xwesteurope.azure.confluent.cloud', false],
    ['pkc-1.westeurope.azure.confluent.cloud', 'bx-pkc-1.westeurope.azure.confluent.cloud', false],
    ['lkc-1.dom.westeurope.azure.confluent.cloud', 'lkc-1-g003.az1.dom.westeurope.azure.confluent.cloud', true],
    ['lkc-1.dom.westeurope.azure.confluent.cloud', 'lkc-12.dom.westeurope.azure.confluent.cloud', false],
    ['lkc-1-n2.westeurope.azure.glb.confluent.cloud', 'lkc-1-g003-n2.westeurope.azure.glb.confluent.cloud', true],
    ['lkc-1.westeurope.azure.private.confluent.cloud', 'b4-lkc-1.westeurope.azure.private.confluent.cloud', true],
  ])('of %s: %s is a broker: %p', (bootstrapEndpoint, host, expected) => {
    expect(matches(ClusterHostNames.fromEndpoints({ bootstrapEndpoint }), host)).toBe(expected);
  });

  test('adds patterns for brokers with names of their own', () => {
    const names = ClusterHostNames.fromEndpoints({
      bootstrapEndpoint: 'lkc-1.dom.westeurope.azure.confluent.cloud',
      brokerHostPatterns: ['n-7-b[0-9]+\\.dom\\.westeurope\\.azure\\.confluent\\.cloud'],
    });
    expect(matches(names, 'n-7-b2.dom.westeurope.azure.confluent.cloud')).toBe(true);
  });

  test('derives no names that bear the network alone where patterns are given', () => {
    const given = String.raw`e-00a[0-9a-z]+-az[0-9]+-n2\.westeurope\.azure\.glb\.confluent\.cloud`;
    const names = ClusterHostNames.fromEndpoints({
      bootstrapEndpoint: 'lkc-1-n2.westeurope.azure.glb.confluent.cloud',
      brokerHostPatterns: [given],
    });
    expect(names.brokerPatterns).toHaveLength(2);
    expect(matches(names, 'lkc-1-g003-n2.westeurope.azure.glb.confluent.cloud')).toBe(true);
    expect(matches(names, 'e-00a1-az1-n2.westeurope.azure.glb.confluent.cloud')).toBe(true);
    expect(matches(names, 'e-0013-az1-n2.westeurope.azure.glb.confluent.cloud')).toBe(false);
  });

  test('leaves to Terraform what only Terraform knows', () => {
    stackOf((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'endpoint', { type: 'string' });
      expect(Token.isUnresolved(ClusterHostNames.fromEndpoints({ bootstrapEndpoint: stringValue }).bootstrap)).toBe(
        true,
      );
    });
  });
});

describe('ClusterHostNames of each endpoint', () => {
  const bootstrapEndpoint = 'SASL_SSL://pkc-1.a.confluent.cloud:9092';
  const BOOTSTRAP = 'pkc-1.a.confluent.cloud';

  test('are the bare hosts', () => {
    const names = ClusterHostNames.fromEndpoints({
      bootstrapEndpoint,
      restEndpoint: 'https://rest.a.confluent.cloud:443',
      schemaRegistryEndpoint: 'https://psrc-1.a.confluent.cloud',
      catalogEndpoint: 'psrc-2.a.confluent.cloud/catalog',
      otherHosts: ['lsrc-1.a.confluent.cloud:443', 'https://lsrc-2.a.confluent.cloud/'],
    });
    expect({ ...names }).toEqual({
      bootstrap: BOOTSTRAP,
      rest: 'rest.a.confluent.cloud',
      schemaRegistry: 'psrc-1.a.confluent.cloud',
      catalog: 'psrc-2.a.confluent.cloud',
      otherHosts: ['lsrc-1.a.confluent.cloud', 'lsrc-2.a.confluent.cloud'],
      brokerPatterns: [String.raw`(b[0-9]+-)?pkc-1\.a\.confluent\.cloud`],
      _givenBrokers: [],
    });
    expect(names.environmentHosts).toEqual([
      'psrc-1.a.confluent.cloud',
      'psrc-2.a.confluent.cloud',
      'lsrc-1.a.confluent.cloud',
      'lsrc-2.a.confluent.cloud',
    ]);
  });

  test('are none where there is no endpoint', () => {
    const names = ClusterHostNames.fromEndpoints({ bootstrapEndpoint });
    expect(names).toMatchObject({ rest: BOOTSTRAP, otherHosts: [] });
    expect(names.schemaRegistry).toBeUndefined();
    expect(names.catalog).toBeUndefined();
    expect(names.environmentHosts).toHaveLength(0);
  });

  test('have brokers that bear the network alone, where no patterns are given', () => {
    const networked = 'lkc-1.dom.westeurope.azure.confluent.cloud';
    const brokersOf = (brokerHostPatterns?: string[]) =>
      ClusterHostNames.fromEndpoints({ bootstrapEndpoint: networked, brokerHostPatterns }).brokerPatterns;
    const own = String.raw`(b[0-9]+-)?lkc-1(-g[0-9a-z]+)?(\.az[0-9]+)?\.dom\.westeurope\.azure\.confluent\.cloud`;
    const zonal = String.raw`e-[0-9a-z]+\.az[0-9]+\.dom\.westeurope\.azure\.confluent\.cloud`;
    expect(brokersOf()).toEqual([own, zonal]);
    expect(brokersOf([])).toEqual([own, zonal]);
    expect(brokersOf(['given'])).toEqual([own, 'given']);
  });

  test('are made by Terraform of what only it knows, with the same meaning', () => {
    const stack = new TerraformStack(testApp(), 'test');
    const { stringValue } = new TerraformVariable(stack, 'at', { type: 'string' });
    const names = ClusterHostNames.fromEndpoints({ bootstrapEndpoint: stringValue });
    const host = String.raw`replace(replace(var.at, "/^.*:[/][/]/", ""), "/[:/].*$/", "")`;
    expect(resolved(stack, names.bootstrap)).toBe(`\${${host}}`);
    expect(resolved(stack, names.brokerPatterns[0])).toBe(
      String.raw`(b[0-9]+-)?${'${'}replace(replace(${host}, "/[.]/", "\\."), "/^(lkc-[0-9a-z]+)/", "$1(-g[0-9a-z]+)?(\\.az[0-9]+)?")}`,
    );
    expect(resolved(stack, exactly(stringValue))).toBe(String.raw`${'${'}replace(var.at, "/[.]/", "\\.")}`);
    expect(exactly('a.b.c')).toBe(String.raw`a\.b\.c`);
  });

  test.each<[string, unknown, string]>([
    [
      'no endpoints',
      undefined,
      "endpoints: received nothing, allowed: an object with properties. Write it as in { bootstrapEndpoint: 'pkc-abc123.westeurope.azure.confluent.cloud:9092' }.",
    ],
    [
      'a property that is none',
      { bootstrapEndpoint, bootstrap: 'a' },
      "endpoints: received 'bootstrap', allowed: the properties bootstrapEndpoint, restEndpoint, schemaRegistryEndpoint, catalogEndpoint, otherHosts, brokerHostPatterns. Correct it, or take it out.",
    ],
    ['no bootstrap endpoint', {}, 'endpoints.bootstrapEndpoint: received nothing, allowed: a text. '],
    ['a number', { bootstrapEndpoint, restEndpoint: 7 }, 'endpoints.restEndpoint: received 7, allowed: a text. '],
    [
      'a flag',
      { bootstrapEndpoint, schemaRegistryEndpoint: true },
      'endpoints.schemaRegistryEndpoint: received true, allowed: a text. ',
    ],
    [
      'null',
      { bootstrapEndpoint, catalogEndpoint: null },
      'endpoints.catalogEndpoint: received null, allowed: a text. ',
    ],
    [
      'a text for a list',
      { bootstrapEndpoint, otherHosts: 'a' },
      "endpoints.otherHosts: received 'a', allowed: a list of texts. Write it as in ['lsrc-1.westeurope.azure.private.confluent.cloud'].",
    ],
    [
      'a list of numbers',
      { bootstrapEndpoint, brokerHostPatterns: [1] },
      "endpoints.brokerHostPatterns: received [1], allowed: a list of texts. Write it as in ['e-[0-9a-z]+-az1-n1…'].",
    ],
    [
      'another port for Kafka',
      { bootstrapEndpoint: 'a.b.c:443' },
      "endpoints.bootstrapEndpoint: received 'a.b.c:443', allowed: the port 9092, or none. Clusters on Confluent Cloud have no other for Kafka clients, and the proxy serves no other.",
    ],
    ...[{ restEndpoint: 'x' }, { schemaRegistryEndpoint: 'x' }, { catalogEndpoint: 'x' }].map(
      (property): [string, unknown, string] => [
        `another port for ${Object.keys(property)[0]}`,
        { bootstrapEndpoint, [Object.keys(property)[0]]: 'https://a.b.c:8443/x' },
        `endpoints.${Object.keys(property)[0]}: received 'https://a.b.c:8443/x', allowed: the port 443, or none. Confluent Cloud serves HTTPS on no other, and neither does the proxy.`,
      ],
    ),
    [
      'another port in a list',
      { bootstrapEndpoint, otherHosts: ['a.b.c', 'a.b.c:9092'] },
      "endpoints.otherHosts[1]: received 'a.b.c:9092', allowed: the port 443, or none. ",
    ],
    [
      'an empty port',
      { bootstrapEndpoint: 'a.b.c:' },
      "endpoints.bootstrapEndpoint: received 'a.b.c:', allowed: the port",
    ],
  ])('refuse %s', (_what, endpoints, message) => {
    expect(() => ClusterHostNames.fromEndpoints(endpoints as ClusterEndpoints)).toThrow(message);
  });

  test('take the ports that the proxy serves, and colons elsewhere', () => {
    const stack = new TerraformStack(testApp(), 'test');
    const list = new TerraformVariable(stack, 'hosts', { type: 'list(string)' }).listValue;
    for (const endpoints of [
      { bootstrapEndpoint: 'a.b.c:9092', restEndpoint: 'a.b.c:443' },
      { bootstrapEndpoint: 'a.b.c', restEndpoint: 'https://a.b.c/x:8443' },
      { bootstrapEndpoint: 'a.b.c', otherHosts: list },
      { bootstrapEndpoint: list[0] },
    ]) {
      expect(() => ClusterHostNames.fromEndpoints(endpoints)).not.toThrow();
    }
  });

  test('are of a kind that another copy of the package knows', () => {
    expect(isKind(ClusterHostNames.fromEndpoints({ bootstrapEndpoint }), 'ClusterHostNames')).toBe(true);
  });
});
