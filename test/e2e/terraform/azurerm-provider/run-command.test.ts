import { type RunCommand, ScriptFailed } from '../../../../packages/confluent-dr-lab/src/azure/run-command';
import { command, commandAddress, ground, vm, vmAddress } from './support/landscape';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

type Handler = (command: RunCommand) => Promise<string>;

const COMMAND = 'azurerm_virtual_machine_run_command';
const script = (text: string) => ({ source: { script: text } });
const succeed: Handler = ({ source }) => Promise.resolve(`printed by ${source.script}`);
const exit4: Handler = () => Promise.reject(new ScriptFailed('nginx: no such file', 4, 'half done'));

describe('a run command', () => {
  let stage: Stage;
  let reset: () => Promise<void>;
  let handler: Handler;
  let sent: RunCommand[];

  const configure = (more = {}, blocks = {}, others = {}) =>
    stage.configure({ ...ground, [vmAddress]: vm(), [commandAddress]: command(more), ...others }, blocks);
  const view = () => (stage.attributes(commandAddress).instance_view as Record<string, unknown>[] | null)?.[0];

  beforeAll(async () => {
    stage = await Stage.open({
      runCommand: (received) => {
        sent.push(received);
        return handler(received);
      },
    });
    await stage.configure({ ...ground, [vmAddress]: vm() }).workspace.apply();
    reset = await stage.keep();
  });

  beforeEach(async () => {
    await reset();
    sent = [];
    handler = succeed;
  });

  afterAll(() => stage.close());

  describe('that is created', () => {
    test('is sent whole: its secrets, its time and that its failure counts', async () => {
      const parameter = [{ name: 'mode', value: 'blocked' }];
      const protected_parameter = [{ name: 'key', value: 'secret' }];
      await configure({ parameter, protected_parameter }).workspace.apply();
      expect(sent).toEqual([
        {
          id: `${stage.attributes(vmAddress).id as string}/runCommands/converge`,
          virtualMachineId: stage.attributes(vmAddress).id,
          source: { script: 'echo converged' },
          parameters: parameter,
          protectedParameters: protected_parameter,
          timeoutInSeconds: 1800,
          treatFailureAsDeploymentFailure: true,
        },
      ]);
      expect(await stage.changes()).toEqual({});
    });

    test('has the time of timeouts.create', async () => {
      await configure({ timeouts: { create: '5m' } }).workspace.apply();
      expect(sent[0].timeoutInSeconds).toBe(300);
    });

    test('tells what its script printed, the end of it where it was long', async () => {
      handler = () => Promise.resolve(`${'a'.repeat(5000)} end`);
      await configure().workspace.apply();
      expect(view()).toMatchObject({ execution_state: 'Succeeded', exit_code: 0, error_message: '' });
      expect(view()!.output).toMatch(/^a{4092} end$/);
    });

    test('beside another one of the same VM runs side by side', async () => {
      let both: () => void;
      const started = new Promise<void>((resolve) => {
        both = resolve;
      });
      handler = async () => {
        if (sent.length === 2) {
          both();
        }
        await started;
        return 'both were there';
      };
      await configure({}, {}, { [`${COMMAND}.other`]: command({ name: 'other' }) }).workspace.apply();
      expect(view()!.output).toBe('both were there');
    });

    test('where there is one of its name is refused', async () => {
      const other = { [`${COMMAND}.other`]: command({ depends_on: [commandAddress] }) };
      expect(await configure({}, {}, other).refused()).toContain(
        '/runCommands/converge" already exists - to be managed via Terraform this resource needs to be imported into the State',
      );
    });
  });

  describe('whose creation fails', () => {
    test('is told by code, message and body, and never by what the script wrote', async () => {
      handler = exit4;
      const errors = await configure().refused();
      expect(errors).toMatch(/running the command: polling failed: the Azure API returned the following error/);
      expect(errors).toContain('VMExtensionProvisioningError');
      expect(errors).toContain('exit code 4');
      expect(errors).toContain('"error":{"code"');
      expect(errors).not.toContain('nginx: no such file');
    });

    test('is tainted, and each apply repeats it until it succeeds', async () => {
      stage.lab.azure.failRunCommands('out of order');
      expect(await configure().refused()).toContain('out of order');
      for (let time = 1; time <= 2; time += 1) {
        const plan = await stage.workspace.plan();
        expect(plan.changes()).toEqual({ [commandAddress]: 'replace' });
        expect(plan.reason(commandAddress)).toBe('replace_because_tainted');
        await stage.refused();
      }
      stage.lab.azure.repairRunCommands();
      await stage.workspace.apply();
      expect(await stage.changes()).toEqual({});
    });

    test('tells output, exit code and error only after a refresh', async () => {
      handler = exit4;
      await configure().refused();
      expect(view()).toBeUndefined();
      await stage.apply('-refresh-only');
      expect(view()).toMatchObject({
        ...{ execution_state: 'Failed', exit_code: 4, output: 'half done', error_message: 'nginx: no such file' },
      });
    });

    test('adds an error of its own in a postcondition that looks at the exit code', async () => {
      handler = exit4;
      const condition = '${self.instance_view[0].exit_code == 0}';
      configure({ lifecycle: { postcondition: [{ condition, error_message: 'the script failed' }] } });
      expect(await stage.refused()).toContain('Attempt to index null value');
    });

    test('as Terraform waits no longer is tainted', async () => {
      let end: (output: string) => void = () => undefined;
      handler = () => new Promise((resolve) => (end = resolve));
      expect(await configure({ timeouts: { create: '50ms' } }).refused()).toContain('context deadline exceeded');
      end('too late');
      expect(stage.isTainted(commandAddress)).toBe(true);
    });
  });

  describe('that is updated', () => {
    let restoreCreated: () => Promise<void>;
    const failedUpdate = async (more = {}, blocks = {}) => {
      handler = exit4;
      return configure({ ...script('echo changed'), ...more }, blocks).refused();
    };

    beforeAll(async () => {
      await reset();
      sent = [];
      handler = succeed;
      await configure({ timeouts: { create: '5m', update: '50ms' } }).workspace.apply();
      restoreCreated = await stage.keep();
    });

    beforeEach(() => restoreCreated());

    test.each([
      ['source', script('echo changed')],
      ['parameter', { parameter: [{ name: 'mode', value: 'open' }] }],
      ['tags', { tags: { owner: 'ops' } }],
    ])('by its %s, runs again in place', async (_, more) => {
      configure(more);
      expect(await stage.changes()).toEqual({ [commandAddress]: 'update' });
      await stage.workspace.apply();
      expect(sent).toHaveLength(1);
      expect(await stage.changes()).toEqual({});
    });

    test.each([
      ['name', { name: 'other' }],
      ['virtual_machine_id', { virtual_machine_id: '/subscriptions/x' }],
    ])('by its %s, is replaced', async (_, more) => {
      configure(more);
      expect(await stage.changes()).toEqual({ [commandAddress]: 'replace' });
    });

    test('keeps the time of its creation, which Azure knows though the state may not', async () => {
      const { id } = stage.attributes(commandAddress);
      await stage.workspace.must('state', 'rm', commandAddress);
      const more = { ...script('echo changed'), timeouts: { create: '9m' } };
      await configure(more, { import: [{ to: commandAddress, id }] }).workspace.apply();
      expect(sent[0].timeoutInSeconds).toBe(300);
    });

    test('by its time-outs alone, is not updated', async () => {
      configure({ timeouts: { create: '9m' } });
      expect(await stage.changes()).toEqual({});
    });

    test('has its old, known instance_view in the plan, an unknown one in a replacement', async () => {
      const planned = async (more: object) => {
        await configure(more).workspace.must('plan', '-input=false', '-out=plan.bin');
        const { stdout } = await stage.workspace.must('show', '-json', 'plan.bin');
        const { resource_changes } = JSON.parse(stdout) as {
          resource_changes: { address: string; change: { after: Record<string, unknown>; after_unknown: object } }[];
        };
        return resource_changes.find(({ address }) => address === commandAddress)!.change;
      };
      const update = await planned(script('echo changed'));
      expect(update.after.instance_view).toMatchObject([{ output: 'printed by echo converged' }]);
      const replacement = await planned({ name: 'other' });
      expect(replacement.after_unknown).toMatchObject({ instance_view: true });
    });

    test('leaves an output that is made of it one run behind', async () => {
      const output = { printed: { value: `\${${commandAddress}.instance_view[0].output}` } };
      await configure({}, { output }).workspace.apply();
      await configure(script('echo changed'), { output }).workspace.apply();
      expect(view()!.output).toBe('printed by echo changed');
      expect(stage.workspace.state().outputs.printed).toMatchObject({ value: 'printed by echo converged' });
      expect(await stage.workspace.detailedExitCode()).toBe(2);
      expect(await stage.changes()).toEqual({});
    });

    test('and fails, has the new values in the state and is neither tainted nor repeated', async () => {
      const errors = await failedUpdate();
      expect(errors).toContain('updating the command: polling after CreateOrUpdate: polling failed');
      expect(stage.attributes(commandAddress).source).toMatchObject([{ script: 'echo changed' }]);
      expect(stage.isTainted(commandAddress)).toBe(false);
      expect(view()!.exit_code).toBe(0);
      expect(await stage.changes()).toEqual({});
      await stage.apply('-refresh-only');
      expect(view()!.exit_code).toBe(4);
    });

    test('and takes longer than Terraform waits, leaves an empty plan', async () => {
      handler = () => new Promise(() => undefined);
      configure(script('echo changed'));
      expect(await stage.refused()).toContain('context deadline exceeded');
      expect(stage.isTainted(commandAddress)).toBe(false);
      expect(await stage.changes()).toEqual({});
    });

    test('and fails, stops every later plan by a postcondition on its exit code, until it is replaced', async () => {
      const condition = '${self.instance_view[0].exit_code == 0}';
      const lifecycle = { postcondition: [{ condition, error_message: 'the script failed' }] };
      await failedUpdate({ lifecycle });
      handler = succeed;
      configure({ ...script('echo corrected'), lifecycle });
      expect((await stage.workspace.terraform('plan', '-input=false')).errors).toContain('the script failed');
      await stage.workspace.apply(`-replace=${commandAddress}`);
      expect(view()).toMatchObject({ exit_code: 0, output: 'printed by echo corrected' });
    });

    test('and fails, is a warning of a check block', async () => {
      const condition = `\${${commandAddress}.instance_view[0].exit_code == 0}`;
      const check = { script: { assert: [{ condition, error_message: 'the script failed' }] } };
      await failedUpdate({}, { check });
      const { exitCode, text } = await stage.workspace.terraform('plan', '-input=false');
      expect(text).toMatch(/Warning: Check block assertion failed.*the script failed/);
      expect(exitCode).toBe(0);
    });

    test('succeeds with a script that fails, where Azure does not tell the flag of its creation', async () => {
      stage.lab.azure.hideFailureFlag();
      handler = exit4;
      await configure(script('echo changed')).workspace.apply();
      expect(sent[0].treatFailureAsDeploymentFailure).toBe(false);
      expect(view()!.exit_code).toBe(4);
    });

    test('loses its protected parameters, unless they change too', async () => {
      const protectedBy = (value: string) => ({ protected_parameter: [{ name: 'key', value }] });
      await configure(protectedBy('one')).workspace.apply();
      await configure({ ...protectedBy('one'), ...script('echo changed') }).workspace.apply();
      await configure({ ...protectedBy('two'), ...script('echo again') }).workspace.apply();
      expect(sent.map(({ protectedParameters }) => protectedParameters.map(({ value }) => value))).toEqual([
        ['one'],
        [],
        ['two'],
      ]);
      expect(await stage.changes()).toEqual({});
      expect(JSON.stringify(stage.lab.azure.save())).not.toContain('"two"');
    });
  });

  describe('with a hash in its name', () => {
    const hashed = (text: string) => ({ ...script(text), name: `converge-${text.length}` });

    beforeEach(async () => {
      await configure(hashed('open')).workspace.apply();
      stage.lab.operations.clear();
    });

    test('is repeated by every apply after a change that failed, and can be taken back', async () => {
      handler = exit4;
      await configure(hashed('blocked')).refused();
      expect(stage.isTainted(commandAddress)).toBe(true);
      await stage.refused();
      handler = succeed;
      await configure(hashed('open')).workspace.apply();
      expect(await stage.changes()).toEqual({});
      expect(stage.lab.azure.all(COMMAND).map(({ name }) => name)).toEqual(['converge-4']);
    });

    test('whose deletion fails loses nothing: the next plan replaces again', async () => {
      stage.lab.azure.failDeletions('another operation is in progress');
      const errors = await configure(hashed('blocked')).refused();
      expect(errors).toContain('409 (409 Conflict) with error: Conflict: another operation is in progress');
      expect(stage.attributes(commandAddress).name).toBe('converge-4');
      stage.lab.azure.repairDeletions();
      expect(await stage.changes()).toEqual({ [commandAddress]: 'replace' });
      await stage.workspace.apply();
      expect(stage.writes()).toEqual([`delete ${COMMAND}`, `delete ${COMMAND}`, `create ${COMMAND}`]);
    });

    test('and create_before_destroy, cannot be taken back', async () => {
      const lifecycle = { create_before_destroy: true };
      await configure({ ...hashed('open'), lifecycle }).workspace.apply();
      handler = exit4;
      await configure({ ...hashed('blocked'), lifecycle }).refused();
      handler = succeed;
      expect(await configure({ ...hashed('open'), lifecycle }).refused()).toContain('already exists');
    });
  });

  test('with replace_triggered_by is replaced, not by the mere addition of it', async () => {
    const trigger = (input: string) => ({ 'terraform_data.script': { input } });
    const lifecycle = { replace_triggered_by: ['terraform_data.script'] };
    await configure({}, {}, trigger('one')).workspace.apply();
    configure({ lifecycle }, {}, trigger('one'));
    expect(await stage.changes()).toEqual({});
    configure({ lifecycle }, {}, trigger('two'));
    expect(await stage.changes()).toMatchObject({ [commandAddress]: 'replace' });
  });

  test('that is removed by hand is planned again; with its VM it is replaced too', async () => {
    await configure().workspace.apply();
    const { id } = stage.attributes(commandAddress);
    configure({}, {}, { [vmAddress]: vm({ admin_username: 'other' }) });
    expect(await stage.changes()).toEqual({ [vmAddress]: 'replace', [commandAddress]: 'replace' });
    configure();
    stage.lab.azure.delete(COMMAND, id as string);
    expect(await stage.changes()).toEqual({ [commandAddress]: 'create' });
  });
});
