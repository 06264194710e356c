import { closeLabs, Lab, LINK } from '../../../confluent-dr-lab/test/cloud/support/lab';
import { STEP } from '../../../confluent-dr-lab/test/cloud/support/model-pair';
import { type Acl } from '../../src/client/kafka-rest-rows';
import { outcomesOf } from '../../src/client/mirror-operation';
import { closeClients, kafkaClient, recorder } from './support/clients';
import { failureOf } from './support/failures';

afterEach(async () => {
  await closeClients();
  await closeLabs();
});

async function pairedLab(): Promise<Lab> {
  const lab = await Lab.start();
  await lab.pair();
  return lab;
}

describe('reading a cluster', () => {
  test('tells topics, and their settings', async () => {
    const primary = kafkaClient(await pairedLab(), 'primary');
    expect(await primary.topics()).toMatchObject([{ topic_name: 'orders', partitions_count: 2 }]);
    const settings = await primary.topicConfigs('orders');
    expect(settings.find(({ name }) => name === 'cleanup.policy')).toMatchObject({ value: 'delete' });
  });

  test('tells links with their tasks, and their settings', async () => {
    const lab = await pairedLab();
    const secondary = kafkaClient(lab, 'secondary');
    const remote = { link_name: LINK, remote_cluster_id: lab.member('primary').clusterId, link_state: 'ACTIVE' };
    expect(await secondary.links()).toMatchObject([remote]);
    const { tasks } = await secondary.link(LINK);
    expect(tasks?.map(({ task_name }) => task_name)).toContain('ConsumerOffsetSync');
    const settings = await secondary.linkConfigs(LINK);
    expect(settings.find(({ name }) => name === 'link.mode')?.value).toBe('BIDIRECTIONAL');
  });

  test('tells all mirrors by one request, those of one link, and one with its errors', async () => {
    const lab = await pairedLab();
    await lab.produce('primary', 10);
    const { events, onRequest } = recorder();
    const secondary = kafkaClient(lab, 'secondary', { onRequest });
    const mirror = { mirror_topic_name: 'orders', mirror_status: 'ACTIVE', num_partitions: 2 };
    expect(await secondary.mirrors()).toMatchObject([mirror]);
    expect(events).toHaveLength(1);
    expect(await secondary.mirrors(LINK)).toMatchObject([mirror]);
    expect(await secondary.mirror(LINK, 'orders')).toMatchObject({ ...mirror, mirror_state_transition_errors: [] });
  });

  test('of a topic, a link or a cluster that is not there says so', async () => {
    const lab = await pairedLab();
    const primary = kafkaClient(lab, 'primary');
    for (const request of [primary.topicConfigs('none'), primary.link('none'), primary.mirror(LINK, 'none')]) {
      expect((await failureOf(request)).kind).toBe('not-found');
    }
  });

  test("with another cluster's key, or a deleted one, is unauthorized", async () => {
    const lab = await pairedLab();
    const { kafka } = lab.member('secondary');
    const wrong = await failureOf(kafkaClient(lab, 'primary', { credentials: kafka }).mirrors());
    expect(wrong).toMatchObject({ kind: 'unauthorized', status: 401 });
    expect(wrong.message).toContain('the API key is wrong, was deleted, or belongs to another cluster');
  });

  test('as one who may not is forbidden', async () => {
    const lab = await pairedLab();
    const credentials = await lab.newKey('primary');
    expect(await failureOf(kafkaClient(lab, 'primary', { credentials }).links())).toMatchObject({
      kind: 'forbidden',
      status: 403,
      errorCode: 40301,
    });
  });
});

describe('ACLs', () => {
  test('are created, found by a filter, and may be there already', async () => {
    const lab = await Lab.start();
    const primary = kafkaClient(lab, 'primary');
    const acl = { ...lab.acl('TOPIC', 'orders', 'READ'), principal: 'User:sa-1' } as Acl;
    await primary.createAcl(acl);
    await primary.createAcl(acl);
    await primary.createAcl({ ...acl, principal: 'User:sa-2' });
    expect(await primary.acls({ principal: 'User:sa-1', operation: 'READ' })).toMatchObject([acl]);
    expect(await primary.acls()).toHaveLength(2);
  });
});

describe('a mirror operation', () => {
  test('is begun, and the mirror tells when it is done', async () => {
    const lab = await pairedLab();
    const secondary = kafkaClient(lab, 'secondary');
    const outcomes = await secondary.operate(LINK, 'reverse-and-start-mirror', ['orders']);
    expect(outcomes).toEqual([
      {
        topic: 'orders',
        result: 'accepted',
        lags: [
          { partition: 0, lag: 0 },
          { partition: 1, lag: 0 },
        ],
      },
    ]);
    await lab.wait(5 * STEP);
    expect((await secondary.mirror(LINK, 'orders')).mirror_status).toBe('STOPPED');
    expect(await kafkaClient(lab, 'primary').mirrors(LINK)).toMatchObject([{ mirror_status: 'ACTIVE' }]);
  });

  test('is refused for one topic and accepted for another, in a 200', async () => {
    const lab = await pairedLab();
    const target = lab.member('secondary').clusterId;
    await lab.fault({ kind: 'mirror-refused', target, topic: 'orders', code: 40301, message: 'Not today' });
    await lab.kafka('primary', 'POST /topics', { topic_name: 'bills' });
    await lab.kafka('secondary', `POST /links/${LINK}/mirrors`, { source_topic_name: 'bills' });
    const outcomes = await kafkaClient(lab, 'secondary').operate(LINK, 'failover', ['orders', 'bills']);
    expect(outcomes).toMatchObject([
      { topic: 'orders', result: 'refused', code: 40301, message: 'Not today' },
      { topic: 'bills', result: 'accepted' },
    ]);
  });

  test('that is only validated changes nothing', async () => {
    const lab = await pairedLab();
    const secondary = kafkaClient(lab, 'secondary');
    const [outcome] = await secondary.operate(LINK, 'failover', ['orders'], { validateOnly: true });
    expect(outcome.result).toBe('accepted');
    await lab.wait(5 * STEP);
    expect((await secondary.mirror(LINK, 'orders')).mirror_status).toBe('ACTIVE');
  });

  test('that truncates tells what it discards, also before', async () => {
    const lab = await pairedLab();
    const [primary, secondary] = [kafkaClient(lab, 'primary'), kafkaClient(lab, 'secondary')];
    await secondary.operate(LINK, 'failover', ['orders']);
    await lab.wait(5 * STEP);
    await lab.produce('primary', 7);
    const before = await primary.operate(LINK, 'truncate-and-restore', ['orders'], { validateOnly: true });
    expect(before).toMatchObject([{ result: 'accepted', truncation: { records: 7 } }]);
    const { truncation } = before[0] as Extract<(typeof before)[number], { result: 'accepted' }>;
    expect(truncation?.partitions.map(({ partition, truncatedTo }) => [partition, truncatedTo])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(truncation?.partitions.reduce((sum, { records }) => sum + records, 0)).toBe(7);
    expect(await primary.operate(LINK, 'truncate-and-restore', ['orders'])).toMatchObject([{ truncation }]);
  });

  test.each([
    'promote',
    'failover',
    'pause',
    'resume',
    'reverse-and-start-mirror',
    'reverse-and-pause-mirror',
  ] as const)('%s goes to its own address', async (operation) => {
    const lab = await pairedLab();
    const { events, onRequest } = recorder();
    await kafkaClient(lab, 'secondary', { onRequest }).operate(LINK, operation, ['orders']);
    expect(events).toMatchObject([{ method: 'POST', effect: 'write', status: 200 }]);
    expect(events[0].url).toMatch(new RegExp(`/links/${LINK}/mirrors:${operation}\\?validate_only=false$`));
  });
});

describe('the rows of a mirror operation', () => {
  const row = { kind: 'k', metadata: { self: '' }, mirror_topic_name: 'a', mirror_lags: [] };

  test('may be missing, and come in any order', () => {
    const rows = [{ ...row, mirror_topic_name: 'b', error_message: null, error_code: null }];
    expect(outcomesOf(['a', 'b'], rows as unknown as Parameters<typeof outcomesOf>[1])).toEqual([
      { topic: 'a', result: 'unmentioned' },
      { topic: 'b', result: 'accepted', lags: [] },
    ]);
  });

  test.each([
    [{ error_code: 0, error_message: null }, { result: 'accepted' }],
    [{ error_code: 0, error_message: '' }, { result: 'accepted' }],
    [
      { error_code: null, error_message: 'no' },
      { result: 'refused', message: 'no' },
    ],
    [
      { error_code: 400, error_message: null },
      { result: 'refused', code: 400, message: 'error_code 400' },
    ],
    [{ messages_truncated: 3 }, { truncation: { records: 3, partitions: [] } }],
    [
      {
        messages_truncated: null,
        partition_level_truncation_data: [{ partition_id: 1, offset_truncated_to: 5, messages_truncated: 2 }],
      },
      { truncation: { records: 2, partitions: [{ partition: 1, truncatedTo: 5, records: 2 }] } },
    ],
  ])('with %j mean %j', (fields, outcome) => {
    const rows = [{ ...row, ...fields }] as unknown as Parameters<typeof outcomesOf>[1];
    expect(outcomesOf(['a'], rows)).toMatchObject([outcome]);
  });
});
