import { type Lab } from '../../../lib/lab/lab';
import { runCommand, synthesizeInto, tfvars } from './support/app';
import { checkpoint, startLabOfTfvars } from './support/lab';
import { requireTerraform, Workspace } from './support/terraform';

const toggled = { [runCommand]: 'replace' };

jest.setTimeout(120_000);

describe('the toggle cc_failover_primary', () => {
  let lab: Lab;
  let workspace: Workspace;
  let restore: () => Promise<void>;

  beforeAll(async () => {
    requireTerraform();
    lab = await startLabOfTfvars();
    workspace = new Workspace(lab).write('terraform.tfvars.json', tfvars);
    synthesizeInto(workspace);
    await workspace.init();
    await workspace.apply();
    const restoreLab = await checkpoint(lab);
    const state = workspace.read(workspace.statePath);
    restore = async () => {
      await restoreLab();
      workspace.write('state.json', state).write('terraform.tfvars.json', tfvars);
      synthesizeInto(workspace);
    };
  });

  beforeEach(() => restore());

  afterAll(async () => {
    workspace.remove();
    await lab.stop();
  });

  test('by -var, replaces the run command and nothing else, there and back', async () => {
    const blocked = '-var=cc_failover_primary=true';
    expect((await workspace.plan(blocked)).changes()).toEqual(toggled);
    await workspace.apply(blocked);
    expect(lab.operations.writes().map(({ operation, type }) => `${operation} ${type}`)).toEqual([
      'delete azurerm_virtual_machine_run_command',
      'create azurerm_virtual_machine_run_command',
    ]);
    expect(await workspace.detailedExitCode(blocked)).toBe(0);
    const restored = '-var=cc_failover_primary=false';
    expect((await workspace.plan(restored)).changes()).toEqual(toggled);
    await workspace.apply(restored);
    expect(await workspace.detailedExitCode()).toBe(0);
  });

  test('by tfvars, replaces the run command and nothing else, there and back', async () => {
    workspace.write('terraform.tfvars.json', { ...tfvars, cc_failover_primary: true });
    expect((await workspace.plan()).changes()).toEqual(toggled);
    await workspace.apply();
    workspace.write('terraform.tfvars.json', { ...tfvars, cc_failover_primary: false });
    expect((await workspace.plan()).changes()).toEqual(toggled);
  });

  test.each([[true], ['true']])(
    'by context %j, replaces the run command and nothing else, there and back',
    async (value) => {
      synthesizeInto(workspace, { context: { cc_failover_primary: value } });
      expect((await workspace.plan()).changes()).toEqual(toggled);
      await workspace.apply();
      synthesizeInto(workspace);
      expect((await workspace.plan()).changes()).toEqual(toggled);
    },
  );

  test('means the same by each way: going from one to the other changes nothing', async () => {
    await workspace.apply('-var=cc_failover_primary=true');
    synthesizeInto(workspace, { context: { cc_failover_primary: true } });
    expect((await workspace.plan()).changes()).toEqual({});
  });

  test('lets an explicit variable win over the context', async () => {
    synthesizeInto(workspace, { context: { cc_failover_primary: true } });
    expect((await workspace.plan('-var=cc_failover_primary=false')).changes()).toEqual({});
  });

  test('needs no refresh, for the primary may not answer', async () => {
    const offline = ['-refresh=false', '-var=cc_failover_primary=true'];
    expect((await workspace.plan(...offline)).changes()).toEqual(toggled);
    await workspace.apply(...offline);
    const read = lab.operations.reads();
    expect(read).toEqual([]);
  });

  test('that fails is seen in the next plan, and the next apply repeats it', async () => {
    const blocked = ['-auto-approve', '-input=false', '-var=cc_failover_primary=true'];
    lab.azure.failRunCommands('VMExtensionProvisioningError: exit code 4');
    const failed = await workspace.terraform('apply', ...blocked);
    expect(failed.text).toContain('exit code 4');
    expect(failed.exitCode).toBe(1);

    const plan = await workspace.plan('-var=cc_failover_primary=true');
    expect(plan.changes()).toEqual(toggled);
    expect(plan.reason(runCommand)).toBe('replace_because_tainted');

    const again = await workspace.terraform('apply', ...blocked);
    expect(again.exitCode).toBe(1);

    lab.azure.repairRunCommands();
    await workspace.apply('-var=cc_failover_primary=true');
    expect(await workspace.detailedExitCode('-var=cc_failover_primary=true')).toBe(0);
  });

  test('that fails can be taken back', async () => {
    lab.azure.failRunCommands('exit code 4');
    await workspace.terraform('apply', '-auto-approve', '-input=false', '-var=cc_failover_primary=true');
    lab.azure.repairRunCommands();
    await workspace.apply('-var=cc_failover_primary=false');
    expect(await workspace.detailedExitCode()).toBe(0);
  });
});
