import { runCommand, synthesizeInto } from '../terraform/support/app';
import { Deployment } from './support/deployment';

const toggled = { [runCommand]: 'replace' };
const replaced = ['delete azurerm_virtual_machine_run_command', 'create azurerm_virtual_machine_run_command'];
const blocked = '-var=cc_failover_primary=true';
const offline = '-refresh=false';

jest.setTimeout(900_000);

describe('the toggle, when the primary is really gone', () => {
  let drill: Deployment;

  beforeAll(async () => {
    drill = await Deployment.start();
  });

  beforeEach(() => drill.restore());

  afterAll(() => drill.end());

  /** The cluster and, a service of its own, its registry. */
  const takePrimaryAway = async (kind: string) => {
    const { clusterId, registryId } = drill.lab.cloud.sample!.primary;
    await drill.operator.fault({ kind, target: clusterId });
    await drill.operator.fault({ kind, target: registryId });
  };

  describe.each([['refused'], ['unavailable']])('its data plane %s', (kind) => {
    test.each([
      ['--var', { args: [blocked] }],
      ['context', { args: [], context: { cc_failover_primary: true } }],
    ])('by %s: a plan with refresh fails, one without has one change, and is applied', async (_, way) => {
      await takePrimaryAway(kind);
      synthesizeInto(drill.workspace, { context: 'context' in way ? way.context : undefined });
      const failed = await drill.tryApply(...way.args);
      expect(failed.exitCode).toBe(1);
      expect(failed.errors).toContain(`/clusters/${drill.lab.cloud.sample!.primary.clusterId}/`);
      expect(drill.writes()).toEqual([]);

      drill.forgetCalls();
      expect((await drill.workspace.plan(offline, ...way.args)).changes()).toEqual(toggled);
      await drill.workspace.applyPlan();
      expect(drill.writes()).toEqual(replaced);
      expect(await drill.workspace.detailedExitCode(offline, ...way.args)).toBe(0);

      expect([...new Set(drill.calls().map(({ target }) => target))]).toEqual(['control-plane']);
      expect(drill.writingCalls()).toEqual([]);
    });
  });

  test('that fails on the VM is repeated by each apply, without refresh too, until it succeeds', async () => {
    await takePrimaryAway('refused');
    drill.lab.azure.failRunCommands('VMExtensionProvisioningError: exit code 4');
    const failed = await drill.tryApply(offline, blocked);
    expect(failed.exitCode).toBe(1);
    expect(failed.text).toContain('exit code 4');
    expect((await drill.workspace.plan(offline, blocked)).reason(runCommand)).toBe('replace_because_tainted');
    expect((await drill.tryApply(offline, blocked)).exitCode).toBe(1);

    drill.lab.azure.repairRunCommands();
    drill.forgetCalls();
    await drill.workspace.apply(offline, blocked);
    expect(drill.writes()).toEqual(replaced);
    expect(await drill.workspace.detailedExitCode(offline, blocked)).toBe(0);
  });

  test('still needs the control plane, for its data sources are read', async () => {
    await drill.operator.fault({ kind: 'refused', target: 'control-plane' });
    const failed = await drill.tryApply(offline, blocked);
    expect(failed.exitCode).toBe(1);
    expect(failed.errors).toContain('no answer after all attempts');
    expect(drill.writes()).toEqual([]);
  });
});
