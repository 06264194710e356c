import { mirrorAddress, type Resources, topicAddress } from './support/configuration';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

const moved = (from: string, to: string) => ({ moved: [{ from, to }] });

describe('a resource that has moved', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  const role = (more = {}) => stage.parts.roleBinding({ role_name: 'Operator', ...more });
  const data = () => ({ data: { confluent_kafka_cluster: { primary: stage.parts.clusterData('primary') } } });

  beforeAll(async () => {
    stage = await Stage.open();
    await stage.allowReversals();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  test.each<[string, string, object, string]>([
    ['a hyphenated name', 'confluent_role_binding.operator-role', {}, 'confluent_role_binding.operator-role'],
    ['another name', 'confluent_role_binding.former', {}, 'confluent_role_binding.former'],
    [
      'a key',
      'confluent_role_binding.former',
      { for_each: '${toset(["Operator"])}', role_name: '${each.key}' },
      'confluent_role_binding.former["Operator"]',
    ],
    ['a count', 'confluent_role_binding.former', { count: 1 }, 'confluent_role_binding.former[0]'],
  ])('from %s to a plain one needs nothing', async (_, address, more, from) => {
    await stage.configure({ [address]: role(more) }, data()).workspace.apply();
    const to = 'confluent_role_binding.operator';
    stage.configure({ [to]: role() }, { ...data(), ...moved(from, to) });
    expect(await stage.changes()).toEqual({});
    stage.forget();
    await stage.workspace.apply();
    expect(stage.writes()).toEqual([]);
    expect(stage.attributes(to)).toHaveProperty('role_name', 'Operator');
  });

  describe('a mirror under another address', () => {
    const renamed = 'confluent_kafka_mirror_topic.renamed';
    const configuration = (): Resources => {
      const { [mirrorAddress]: mirror, ...rest } = stage.parts.pair();
      return { ...rest, [renamed]: mirror };
    };

    beforeEach(async () => {
      await stage.configure(stage.parts.pair()).workspace.apply();
      await stage.failOver();
    });

    test('is left alone where code says that it moved', async () => {
      stage.configure(configuration(), moved(mirrorAddress, renamed));
      expect(await stage.changes()).toEqual({});
    });

    test('is deleted and created where code does not', async () => {
      stage.configure(configuration());
      expect(await stage.changes()).toEqual({ [mirrorAddress]: 'delete', [renamed]: 'create' });
    });
  });

  describe('and the detailed exit code', () => {
    beforeEach(() => stage.configure({ [topicAddress]: stage.parts.topic() }).workspace.apply());

    test('is 0 for a drift that code does not mind', async () => {
      await stage.operator.kafka('primary', 'POST', '/topics/orders/configs:alter', {
        data: [{ name: 'retention.ms', value: '3600000' }],
      });
      expect(await stage.workspace.detailedExitCode()).toBe(0);
      expect(await stage.workspace.detailedExitCode('-refresh-only')).toBe(2);
    });

    test('is 2 for a move alone', async () => {
      const to = 'confluent_kafka_topic.renamed';
      stage.configure({ [to]: stage.parts.topic() }, moved(topicAddress, to));
      expect(await stage.workspace.detailedExitCode()).toBe(2);
      await stage.workspace.apply();
      expect(await stage.workspace.detailedExitCode()).toBe(0);
    });

    test('is 2 for a removal without destruction', async () => {
      stage.configure({}, { removed: [{ from: topicAddress, lifecycle: { destroy: false } }] });
      expect(await stage.workspace.detailedExitCode()).toBe(2);
      await stage.workspace.apply();
      expect(await stage.workspace.detailedExitCode()).toBe(0);
      expect(await stage.operator.topics('primary')).toEqual(['orders']);
    });
  });
});
