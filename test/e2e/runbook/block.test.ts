import { readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CdktfProject } from '../terraform/support/cdktf-project';
import { tfvars } from '../terraform/support/app';
import { startLabOfTfvars } from '../terraform/support/lab';
import { requireTerraform, type Run } from '../terraform/support/terraform';
import { Deployment } from '../lifecycle/support/deployment';
import { documentProblems } from '../../../packages/confluent-dr/test/support/output-schema';
import { dr } from './tool';

jest.setTimeout(900_000);

const replaced = ['delete azurerm_virtual_machine_run_command', 'create azurerm_virtual_machine_run_command'];

interface Document {
  readonly blocked: boolean;
  readonly exitCode?: number;
  readonly proof?: { readonly kind: string; readonly because?: string };
}

describe('block and unblock by terraform', () => {
  let drill: Deployment;

  beforeAll(async () => {
    drill = await Deployment.start();
  });

  beforeEach(() => drill.restore());

  afterAll(() => drill.end());

  const toggle = (...words: readonly string[]): Promise<Run> => {
    const { workspace, lab } = drill;
    const env = { ...lab.env, TF_DATA_DIR: join(workspace.folder, '.terraform') };
    return dr([...words, '--from', workspace.folder], workspace.folder, env);
  };
  const wrote = (): string[] => {
    const writes = drill.writes();
    drill.forgetCalls();
    return writes;
  };

  test('run the toggle and nothing else, there and back', async () => {
    for (const command of ['block', 'unblock'] as const) {
      const { exitCode, stdout, text } = await toggle(command, '--yes', '--no-proof', '--json');
      expect([exitCode, wrote()]).toEqual([0, replaced]);
      expect(documentProblems(command, JSON.parse(stdout))).toEqual([]);
      expect(JSON.parse(stdout)).toMatchObject({ blocked: command === 'block', ran: true, exitCode: 0 });
      expect(text).toContain('Apply complete!');
      const [before, after] = command === 'block' ? ['none', 'reject'] : ['reject', 'none'];
      expect(text).toContain(`name = "OUTAGE_PRIMARY" ~ value = "${before}" -> "${after}"`);
      expect(text).not.toMatch(/Refreshing|Reading|\bscript\b/);
    }
    expect(drill.writingCalls()).toEqual([]);
  });

  test('say that the lab has no proxy to look through, and that this is no proof', async () => {
    const { exitCode, stdout, text } = await toggle('block', '--yes', '--json');
    expect(exitCode).toBe(4);
    expect(documentProblems('block', JSON.parse(stdout))).toEqual([]);
    const { proof } = JSON.parse(stdout) as Document;
    expect(proof).toMatchObject({ kind: 'impossible', because: 'lab-without-brokers' });
    expect(text).not.toContain(tfvars.cc_cloud_api_secret);
  });

  test('work while the primary is gone, and while a mirror turns', async () => {
    const { operator, lab } = drill;
    const comeBack = await operator.takeAway('primary', 'refused');
    expect((await drill.tryPlan()).exitCode).toBe(1);
    drill.forgetCalls();
    expect((await toggle('block', '--yes', '--no-proof')).exitCode).toBe(0);
    expect(wrote()).toEqual(replaced);
    await comeBack();
    const release = await operator.fault({ kind: 'mirror-stuck', target: lab.cloud.sample!.secondary.clusterId });
    await operator.operate('secondary', 'reverse-and-start-mirror', 'active-passive-a');
    expect((await toggle('unblock', '--yes', '--no-proof')).exitCode).toBe(0);
    await release();
  });

  test('fail with the command, and do what is missing when run again', async () => {
    drill.lab.azure.failRunCommands('exit code 4');
    const { exitCode, text } = await toggle('block', '--yes', '--no-proof');
    expect([exitCode, text]).toEqual([1, expect.stringMatching(/failed with exit code 1\. What the proxy does/)]);
    expect(text).toMatch(/Error: .*exit code 4/);
    const log = /All \d+ lines that the command printed: (\S+)/.exec(text)![1];
    expect(statSync(log).mode & 0o777).toBe(0o600);
    expect(readFileSync(log, 'utf8')).toContain('exit code 4');
    rmSync(dirname(log), { recursive: true });
    drill.lab.azure.repairRunCommands();
    drill.forgetCalls();
    expect((await toggle('block', '--yes', '--no-proof')).exitCode).toBe(0);
    expect(wrote()).toEqual(replaced);
  });

  test('change nothing in a dry run', async () => {
    const { exitCode, stdout } = await toggle('block', '--dry-run');
    expect([exitCode, stdout.trim()]).toEqual([0, expect.stringMatching(/^terraform apply .*-refresh=false/)]);
    expect(wrote()).toEqual([]);
  });
});

test('block by cdktf replaces the run command alone, from the folder where it stands', async () => {
  requireTerraform();
  const lab = await startLabOfTfvars();
  const project = new CdktfProject(lab, tfvars);
  try {
    await project.must(['deploy', '--auto-approve']);
    lab.operations.clear();
    const env = { ...lab.env, CI: '1', CDKTF_SKIP_PROVIDER_LOCK: 'true' };
    const { exitCode, text } = await dr(['block', '--yes', '--no-proof'], project.folder, env);
    expect([exitCode, text]).toEqual([0, expect.stringMatching(/The command succeeded: the primary is to be blocked/)]);
    expect(lab.operations.writes().map(({ operation, type }) => `${operation} ${type}`)).toEqual(replaced);
  } finally {
    project.remove();
    await lab.stop();
  }
});
