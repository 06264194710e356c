import { exporterAddress, linkAddress, mirrorAddress, topicAddress } from './support/configuration';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

const deletesTheTopic = 'secondary DELETE /topics/orders';

describe('destroying', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  // The topic goes last, so that a link with a live mirror is seen to be refused.
  const pair = (mirror = {}) => ({
    ...stage.parts.pair({ mirror }),
    [linkAddress('primary')]: stage.parts.link('primary', { depends_on: [topicAddress] }),
  });
  const withoutMirror = () =>
    Object.fromEntries(Object.entries(pair()).filter(([address]) => address !== mirrorAddress));

  beforeAll(async () => {
    stage = await Stage.open();
    await stage.allowReversals();
    await stage.configure(pair()).workspace.apply();
    reset = await stage.keep();
  });

  beforeEach(async () => {
    await reset();
    stage.configure(pair());
  });

  afterAll(() => stage.close());

  test.each([
    ['an ACTIVE mirror', () => Promise.resolve()],
    ['a STOPPED mirror', () => stage.failOver()],
  ])('%s deletes its topic on the secondary without a question', async (_, story) => {
    await story();
    stage.forget();
    await stage.workspace.apply('-destroy');
    expect(stage.writes()).toEqual([
      deletesTheTopic,
      'secondary DELETE /links/active-passive-test',
      'primary DELETE /links/active-passive-test',
      'primary DELETE /topics/orders',
    ]);
  });

  test('a reversed pair ends with the production topic gone, and the next time completes', async () => {
    await stage.reverse();
    stage.forget();
    const { exitCode, errors } = await stage.apply('-destroy');
    expect(errors).toContain('still has mirror topics: orders');
    expect(exitCode).toBe(1);
    expect(stage.writes()[0]).toBe(deletesTheTopic);
    expect(await stage.operator.topics('secondary')).toEqual([]);
    await stage.operator.kafka('primary', 'DELETE', '/topics/orders');
    await stage.workspace.apply('-destroy');
    expect(stage.workspace.state().resources).toEqual([]);
  });

  test('fails before anything while the primary is down', async () => {
    await stage.fault('unavailable', 'primary');
    expect((await stage.apply('-destroy')).exitCode).toBe(1);
    expect(stage.writes()).toEqual([]);
  });

  test('while the primary is down, without a refresh, deletes what is on the secondary first', async () => {
    await stage.fault('unavailable', 'primary');
    expect((await stage.apply('-destroy', '-refresh=false')).exitCode).toBe(1);
    expect(stage.writes().slice(0, 2)).toEqual([deletesTheTopic, 'secondary DELETE /links/active-passive-test']);
    expect(stage.attributes(topicAddress)).toHaveProperty('topic_name', 'orders');
  });

  describe('with prevent_destroy', () => {
    const protectedMirror = { lifecycle: { prevent_destroy: true } };

    test('stops before the first write', async () => {
      stage.configure(pair(protectedMirror));
      expect((await stage.apply('-destroy')).errors).toContain('Instance cannot be destroyed');
      expect(stage.writes()).toEqual([]);
    });

    test('protects no longer once the block has left the code', async () => {
      await stage.configure(pair(protectedMirror)).workspace.apply();
      stage.configure(withoutMirror());
      expect(await stage.changes()).toEqual({ [mirrorAddress]: 'delete' });
      stage.forget();
      await stage.workspace.apply();
      expect(stage.writes()).toEqual([deletesTheTopic]);
    });
  });

  test('leaves what was removed without destruction, then and later', async () => {
    const removed = [{ from: mirrorAddress, lifecycle: { destroy: false } }];
    stage.configure(withoutMirror(), { removed });
    expect(await stage.changes()).toEqual({ [mirrorAddress]: 'forget' });
    await stage.workspace.apply();
    await stage.apply('-destroy');
    expect(stage.writes()).not.toContain(deletesTheTopic);
    expect(await stage.operator.topics('secondary')).toEqual(['orders']);
  });

  test('a link whose mirror stays is refused, and nothing is lost', async () => {
    const alone = { cluster_link: { link_name: 'active-passive-test' }, depends_on: [] };
    await stage.configure(pair(alone)).workspace.apply();
    const rest = Object.entries(pair(alone)).filter(([address]) => address !== linkAddress('secondary'));
    stage.configure(Object.fromEntries(rest));
    expect((await stage.apply()).errors).toContain('still has mirror topics: orders');
    expect(await stage.operator.mirrors('secondary')).toEqual({ orders: 'ACTIVE' });
    expect(await stage.changes()).toEqual({ [linkAddress('secondary')]: 'delete' });
  });

  test('one topic by target takes its mirror on the other cluster along', async () => {
    expect(await stage.changes('-destroy', `-target=${topicAddress}`)).toMatchObject({ [mirrorAddress]: 'delete' });
  });

  test('a mirror that is created anew at the same time under another address waits in vain for its end', async () => {
    const { [mirrorAddress]: mirror, ...rest } = pair();
    stage.configure({ ...rest, 'confluent_kafka_mirror_topic.renamed': mirror });
    await stage.workspace.plan();
    // Between the deletion and the first look whether it is gone.
    await stage.fault('slow', 'secondary', { method: 'POST', path: '/mirrors', delayMs: 100 });
    await stage.fault('slow', 'secondary', { method: 'GET', path: '/mirrors/orders', delayMs: 400, times: 1 });
    stage.forget();
    const { exitCode, errors } = await stage.workspace.terraform('apply', '-input=false', 'plan.bin');
    expect(errors).toContain('error waiting for the deletion: it is still there');
    expect(exitCode).toBe(1);
    expect([...stage.writes()].sort()).toEqual([deletesTheTopic, 'secondary POST /links/active-passive-test/mirrors']);
  });

  test('an exporter pauses it first', async () => {
    await stage.configure({ ...pair(), [exporterAddress]: stage.parts.exporter() }).workspace.apply();
    stage.configure(pair()).forget();
    await stage.workspace.apply();
    expect(stage.writes()).toEqual(['primary PUT /exporters/schemas/pause', 'primary DELETE /exporters/schemas']);
  });

  test('what is gone already is refused, and planned no more after a refresh', async () => {
    await stage.operator.kafka('secondary', 'DELETE', '/topics/orders');
    stage.configure(withoutMirror());
    expect((await stage.apply('-refresh=false')).exitCode).toBe(1);
    expect(await stage.changes()).toEqual({});
  });
});
