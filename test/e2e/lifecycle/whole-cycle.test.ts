import { tfvars } from '../terraform/support/app';
import { type OperatedCluster, Operator, type Role } from '../terraform/support/operator';
import { type Workspace } from '../terraform/support/terraform';
import { Deployment, topic } from './support/deployment';

jest.setTimeout(900_000);

const blocked = '-var=cc_failover_primary=true';

/** The outputs name the clusters and hold the keys, whether the clusters were adopted or created. */
async function operatedClusters(workspace: Workspace): Promise<Record<Role, OperatedCluster>> {
  const { stdout } = await workspace.must('output', '-json');
  const outputs = JSON.parse(stdout) as Record<string, { value: Record<string, string> }>;
  const cluster = (role: Role) => {
    const {
      cluster_id: clusterId,
      cluster_api_key: key,
      cluster_api_secret: secret,
    } = outputs[`${role}_cluster`].value;
    return { clusterId, kafka: { key, secret } };
  };
  return { primary: cluster('primary'), secondary: cluster('secondary') };
}

describe('the whole cycle', () => {
  test.each([
    ['adopted', true],
    ['created', false],
  ])('deploy, toggle, reverse, fail back and destroy, with clusters %s', async (_, adopt) => {
    const drill = await Deployment.start({ values: { ...tfvars, cc_use_existing_clusters: adopt } });
    const { workspace, lab } = drill;
    try {
      const operator = new Operator(lab, await operatedClusters(workspace));
      await operator.produce('primary', topic, 100);

      await workspace.apply(blocked);
      await operator.switchOverTo('secondary', topic);
      expect(await workspace.detailedExitCode(blocked)).toBe(0);
      await operator.produce('secondary', topic, 100);

      await workspace.apply();
      await operator.switchOverTo('primary', topic);
      expect(await workspace.detailedExitCode()).toBe(0);

      await workspace.apply('-destroy');
      expect(workspace.state().resources).toEqual([]);
      const { primary, secondary } = lab.cloud.sample!;
      const left = await lab.cloud.perform(({ kafkaClusters, clusterLinks, apiKeys }) => ({
        clusters: [...kafkaClusters.keys()].sort(),
        topics: [...kafkaClusters.values()].flatMap(({ topics }) => [...topics.keys()]),
        links: clusterLinks.size,
        keysOfTheDrill: [...apiKeys.values()].filter(({ ownerId }) => ownerId === tfvars.cc_service_account).length,
      }));
      const clusters = [primary.clusterId, secondary.clusterId].sort();
      expect(left).toEqual({ clusters, topics: [], links: 0, keysOfTheDrill: 0 });
    } finally {
      await drill.end();
    }
  });
});
