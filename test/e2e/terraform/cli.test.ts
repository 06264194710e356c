import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Lab } from '../../../lib/lab/lab';
import { runCommand, tfvars } from './support/app';
import { originalConfiguration } from './support/original-configuration';
import { startLabOfTfvars } from './support/lab';
import { Operator } from './support/operator';
import { requireTerraform, run, Workspace } from './support/terraform';

const root = join(__dirname, '../../..');

jest.setTimeout(300_000);

describe('cdktf-cli, in a copy of the project', () => {
  let lab: Lab;
  let project: string;

  const cdktf = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const cli = require.resolve('cdktf-cli/bundle/bin/cdktf.js');
    const result = await run(process.execPath, [cli, ...args], project, {
      ...process.env,
      ...lab.env,
      INIT_CWD: undefined,
      CI: '1',
      CHECKPOINT_DISABLE: '1',
      CDKTF_SKIP_PROVIDER_LOCK: 'true',
      ...env,
    });
    if (result.exitCode !== 0) {
      throw new Error(`cdktf ${args.join(' ')} ended with ${result.exitCode}: ${result.text}`);
    }
    return result.text;
  };
  const writeTfvars = (values: Record<string, unknown>) =>
    writeFileSync(
      join(project, 'terraform.tfvars'),
      Object.entries(values)
        .map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`)
        .join(''),
    );
  const writes = () => lab.operations.writes().map(({ operation, type }) => `${operation} ${type}`);

  beforeAll(requireTerraform);

  beforeEach(async () => {
    lab = await startLabOfTfvars();
    project = mkdtempSync(join(tmpdir(), 'project-'));
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    for (const file of files.split('\n').filter((name) => /^(lib|nginx-templates)\/|^[^/]+$/.test(name))) {
      if (existsSync(join(root, file))) {
        cpSync(join(root, file), join(project, file));
      }
    }
    cpSync(join(root, '.gen'), join(project, '.gen'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
    writeTfvars(tfvars);
  });

  afterEach(async () => {
    rmSync(project, { recursive: true, force: true });
    await lab.stop();
  });

  test('deploys with the tfvars that lie beside cdktf.json, toggles by --var and by context, and destroys', async () => {
    await cdktf(['deploy', '--auto-approve']);
    expect(await new Operator(lab).mirrors('secondary')).toEqual({ 'active-passive-a': 'ACTIVE' });

    const toggles = [
      () => cdktf(['deploy', '--auto-approve', '--var', 'cc_failover_primary=true']),
      () => cdktf(['deploy', '--auto-approve']),
      () => cdktf(['deploy', '--auto-approve'], { CDKTF_CONTEXT_JSON: '{"cc_failover_primary":"true"}' }),
    ];
    for (const toggle of toggles) {
      lab.operations.clear();
      await toggle();
      const [type] = runCommand.split('.');
      expect(writes()).toEqual([`delete ${type}`, `create ${type}`]);
    }

    lab.operations.clear();
    await cdktf(['deploy', '--auto-approve'], {
      TF_CLI_ARGS_plan: '-refresh=false',
      TF_CLI_ARGS_apply: '-refresh=false',
    });
    expect(lab.operations.reads()).toEqual([]);
    expect(writes()).toHaveLength(2);

    await cdktf(['destroy', '--auto-approve']);
    expect(await new Operator(lab).topics('primary')).toEqual([]);
  });

  test('takes over the state of the original when it is copied to the name that cdktf gives it', async () => {
    const original = new Workspace(lab).write('main.tf.json', originalConfiguration());
    await original.init();
    await original.apply();
    const keys = () => lab.cloud.perform(({ apiKeys }) => [...apiKeys.keys()]);
    const before = await keys();
    copyFileSync(original.statePath, join(project, 'terraform.active-passive.tfstate'));
    original.remove();
    lab.operations.clear();

    await cdktf(['deploy', '--auto-approve']);
    expect(await keys()).toEqual(before);
    const destroyed = writes().filter((write) => write.startsWith('delete confluent_'));
    expect(destroyed).toEqual([]);
  });

  test('synthesizes without terraform, without a network, without credentials', async () => {
    rmSync(join(project, 'terraform.tfvars'));
    const onlyNode = dirname(process.execPath);
    await cdktf(['synth'], { PATH: onlyNode, TF_REATTACH_PROVIDERS: undefined });
    const stack = readFileSync(join(project, 'cdktf.out/stacks/active-passive/cdk.tf.json'), 'utf8');
    expect(JSON.parse(stack)).toHaveProperty('variable.cc_failover_primary.default', false);
  });
});
