import { type RunningProviders, startProviders } from './provider';
import { runCommand, synthesizeInto, tfvars } from './support/app';
import { requireTerraform, Workspace } from './support/terraform';

jest.setTimeout(240_000);

describe('clusters that the app created', () => {
  let running: RunningProviders;
  let workspace: Workspace;

  beforeAll(async () => {
    requireTerraform();
    running = await startProviders();
    workspace = new Workspace(running).write('terraform.tfvars.json', { ...tfvars, cc_use_existing_clusters: false });
    synthesizeInto(workspace);
    await workspace.init();
    await workspace.apply();
  });

  afterAll(() => {
    workspace.remove();
    running.stop();
  });

  test('need nothing more after the first apply', async () => {
    expect(await workspace.detailedExitCode()).toBe(0);
  });

  test('grow without taking a key, link or mirror with them', async () => {
    synthesizeInto(workspace, { edit: (json) => json.replace(/"cku": 2/, '"cku": 4') });
    expect((await workspace.plan()).changes()).toEqual({ 'confluent_kafka_cluster.primary[0]': 'update' });
    synthesizeInto(workspace);
  });

  test('that were renamed by hand leave the toggle the one replacement', async () => {
    const [cluster] = workspace
      .state()
      .resources.filter(
        ({ mode, type, name }) => `${mode} ${type} ${name}` === 'managed confluent_kafka_cluster primary',
      )
      .flatMap(({ instances }) => instances as readonly { attributes: { id: string } }[]);
    running.cloud.drift('confluent_kafka_cluster', cluster.attributes.id, { display_name: 'renamed' });
    expect((await workspace.plan('-var=cc_failover_primary=true')).changes()).toEqual({
      'confluent_kafka_cluster.primary[0]': 'update',
      [runCommand]: 'replace',
    });
  });

  test('may be given any ids to adopt, which are not looked at', async () => {
    const ids = ['-var=cc_primary_cluster_id=lkc-', '-var=cc_secondary_cluster_id=n/a'];
    expect(await workspace.detailedExitCode('-refresh=false', ...ids)).toBe(0);
  });
});
