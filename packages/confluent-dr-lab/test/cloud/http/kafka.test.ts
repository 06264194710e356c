import { closeLabs, jaas, Lab, LINK, type Row } from '../support/lab';
import { STEP } from '../support/model-pair';
import { allOperations, checkedOperations } from '../support/openapi';

afterEach(closeLabs);

/** Each one once, where the one before leaves the mirror so that it is taken. */
const OPERATIONS = [
  ['secondary', 'pause'],
  ['secondary', 'resume'],
  ['secondary', 'reverse-and-pause-mirror'],
  ['primary', 'resume'],
  ['primary', 'reverse-and-start-mirror'],
  ['secondary', 'failover'],
  ['primary', 'truncate-and-restore'],
  ['primary', 'promote'],
] as const;

describe('Kafka REST', () => {
  test('describes its cluster, and no other', async () => {
    const lab = await Lab.start();
    const { clusterId } = lab.member('primary');
    expect((await lab.kafka('primary', 'GET ')).body).toMatchObject({ kind: 'KafkaCluster', cluster_id: clusterId });
    const other = lab.cloud.endpointOf(clusterId) + '/kafka/v3/clusters/lkc-other';
    expect(await fetch(other).then(({ status }) => status)).toBe(401);
  });

  describe('topics', () => {
    test('are created, read, listed, grown and deleted', async () => {
      const lab = await Lab.start();
      const topic = { topic_name: 'orders', partitions_count: 2, configs: [{ name: 'retention.ms', value: '1000' }] };
      expect(await lab.kafka('primary', 'POST /topics', { ...topic, validate_only: true })).toMatchObject({
        status: 200,
      });
      expect(await lab.rows('primary', 'GET /topics')).toEqual([]);
      expect(await lab.kafka('primary', 'POST /topics', topic)).toMatchObject({
        status: 201,
        body: { topic_name: 'orders', partitions_count: 2, replication_factor: 3, is_internal: false },
      });
      expect((await lab.kafka('primary', 'PATCH /topics/orders', { partitions_count: 4 })).status).toBe(200);
      expect((await lab.kafka('primary', 'GET /topics/orders')).body).toMatchObject({ partitions_count: 4 });
      expect(await lab.rows('primary', 'GET /topics')).toHaveLength(1);
      expect((await lab.kafka('primary', 'DELETE /topics/orders')).status).toBe(204);
      expect(await lab.kafka('primary', 'GET /topics/orders')).toMatchObject({
        status: 404,
        body: { error_code: 40403 },
      });
    });

    test.each([
      ['twice', { topic_name: 'orders' }, /already exists/],
      [
        'with a name that differs from another in . and _ alone',
        { topic_name: 'a_b' },
        /collides with existing topics: a\.b/,
      ],
      ['that is internal', { topic_name: '__consumer_offsets' }, /already exists/],
      ['with a name that Kafka has not', { topic_name: 'a b' }, /invalid/],
      [
        'with a setting that there is none of',
        { topic_name: 'x', configs: [{ name: 'colour', value: '1' }] },
        /Unknown/,
      ],
      ['with another replication', { topic_name: 'x', replication_factor: 1 }, /replication factor/],
      ['without partitions', { topic_name: 'x', partitions_count: 0 }, /partitions/],
      ['with a number as text', { topic_name: 'x', partitions_count: '6' }, /allowed is a number/],
    ])('are refused %s', async (_what, body, message) => {
      const lab = await Lab.start();
      await lab.kafka('primary', 'POST /topics', { topic_name: 'orders' });
      await lab.kafka('primary', 'POST /topics', { topic_name: 'a.b' });
      const { status, body: answer } = await lab.kafka('primary', 'POST /topics', body);
      expect(status).toBe(400);
      expect(answer.message).toMatch(message);
    });

    test('tell which settings were made and which are defaults', async () => {
      const lab = await Lab.start();
      await lab.kafka('primary', 'POST /topics', { topic_name: 'orders' });
      const data = [{ name: 'retention.ms', value: '5' }];
      expect((await lab.kafka('primary', 'POST /topics/orders/configs:alter', { data })).status).toBe(204);
      const find = async (): Promise<Row | undefined> =>
        (await lab.rows('primary', 'GET /topics/orders/configs')).find(({ name }) => name === 'retention.ms');
      expect(await find()).toMatchObject({ value: '5', is_default: false, source: 'DYNAMIC_TOPIC_CONFIG' });
      await lab.kafka('primary', 'POST /topics/orders/configs:alter', {
        data: [{ name: 'retention.ms', operation: 'DELETE' }],
      });
      expect(await find()).toMatchObject({ value: '604800000', is_default: true, source: 'DEFAULT_CONFIG' });
    });

    test('that are mirrors are read-only', async () => {
      const lab = await Lab.start();
      await lab.pair();
      const data = [{ name: 'retention.ms', value: '5' }];
      expect((await lab.kafka('secondary', 'POST /topics/orders/configs:alter', { data })).status).toBe(400);
      expect((await lab.kafka('secondary', 'PATCH /topics/orders', { partitions_count: 9 })).status).toBe(400);
      expect((await lab.produce('secondary', 1)).status).toBe(400);
    });
  });

  describe('ACLs', () => {
    test('are created one by one, found by any of their fields, and counted when they are deleted', async () => {
      const lab = await Lab.start();
      expect((await lab.kafka('primary', 'POST /acls', lab.acl('TOPIC', 'orders', 'READ'))).status).toBe(201);
      await lab.kafka('primary', 'POST /acls', lab.acl('TOPIC', 'orders', 'WRITE'));
      expect(await lab.rows('primary', 'GET /acls?operation=READ&resource_name=')).toHaveLength(1);
      const all = 'resource_type=TOPIC&pattern_type=ANY&operation=ANY&permission=ANY';
      expect((await lab.kafka<{ data: Row[] }>('primary', `DELETE /acls?${all}`)).body.data).toHaveLength(2);
      expect(await lab.rows('primary', 'GET /acls')).toEqual([]);
    });

    test('are the same once created twice, and refused with words that Kafka has not', async () => {
      const lab = await Lab.start();
      await lab.kafka('primary', 'POST /acls', lab.acl('TOPIC', 'orders', 'READ'));
      await lab.kafka('primary', 'POST /acls', lab.acl('TOPIC', 'orders', 'READ'));
      expect(await lab.rows('primary', 'GET /acls')).toHaveLength(1);
      expect((await lab.kafka('primary', 'POST /acls', lab.acl('topic', 'orders', 'READ'))).status).toBe(400);
      expect((await lab.kafka('primary', 'DELETE /acls?resource_type=TOPIC')).status).toBe(400);
    });
  });

  describe('links', () => {
    test('of a bidirectional pair have one id, and each side names the other', async () => {
      const lab = await Lab.start();
      expect((await lab.createLink('secondary')).status).toBe(204);
      expect((await lab.createLink('primary')).status).toBe(204);
      const [here] = await lab.rows('secondary', 'GET /links');
      const there = (await lab.kafka('primary', `GET /links/${LINK}`)).body;
      expect(here.cluster_link_id).toMatch(/^[A-Za-z0-9_-]{22}$/);
      expect(there.cluster_link_id).toBe(here.cluster_link_id);
      expect(here.remote_cluster_id).toBe(lab.member('primary').clusterId);
      expect(there).toMatchObject({ link_state: 'ACTIVE', link_error: 'NO_ERROR', topic_names: [] });
    });

    test('that are made at the same time have two ids, and cannot be reversed', async () => {
      const lab = await Lab.start({ timing: { linkDiscoveryMs: 500 } });
      await Promise.all([lab.createLink('secondary'), lab.createLink('primary')]);
      const [[here], [there]] = [await lab.rows('secondary', 'GET /links'), await lab.rows('primary', 'GET /links')];
      expect(here.cluster_link_id).not.toBe(there.cluster_link_id);
      await lab.pair();
      const { data } = (await lab.operate('secondary', 'reverse-and-start-mirror')).body;
      expect(data[0].error_message).toMatch(/other side does not exist/);
    });

    test('are tried against the other cluster before they are made', async () => {
      const lab = await Lab.start();
      const wrong = { 'sasl.jaas.config': jaas({ key: lab.member('primary').kafka.key, secret: 'wrong' }) };
      expect((await lab.createLink('secondary', wrong)).body.message).toMatch(
        /authentication with cluster lkc-.* failed/,
      );
      expect((await lab.createLink('secondary', {}, '&validate_only=true')).status).toBe(204);
      expect(await lab.rows('secondary', 'GET /links')).toEqual([]);
      expect((await lab.createLink('secondary', wrong, '&validate_link=false')).status).toBe(204);
    });

    test('keep their secrets to themselves', async () => {
      const lab = await Lab.start();
      await lab.pair({ 'consumer.offset.sync.ms': '1000' });
      const settings = await lab.rows('secondary', `GET /links/${LINK}/configs`);
      const names = settings.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['consumer.offset.sync.ms', 'sasl.jaas.config', 'link.mode']));
      expect(settings.find(({ name }) => name === 'sasl.jaas.config')).toMatchObject({ value: '', is_sensitive: true });
      expect(JSON.stringify(settings)).not.toContain(lab.member('primary').kafka.secret);
    });

    test('change their settings together, and one by one', async () => {
      const lab = await Lab.start();
      await lab.createLink('secondary');
      const configs = `/links/${LINK}/configs`;
      const data = [{ name: 'acl.sync.ms', value: '2000' }];
      expect((await lab.kafka('secondary', `PUT ${configs}:alter`, { data })).status).toBe(204);
      expect((await lab.kafka('secondary', `GET ${configs}/acl.sync.ms`)).body).toMatchObject({ value: '2000' });
      expect((await lab.kafka('secondary', `PUT ${configs}/acl.sync.ms`, { value: '3000' })).status).toBe(204);
      expect((await lab.kafka('secondary', `DELETE ${configs}/acl.sync.ms`)).status).toBe(204);
      expect((await lab.kafka('secondary', `GET ${configs}/acl.sync.ms`)).status).toBe(404);
      expect((await lab.kafka('secondary', `PUT ${configs}/colour`, { value: '1' })).status).toBe(400);
      expect((await lab.kafka('secondary', `PUT ${configs}/link.mode`, { value: 'SOURCE' })).status).toBe(400);
    });

    test('are not deleted under a live mirror, unless by force', async () => {
      const lab = await Lab.start();
      await lab.pair();
      expect((await lab.kafka('secondary', `DELETE /links/${LINK}`)).body.message).toMatch(
        /still has mirror topics: orders/,
      );
      expect((await lab.kafka('secondary', `DELETE /links/${LINK}?force=true`)).status).toBe(200);
      expect((await lab.kafka('secondary', `GET /links/${LINK}`)).status).toBe(404);
    });

    test('tell of a task without its filter only to who asks for tasks', async () => {
      const lab = await Lab.start();
      await lab.pair({ 'acl.sync.enable': 'true', 'consumer.offset.sync.enable': 'true' });
      expect((await lab.kafka('secondary', `GET /links/${LINK}`)).body.tasks).toBeUndefined();
      const { tasks } = (await lab.kafka<{ tasks: Row[] }>('secondary', `GET /links/${LINK}?include_tasks=true`)).body;
      expect(tasks.map(({ task_name, state }) => [task_name, state])).toEqual([
        ['AclSync', 'IN_ERROR'],
        ['AutoCreateMirror', 'NOT_CONFIGURED'],
        ['ConsumerOffsetSync', 'IN_ERROR'],
        ['TopicConfigsSync', 'ACTIVE'],
      ]);
      expect(JSON.stringify(tasks[0].errors)).toMatch(/"error_code":"[A-Z_]+","error_message":".*acl.filters/);
    });
  });

  describe('mirrors', () => {
    test('are created with the topic, listed by link and over all links, and read alone', async () => {
      const lab = await Lab.start();
      await lab.pair();
      await lab.produce('primary', 5);
      const expected = { mirror_topic_name: 'orders', source_topic_name: 'orders', num_partitions: 2 };
      expect(await lab.mirror('secondary')).toMatchObject({
        ...expected,
        mirror_status: 'ACTIVE',
        mirror_topic_error: 'NO_ERROR',
        mirror_lags: [
          { partition: 0, lag: 3, last_source_fetch_offset: 0 },
          { partition: 1, lag: 2, last_source_fetch_offset: 0 },
        ],
      });
      expect(await lab.rows('secondary', 'GET /links/-/mirrors')).toMatchObject([expected]);
      expect(await lab.rows('secondary', `GET /links/${LINK}/mirrors?mirror_status=STOPPED`)).toEqual([]);
      expect(await lab.kafka('secondary', `GET /links/${LINK}/mirrors/other`)).toMatchObject({ status: 404 });
      expect((await lab.kafka('secondary', `GET /links/${LINK}/mirrors?mirror_status=active`)).status).toBe(400);
    });

    test('are refused for a topic that exists, for a source that does not, and under another name', async () => {
      const lab = await Lab.start();
      await lab.pair();
      const create = (body: object): Promise<{ status: number }> =>
        lab.kafka('secondary', `POST /links/${LINK}/mirrors`, body);
      expect(await create({ source_topic_name: 'orders' })).toMatchObject({ status: 400, body: { error_code: 40002 } });
      expect(await create({ source_topic_name: 'other' })).toMatchObject({ status: 404 });
      await lab.kafka('primary', 'POST /topics', { topic_name: 'other' });
      expect(await create({ source_topic_name: 'other', mirror_topic_name: 'else' })).toMatchObject({ status: 400 });
      expect(await create({ source_topic_name: 'other', mirror_topic_name: 'other' })).toMatchObject({ status: 204 });
    });

    test('take every operation, by names and by pattern', async () => {
      const lab = await Lab.start();
      await lab.pair();
      const status = async (): Promise<unknown> => (await lab.mirror('secondary')).mirror_status;
      await lab.operate('secondary', 'pause');
      expect(await status()).toBe('PAUSED');
      const byPattern = { mirror_topic_name_pattern: 'ord.*' };
      await lab.kafka('secondary', `POST /links/${LINK}/mirrors:resume`, byPattern);
      expect(await status()).toBe('ACTIVE');
      await lab.operate('secondary', 'reverse-and-pause-mirror');
      await lab.wait(STEP);
      await lab.operate('primary', 'resume');
      await lab.operate('primary', 'reverse-and-start-mirror');
      await lab.wait(STEP);
      expect(await status()).toBe('ACTIVE');
      await lab.operate('secondary', 'failover');
      await lab.wait(STEP);
      await lab.operate('primary', 'truncate-and-restore');
      await lab.wait(2 * STEP);
      await lab.operate('primary', 'promote');
      await lab.wait(STEP);
      expect((await lab.mirror('primary')).mirror_status).toBe('STOPPED');
    });

    test('are named by a list or by a pattern that is one', async () => {
      const lab = await Lab.start();
      await lab.pair();
      expect((await lab.kafka('secondary', `POST /links/${LINK}/mirrors:pause`, {})).status).toBe(400);
      const broken = { mirror_topic_name_pattern: '(' };
      expect((await lab.kafka('secondary', `POST /links/${LINK}/mirrors:pause`, broken)).status).toBe(400);
    });

    test('tell what holds up their transition to who asks for it', async () => {
      const lab = await Lab.start();
      await lab.pair();
      await lab.operate('secondary', 'reverse-and-start-mirror');
      await lab.fault({ kind: 'refused', target: lab.member('primary').clusterId });
      expect((await lab.mirror('secondary')).mirror_state_transition_errors).toBeUndefined();
      const { mirror_state_transition_errors: errors } = await lab.mirror(
        'secondary',
        '?include_state_transition_errors=true',
      );
      expect(JSON.stringify(errors)).toMatch(/"error_code":"400","error_message":".*cannot reach/);
    });
  });

  test('answers every operation of the OpenAPI, and as it says', async () => {
    checkedOperations.clear();
    const lab = await Lab.start();
    // A topic, ACLs, links and a mirror are created.
    await lab.pair();
    const requests: [side: 'primary' | 'secondary', request: string, body?: object][] = [
      ['primary', 'GET '],
      ['primary', 'GET /acls'],
      ['primary', 'GET /topics'],
      ['primary', 'GET /topics/orders'],
      ['primary', 'PATCH /topics/orders', { partitions_count: 4 }],
      ['primary', 'GET /topics/orders/configs'],
      ['primary', 'POST /topics/orders/configs:alter', { data: [{ name: 'retention.ms', value: '5' }] }],
      ['secondary', 'GET /links'],
      ['secondary', `GET /links/${LINK}`],
      ['secondary', `GET /links/${LINK}/configs`],
      ['secondary', `PUT /links/${LINK}/configs:alter`, { data: [{ name: 'acl.sync.ms', value: '2000' }] }],
      ['secondary', `PUT /links/${LINK}/configs/acl.sync.ms`, { value: '3000' }],
      ['secondary', `GET /links/${LINK}/configs/acl.sync.ms`],
      ['secondary', `DELETE /links/${LINK}/configs/acl.sync.ms`],
      ['secondary', `GET /links/${LINK}/mirrors`],
      ['secondary', 'GET /links/-/mirrors'],
      ['secondary', `GET /links/${LINK}/mirrors/orders`],
      ...OPERATIONS.map(([side, operation]): [typeof side, string, object] => [
        side,
        `POST /links/${LINK}/mirrors:${operation}`,
        { mirror_topic_names: ['orders'] },
      ]),
      [
        'primary',
        'DELETE /acls?resource_type=TOPIC&resource_name=orders&pattern_type=LITERAL&operation=READ&permission=ALLOW',
      ],
      ['primary', `DELETE /links/${LINK}?force=true`],
      ['primary', 'DELETE /topics/orders'],
    ];
    for (const [side, request, body] of requests) {
      const { status } = await lab.kafka(side, request, body);
      expect(`${request}: ${status}`).toMatch(/: 20[014]$/);
      await lab.wait(2 * STEP);
    }
    expect(allOperations.filter((operation) => !checkedOperations.has(operation))).toEqual([]);
  });
});
