import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { synthesizeInto, tfvars } from './support/app';
import { startLabOfTfvars } from './support/lab';
import { requireTerraform, Workspace } from './support/terraform';

jest.setTimeout(900_000);

describe('a wrong terraform.tfvars', () => {
  let lab: Lab;
  let workspace: Workspace;

  beforeAll(async () => {
    requireTerraform();
    lab = await startLabOfTfvars();
    workspace = new Workspace(lab);
    synthesizeInto(workspace);
    await workspace.init();
  });

  afterAll(async () => {
    workspace.remove();
    await lab.stop();
  });

  test.each<[name: string, changes: object, message: RegExp]>([
    ['an environment id', { cc_env_primary: 'e-123' }, /cc_env_primary: received 'e-123'.*allowed.*env-/],
    ['another environment id', { cc_env_secondary: '' }, /cc_env_secondary: received ''.*allowed.*env-/],
    [
      'a service account id',
      { cc_service_account: 'u-abc123' },
      /cc_service_account: received 'u-abc123'.*allowed.*sa-/,
    ],
    ['a cluster id', { cc_primary_cluster_id: 'pkc-abc' }, /cc_primary_cluster_id: received 'pkc-abc'.*allowed.*lkc-/],
    [
      'the other cluster id',
      { cc_secondary_cluster_id: 'bbbbb' },
      /cc_secondary_cluster_id: received 'bbbbb'.*allowed.*lkc-/,
    ],
    [
      'a cluster id that is empty',
      { cc_primary_cluster_id: '' },
      /cc_primary_cluster_id: received 'none'.*allowed.*lkc-/,
    ],
    [
      'one cluster for both members',
      { cc_secondary_cluster_id: 'lkc-aaaaa' },
      /cc_secondary_cluster_id: received 'lkc-aaaaa', allowed: two different clusters/,
    ],
    ['a region', { azure_region: 'West_Europe!' }, /azure_region: received 'West_Europe!'.*allowed/],
    ['a region that is nearly one', { azure_region: 'westeuropa' }, /azure_region: received 'westeuropa'.*allowed/],
    ['a second region', { cc_secondary_region: 'norteurope' }, /cc_secondary_region: received 'norteurope'.*allowed/],
    ['a prefix', { prefix: '-proxy-' }, /prefix: received '-proxy-'.*allowed/],
    ['an administrator', { admin_username: 'proxy admin' }, /admin_username: received 'proxy admin'.*allowed/],
    ['a user name that Azure reserves', { admin_username: 'admin' }, /admin_username.*allowed/],
    ['a password', { admin_password: 'simple' }, /admin_password: received a value that Azure refuses.*allowed/],
    ['a client range', { client_cidrs: ['10.0.0.1/33'] }, /client_cidrs: received.*10\.0\.0\.1\/33.*allowed/],
    [
      'client ranges that Azure refuses together',
      { client_cidrs: ['10.0.0.0/8', '10.1.0.0/16'] },
      /client_cidrs: received '10\.0\.0\.0\/8,10\.1\.0\.0\/16', allowed: IPv4 ranges .* of which none holds another/,
    ],
    ['a failover flag', { cc_failover_primary: 'yes' }, /cc_failover_primary|bool required/],
  ])('with %s is refused by the plan, before anything is changed', async (_, changes, message) => {
    workspace.write('terraform.tfvars.json', { ...tfvars, ...changes });
    const { exitCode, errors } = await workspace.terraform('plan', '-input=false');
    expect(errors).toMatch(message);
    expect(exitCode).toBe(1);
    expect(lab.operations.writes()).toEqual([]);
  });

  test('does not show a password that it refuses', async () => {
    workspace.write('terraform.tfvars.json', { ...tfvars, admin_password: 'simple-secret' });
    const { errors } = await workspace.terraform('plan', '-input=false');
    expect(errors).toContain('admin_password');
    expect(errors).not.toContain('simple-secret');
  });

  test('tells all that is wrong at once', async () => {
    workspace.write('terraform.tfvars.json', { ...tfvars, cc_env_primary: 'x', cc_service_account: 'y', prefix: '-' });
    const { errors } = await workspace.terraform('plan', '-input=false');
    expect(
      ['cc_env_primary', 'cc_service_account', 'prefix'].filter((name) => !errors.includes(`${name}: received`)),
    ).toEqual([]);
  });
});
