import { mirrorAddress, topicAddress } from './support/configuration';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

const update = { [topicAddress]: 'update' };
const replace = { [topicAddress]: 'replace' };
const config = { 'retention.ms': '86400000' };
const ignoring = (...attributes: readonly string[]) => ({ lifecycle: { ignore_changes: attributes } });

describe('the topic on the old primary, which is a mirror now', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  const configure = (topic: Record<string, unknown>) => stage.configure(stage.parts.pair({ topic }));
  const onNewPrimary = {
    grow: () => stage.operator.kafka('secondary', 'PATCH', '/topics/orders', { partitions_count: 12 }),
    set: (name: string, value: string) =>
      stage.operator.kafka('secondary', 'POST', '/topics/orders/configs:alter', { data: [{ name, value }] }),
  };
  /** What the topic on the old primary takes over from the new one. */
  const synchronized = async (): Promise<void> => {
    await stage.operator.laboratory('POST', '/clock', { advanceMs: 60_000 });
    stage.forget();
  };

  beforeAll(async () => {
    stage = await Stage.open();
    await stage.allowReversals();
    await configure({}).workspace.apply();
    await stage.reverse();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  test('is deleted and made a plain topic when the new primary has more partitions', async () => {
    await onNewPrimary.grow();
    await synchronized();
    configure({});
    const { text } = await stage.plan();
    expect(text).toMatch(/partitions_count = 12 -> 6 # forces replacement/);
    await stage.workspace.apply();
    expect(stage.writes()).toEqual(['primary DELETE /topics/orders', 'primary POST /topics']);
    expect(await stage.operator.mirrors('primary')).toEqual({});
    expect(await stage.changes()).toEqual({});
  });

  test('that must not be destroyed blocks the whole stack', async () => {
    await onNewPrimary.grow();
    await synchronized();
    configure({ lifecycle: { prevent_destroy: true } });
    expect((await stage.apply()).errors).toContain('Instance cannot be destroyed');
    expect(stage.writes()).toEqual([]);
  });

  test.each([
    ['ignores partitions_count', ignoring('partitions_count')],
    ['ignores partitions_count and config', ignoring('partitions_count', 'config')],
    ['was raised to the new count', { partitions_count: 12 }],
  ])('is left alone when it has grown and code %s', async (_, topic) => {
    await onNewPrimary.grow();
    await synchronized();
    configure(topic);
    expect(await stage.changes()).toEqual({});
  });

  test('cannot get more partitions by code first, and the plan stays dirty', async () => {
    configure({ partitions_count: 12 });
    for (let time = 1; time <= 2; time += 1) {
      expect(await stage.changes()).toEqual(update);
      expect((await stage.apply()).errors).toContain('Its partitions come from its source');
    }
  });

  test('is replaced by fewer partitions in code', async () => {
    configure({ partitions_count: 3 });
    expect(await stage.changes()).toEqual(replace);
  });

  test.each([
    ['has no config', {}],
    ['has a config and ignores it', { config, ...ignoring('partitions_count', 'config') }],
  ])('is left alone when settings changed and code %s', async (_, topic) => {
    await onNewPrimary.set('retention.ms', '3600000');
    await onNewPrimary.set('cleanup.policy', 'compact');
    await synchronized();
    configure(topic);
    expect(await stage.changes()).toEqual({});
  });

  test('is updated when settings changed and code has a config, and the cluster refuses', async () => {
    await onNewPrimary.set('retention.ms', '3600000');
    await onNewPrimary.set('cleanup.policy', 'compact');
    await synchronized();
    configure({ config });
    const { text } = await stage.plan();
    expect(text).toMatch(/"retention.ms" = "3600000" -> "86400000"/);
    expect(text).toMatch(/- "cleanup.policy" = "compact" -> null/);
    const { exitCode, errors } = await stage.apply();
    expect(errors).toContain('Its settings come from its source');
    expect(exitCode).toBe(1);
  });

  test('fails before any request where a key came up that the provider cannot edit', async () => {
    // Nobody may set it there, so Confluent itself would have.
    await stage.lab.cloud.perform(({ kafkaClusters }) =>
      kafkaClusters.forEach(({ topics }) => topics.get('orders')?.settings.set('compression.type', 'zstd')),
    );
    configure({ config });
    expect(await stage.changes()).toEqual(update);
    expect((await stage.apply()).errors).toContain('"compression.type" topic setting is read-only and cannot be reset');
    expect(stage.writes()).toEqual([]);
  });

  test('takes nothing of the mirror with it: that depends on its name only', async () => {
    configure({ topic_name: 'invoices' });
    expect(await stage.changes()).toEqual({ [topicAddress]: 'replace', [mirrorAddress]: 'replace' });
    configure({ partitions_count: 3 });
    expect(await stage.changes()).not.toHaveProperty([mirrorAddress]);
  });
});
