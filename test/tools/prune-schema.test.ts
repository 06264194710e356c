import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProvidersSchema, pruneSchema, USED, wholeSchema } from '../../tools/bindings/prune-schema';

const committed = readFileSync(join(__dirname, '../../tools/bindings/confluent-schema.json'), 'utf8');
const ofLab = readFileSync(join(__dirname, '../../packages/confluent-dr-lab/data/confluent.json'), 'utf8');
const version = '2.90.1';

/** What terraform prints: more types than are used, with descriptions, and no version. */
function printed(): ProvidersSchema {
  const type = (name: string) => ({
    version: 0,
    block: {
      attributes: {
        description: { type: 'string', optional: true, description: `of ${name}`, description_kind: 'plain' },
      },
      description: name,
      description_kind: 'plain',
    },
  });
  const types = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, type(name)]));
  return {
    format_version: '1.0',
    provider_schemas: {
      [USED.source]: {
        provider: type('provider'),
        resource_schemas: types(['confluent_flink_statement', ...USED.resources]),
        data_source_schemas: types([...USED.dataSources, 'confluent_users']),
      },
      'registry.terraform.io/hashicorp/azurerm': { provider: type('azurerm') },
    },
  };
}

describe('pruneSchema', () => {
  test('keeps the types that the library uses and no others, of no other provider', () => {
    const pruned = pruneSchema(printed(), version);
    expect(Object.keys(pruned.provider_schemas)).toEqual([USED.source]);
    const { resource_schemas, data_source_schemas } = pruned.provider_schemas[USED.source];
    expect(Object.keys(resource_schemas!)).toEqual(USED.resources);
    expect(Object.keys(data_source_schemas!)).toEqual(USED.dataSources);
  });

  test('drops descriptions, but no attribute that is called description', () => {
    const { resource_schemas } = pruneSchema(printed(), version).provider_schemas[USED.source];
    expect(resource_schemas!.confluent_api_key).toEqual({
      version: 0,
      block: { attributes: { description: { type: 'string', optional: true } } },
    });
  });

  test('keeps every type for the lab, in the order in which Terraform prints types and their fields', () => {
    const { resource_schemas } = wholeSchema(printed(), version).provider_schemas[USED.source];
    expect(Object.keys(resource_schemas!)).toEqual([...USED.resources, 'confluent_flink_statement'].sort());
    expect(JSON.stringify(resource_schemas!.confluent_flink_statement)).toBe(
      '{"version":0,"block":{"attributes":{"description":{"type":"string","optional":true}}}}',
    );
  });

  test('takes nothing out of the type of an attribute', () => {
    const schema = printed();
    const type = ['list', ['object', { name: 'string', description: 'string' }]];
    schema.provider_schemas[USED.source].resource_schemas!.confluent_api_key = {
      block: { attributes: { a: { type } } },
    };
    expect(pruneSchema(schema, version).provider_schemas[USED.source].resource_schemas!.confluent_api_key).toEqual({
      block: { attributes: { a: { type } } },
    });
  });

  test('records the exact version, which terraform does not print', () => {
    expect(pruneSchema(printed(), version).provider_versions).toEqual({ [USED.source]: version });
  });

  test('takes the version from the schema when it is there', () => {
    const schema = { ...printed(), provider_versions: { [USED.source]: '2.91.0' } };
    expect(pruneSchema(schema).provider_versions).toEqual({ [USED.source]: '2.91.0' });
  });

  test.each([undefined, '2.90', '~> 2.90', 'latest'])('refuses the version %s', (wrong) => {
    expect(() => pruneSchema(printed(), wrong)).toThrow(/allowed is an exact version.*--provider-version/);
  });

  test('refuses a schema without the Confluent provider and tells what it holds instead', () => {
    const schema = printed();
    delete schema.provider_schemas[USED.source];
    expect(() => pruneSchema(schema, version)).toThrow(
      /holds registry.terraform.io\/hashicorp\/azurerm, but not registry.terraform.io\/confluentinc\/confluent/,
    );
  });

  test.each([
    ['resource', 'resource_schemas', 'confluent_cluster_link'],
    ['data source', 'data_source_schemas', 'confluent_environment'],
  ] as const)('refuses a schema without a %s that the library uses', (what, group, name) => {
    const schema = printed();
    delete schema.provider_schemas[USED.source][group]![name];
    expect(() => pruneSchema(schema, version)).toThrow(`Provider version ${version} has no ${what} ${name}`);
  });

  test("yields the committed schema from the lab's, which holds all that the provider has", () => {
    const again = pruneSchema(JSON.parse(ofLab) as ProvidersSchema);
    expect(`${JSON.stringify(again, null, 1)}\n` === committed).toBe(true);
    expect(Object.keys(again.provider_schemas[USED.source].resource_schemas!)).toHaveLength(USED.resources.length);
  });

  test("yields the lab's copy from itself: it is in the committed form", () => {
    const again = wholeSchema(JSON.parse(ofLab) as ProvidersSchema);
    expect(`${JSON.stringify(again, null, 1)}\n` === ofLab).toBe(true);
  });
});
