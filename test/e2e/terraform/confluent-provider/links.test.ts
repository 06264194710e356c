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

const primary = linkAddress('primary');
const secondary = linkAddress('secondary');
const alters = 'primary PUT /links/active-passive-test/configs:alter';

describe('cluster links', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  const link = (config?: object): Resources => ({ [primary]: stage.parts.link('primary', config && { config }) });
  const settings = async (): Promise<Record<string, string>> => {
    const { data } = (await stage.operator.kafka('primary', 'GET', '/links/active-passive-test/configs')) as {
      data: { name: string; value: string }[];
    };
    return Object.fromEntries(data.map(({ name, value }) => [name, value]));
  };
  /** As the service might, for reasons of its own. */
  const rewrite = (name: string, value: string): Promise<unknown> =>
    stage.operator.kafka('primary', 'PUT', `/links/active-passive-test/configs/${name}`, { value });

  beforeAll(async () => {
    stage = await Stage.open();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  describe('of a pair', () => {
    beforeEach(() =>
      stage.lab.cloud.perform((state) => {
        state.timing = { ...state.timing, linkDiscoveryMs: 8 };
      }),
    );

    const ids = (): unknown[] => [primary, secondary].map((address) => stage.attributes(address).cluster_link_id);

    test('are created together if nothing orders them, and may get an id each', async () => {
      await stage.lab.cloud.perform((state) => {
        state.timing = { ...state.timing, linkDiscoveryMs: 60_000 };
      });
      await stage
        .configure({
          [primary]: stage.parts.link('primary'),
          [secondary]: stage.parts.link('secondary', { depends_on: [] }),
        })
        .workspace.apply();
      expect(new Set(ids()).size).toBe(2);
      expect(await stage.changes()).toEqual({});
    });

    test('are created one after the other if one depends on the other, and share an id', async () => {
      await stage.configure(stage.parts.links()).workspace.apply();
      expect(stage.writes()).toEqual([
        'primary POST /links?link_name=active-passive-test',
        'secondary POST /links?link_name=active-passive-test',
      ]);
      expect(new Set(ids()).size).toBe(1);
    });
  });

  test('accept a sync without its filter, and never tell', async () => {
    await stage.configure(link({ 'acl.sync.enable': 'true', 'consumer.offset.sync.enable': 'true' })).workspace.apply();
    expect(await stage.changes()).toEqual({});
  });

  describe('with a config', () => {
    const config = { 'acl.sync.enable': 'false', 'acl.sync.ms': '10000' };

    beforeEach(async () => {
      await stage.configure(link(config)).workspace.apply();
      stage.forget();
    });

    test('plan an update where a key is removed, and refuse it without a request', async () => {
      stage.configure(link({ 'acl.sync.ms': '10000' }));
      expect(await stage.changes()).toEqual({ [primary]: 'update' });
      const { exitCode, errors } = await stage.apply();
      expect(errors).toContain('removing "acl.sync.enable" from \'configs\' block) is not supported');
      expect(exitCode).toBe(1);
      expect(stage.writes()).toEqual([]);
      expect(await stage.changes()).toEqual({ [primary]: 'update' });
    });

    test('keep their settings where the whole config is removed', async () => {
      stage.configure(link());
      expect(await stage.changes()).toEqual({});
      expect(await settings()).toMatchObject(config);
    });

    test('send all keys with each change', async () => {
      await rewrite('acl.sync.ms', '20000');
      stage.configure(link({ ...config, 'acl.sync.enable': 'true' })).forget();
      await stage.workspace.apply('-refresh=false');
      expect(stage.writes()).toEqual([alters]);
      expect(await settings()).toMatchObject({ 'acl.sync.enable': 'true', 'acl.sync.ms': '10000' });
    });

    test('see what was changed behind their back, but not settings that they do not name', async () => {
      await rewrite('acl.sync.ms', '20000');
      expect(await stage.changes()).toEqual({ [primary]: 'update' });
      await rewrite('acl.sync.ms', '10000');
      await rewrite('local.listener', 'internal');
      expect(await stage.changes()).toEqual({});
    });
  });

  describe('compare filters as text', () => {
    const filter = { topicFilters: [{ name: 'orders', filterType: 'INCLUDE', patternType: 'LITERAL' }] };
    const compact = JSON.stringify(filter);
    const pretty = JSON.stringify(filter, null, 2);
    const NAME = 'auto.create.mirror.topics.filters';

    test('which is no noise with jsonencode', async () => {
      await stage.configure(link({ [NAME]: `\${jsonencode(${compact})}` })).workspace.apply();
      expect(await stage.changes()).toEqual({});
      expect((await settings())[NAME]).toBe(
        '{"topicFilters":[{"filterType":"INCLUDE","name":"orders","patternType":"LITERAL"}]}',
      );
    });

    test('which is noise with a print of its own that the service rewrites', async () => {
      await stage.configure(link({ [NAME]: pretty })).workspace.apply();
      expect(await stage.changes()).toEqual({});
      await rewrite(NAME, compact);
      expect(await stage.changes()).toEqual({ [primary]: 'update' });
    });
  });

  test('are replaced for another REST endpoint, as are ACLs, mirrors and exporters; a topic is updated', async () => {
    const all = (): Resources => ({
      ...stage.parts.pair(),
      [aclAddress]: stage.parts.acl(),
      [exporterAddress]: stage.parts.exporter(),
    });
    await stage.configure(all()).workspace.apply();
    const elsewhere = JSON.parse(JSON.stringify(all()).replaceAll('http://127.0.0.1', 'http://localhost')) as Resources;
    stage.configure(elsewhere);
    expect(await stage.changes()).toEqual({
      [primary]: 'replace',
      [secondary]: 'replace',
      [mirrorAddress]: 'replace',
      [aclAddress]: 'replace',
      [exporterAddress]: 'replace',
      [topicAddress]: 'update',
    });
  });

  test('are read as data, with their state', async () => {
    const { id, rest_endpoint, credentials } = stage.parts.end('primary');
    const data = { link_name: 'active-passive-test', kafka_cluster: { id }, rest_endpoint, credentials };
    await stage.configure(link()).workspace.apply();
    const more = {
      data: { confluent_cluster_link: { primary: data } },
      output: { state: { value: '${data.confluent_cluster_link.primary.link_state}' } },
    };
    await stage.configure(link(), more).workspace.apply();
    expect(stage.workspace.state().outputs).toMatchObject({ state: { value: 'ACTIVE' } });
  });
});
