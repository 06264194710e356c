import { type Lab } from '../../../lib/lab/lab';
import { checkpoint, startLabOfTfvars } from './support/lab';
import { runCommand, synthesizeInto, tfvars } from './support/app';
import { azureAddresses, confluentAddresses, exporterAddresses, retiredAddresses } from './support/original-addresses';
import { originalConfiguration } from './support/original-configuration';
import { type Plan, requireTerraform, type StateResource, Workspace } from './support/terraform';

const oldVm = 'azurerm_virtual_machine.main';
const newVm = 'azurerm_linux_virtual_machine.main';

jest.setTimeout(120_000);

describe('an upgrade from the original, on its state', () => {
  let lab: Lab;
  let workspace: Workspace;
  let vmId: string;
  let stateAddresses: string[];

  const lost = (plan: Plan) =>
    Object.entries(plan.changes()).filter(([, action]) => ['delete', 'replace'].includes(action));
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

  test('replaces and destroys nothing of Confluent, nor of the network', async () => {
    await take();
    const plan = await workspace.plan();
    expect(Object.fromEntries(lost(plan))).toEqual({ [oldVm]: 'delete', 'null_resource.nginx_install': 'delete' });
  });

  test('creates only the VM of the newer type and its run command', async () => {
    await take();
    const created = Object.entries((await workspace.plan()).changes()).filter(([, action]) => action === 'create');
    expect(Object.fromEntries(created)).toEqual({ [newVm]: 'create', [runCommand]: 'create' });
  });

  test('corrects in place what the original gets wrong', async () => {
    await take();
    const changes = (await workspace.plan()).changes();
    expect(changes).toMatchObject({
      'confluent_cluster_link.default': 'update',
      'azurerm_network_security_group.nsg': 'update',
    });
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
    const plan = await workspace.plan();
    expect(plan.imports()).toEqual([newVm]);
    expect(plan.changes()).toMatchObject({ [oldVm]: 'forget' });
    expect(plan.changes()[newVm]).not.toBe('replace');
    await workspace.apply();
    expect(lab.operations.writes().filter(({ type }) => type.endsWith('_virtual_machine'))).not.toContainEqual(
      expect.objectContaining({ operation: 'delete' }),
    );
    expect(await workspace.detailedExitCode()).toBe(0);
  });
});

function addressesOf({ mode, type, name, instances }: StateResource): string[] {
  return mode === 'data'
    ? []
    : instances.map(({ index_key: key }) => `${type}.${name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`);
}
