import { type Event } from '../../../packages/confluent-dr-lab/src/cloud/event-log';
import { synthesizeInto, tfvars } from '../terraform/support/app';
import { startLabOfTfvars } from '../terraform/support/lab';
import { Operator } from '../terraform/support/operator';
import { requireTerraform, Workspace } from '../terraform/support/terraform';
import { Deployment } from './support/deployment';
import { mirrored, pairApp } from './support/pair-app';

jest.setTimeout(900_000);

const foreignAcl = {
  ...{ resource_type: 'TOPIC', resource_name: 'billing', pattern_type: 'LITERAL', principal: 'User:sa-other' },
  ...{ host: '*', operation: 'READ', permission: 'ALLOW' },
};

describe('destroy', () => {
  beforeAll(requireTerraform);

  test('takes away all that the drill made, in order, and nothing else', async () => {
    const lab = await startLabOfTfvars();
    const workspace = new Workspace(lab).write('terraform.tfvars.json', tfvars);
    const operator = new Operator(lab);
    await operator.kafka('primary', 'POST', '/topics', { topic_name: 'billing' });
    await operator.kafka('secondary', 'POST', '/topics', { topic_name: 'billing' });
    await operator.kafka('secondary', 'POST', '/acls', foreignAcl);
    const inventory = () =>
      lab.cloud.perform((state) => ({
        environments: [...state.environments.keys()],
        serviceAccounts: [...state.serviceAccounts.keys()],
        roleBindings: [...state.roleBindings.keys()],
        apiKeys: [...state.apiKeys.keys()],
        links: [...state.clusterLinks.keys()],
        registries: [...state.schemaRegistries.values()].map(({ id, exporters }) => [id, ...exporters.keys()]),
        clusters: [...state.kafkaClusters.values()].map(({ id, topics, acls }) => [id, [...topics.keys()], [...acls]]),
      }));
    const before = await inventory();
    synthesizeInto(workspace);
    await workspace.init();
    await workspace.apply();
    expect(await inventory()).not.toEqual(before);
    const last = lab.cloud.events.list().at(-1)!.number;
    // What does not wait for the mirror's end comes before it.
    const target = lab.cloud.sample!.secondary.clusterId;
    const path = '/topics/active-passive-a';
    await operator.fault({ kind: 'slow', target, method: 'DELETE', path, delayMs: 500 });

    await workspace.apply('-destroy');
    const after = await inventory();
    const left = lab.azure.inspect();
    const deletes = lab.cloud.events.list(last).filter(({ method }) => method === 'DELETE');
    workspace.remove();
    await lab.stop();

    expect(after).toEqual(before);
    expect(left).toEqual({});
    const { primary, secondary } = lab.cloud.sample!;
    const mirror = placeOf(deletes, `/clusters/${secondary.clusterId}/topics/active-passive-a`);
    const links = [primary, secondary].map(({ clusterId }) => placeOf(deletes, `/clusters/${clusterId}/links/`));
    const topic = placeOf(deletes, `/clusters/${primary.clusterId}/topics/active-passive-a`);
    const keys = placesOf(deletes, '/api-keys/');
    const roles = placesOf(deletes, '/role-bindings/');
    expect(mirror).toBeLessThan(Math.min(...links));
    expect(mirror).toBeLessThan(topic);
    expect(Math.max(...links, topic)).toBeLessThan(Math.max(...keys));
    expect(Math.max(...keys)).toBeLessThan(Math.max(...roles));
  });

  describe('with protection on, while failed over', () => {
    let drill: Deployment;

    beforeAll(async () => {
      drill = await Deployment.start({ configure: pairApp({ topics: mirrored('orders') }) });
    });

    beforeEach(async () => {
      await drill.restore();
      await drill.operator.switchOverTo('secondary', 'orders');
      drill.forgetCalls();
    });

    afterAll(() => drill.end());

    const address = (type: string, construct: string) =>
      drill.workspace.state().resources.find((one) => one.type === type && one.name.includes(construct))!.name;
    const ways: Record<string, () => string[]> = {
      'by itself': () => [],
      'without refresh': () => ['-refresh=false'],
      'of the primary’s link alone, on which the mirror depends': () => [
        `-target=confluent_cluster_link.${address('confluent_cluster_link', 'OnPrimary')}`,
      ],
    };

    test.each(Object.keys(ways))('is refused before the first write: %s', async (way) => {
      const refused = await drill.tryApply('-destroy', ...ways[way]());
      expect(refused.exitCode).toBe(1);
      expect(refused.errors).toContain('Instance cannot be destroyed');
      expect(drill.writingCalls()).toEqual([]);
      expect(await drill.operator.topics('secondary')).toEqual(['orders']);
    });
  });
});

function placesOf(calls: readonly Event[], part: string): number[] {
  const places = calls.filter(({ path }) => path.includes(part)).map(({ number }) => number);
  expect(places).not.toEqual([]);
  return places;
}

const placeOf = (calls: readonly Event[], part: string): number => placesOf(calls, part)[0];
