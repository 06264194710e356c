import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { runCommand, tfvars } from './support/app';
import { CdktfProject } from './support/cdktf-project';
import { startLabOfTfvars } from './support/lab';
import { Operator } from './support/operator';
import { originalConfiguration } from './support/original-configuration';
import { requireTerraform, Workspace } from './support/terraform';

jest.setTimeout(900_000);

describe('cdktf-cli, in a copy of the project', () => {
  let lab: Lab;
  let project: CdktfProject;

  const writes = () => lab.operations.writes().map(({ operation, type }) => `${operation} ${type}`);

  beforeAll(requireTerraform);

  beforeEach(async () => {
    lab = await startLabOfTfvars();
    project = new CdktfProject(lab, tfvars);
  });

  afterEach(async () => {
    project.remove();
    await lab.stop();
  });

  test('deploys with the tfvars that lie beside cdktf.json, toggles by --var and by context, and destroys', async () => {
    await project.must(['deploy', '--auto-approve']);
    expect(await new Operator(lab).mirrors('secondary')).toEqual({ 'active-passive-a': 'ACTIVE' });

    const toggles = [
      () => project.must(['deploy', '--auto-approve', '--var', 'cc_failover_primary=true']),
      () => project.must(['deploy', '--auto-approve']),
      () => project.must(['deploy', '--auto-approve'], { CDKTF_CONTEXT_JSON: '{"cc_failover_primary":"true"}' }),
    ];
    for (const toggle of toggles) {
      lab.operations.clear();
      await toggle();
      const [type] = runCommand.split('.');
      expect(writes()).toEqual([`delete ${type}`, `create ${type}`]);
    }

    lab.operations.clear();
    await project.must(['deploy', '--auto-approve'], {
      TF_CLI_ARGS_plan: '-refresh=false',
      TF_CLI_ARGS_apply: '-refresh=false',
    });
    expect(lab.operations.reads()).toEqual([]);
    expect(writes()).toHaveLength(2);

    await project.must(['destroy', '--auto-approve']);
    expect(await new Operator(lab).topics('primary')).toEqual([]);
  });

  test('takes over the state of the original when it is copied to the name that cdktf gives it', async () => {
    const original = new Workspace(lab).write('main.tf.json', originalConfiguration());
    await original.init();
    await original.apply();
    const keys = () => lab.cloud.perform(({ apiKeys }) => [...apiKeys.keys()]);
    const before = await keys();
    copyFileSync(original.statePath, project.statePath);
    original.remove();
    lab.operations.clear();

    await project.must(['deploy', '--auto-approve']);
    expect(await keys()).toEqual(before);
    const destroyed = writes().filter((write) => write.startsWith('delete confluent_'));
    expect(destroyed).toEqual([]);
  });

  test('synthesizes without terraform, without a network, without credentials', async () => {
    rmSync(join(project.folder, 'terraform.tfvars'));
    const onlyNode = dirname(process.execPath);
    await project.must(['synth'], { PATH: onlyNode, TF_REATTACH_PROVIDERS: undefined });
    const stack = readFileSync(join(project.folder, 'cdktf.out/stacks/active-passive/cdk.tf.json'), 'utf8');
    expect(JSON.parse(stack)).toHaveProperty('variable.cc_failover_primary.default', false);
  });
});
