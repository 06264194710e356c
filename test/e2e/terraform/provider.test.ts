import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { startLabOfTfvars } from './support/lab';
import { Operator } from './support/operator';
import { requireTerraform, Workspace } from './support/terraform';

const providers = `
terraform {
  required_providers {
    confluent = { source = "confluentinc/confluent" }
    azurerm = { source = "hashicorp/azurerm" }
    null = { source = "hashicorp/null" }
  }
  backend "local" {}
}
provider "confluent" {
  cloud_api_key = "CLOUDKEY"
  cloud_api_secret = "cloud-secret"
}
provider "azurerm" {
  subscription_id = "00000000-0000-0000-0000-000000000000"
  features {}
}
`;
let restEndpoint = '';
let adminKey = { key: '', secret: '' };
const topic = (name: string, settings = '') => `
resource "confluent_kafka_topic" "orders" {
  kafka_cluster {
    id = "lkc-aaaaa"
  }
  topic_name = "${name}"
  rest_endpoint = "${restEndpoint}"
  credentials {
    key = "${adminKey.key}"
    secret = "${adminKey.secret}"
  }
  ${settings}
}
`;
const address = 'confluent_kafka_topic.orders';
const id = 'lkc-aaaaa/orders';

jest.setTimeout(900_000);

describe('the providers of the lab, under the real terraform', () => {
  let lab: Lab;
  let workspace: Workspace;
  let operator: Operator;

  const configure = (configuration: string) => workspace.write('main.tf', providers + configuration);

  beforeAll(requireTerraform);

  beforeEach(async () => {
    lab = await startLabOfTfvars({
      environment: () => ({
        IMPORT_KAFKA_REST_ENDPOINT: restEndpoint,
        IMPORT_KAFKA_API_KEY: adminKey.key,
        IMPORT_KAFKA_API_SECRET: adminKey.secret,
      }),
    });
    restEndpoint = lab.cloud.endpointOf('lkc-aaaaa');
    adminKey = lab.cloud.sample!.primary.kafka;
    operator = new Operator(lab);
    workspace = new Workspace(lab);
    await configure(topic('orders')).init();
  });

  afterEach(async () => {
    workspace.remove();
    await lab.stop();
  });

  test('fill in defaults and computed attributes on creation, and plan nothing afterwards', async () => {
    await workspace.apply();
    expect(await operator.kafka('primary', 'GET', '/topics/orders')).toMatchObject({ partitions_count: 6 });
    expect(await workspace.detailedExitCode()).toBe(0);
  });

  test('update in place what can change', async () => {
    await workspace.apply();
    configure(topic('orders', 'partitions_count = 12'));
    expect((await workspace.plan()).changes()).toEqual({ [address]: 'update' });
  });

  test('replace what cannot change, or only in one direction', async () => {
    await workspace.apply();
    configure(topic('invoices'));
    expect((await workspace.plan()).changes()).toEqual({ [address]: 'replace' });
    configure(topic('orders', 'partitions_count = 3'));
    expect((await workspace.plan()).changes()).toEqual({ [address]: 'replace' });
  });

  test('replace what becomes unknown and cannot change', async () => {
    await workspace.apply();
    configure(
      topic('orders').replace('"lkc-aaaaa"', 'confluent_role_binding.new.id') +
        `resource "confluent_role_binding" "new" {
           principal = "User:sa-1"
           role_name = "Operator"
           crn_pattern = "crn://x"
         }`,
    );
    expect((await workspace.plan()).changes()).toMatchObject({ [address]: 'replace' });
  });

  test('see what was changed or deleted behind their back', async () => {
    await workspace.apply();
    await operator.kafka('primary', 'PATCH', '/topics/orders', { partitions_count: 9 });
    expect((await workspace.plan()).changes()).toEqual({ [address]: 'replace' });
    await operator.kafka('primary', 'DELETE', '/topics/orders');
    expect((await workspace.plan()).changes()).toEqual({ [address]: 'create' });
    expect((await workspace.plan('-refresh=false')).changes()).toEqual({});
  });

  test('import what exists, forget what is removed without destruction, follow what has moved', async () => {
    await workspace.apply();
    configure(
      topic('orders').replace('"orders" {', '"renamed" {') +
        `moved {\n from = ${address}\n to = confluent_kafka_topic.renamed\n}`,
    );
    expect((await workspace.plan()).changes()).toEqual({});
    configure(`removed {\n from = ${address}\n lifecycle {\n destroy = false\n }\n}`);
    await workspace.apply();
    configure(topic('orders') + `import {\n to = ${address}\n id = "${id}"\n}`);
    const plan = await workspace.plan();
    expect(plan.imports()).toEqual([address]);
    expect(plan.changes()).toEqual({});
  });

  test('destroy', async () => {
    await workspace.apply();
    await workspace.apply('-destroy');
    expect(lab.operations.writes().map(({ operation }) => operation)).toEqual(['create', 'delete']);
  });

  test.each([
    ['a rule of the provider', () => topic('orders und mehr'), 'Invalid value for topic_name'],
    [
      'an attribute that the schema does not know',
      () => topic('orders', 'partition_count = 3'),
      'Unsupported argument',
    ],
    [
      'a move between types',
      () => `moved {\n from = null_resource.old\n to = ${address}\n}` + topic('orders'),
      'does not support moving',
    ],
  ])('refuse %s with a diagnostic', async (_, configuration, message) => {
    configure('resource "null_resource" "old" {}');
    await workspace.apply();
    configure(configuration());
    const { exitCode, errors } = await workspace.terraform('plan', '-input=false');
    expect(errors).toContain(message);
    expect(exitCode).toBe(1);
  });

  test('refuse a state that another lab, or no lab, has made, and leave it as it is', async () => {
    await workspace.apply();
    const state = workspace.read(workspace.statePath);
    const other = await startLabOfTfvars();
    const elsewhere = new Workspace(other).write('main.tf', workspace.read(`${workspace.folder}/main.tf`));
    elsewhere.write('state.json', state);
    await elsewhere.init();
    for (const command of [
      ['plan'],
      ['plan', '-refresh=false'],
      ['apply', '-auto-approve'],
      ['apply', '-destroy', '-auto-approve'],
    ]) {
      const { exitCode, errors } = await elsewhere.terraform(...command, '-input=false');
      expect(errors).toContain('This state was not made by the lab that runs now');
      expect(exitCode).toBe(1);
    }
    expect(elsewhere.read(elsewhere.statePath)).toBe(state);
    expect(other.operations.writes()).toEqual([]);
    elsewhere.remove();
    await other.stop();
  });

  test('refuse a state that is newer than the schema, without a crash', async () => {
    workspace.write('state.json', {
      version: 4,
      terraform_version: '1.8.0',
      serial: 1,
      lineage: 'test',
      outputs: {},
      resources: [
        {
          mode: 'managed',
          type: 'confluent_kafka_topic',
          name: 'orders',
          provider: 'provider["registry.terraform.io/confluentinc/confluent"]',
          instances: [{ schema_version: 9, attributes: { id } }],
        },
      ],
    });
    const { errors } = await workspace.terraform('plan', '-input=false');
    expect(errors).toMatch(/State of confluent_kafka_topic is too new|newer/);
  });
});
