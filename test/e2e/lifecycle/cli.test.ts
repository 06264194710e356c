import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { tfvars } from '../terraform/support/app';
import { CdktfProject } from '../terraform/support/cdktf-project';
import { checkpoint, startLabOfTfvars } from '../terraform/support/lab';
import { Operator } from '../terraform/support/operator';
import { requireTerraform } from '../terraform/support/terraform';
import { topic } from './support/deployment';

const replaced = ['delete azurerm_virtual_machine_run_command', 'create azurerm_virtual_machine_run_command'];
const block = ['deploy', '--auto-approve', '--var', 'cc_failover_primary=true'];

jest.setTimeout(900_000);

/** The documented command for a primary that is really gone: its environment and its arguments. */
function documentedToggle(): { env: Record<string, string>; args: string[] } {
  const page = readFileSync(join(__dirname, '../../../docs/default-app.md'), 'utf8');
  const [, variables, args] = /^((?:TF_CLI_ARGS_\w+=\S+ )+)npx cdktf (deploy .*)$/m.exec(page)!;
  const env: Record<string, string> = {};
  for (const assignment of variables.trim().split(' ')) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(assignment)!;
    env[name] = value;
  }
  return { env, args: [...args.split(' '), '--auto-approve'] };
}

/** Why a deployment failed is not looked for in what cdktf-cli prints: under load it loses the end of it. */
describe('cdktf deploy in a disaster, as the page of the default app tells an operator', () => {
  let lab: Lab;
  let project: CdktfProject;
  let operator: Operator;
  let restore: () => Promise<void>;
  const { env, args } = documentedToggle();

  const writes = () => {
    const done = lab.operations.writes().map(({ operation, type }) => `${operation} ${type}`);
    lab.operations.clear();
    return done;
  };

  beforeAll(async () => {
    requireTerraform();
    lab = await startLabOfTfvars();
    operator = new Operator(lab);
    project = new CdktfProject(lab, tfvars);
    await project.must(['deploy', '--auto-approve']);
    restore = await checkpoint(lab, project.statePath);
  });

  beforeEach(() => restore());

  afterAll(async () => {
    project.remove();
    await lab.stop();
  });

  test('takes no refresh for the toggle and back, and each has one change', async () => {
    const bringBack = await operator.takeAway('primary', 'refused');
    expect((await project.cdktf(block)).exitCode).not.toBe(0);
    expect(writes()).toEqual([]);

    await project.must(block, env);
    expect(writes()).toEqual(replaced);
    await project.must(args, env);
    expect(writes()).toEqual(replaced);
    const context = { CDKTF_CONTEXT_JSON: '{"cc_failover_primary":true}' };
    await project.must(['deploy', '--auto-approve'], { ...env, ...context });
    expect(writes()).toEqual(replaced);

    await bringBack();
    await project.must(['deploy', '--auto-approve'], context);
    expect(writes()).toEqual([]);
  });

  test('takes no refresh while a reversal is in flight', async () => {
    await project.must(block);
    expect(writes()).toEqual(replaced);
    const release = await operator.fault({ kind: 'mirror-stuck', target: lab.cloud.sample!.secondary.clusterId });
    await operator.operate('secondary', 'reverse-and-start-mirror', topic);
    expect((await project.cdktf(args)).exitCode).not.toBe(0);
    expect(writes()).toEqual([]);
    await project.must(args, env);
    expect(writes()).toEqual(replaced);
    await release();
    await operator.until('secondary', topic, 'STOPPED');
  });

  test('repeats a script that failed', async () => {
    lab.azure.failRunCommands('VMExtensionProvisioningError');
    expect((await project.cdktf(block)).exitCode).not.toBe(0);
    expect(writes()).toEqual(replaced);
    lab.azure.repairRunCommands();
    await project.must(block);
    expect(writes()).toEqual(replaced);
  });
});
