import { LINK, Stage } from '../support/stage';
import { type Attributes, type Kept, refusalOf, summaryOf } from '../support/terraform-core';
import { UNKNOWN } from '../support/wire';

const TOPIC = 'confluent_kafka_topic';
const ACL = 'confluent_kafka_acl';
const CLUSTER_LINK = 'confluent_cluster_link';
const MIRROR = 'confluent_kafka_mirror_topic';
const EXPORTER = 'confluent_schema_exporter';

let stage: Stage;

const apply = (type: string, config: object, prior?: Kept) => stage.confluent.apply(type, config, prior);
const read = (type: string, kept: Kept): Promise<Attributes | null> => stage.confluent.read(type, kept);
const topic = (more: object = {}) => ({ ...stage.on('primary'), topic_name: 'orders', ...more });

beforeAll(async () => {
  stage = await Stage.open();
});

afterEach(() => stage.empty());
afterAll(() => stage.close());

/** Links both ways, a topic, and its mirror. */
async function mirrored(): Promise<{ topic: Kept; link: Kept; mirror: Kept }> {
  const made = await apply(TOPIC, topic());
  await apply(CLUSTER_LINK, stage.link('primary'));
  const link = await apply(CLUSTER_LINK, stage.link('secondary'));
  return { topic: made, link, mirror: await apply(MIRROR, stage.mirror()) };
}

describe('a topic', () => {
  test('has the id and the settings that the cluster tells', async () => {
    const { attributes } = await apply(TOPIC, topic({ config: { 'retention.ms': '3600000' } }));
    expect(attributes).toMatchObject({
      id: `${stage.clusterId('primary')}/orders`,
      topic_name: 'orders',
      partitions_count: 6,
      config: { 'retention.ms': '3600000' },
    });
  });

  test('is read anew, and is no more where it was deleted', async () => {
    const kept = await apply(TOPIC, topic());
    expect(await read(TOPIC, kept)).toEqual(kept.attributes);
    expect(await stage.confluent.destroy(TOPIC, kept)).toBeNull();
    expect(await read(TOPIC, kept)).toBeNull();
  });

  test('changes its settings in place: what is new, what is other, what is gone', async () => {
    const kept = await apply(TOPIC, topic({ config: { 'retention.ms': '3600000', 'segment.ms': '600000' } }));
    const changed = await apply(
      TOPIC,
      topic({ config: { 'retention.ms': '7200000', 'cleanup.policy': 'compact' } }),
      kept,
    );
    expect(changed.attributes.config).toEqual({ 'retention.ms': '7200000', 'cleanup.policy': 'compact' });
  });

  test('grows in place and is replaced to shrink', async () => {
    const kept = await apply(TOPIC, topic({ partitions_count: 3 }));
    expect((await stage.confluent.plan(TOPIC, topic({ partitions_count: 4 }), kept)).replace).toEqual([]);
    expect((await stage.confluent.plan(TOPIC, topic({ partitions_count: 2 }), kept)).replace).toEqual([
      'partitions_count',
    ]);
    expect((await apply(TOPIC, topic({ partitions_count: 4 }), kept)).attributes.partitions_count).toBe(4);
  });

  test('of another name or cluster is another', async () => {
    const kept = await apply(TOPIC, topic());
    expect((await stage.confluent.plan(TOPIC, topic({ topic_name: 'b' }), kept)).replace).toEqual(['topic_name']);
    const elsewhere = { ...stage.on('secondary'), topic_name: 'orders' };
    expect((await stage.confluent.plan(TOPIC, elsewhere, kept)).replace).toEqual(['kafka_cluster']);
  });

  test('refuses to change a setting that the provider takes for read-only, before it asks', async () => {
    const kept = await apply(TOPIC, topic());
    const refusal = await refusalOf(apply(TOPIC, topic({ config: { 'compression.type': 'gzip' } }), kept));
    expect(refusal.diagnostics[0]).toMatchObject({
      summary: 'error updating Kafka Topic: "compression.type" topic setting is read-only and cannot be updated',
      detail: expect.stringMatching(
        /^Read and writable topic settings are cleanup\.policy, .*, segment\.ms\.$/,
      ) as string,
    });
    expect(refusal.kept).toEqual(kept);
  });

  test('that the cluster refuses is told in its words, with the request', async () => {
    await apply(TOPIC, topic());
    const { diagnostics } = await refusalOf(apply(TOPIC, topic()));
    expect(diagnostics[0].summary).toMatch(/^POST http:.*\/kafka\/v3\/clusters\/lkc-\w+\/topics: 400$/);
    expect(diagnostics[0].detail).toMatch(/already exists/);
  });

  test.each<[string, object, string]>([
    ['no name', { topic_name: 'a b' }, 'Invalid value for topic_name'],
    ['no partition', { partitions_count: 0 }, 'Invalid value for partitions_count'],
    ['a cluster by another id', { kafka_cluster: [{ id: 'env-1' }] }, 'Invalid value for kafka_cluster.id'],
    ['an address without a scheme', { rest_endpoint: 'host' }, 'Invalid value for rest_endpoint'],
    ['an empty key', { credentials: [{ key: '', secret: 's' }] }, 'Invalid value for credentials.key'],
  ])('is refused with %s', async (_what, wrong, summary) => {
    expect(await summaryOf(apply(TOPIC, topic(wrong)))).toBe(summary);
  });

  test('without a key, in the resource or the provider, is refused', async () => {
    const { diagnostics } = await refusalOf(apply(TOPIC, topic({ credentials: [] })));
    expect(diagnostics[0]).toMatchObject({
      summary: 'kafka_cluster, rest_endpoint and credentials are needed',
      detail:
        'In the resource, or as kafka_id, kafka_rest_endpoint, kafka_api_key and kafka_api_secret of the provider.',
    });
  });

  test('is imported with what the environment tells', async () => {
    const kept = await apply(TOPIC, topic());
    const id = `${stage.clusterId('primary')}/orders`;
    expect(await summaryOf(stage.confluent.import(TOPIC, id))).toBe(
      'The import needs the environment variable IMPORT_KAFKA_REST_ENDPOINT',
    );
    const { key, secret } = stage.sample.primary.kafka;
    Object.assign(stage.environment, {
      IMPORT_KAFKA_REST_ENDPOINT: stage.restEndpoint('primary'),
      IMPORT_KAFKA_API_KEY: key,
      IMPORT_KAFKA_API_SECRET: secret,
    });
    expect((await stage.confluent.import(TOPIC, id)).attributes).toMatchObject({ id, partitions_count: 6 });
    expect((await refusalOf(stage.confluent.import(TOPIC, `${id}x`))).diagnostics[0]).toMatchObject({
      summary: 'Cannot import confluent_kafka_topic',
      detail: `There is no object with id "${id}x".`,
    });
    expect(kept.attributes.id).toBe(id);
  });

  test('is found by its data source, or is not there', async () => {
    await apply(TOPIC, topic());
    expect(await stage.confluent.readData(TOPIC, topic())).toMatchObject({ partitions_count: 6 });
    expect(await summaryOf(stage.confluent.readData(TOPIC, topic({ topic_name: 'none' })))).toBe(
      'Kafka Topic none is not there',
    );
  });
});

describe('an ACL', () => {
  const acl = (more: object = {}) => ({
    ...stage.on('primary'),
    resource_type: 'TOPIC',
    resource_name: 'orders',
    pattern_type: 'LITERAL',
    principal: `User:${stage.sample.serviceAccountId}`,
    host: '*',
    operation: 'READ',
    permission: 'ALLOW',
    ...more,
  });

  test('lives and ends, its id made of its fields', async () => {
    const kept = await apply(ACL, acl());
    expect(kept.attributes.id).toBe(
      `${stage.clusterId('primary')}/TOPIC#orders#LITERAL#User:${stage.sample.serviceAccountId}#*#READ#ALLOW`,
    );
    expect(await read(ACL, kept)).toEqual(kept.attributes);
    await stage.confluent.destroy(ACL, kept);
    expect(await read(ACL, kept)).toBeNull();
  });

  test('changes in no field', async () => {
    const kept = await apply(ACL, acl());
    const changed = acl({ operation: 'WRITE', resource_name: 'payments' });
    expect((await stage.confluent.plan(ACL, changed, kept)).replace.sort()).toEqual(['operation', 'resource_name']);
  });

  test('is written in the words of the provider, in upper case', async () => {
    for (const [name, value] of Object.entries({
      operation: 'read',
      permission: 'allow',
      resource_type: 'topic',
      pattern_type: 'literal',
    })) {
      expect(await summaryOf(apply(ACL, acl({ [name]: value })))).toBe(`Invalid value for ${name}`);
    }
  });

  test('is imported by its id', async () => {
    const { attributes } = await apply(ACL, acl());
    const { key, secret } = stage.sample.primary.kafka;
    Object.assign(stage.environment, {
      IMPORT_KAFKA_REST_ENDPOINT: stage.restEndpoint('primary'),
      IMPORT_KAFKA_API_KEY: key,
      IMPORT_KAFKA_API_SECRET: secret,
    });
    expect((await stage.confluent.import(ACL, attributes.id as string)).attributes).toEqual(attributes);
    await expect(stage.confluent.import(ACL, (attributes.id as string).replace('READ', 'WRITE'))).rejects.toThrow(
      'There is no object',
    );
  });
});

describe('a cluster link', () => {
  test('tells of itself, and keeps the settings that were given', async () => {
    const config = { 'acl.sync.enable': 'false', 'consumer.offset.sync.ms': '30000' };
    const { attributes } = await apply(CLUSTER_LINK, stage.link('secondary', { config }));
    expect(attributes).toMatchObject({
      id: `${stage.clusterId('secondary')}/${LINK}`,
      link_mode: 'BIDIRECTIONAL',
      connection_mode: 'OUTBOUND',
      cluster_link_id: expect.stringMatching(/\S/) as string,
      config: { 'consumer.offset.sync.ms': '30000' },
      local_kafka_cluster: [{ rest_endpoint: stage.restEndpoint('secondary'), bootstrap_endpoint: '' }],
      remote_kafka_cluster: [{ rest_endpoint: '', bootstrap_endpoint: stage.bootstrap('primary') }],
    });
  });

  test('is replaced for its name, its mode and the clusters at its ends, and not for a key', async () => {
    const kept = await apply(CLUSTER_LINK, stage.link('secondary'));
    const replaced = async (more: object) =>
      (await stage.confluent.plan(CLUSTER_LINK, stage.link('secondary', more), kept)).replace;
    expect(await replaced({ link_name: 'other' })).toEqual(['link_name']);
    expect(await replaced({ connection_mode: 'INBOUND' })).toEqual(['connection_mode']);
    const end = stage.end('secondary');
    expect(await replaced({ local_kafka_cluster: [{ ...end, rest_endpoint: 'https://a' }] })).toEqual([
      'local_kafka_cluster.0.rest_endpoint',
    ]);
    expect(await replaced({ local_kafka_cluster: [{ ...end, credentials: [{ key: 'k', secret: 's' }] }] })).toEqual([]);
  });

  test('that waits for the other is made without keys, and has none of the other cluster in its state', async () => {
    const kept = await apply(CLUSTER_LINK, stage.link('secondary', { connection_mode: 'INBOUND' }));
    expect(kept.attributes).toMatchObject({
      connection_mode: 'INBOUND',
      local_kafka_cluster: [{ credentials: [stage.sample.secondary.kafka] }],
      remote_kafka_cluster: [{ bootstrap_endpoint: stage.bootstrap('primary'), credentials: [] }],
    });
    const settings = await stage.lab.cloud.observe(({ clusterLinks }) =>
      [...clusterLinks.values()].flatMap(({ sides }) => [...sides.values()].map((side) => [...side.settings.keys()])),
    );
    expect(settings.map((names) => names.sort())).toEqual([['bootstrap.servers', 'connection.mode', 'link.mode']]);
  });

  test('changes settings in place, and refuses to take one out', async () => {
    const kept = await apply(CLUSTER_LINK, stage.link('secondary', { config: { 'consumer.offset.sync.ms': '30000' } }));
    const config = { 'consumer.offset.sync.ms': '60000', 'consumer.offset.sync.enable': 'true' };
    const changed = await apply(CLUSTER_LINK, stage.link('secondary', { config }), kept);
    expect(changed.attributes.config).toEqual(config);
    const { diagnostics } = await refusalOf(
      apply(CLUSTER_LINK, stage.link('secondary', { config: { 'consumer.offset.sync.ms': '60000' } }), changed),
    );
    expect(diagnostics[0]).toMatchObject({
      summary: expect.stringContaining(`removing "consumer.offset.sync.enable" from 'configs' block`) as string,
      detail: 'Set "consumer.offset.sync.enable" to the default value instead of removing it.',
    });
  });

  test.each<[string, (stage: Stage) => object, string]>([
    [
      'a setting that the provider does not write',
      () => ({ config: { 'link.mode': 'SOURCE' } }),
      'Invalid value for config',
    ],
    ['a mode that is none', () => ({ link_mode: 'BOTH' }), 'Invalid value for link_mode'],
    [
      'an end with two endpoints',
      (it) => ({ local_kafka_cluster: [{ ...it.end('secondary'), bootstrap_endpoint: 'a:9092' }] }),
      'Invalid combination of arguments',
    ],
    ['the ends of another mode', () => ({ link_mode: 'SOURCE' }), `error creating Cluster Link: SOURCE ${LINK}`],
    ['no end', () => ({ local_kafka_cluster: [] }), `error creating Cluster Link: BIDIRECTIONAL ${LINK}`],
  ])('is refused with %s', async (_what, more, summary) => {
    expect(await summaryOf(apply(CLUSTER_LINK, stage.link('secondary', more(stage))))).toBe(summary);
  });

  test('is found by its data source, with its state', async () => {
    await apply(CLUSTER_LINK, stage.link('primary'));
    await apply(CLUSTER_LINK, stage.link('secondary'));
    expect(await stage.confluent.readData(CLUSTER_LINK, { ...stage.on('secondary'), link_name: LINK })).toMatchObject({
      id: `${stage.clusterId('secondary')}/${LINK}`,
      link_state: 'ACTIVE',
    });
    expect(
      await summaryOf(stage.confluent.readData(CLUSTER_LINK, { ...stage.on('secondary'), link_name: 'none' })),
    ).toMatch(/^GET .*\/links\/none: 404$/);
  });

  test('is imported with both its ends', async () => {
    const { attributes } = await apply(CLUSTER_LINK, stage.link('secondary'));
    const { primary, secondary } = stage.sample;
    Object.assign(stage.environment, {
      IMPORT_LOCAL_KAFKA_REST_ENDPOINT: stage.restEndpoint('secondary'),
      IMPORT_LOCAL_KAFKA_API_KEY: secondary.kafka.key,
      IMPORT_LOCAL_KAFKA_API_SECRET: secondary.kafka.secret,
      IMPORT_REMOTE_KAFKA_BOOTSTRAP_ENDPOINT: stage.bootstrap('primary'),
      IMPORT_REMOTE_KAFKA_API_KEY: primary.kafka.key,
      IMPORT_REMOTE_KAFKA_API_SECRET: primary.kafka.secret,
    });
    const imported = await stage.confluent.import(CLUSTER_LINK, attributes.id as string);
    expect(imported.attributes).toMatchObject({
      id: attributes.id,
      cluster_link_id: attributes.cluster_link_id,
      remote_kafka_cluster: [{ id: primary.clusterId, bootstrap_endpoint: stage.bootstrap('primary') }],
    });
  });

  test('ends', async () => {
    const kept = await apply(CLUSTER_LINK, stage.link('secondary'));
    await stage.confluent.destroy(CLUSTER_LINK, kept);
    expect(await read(CLUSTER_LINK, kept)).toBeNull();
  });
});

describe('a mirror', () => {
  test('has the name of its source unless told otherwise, and is active', async () => {
    const { mirror } = await mirrored();
    expect(mirror.attributes).toMatchObject({
      id: `${stage.clusterId('secondary')}/${LINK}/orders`,
      mirror_topic_name: 'orders',
      status: 'ACTIVE',
    });
    expect(await read(MIRROR, mirror)).toEqual(mirror.attributes);
  });

  test('is paused, resumed and promoted by its status', async () => {
    const { mirror } = await mirrored();
    const paused = await apply(MIRROR, stage.mirror({ status: 'PAUSED' }), mirror);
    expect(paused.attributes.status).toBe('PAUSED');
    expect((await read(MIRROR, paused))?.status).toBe('PAUSED');
    const resumed = await apply(MIRROR, stage.mirror({ status: 'ACTIVE' }), paused);
    const over = await apply(MIRROR, stage.mirror({ status: 'FAILED_OVER' }), resumed);
    expect((await read(MIRROR, over))?.status).toBe('STOPPED');
  });

  test('that was failed over is left alone by a plan that wants it so', async () => {
    const { mirror } = await mirrored();
    const over = await apply(MIRROR, stage.mirror({ status: 'FAILED_OVER' }), mirror);
    const stopped = { ...over, attributes: (await read(MIRROR, over))! };
    expect(
      (await stage.confluent.plan(MIRROR, stage.mirror({ status: 'FAILED_OVER' }), stopped)).attributes?.status,
    ).toBe('STOPPED');
    const { diagnostics } = await refusalOf(apply(MIRROR, stage.mirror({ status: 'ACTIVE' }), stopped));
    expect(diagnostics[0]).toMatchObject({
      summary: 'error updating Kafka Mirror Topic: transition STOPPED → ACTIVE is not supported',
      detail: 'Supported are ACTIVE → PAUSED, FAILED_OVER, PROMOTED; PAUSED → ACTIVE, FAILED_OVER, PROMOTED.',
    });
  });

  test('of another topic or link is another', async () => {
    const { mirror } = await mirrored();
    const replaced = async (more: object) => (await stage.confluent.plan(MIRROR, stage.mirror(more), mirror)).replace;
    expect(await replaced({ source_kafka_topic: [{ topic_name: 'b' }] })).toEqual(['source_kafka_topic']);
    expect(await replaced({ cluster_link: [{ link_name: 'b' }] })).toEqual(['cluster_link']);
    expect(await replaced({ mirror_topic_name: UNKNOWN })).toEqual(['mirror_topic_name']);
  });

  test('is deleted with its topic, and read as gone', async () => {
    const { mirror } = await mirrored();
    await stage.confluent.destroy(MIRROR, mirror);
    expect(await read(MIRROR, mirror)).toBeNull();
    await expect(stage.confluent.readData(TOPIC, { ...stage.on('secondary'), topic_name: 'orders' })).rejects.toThrow(
      'is not there',
    );
  });

  test('is imported with its source', async () => {
    const { mirror } = await mirrored();
    const { key, secret } = stage.sample.secondary.kafka;
    Object.assign(stage.environment, {
      IMPORT_KAFKA_REST_ENDPOINT: stage.restEndpoint('secondary'),
      IMPORT_KAFKA_API_KEY: key,
      IMPORT_KAFKA_API_SECRET: secret,
    });
    expect((await stage.confluent.import(MIRROR, mirror.attributes.id as string)).attributes).toMatchObject({
      id: mirror.attributes.id,
      source_kafka_topic: [{ topic_name: 'orders' }],
      status: 'ACTIVE',
    });
  });
});

describe('a schema exporter', () => {
  test('sends every subject that is named, and none where none is', async () => {
    const named = await apply(EXPORTER, stage.exporter({ subjects: ['orders-value', '*'] }));
    expect(named.attributes).toMatchObject({
      id: `${stage.sample.primary.registryId}/schemas`,
      subjects: ['*', 'orders-value'],
      status: 'RUNNING',
    });
    const all = await apply(EXPORTER, stage.exporter({ name: 'all' }));
    expect(all.attributes.subjects).toEqual([]);
  });

  test('is paused and resumed by its status', async () => {
    const kept = await apply(EXPORTER, stage.exporter({ subjects: ['*'] }));
    const paused = await apply(EXPORTER, stage.exporter({ subjects: ['*'], status: 'PAUSED' }), kept);
    expect((await read(EXPORTER, paused))?.status).toBe('PAUSED');
    const running = await apply(EXPORTER, stage.exporter({ subjects: ['*'], status: 'RUNNING' }), paused);
    expect((await read(EXPORTER, running))?.status).toBe('RUNNING');
  });

  test('shows nothing of the key to its destination in its settings, and forgets the id of that', async () => {
    const { attributes } = await apply(EXPORTER, stage.exporter({ subjects: ['*'] }));
    expect(attributes.config).toEqual({});
    expect(attributes.destination_schema_registry_cluster).toMatchObject([
      { id: '', rest_endpoint: stage.lab.cloud.endpointOf(stage.sample.secondary.registryId) },
    ]);
    expect(attributes.reset_on_update).toBe(false);
  });

  test('is replaced for its name and its registry alone', async () => {
    const kept = await apply(EXPORTER, stage.exporter({ subjects: ['*'] }));
    const replaced = async (more: object) => (await stage.confluent.plan(EXPORTER, stage.exporter(more), kept)).replace;
    expect(await replaced({ name: 'other' })).toEqual(['name']);
    expect(await replaced({ subjects: ['a'], context_type: 'CUSTOM', context: 'c' })).toEqual([]);
  });

  test('ends, also where it has ended already', async () => {
    const kept = await apply(EXPORTER, stage.exporter({ subjects: ['*'] }));
    await stage.confluent.destroy(EXPORTER, kept);
    expect(await read(EXPORTER, kept)).toBeNull();
    expect(await stage.confluent.destroy(EXPORTER, kept)).toBeNull();
  });
});
