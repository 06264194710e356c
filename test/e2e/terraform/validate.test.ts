import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { synthesizeInto } from './support/app';
import { startLabOfTfvars } from './support/lab';
import { requireTerraform, Workspace } from './support/terraform';

/** The same mistake in every place, so that a test does not depend on one resource. */
const misspelt = (from: string, to: string) => (json: string) => {
  if (!json.includes(from)) {
    throw new Error(`The app does not contain ${from}.`);
  }
  return json.replaceAll(from, to);
};

jest.setTimeout(900_000);

describe('terraform validate', () => {
  let lab: Lab;
  let workspace: Workspace;

  beforeAll(requireTerraform);

  beforeEach(async () => {
    lab = await startLabOfTfvars();
    workspace = new Workspace(lab);
  });

  afterEach(async () => {
    workspace.remove();
    await lab.stop();
  });

  test.each([
    ['as it is', undefined],
    ['with an outage by context', { cc_failover_primary: true }],
  ])('accepts the default app %s', async (_, context) => {
    synthesizeInto(workspace, { context });
    await workspace.init();
    const { text, exitCode } = await workspace.terraform('validate');
    expect(text).toContain('Success! The configuration is valid');
    expect(exitCode).toBe(0);
  });

  test.each([
    ['an attribute of Confluent', misspelt('"topic_name"', '"topik_name"'), 'topik_name'],
    ['an attribute of Azure', misspelt('"virtual_machine_id"', '"vm_id"'), 'vm_id'],
    ['a block', misspelt('"local_kafka_cluster"', '"lokal_kafka_cluster"'), 'lokal_kafka_cluster'],
    ['a word of a closed choice', misspelt('"BIDIRECTIONAL"', '"BOTHWAYS"'), 'link_mode'],
    ['a reference', misspelt('data.confluent_environment.primary', 'data.confluent_environment.first'), 'undeclared'],
  ])('refuses a misspelt name: %s', async (_, edit, named) => {
    synthesizeInto(workspace, { edit });
    await workspace.init();
    const { errors, exitCode } = await workspace.terraform('validate');
    expect(errors).toContain(named);
    expect(exitCode).toBe(1);
  });
});
