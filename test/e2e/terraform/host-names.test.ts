import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { type ClusterEndpoints, ClusterHostNames, ProxiedCluster } from '../../../lib';
import { brokerPreconditions, hostPreconditions } from '../../../lib/proxy/host-preconditions';
import { evaluated } from './support/evaluated';
import { requireTerraform } from './support/terraform';

const ENDPOINTS: ClusterEndpoints[] = [
  {
    bootstrapEndpoint: 'SASL_SSL://pkc-1.westeurope.azure.confluent.cloud:9092',
    restEndpoint: 'https://pkc-1.westeurope.azure.confluent.cloud:443',
    schemaRegistryEndpoint: 'https://psrc-1.westeurope.azure.confluent.cloud',
    catalogEndpoint: 'https://psrc-2.westeurope.azure.confluent.cloud/catalog',
  },
  {
    bootstrapEndpoint: 'lkc-1a.dom.westeurope.azure.confluent.cloud:9092',
    restEndpoint: 'https://lkc-1a.dom.westeurope.azure.confluent.cloud',
    schemaRegistryEndpoint: 'https://lsrc-1.westeurope.azure.private.confluent.cloud',
    catalogEndpoint: 'https://lsrc-1.westeurope.azure.private.confluent.cloud',
  },
  {
    bootstrapEndpoint: 'lkc-1a-n2b.westeurope.azure.glb.confluent.cloud:9092',
    restEndpoint: 'https://lkc-1a-n2b.westeurope.azure.glb.confluent.cloud:443',
    schemaRegistryEndpoint: 'psrc-1.westeurope.azure.confluent.cloud',
    catalogEndpoint: 'psrc-1.westeurope.azure.confluent.cloud',
  },
];

const valuesOf = ({ bootstrap, rest, schemaRegistry, catalog, brokerPatterns }: ClusterHostNames) => ({
  bootstrap,
  rest,
  schemaRegistry,
  catalog,
  brokerPatterns,
});

/** What Terraform makes of the names of endpoints that only it knows. */
function derivedByTerraform(endpoints: ClusterEndpoints): Promise<unknown> {
  const stack = new TerraformStack(Testing.app(), 'names');
  const variables = Object.fromEntries(
    Object.entries(endpoints).map(([name, value]: [string, unknown]) => [name, variableOf(stack, name, value)]),
  ) as unknown as ClusterEndpoints;
  return evaluated(stack, valuesOf(ClusterHostNames.fromEndpoints(variables)));
}

function variableOf(stack: TerraformStack, name: string, value: unknown): string {
  return new TerraformVariable(stack, name, { type: 'string', default: value }).stringValue;
}

describe('ClusterHostNames', () => {
  beforeAll(requireTerraform);

  test.each(ENDPOINTS)('derives from $bootstrapEndpoint by Terraform what it derives at synth', async (endpoints) => {
    const atSynth = valuesOf(ClusterHostNames.fromEndpoints(endpoints));
    const { bootstrap, brokerPatterns } = atSynth;
    // Terraform cannot leave one out: where no broker bears the network's id, it is the bootstrap name once more.
    const once = brokerPatterns.length === 1 ? [bootstrap.replaceAll('.', String.raw`\.`)] : [];
    expect(await derivedByTerraform(endpoints)).toEqual({ ...atSynth, brokerPatterns: [...brokerPatterns, ...once] });
  });
});

const conditionsOf = (clusters: ProxiedCluster[]): unknown[] =>
  hostPreconditions(clusters).map(({ condition }): unknown => condition);

describe('hosts of two clusters that only Terraform knows', () => {
  beforeAll(requireTerraform);

  const hosts = {
    own: 'SASL_SSL://pkc-1.westeurope.azure.confluent.cloud:9092',
    other: 'SASL_SSL://pkc-2.westeurope.azure.confluent.cloud:9092',
    broker: 'SASL_SSL://b3-pkc-1.westeurope.azure.confluent.cloud:9092',
  };
  test.each([
    ['are let through where each has its own', hosts.other, [true]],
    ['are refused where both are one', hosts.own, [false]],
  ])('%s', async (_what, other, conditions) => {
    const stack = new TerraformStack(Testing.app(), 'hosts');
    const clusters = Object.entries({ primary: hosts.own, secondary: other }).map(([name, endpoint]) =>
      ProxiedCluster.fromEndpoints(name, { bootstrapEndpoint: variableOf(stack, name, endpoint) }),
    );
    expect(await evaluated(stack, conditionsOf(clusters))).toEqual(conditions);
  });

  test.each([
    ['are let through beside patterns of others', hosts.other, [true, true]],
    ["are refused where they match another's patterns", hosts.own, [false, false]],
    ["are refused where they are another's brokers", hosts.broker, [true, false]],
  ])('%s', async (_what, other, conditions) => {
    const stack = new TerraformStack(Testing.app(), 'hosts');
    const clusters = Object.entries({ primary: hosts.own, secondary: variableOf(stack, 'host', other) }).map(
      ([name, bootstrapEndpoint]) => ProxiedCluster.fromEndpoints(name, { bootstrapEndpoint }),
    );
    expect(await evaluated(stack, conditionsOf(clusters))).toEqual(conditions);
  });

  test.each([
    ['pkc-1.westeurope.azure.confluent.cloud', true],
    ['lkc-1.dom.westeurope.azure.confluent.cloud', true],
    ['lkc-1-43860.westeurope.azure.glb.confluent.cloud', true],
    ['kafka.orders.confluent.cloud', false],
    ['xpkc-1.westeurope.azure.confluent.cloud', false],
  ])('say of the brokers behind %s: %p', async (host, derivable) => {
    const stack = new TerraformStack(Testing.app(), 'hosts');
    const bootstrapEndpoint = variableOf(stack, 'host', `SASL_SSL://${host}:9092`);
    const judged = (brokerHostPatterns?: string[]): unknown[] =>
      brokerPreconditions([ProxiedCluster.fromEndpoints('primary', { bootstrapEndpoint, brokerHostPatterns })]).map(
        ({ condition }): unknown => condition,
      );
    expect(judged([String.raw`b[0-9]+\.orders\.confluent\.cloud`])).toEqual([]);
    expect(await evaluated(stack, judged())).toEqual([derivable]);
  });

  test('are judged at synth where they are known', () => {
    const clusters = [hosts.own, hosts.own].map((bootstrapEndpoint, index) =>
      ProxiedCluster.fromEndpoints(`cluster-${index}`, { bootstrapEndpoint }),
    );
    expect(hostPreconditions(clusters)).toEqual([]);
  });
});
