import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { checkpoint, startLabOfTfvars } from './support/lab';
import { runCommand, synthesizeInto, tfvars } from './support/app';
import {
  azureAddresses,
  confluentAddresses,
  exporterAddresses,
  indexedAddresses,
  retiredAddresses,
} from './support/original-addresses';
import { olderConfiguration, originalConfiguration } from './support/original-configuration';
import { requireTerraform, type StateResource, Workspace } from './support/terraform';

const oldVm = 'azurerm_virtual_machine.main';
const newVm = 'azurerm_linux_virtual_machine.main';

jest.setTimeout(900_000);

describe('an upgrade from the original, on its state', () => {
  let lab: Lab;
  let workspace: Workspace;
  let vmId: string;
  let stateAddresses: string[];

  const take = (context?: Record<string, unknown>) => {
    workspace.write('terraform.tfvars.json', tfvars);
    synthesizeInto(workspace, { context });
    return workspace.init();
  };

  let restore: () => Promise<void>;

  beforeAll(async () => {
    requireTerraform();
    lab = await startLabOfTfvars();
    const original = new Workspace(lab).write('main.tf.json', originalConfiguration());
    await original.init();
    await original.apply();
    stateAddresses = original.state().resources.flatMap(addressesOf);
    vmId = lab.azure.all('azurerm_virtual_machine')[0].id as string;
    const restoreLab = await checkpoint(lab);
    const state = original.read(original.statePath);
    original.remove();
    restore = async () => {
      await restoreLab();
      workspace = new Workspace(lab).write('state.json', state);
    };
  });

  beforeEach(() => restore());

  afterEach(() => workspace.remove());

  afterAll(() => lab.stop());

  test('starts with every address of the original in the state', () => {
    const known = [...confluentAddresses, ...exporterAddresses, ...azureAddresses, ...retiredAddresses];
    expect(stateAddresses.sort()).toEqual(known.sort());
  });

  /** What the upgrade does whatever becomes of the VM: the upgrade page's table, value by value. */
  const changed = {
    'azurerm_network_security_group.nsg': 'update',
    'azurerm_public_ip.pubicip': 'update',
    'confluent_cluster_link.default': 'update',
    'confluent_cluster_link.reverse': 'update',
    'confluent_schema_exporter.primary[0]': 'update',
    'confluent_schema_exporter.secondary[0]': 'update',
    'null_resource.nginx_install': 'delete',
    [runCommand]: 'create',
  };
  const destination = 'destination_schema_registry_cluster.0';
  const updated = {
    'azurerm_network_security_group.nsg': ['security_rule'],
    'azurerm_public_ip.pubicip': ['idle_timeout_in_minutes'],
    'confluent_cluster_link.default': [
      'config.acl.filters',
      'config.acl.sync.ms',
      'config.consumer.offset.group.filters',
    ],
    'confluent_cluster_link.reverse': ['config.consumer.offset.group.filters'],
    'confluent_schema_exporter.primary[0]': ['subjects'],
    'confluent_schema_exporter.secondary[0]': [
      `${destination}.credentials.0.key`,
      `${destination}.credentials.0.secret`,
      `${destination}.rest_endpoint`,
      'subjects',
    ],
  };

  test('changes what the page lists and nothing else, where the VM is let go', async () => {
    await take();
    const plan = await workspace.plan();
    expect(plan.changes()).toEqual({ ...changed, [oldVm]: 'delete', [newVm]: 'create' });
    expect(plan.updates()).toEqual(updated);
    expect(plan.moves()).toEqual(indexedAddresses);
    expect(plan.imports()).toEqual([]);
    expect(plan.outputs()).toEqual({ proxy_report: 'create', runbook: 'create' });
    const { before, after } = plan.attribute('azurerm_network_security_group.nsg', 'security_rule');
    const [ssh, ...kept] = rulesOf(before);
    expect(ssh).toMatchObject({ name: 'Allow-SSH', destination_port_range: '22' });
    expect(rulesOf(after)).toEqual(kept);
    expect(kept).toHaveLength(2);
  });

  test('changes what the page lists and nothing else, where the VM is kept', async () => {
    await take({ original_vm_id: vmId });
    const plan = await workspace.plan();
    expect(plan.changes()).toEqual({ ...changed, [oldVm]: 'forget' });
    expect(plan.updates()).toEqual(updated);
    expect(plan.moves()).toEqual(indexedAddresses);
    expect(plan.imports()).toEqual([newVm]);
  });

  test('corrects in place what the original gets wrong', async () => {
    await take();
    await workspace.apply();
    const destinations = await lab.cloud.perform(({ schemaRegistries }) =>
      [...schemaRegistries.values()].map(({ id, exporters }) => ({
        id,
        exportsTo: [...exporters.values()].map(({ settings }) => settings.config['schema.registry.url']),
      })),
    );
    const other = destinations.map(({ id }) => lab.cloud.endpointOf(id)).reverse();
    expect(destinations.map(({ exportsTo }) => exportsTo)).toEqual(other.map((url) => [url]));
  });

  test('closes SSH', async () => {
    await take();
    await workspace.apply();
    const [nsg] = lab.azure.all('azurerm_network_security_group');
    const ports = (nsg.security_rule as { destination_port_range: string }[]).map(
      (rule) => rule.destination_port_range,
    );
    expect(ports).not.toContain('22');
    expect(ports).toEqual(expect.arrayContaining(['443', '9092']));
  });

  test('settles in one apply', async () => {
    await take();
    await workspace.apply();
    expect(await workspace.detailedExitCode()).toBe(0);
  });

  test('keeps the VM when its id is given: it is forgotten under the old type and imported under the new one', async () => {
    await take({ original_vm_id: vmId });
    await workspace.apply();
    expect(lab.operations.writes().filter(({ type }) => type.endsWith('_virtual_machine'))).not.toContainEqual(
      expect.objectContaining({ operation: 'delete' }),
    );
    expect(await workspace.detailedExitCode()).toBe(0);
  });
});

test('an upgrade from an older edition, with one environment and no Schema Registry, makes what it lacks and settles', async () => {
  requireTerraform();
  const values = { ...tfvars, cc_env_secondary: tfvars.cc_env_primary };
  const lab = await startLabOfTfvars({}, values);
  const original = new Workspace(lab).write('main.tf.json', olderConfiguration());
  const workspace = new Workspace(lab).write('terraform.tfvars.json', values);
  try {
    await original.init();
    await original.apply();
    workspace.write('state.json', original.read(original.statePath));
    synthesizeInto(workspace);
    await workspace.init();
    const changes = (await workspace.plan()).changes();
    await workspace.applyPlan();
    expect(changes).toEqual({
      'azurerm_network_security_group.nsg': 'update',
      'azurerm_public_ip.pubicip': 'update',
      'confluent_api_key.sr-api-key-primary': 'create',
      'confluent_api_key.sr-api-key-secondary': 'create',
      'confluent_cluster_link.default': 'update',
      'confluent_cluster_link.reverse': 'update',
      'confluent_role_binding.all-subjects-primary-rb': 'create',
      'null_resource.nginx_install': 'delete',
      [oldVm]: 'delete',
      [newVm]: 'create',
      [runCommand]: 'create',
    });
    expect(await workspace.detailedExitCode()).toBe(0);
  } finally {
    // A lab that goes on keeps the test's process from ending.
    original.remove();
    workspace.remove();
    await lab.stop();
  }
});

function addressesOf({ mode, type, name, instances }: StateResource): string[] {
  return mode === 'data'
    ? []
    : instances.map(({ index_key: key }) => `${type}.${name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`);
}

/** The rules of a plan, in the order of their priorities and without what is not set, which the two sides spell differently. */
function rulesOf(rules: unknown): Record<string, unknown>[] {
  const isSet = ([, value]: [string, unknown]) =>
    value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  return (rules as Record<string, unknown>[])
    .map((rule) => Object.fromEntries(Object.entries(rule).filter(isSet)))
    .sort((a, b) => Number(a.priority) - Number(b.priority));
}
