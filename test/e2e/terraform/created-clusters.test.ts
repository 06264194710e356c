import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { runCommand, synthesizeInto, tfvars } from './support/app';
import { checkpoint, startLabOfTfvars } from './support/lab';
import { requireTerraform, Workspace } from './support/terraform';

jest.setTimeout(900_000);

describe('clusters that the app created', () => {
  let lab: Lab;
  let workspace: Workspace;
  let restore: () => Promise<void>;

  beforeAll(async () => {
    requireTerraform();
    lab = await startLabOfTfvars();
    workspace = new Workspace(lab).write('terraform.tfvars.json', { ...tfvars, cc_use_existing_clusters: false });
    synthesizeInto(workspace);
    await workspace.init();
    await workspace.apply();
    restore = await checkpoint(lab, workspace.statePath);
  });

  beforeEach(async () => {
    await restore();
    synthesizeInto(workspace);
  });

  afterAll(async () => {
    workspace.remove();
    await lab.stop();
  });

  test('need nothing more after the first apply', async () => {
    expect(await workspace.detailedExitCode()).toBe(0);
  });

  test('grow without taking a key, link or mirror with them', async () => {
    synthesizeInto(workspace, { edit: (json) => json.replace(/"cku": 2/, '"cku": 4') });
    expect((await workspace.plan()).changes()).toEqual({ 'confluent_kafka_cluster.primary[0]': 'update' });
  });

  test('that were renamed by hand leave the toggle the one replacement', async () => {
    const [cluster] = workspace
      .state()
      .resources.filter(
        ({ mode, type, name }) => `${mode} ${type} ${name}` === 'managed confluent_kafka_cluster primary',
      )
      .flatMap(({ instances }) => instances as readonly { attributes: { id: string } }[]);
    await lab.cloud.perform((state) => {
      const created = state.kafkaClusters.get(cluster.attributes.id)!;
      state.kafkaClusters.set(created.id, { ...created, displayName: 'renamed' });
    });
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
