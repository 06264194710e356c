import { setTimeout as sleep } from 'node:timers/promises';
import { endingOf, eventually } from '../../../support/waiting';
import {
  aclAddress,
  exporterAddress,
  linkAddress,
  mirrorAddress,
  type Resources,
  topicAddress,
} from './support/configuration';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

const proxy = 'terraform_data.proxy';
const topicRead = 'primary GET /topics/orders';

describe("while the primary's data plane is away", () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  const everything = (): Resources => ({
    ...stage.parts.pair(),
    [aclAddress]: stage.parts.acl(stage.parts.onCluster('secondary')),
    [exporterAddress]: stage.parts.exporter(),
  });
  const configure = (blocked: boolean) =>
    stage.configure(
      {
        ...everything(),
        [proxy]: { input: { host: '${data.confluent_kafka_cluster.primary.rest_endpoint}', blocked } },
      },
      { data: { confluent_kafka_cluster: { primary: stage.parts.clusterData('primary') } } },
    );

  beforeAll(async () => {
    stage = await Stage.open();
    await configure(false).workspace.apply();
    reset = await stage.keep();
  });

  beforeEach(async () => {
    await reset();
    configure(false);
  });

  afterAll(() => stage.close());

  test.each([
    ['refused', 'no answer after all attempts', 0],
    ['unavailable', '/topics/orders: 503', 5],
  ])('(%s) a plan fails when all tries have failed, and lists all that is there', async (kind, message, tries) => {
    await stage.fault(kind, 'primary');
    const { exitCode, text } = await stage.plan();
    expect(exitCode).toBe(1);
    expect(text).toContain(message);
    expect(text).toContain(`with ${topicAddress}`);
    expect(text).toContain(`with ${linkAddress('primary')}`);
    expect(stage.requests().filter((request) => request === topicRead)).toHaveLength(tries);
    expect(stage.writes()).toEqual([]);
  });

  test('(hanging) a plan waits without a limit', async () => {
    const silent = await Stage.open();
    await silent.configure({ [topicAddress]: silent.parts.topic() }).workspace.apply();
    await silent.fault('hanging', 'primary', { times: 100 });
    const plan = silent.plan();
    await eventually(
      () => silent.lab.cloud.observe(({ faults }) => [...faults.values()]),
      ([fault]) => 'times' in fault && fault.times !== 100,
      { what: 'a question of the plan', died: endingOf(plan, ({ text }) => text) },
    );
    expect(await Promise.race([plan.then(() => 'ended'), sleep(1500, 'waits')])).toBe('waits');
    await silent.lab.stop();
    expect((await plan).exitCode).toBe(1);
    silent.workspace.remove();
  });

  test.each([
    ['throttled', { retryAfterSeconds: 0 }],
    ['unavailable', {}],
    ['refused', {}],
  ])('(%s) only once, a plan tries again and has nothing to do', async (kind, more) => {
    await stage.fault(kind, 'primary', { path: '/topics/orders', times: 1, ...more });
    expect(await stage.changes()).toEqual({});
  });

  test('its Schema Registry alone fails the plan as well, by the exporter', async () => {
    await stage.fault('refused', stage.lab.cloud.sample!.primary.registryId);
    const { exitCode, text } = await stage.plan();
    expect(exitCode).toBe(1);
    expect(text).toContain(`with ${exporterAddress}`);
    expect(text).not.toContain(`with ${topicAddress}`);
  });

  test.each([
    ['401: the key was deleted by hand', 401, deleteKeys],
    [
      '403: nothing is allowed any more',
      403,
      (at: Stage) => at.lab.cloud.perform((state) => state.roleBindings.clear()),
    ],
  ])('%s, which fails at once, and nothing is planned anew', async (_, status, by) => {
    stage.configure(everything());
    await by(stage);
    const { exitCode, text, errors } = await stage.plan();
    expect(exitCode).toBe(1);
    expect(errors).toContain(`: ${status}`);
    expect(text).not.toContain('will be created');
    expect(stage.requests().filter((request) => request === topicRead)).toHaveLength(1);
    expect(await stage.changes('-refresh=false')).toEqual({ [proxy]: 'delete' });
  });

  describe('the proxy alone is toggled', () => {
    beforeEach(async () => {
      await stage.fault('unavailable', 'primary');
      configure(true);
    });

    test('not by a plain apply', async () => {
      expect((await stage.apply()).exitCode).toBe(1);
      expect(await stage.changes('-refresh=false')).toEqual({ [proxy]: 'update' });
    });

    test.each([
      ['-refresh=false', ['-refresh=false']],
      ['a target', [`-target=${proxy}`]],
    ])('by %s, which reads data sources of the control plane and nothing else', async (_, options) => {
      await stage.workspace.apply(...options);
      const { environmentId, clusterId } = stage.lab.cloud.sample!.primary;
      const read = `control-plane GET /cmk/v2/clusters/${clusterId}?environment=${environmentId}`;
      expect(new Set(stage.requests())).toEqual(new Set([read]));
    });

    test.each([['-refresh=false'], [`-target=${proxy}`]])(
      'not by %s if the control plane is down too',
      async (option) => {
        await stage.fault('unavailable', 'control-plane');
        expect((await stage.apply(option)).exitCode).toBe(1);
      },
    );

    test('by a stack of its own that asks nobody', async () => {
      const alone = await Stage.open();
      await alone.fault('unavailable', 'control-plane');
      await alone.configure({ [proxy]: { input: { host: 'lkc-aaaaa.example', blocked: true } } }).workspace.apply();
      expect(alone.requests()).toEqual([]);
      await alone.close();
    });
  });

  test('the mirror cannot be a target, for it depends on the topic; an ACL of the secondary can', async () => {
    await stage.fault('unavailable', 'primary');
    expect((await stage.plan(`-target=${mirrorAddress}`)).exitCode).toBe(1);
    expect(await stage.changes(`-target=${aclAddress}`)).toEqual({});
  });

  test('and noticed by the secondary, -refresh=false and targets still work', async () => {
    await stage.show('SOURCE_UNAVAILABLE');
    configure(true);
    expect((await stage.plan()).exitCode).toBe(1);
    expect(await stage.changes('-refresh=false')).toEqual({ [proxy]: 'update' });
    expect(await stage.changes(`-target=${proxy}`)).toEqual({ [proxy]: 'update' });
  });
});

async function deleteKeys({ lab }: Stage): Promise<void> {
  await lab.cloud.perform((state) => state.apiKeys.delete(lab.cloud.sample!.primary.kafka.key));
}
