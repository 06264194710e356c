import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { runCommand, synthesizeInto, tfvars } from './support/app';
import { checkpoint, startLabOfTfvars } from './support/lab';
import { requireTerraform, Workspace } from './support/terraform';

const toggled = { [runCommand]: 'replace' };

/** What the script prints on a VM: `confluent-dr-proxy status` behind a line on what it changed. */
const report = [
  'confluent-dr-proxy: release 0123456789ab: nothing to change',
  JSON.stringify({
    release: '0123456789ab',
    front: { running: true },
    instances: ['primary', 'secondary', 'shared'].map((name) => ({
      ...{ name, blocked: 'none', running: true, openSessions: 0, outage: null, fence: null },
    })),
  }),
  '',
].join('\n');

jest.setTimeout(900_000);

describe('the toggle cc_failover_primary', () => {
  let lab: Lab;
  let workspace: Workspace;
  let sent: Record<string, string>[];
  let restore: () => Promise<void>;

  beforeAll(async () => {
    requireTerraform();
    sent = [];
    lab = await startLabOfTfvars({
      runCommand: ({ parameters }) => {
        sent.push(Object.fromEntries(parameters.map(({ name, value }) => [name, value])));
        return Promise.resolve(report);
      },
    });
    workspace = new Workspace(lab).write('terraform.tfvars.json', tfvars);
    synthesizeInto(workspace);
    await workspace.init();
    await workspace.apply();
    const restoreLab = await checkpoint(lab, workspace.statePath);
    restore = async () => {
      await restoreLab();
      workspace.write('terraform.tfvars.json', tfvars);
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
    await workspace.applyPlan();
    expect(lab.operations.writes().map(({ operation, type }) => `${operation} ${type}`)).toEqual([
      'delete azurerm_virtual_machine_run_command',
      'create azurerm_virtual_machine_run_command',
    ]);
    expect(await workspace.detailedExitCode(blocked)).toBe(0);
    const restored = '-var=cc_failover_primary=false';
    expect((await workspace.plan(restored)).changes()).toEqual(toggled);
    await workspace.applyPlan();
    expect(await workspace.detailedExitCode()).toBe(0);
  });

  test('tells the script by its environment what is wished for', async () => {
    const open = { FENCED_PRIMARY: 'false', FENCED_SECONDARY: 'false' };
    const others = { OUTAGE_SECONDARY: 'none', OUTAGE_SHARED: 'none', ...open };
    await workspace.apply('-var=cc_failover_primary=true');
    expect(sent.at(-1)).toEqual({ OUTAGE_PRIMARY: 'reject', ...others });
    await workspace.apply('-var=cc_failover_primary=false');
    expect(sent.at(-1)).toEqual({ OUTAGE_PRIMARY: 'none', ...others });
  });

  describe('has a plan that fits one screen and shows what is taken away or given back', () => {
    const read = (plan: string[]) => {
      const text = plan.map((line) => line.trim().replace(/ +/g, ' ')).join('\n');
      return {
        fits: plan.length <= 40,
        wish: /~ parameter \{\nname = "OUTAGE_PRIMARY"\n~ value = (.*)\n\}/.exec(text)?.[1],
        replaced: text.match(/\S+(?= must be replaced$)/gm),
        changes: /^Plan: .*/m.exec(text)?.[0],
        showsScript: /\bscript\b/.test(text),
      };
    };
    const toggling = (wish: string) => ({
      fits: true,
      wish,
      replaced: [runCommand],
      changes: 'Plan: 1 to add, 0 to change, 1 to destroy.',
      showsScript: false,
    });
    const [away, back] = ['"none" -> "reject"', '"reject" -> "none"'].map(toggling);

    test.each([['-refresh=true'], ['-refresh=false']])('by -var, %s', async (refresh) => {
      const blocked = '-var=cc_failover_primary=true';
      expect(read(await workspace.readablePlan(refresh, blocked))).toEqual(away);
      await workspace.applyPlan();
      expect(read(await workspace.readablePlan(refresh))).toEqual(back);
    });

    test.each([['-refresh=true'], ['-refresh=false']])('by tfvars, %s', async (refresh) => {
      workspace.write('terraform.tfvars.json', { ...tfvars, cc_failover_primary: true });
      expect(read(await workspace.readablePlan(refresh))).toEqual(away);
      await workspace.applyPlan();
      workspace.write('terraform.tfvars.json', tfvars);
      expect(read(await workspace.readablePlan(refresh))).toEqual(back);
    });

    test.each([['-refresh=true'], ['-refresh=false']])('by context, %s', async (refresh) => {
      synthesizeInto(workspace, { context: { cc_failover_primary: true } });
      expect(read(await workspace.readablePlan(refresh))).toEqual(away);
      await workspace.applyPlan();
      synthesizeInto(workspace);
      expect(read(await workspace.readablePlan(refresh))).toEqual(back);
    });
  });

  describe('and cc_active beside it', () => {
    const fences = (sentLast?: Record<string, string>) => [sentLast?.FENCED_PRIMARY, sentLast?.FENCED_SECONDARY];

    test('replace the run command and nothing else, as clients are let in to one member, to the other, to both', async () => {
      for (const [active, told] of [
        ['primary', ['false', 'true']],
        ['secondary', ['true', 'false']],
        ['both', ['false', 'false']],
      ] as const) {
        const wished = `-var=cc_active=${active}`;
        expect((await workspace.plan(wished)).changes()).toEqual(toggled);
        await workspace.applyPlan();
        expect(fences(sent.at(-1))).toEqual(told);
        expect(await workspace.detailedExitCode(wished)).toBe(0);
      }
    });

    test('are told apart: the primary is blocked and fenced, and each goes without the other', async () => {
      await workspace.apply('-var=cc_active=secondary', '-var=cc_failover_primary=true');
      expect(sent.at(-1)).toMatchObject({ OUTAGE_PRIMARY: 'reject', FENCED_PRIMARY: 'true' });
      await workspace.apply('-var=cc_active=secondary');
      expect(sent.at(-1)).toMatchObject({ OUTAGE_PRIMARY: 'none', FENCED_PRIMARY: 'true' });
      await workspace.apply('-var=cc_active=primary', '-var=cc_failover_primary=true');
      expect(sent.at(-1)).toMatchObject({ OUTAGE_PRIMARY: 'reject', FENCED_PRIMARY: 'false' });
    });

    test('are in the output by which confluent-dr turns them', async () => {
      await workspace.apply('-var=cc_active=secondary');
      const { runbook } = workspace.state().outputs as { runbook: { value: object } };
      expect(runbook.value).toMatchObject({
        ...{ active_member: 'secondary', active_variable: 'cc_active' },
        ...{ outage_wished: false, outage_variable: 'cc_failover_primary' },
      });
    });

    test('show in a plan of one screen who is fenced', async () => {
      await workspace.apply('-var=cc_active=primary');
      const plan = await workspace.readablePlan('-var=cc_active=secondary');
      const text = plan.map((line) => line.trim().replace(/ +/g, ' ')).join('\n');
      // Two parameters change, of four lines each, where an outage changes one.
      expect(plan.length).toBeLessThanOrEqual(44);
      expect(text).toMatch(/name = "FENCED_PRIMARY"\n~ value = "false" -> "true"/);
      expect(text).toMatch(/name = "FENCED_SECONDARY"\n~ value = "true" -> "false"/);
    });

    test.each(['tertiary', '', 'Primary'])('refuse the value %p before anything is changed', async (value) => {
      await expect(workspace.apply(`-var=cc_active=${value}`)).rejects.toThrow(/cc_active: received/);
      expect(lab.operations.writes()).toEqual([]);
    });
  });

  test('comes back where the VM was made anew', async () => {
    const blocked = '-var=cc_failover_primary=true';
    await workspace.apply(blocked);
    await workspace.apply(blocked, '-replace=azurerm_linux_virtual_machine.main');
    expect(sent.slice(-2)).toEqual([
      expect.objectContaining({ OUTAGE_PRIMARY: 'reject' }),
      expect.objectContaining({ OUTAGE_PRIMARY: 'reject' }),
    ]);
    expect(lab.azure.all('azurerm_virtual_machine_run_command')).toHaveLength(1);
  });

  test('by tfvars, replaces the run command and nothing else, there and back', async () => {
    workspace.write('terraform.tfvars.json', { ...tfvars, cc_failover_primary: true });
    expect((await workspace.plan()).changes()).toEqual(toggled);
    await workspace.applyPlan();
    workspace.write('terraform.tfvars.json', { ...tfvars, cc_failover_primary: false });
    expect((await workspace.plan()).changes()).toEqual(toggled);
  });

  test.each([[true], ['true']])(
    'by context %j, replaces the run command and nothing else, there and back',
    async (value) => {
      synthesizeInto(workspace, { context: { cc_failover_primary: value } });
      expect((await workspace.plan()).changes()).toEqual(toggled);
      await workspace.applyPlan();
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
    await workspace.applyPlan();
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
