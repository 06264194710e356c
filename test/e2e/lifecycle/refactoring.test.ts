import { Deployment } from './support/deployment';
import { mirrored, pairApp, type PairApp } from './support/pair-app';

jest.setTimeout(900_000);

const guard = 'terraform_data.deletion_protection__renamed_say_movedFrom__given_up_say_forgetTopic';
const both: PairApp['topics'] = (link, pair) => {
  mirrored('orders')(link, pair);
  link.mirrorExistingTopic('audit');
};

describe('a protected topic and its mirror, in production on the secondary', () => {
  let drill: Deployment;

  beforeAll(async () => {
    drill = await Deployment.start({ configure: pairApp({ topics: mirrored('orders') }) });
    await drill.operator.kafka('primary', 'POST', '/topics', { topic_name: 'audit' });
    pairApp({ topics: both })(drill.workspace);
    await drill.workspace.apply();
    await drill.operator.switchOverTo('secondary', 'orders');
    drill = await drill.keep();
  });

  beforeEach(() => drill.restore());

  /** Whatever was refused or kept: production is there, and nothing was called that could have changed it. */
  const requireUntouched = async () => {
    expect(await drill.operator.topics('secondary')).toEqual(['audit', 'orders']);
    expect(await drill.operator.mirrors('primary')).toEqual({ orders: 'ACTIVE' });
    expect(drill.writingCalls()).toEqual([]);
  };

  afterAll(() => drill.end());

  const write = (app: Partial<PairApp>) => pairApp({ topics: both, ...app })(drill.workspace);
  const topic = '\\["confluent_kafka_topic\\.Link_Topics_orders_\\w+"\\]';
  const mirror = '\\["confluent_kafka_mirror_topic\\.Link_Mirrors_orders_\\w+"\\]';

  const refused: Record<string, { readonly app: Partial<PairApp>; readonly names: readonly string[] }> = {
    'its link has another id': { app: { link: { path: 'Orders' } }, names: [topic, mirror] },
    'its link stands in another construct': { app: { link: { path: 'Shop/Link' } }, names: [topic, mirror] },
    'the line of its link is gone': { app: { link: 'none' }, names: [topic, mirror] },
    'its own line is gone': { app: { topics: (link) => link.mirrorExistingTopic('audit') }, names: [topic, mirror] },
    'the line of a mirror is gone': {
      app: { topics: mirrored('orders') },
      names: ['\\["confluent_kafka_mirror_topic\\.Link_Mirrors_audit_\\w+"\\]'],
    },
    'its link has another id, and it was somewhere else than is said': {
      app: { link: { path: 'Orders', movedFrom: 'Links' } },
      names: [topic, mirror],
    },
  };

  test.each(Object.keys(refused))(
    'is not deleted where %s: the plan is refused, and names the way out',
    async (name) => {
      const { app, names } = refused[name];
      write(app);
      const { exitCode, text } = await drill.tryApply();
      expect(exitCode).toBe(1);
      for (const key of names) {
        expect(text).toMatch(new RegExp(`Instance cannot be destroyed .*Resource ${guard}${key} has`));
      }
    },
  );

  const kept: Record<string, Partial<PairApp>> = {
    'its link has another id': { link: { path: 'Orders', movedFrom: 'Link' } },
    'its link stands in another construct': { link: { path: 'Shop/Link', movedFrom: 'Link' } },
    'pair and link stand in another construct, under other ids': {
      pair: { path: 'Shop/Clusters', movedFrom: 'Pair' },
      link: { path: 'Shop/Links/Both', movedFrom: 'Link' },
    },
  };

  test.each(Object.keys(kept))('keeps its place in the state where %s, by movedFrom', async (name) => {
    write(kept[name]);
    const plan = await drill.workspace.plan();
    expect(plan.changes()).toEqual({});
    expect(
      Object.keys(plan.moves()).filter((address) => /^confluent_kafka_(mirror_)?topic/.test(address)),
    ).toHaveLength(3);
    await drill.workspace.apply();
    expect(await drill.workspace.detailedExitCode()).toBe(0);

    const { pair, link } = kept[name] as { pair?: { path: string }; link: { path: string } };
    const moved = { pair: pair && { path: pair.path }, link: { path: link.path } };
    write(moved);
    expect(await drill.workspace.detailedExitCode()).toBe(0);
    write({ ...moved, link: 'none' });
    expect((await drill.tryPlan()).errors).toContain('Instance cannot be destroyed');
    await requireUntouched();
  });

  test('is let go by forgetTopic in a link that is renamed at the same time', async () => {
    write({
      link: { path: 'Orders', movedFrom: 'Link' },
      topics: (link) => {
        link.forgetTopic('orders');
        link.mirrorExistingTopic('audit');
      },
    });
    expect([...new Set(Object.values((await drill.workspace.plan()).changes()))]).toEqual(['forget']);
    await drill.workspace.applyPlan();
    expect(await drill.workspace.detailedExitCode()).toBe(0);
    await requireUntouched();
  });

  test('leaves the topic alone where the code calls it somebody else’s, and keeps the mirror', async () => {
    write({ topics: (link) => ['orders', 'audit'].forEach((name) => link.mirrorExistingTopic(name)) });
    expect([...new Set(Object.values((await drill.workspace.plan()).changes()))]).toEqual(['forget']);
    await drill.workspace.applyPlan();
    expect(await drill.workspace.detailedExitCode()).toBe(0);
    await requireUntouched();
  });
});
