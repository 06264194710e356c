import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { type ClusterEndpoints, ClusterHostNames } from '../../../lib';
import { requireTerraform, Workspace } from './support/terraform';

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
async function derivedByTerraform(endpoints: ClusterEndpoints): Promise<unknown> {
  const stack = new TerraformStack(Testing.app(), 'names');
  const variables = Object.fromEntries(
    Object.entries(endpoints).map(([name, value]: [string, unknown]) => [
      name,
      new TerraformVariable(stack, name, { type: 'string', default: value }).stringValue,
    ]),
  ) as unknown as ClusterEndpoints;
  new TerraformOutput(stack, 'names', { value: valuesOf(ClusterHostNames.fromEndpoints(variables)) });
  const workspace = new Workspace({ env: {} }).write('cdk.tf.json', Testing.synth(stack));
  try {
    await workspace.must('init', '-input=false');
    await workspace.must('apply', '-auto-approve', '-input=false');
    return JSON.parse((await workspace.must('output', '-json', 'names')).stdout);
  } finally {
    workspace.remove();
  }
}

describe('ClusterHostNames', () => {
  beforeAll(requireTerraform);

  test.each(ENDPOINTS)('derives from $bootstrapEndpoint by Terraform what it derives at synth', async (endpoints) => {
    expect(await derivedByTerraform(endpoints)).toEqual(valuesOf(ClusterHostNames.fromEndpoints(endpoints)));
  });
});
