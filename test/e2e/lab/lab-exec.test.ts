import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tool } from './tool';

jest.setTimeout(900_000);

describe('confluent-dr lab, and what it runs or reads,', () => {
  let tool: Tool;

  beforeEach(() => {
    tool = new Tool();
  });

  afterEach(() => tool.remove());

  test('gives exec its exit code, its signals, and an environment without credentials', async () => {
    await tool.lab('up');
    expect((await tool.lab('exec', '--', 'sh', '-c', 'exit 7')).exitCode).toBe(7);
    expect((await tool.lab('exec', '--', 'sh', '-c', 'kill -9 $$')).exitCode).toBe(137);
    expect((await tool.lab('exec', '--', 'no-such-command')).exitCode).toBe(127);
    process.env.ARM_CLIENT_SECRET = process.env.CONFLUENT_CLOUD_API_SECRET = 'a-real-secret';
    const { stdout } = await tool.lab('exec', '--', 'env');
    delete process.env.ARM_CLIENT_SECRET;
    delete process.env.CONFLUENT_CLOUD_API_SECRET;
    expect(stdout).toContain('TF_REATTACH_PROVIDERS=');
    expect(stdout).not.toContain('a-real-secret');
  });

  test('does not run Terraform with the variables of other clusters, and has these clusters when told', async () => {
    const tfvars = 'cc_env_primary = "env-mine01" # ours\ncc_service_account = "sa-mine01"\nprefix = "p"\n';
    writeFileSync(join(tool.cwd, 'terraform.tfvars'), tfvars);
    await tool.lab('up');
    const refused = await tool.lab('exec', '--', 'true');
    expect(refused.text).toMatch(/terraform\.tfvars .*sets cc_env_primary, cc_service_account/);
    expect(refused.exitCode).toBe(2);
    await tool.lab('down');
    await tool.lab('up', '--var-file', 'terraform.tfvars');
    expect((await tool.lab('exec', '--', 'true')).exitCode).toBe(0);
    expect((await tool.json<Record<string, string>>('env')).TF_VAR_cc_env_primary).toBe('env-mine01');
  });

  test('says what of the file it did not read, and what it made up', async () => {
    const lines = [
      'cc_env_primary = "env-mine01"',
      'cc_env_secondary = env-mine02 + 1',
      'tags = {',
      '  owner = "hunter2"',
      '}',
    ];
    writeFileSync(join(tool.cwd, 'my.tfvars'), lines.join('\n'));
    const up = await tool.lab('up', '--var-file', 'my.tfvars');
    expect(up.text).toContain('Left out of my.tfvars: cc_env_secondary, tags.');
    expect(up.text).toMatch(/so made up: cc_cloud_api_key, cc_cloud_api_secret, cc_env_secondary, cc_service_account/);
    expect(up.text).not.toMatch(/hunter2/);
    await tool.lab('down');
    expect(await tool.json('up', '--var-file', 'my.tfvars')).toMatchObject({
      running: true,
      var_file: {
        file: 'my.tfvars',
        ignored: ['cc_env_secondary', 'tags'],
        made_up: expect.arrayContaining(['cc_env_secondary', 'admin_password']) as string[],
      },
    });
  });

  test('leaves the state of real clusters alone, where the configuration has no backend', async () => {
    await tool.lab('up');
    const state = {
      version: 4,
      serial: 1,
      lineage: 'real',
      resources: [{ mode: 'managed', type: 'null_resource', name: 'x' }],
    };
    writeFileSync(join(tool.cwd, 'terraform.tfstate'), JSON.stringify(state));
    const { exitCode, text } = await tool.lab('exec', '--', 'true');
    expect(text).toContain('is a state that this lab did not make');
    expect(exitCode).toBe(2);
    writeFileSync(join(tool.cwd, 'terraform.tfstate'), JSON.stringify({ ...state, resources: [] }));
    expect((await tool.lab('exec', '--', 'true')).exitCode).toBe(0);
  });

  test('takes away the data of Terraform, also of a lab that was killed', async () => {
    await tool.lab('up');
    const { id } = await tool.json<{ id: string }>('status');
    const data = join(tool.cwd, `.terraform-lab-${id}`);
    await tool.lab('exec', '--', 'mkdir', data);
    await tool.kill();
    await tool.lab('status');
    await tool.lab('down');
    expect(existsSync(data)).toBe(false);
  });
});
