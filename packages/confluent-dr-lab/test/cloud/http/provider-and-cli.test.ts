import { closeLabs, Lab, LINK } from '../support/lab';

afterEach(closeLabs);

describe('a bidirectional link', () => {
  test('takes what the Terraform provider sends with each, and keeps it from being changed', async () => {
    const lab = await Lab.start();
    const sent = { 'connection.mode': 'OUTBOUND', 'remote.link.connection.mode': 'INBOUND' };
    expect((await lab.createLink('secondary', sent)).status).toBe(204);
    const mode = `/links/${LINK}/configs/remote.link.connection.mode`;
    expect((await lab.kafka('secondary', `GET ${mode}`)).body).toMatchObject({ value: 'INBOUND' });
    expect((await lab.kafka('secondary', `PUT ${mode}`, { value: 'OUTBOUND' })).status).toBe(400);
  });

  test('takes what the CLI sends, with its backslashes before quotes', async () => {
    const lab = await Lab.start();
    const { key, secret } = lab.member('primary').kafka;
    const module = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
    const jaas = String.raw`${module} username=\"${key}\" password=\"${secret}\";`;
    const sent = { 'sasl.jaas.config': jaas, 'local.sasl.jaas.config': jaas, 'local.listener': 'SASL_SSL' };
    expect((await lab.createLink('secondary', sent, '&validate_link=true')).status).toBe(204);
    const wrong = { 'sasl.jaas.config': jaas.replace(secret, 'wrong') };
    expect((await lab.createLink('primary', wrong, '&validate_link=true')).status).toBe(400);
  });
});

test('a link cannot carry ACLs and prefix its topics, neither from the start nor later', async () => {
  const lab = await Lab.start();
  const prefix = { 'cluster.link.prefix': 'copy.' };
  const both = await lab.createLink('secondary', { ...prefix, 'acl.sync.enable': 'true' });
  expect(both).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(/cannot be enabled together/) as unknown },
  });
  expect((await lab.createLink('secondary', prefix)).status).toBe(204);
  const data = [{ name: 'acl.sync.enable', value: 'true' }];
  expect((await lab.kafka('secondary', `PUT /links/${LINK}/configs:alter`, { data })).status).toBe(400);
});

test('a topic takes every setting that the provider lets edit', async () => {
  const lab = await Lab.start();
  const settings = [
    ['cleanup.policy', 'compact'],
    ['confluent.key.schema.validation', 'true'],
    ['confluent.key.subject.name.strategy', 'io.confluent.kafka.serializers.subject.RecordNameStrategy'],
    ['confluent.value.schema.validation', 'true'],
    ['confluent.value.subject.name.strategy', 'io.confluent.kafka.serializers.subject.RecordNameStrategy'],
    ['delete.retention.ms', '60566400000'],
    ['max.compaction.lag.ms', '21600000'],
    ['max.message.bytes', '20971520'],
    ['message.timestamp.after.max.ms', '1'],
    ['message.timestamp.before.max.ms', '1'],
    ['message.timestamp.difference.max.ms', '1'],
    ['message.timestamp.type', 'LogAppendTime'],
    ['min.compaction.lag.ms', '1'],
    ['min.insync.replicas', '1'],
    ['retention.bytes', '1'],
    ['retention.ms', '1'],
    ['segment.bytes', '52428800'],
    ['segment.ms', '600000'],
  ];
  const configs = settings.map(([name, value]) => ({ name, value }));
  expect((await lab.kafka('primary', 'POST /topics', { topic_name: 'orders', configs })).status).toBe(201);
  const rows = await lab.rows('primary', 'GET /topics/orders/configs');
  const set = rows.filter(({ source }) => source === 'DYNAMIC_TOPIC_CONFIG').map(({ name, value }) => [name, value]);
  expect(set).toEqual(expect.arrayContaining(settings));
  expect(set).toHaveLength(settings.length);
});

test.each([
  ['retention.ms', 'a week', /^Invalid value a week for configuration retention.ms: Not a number of type LONG/],
  ['retention.ms', '', /Not a number of type LONG/],
  ['retention.ms', '9223372036854775808', /Not a number of type LONG/],
  ['retention.ms', '-2', /^Invalid value -2 for configuration retention.ms: Value must be at least -1/],
  ['max.message.bytes', '2147483648', /Not a number of type INT/],
  ['max.message.bytes', '20971521', /higher than the maximum allowed value of 20971520/],
  ['delete.retention.ms', '60566400001', /higher than the maximum allowed value of 60566400000/],
  ['max.compaction.lag.ms', '21599999', /lower than the minimum allowed value of 21600000/],
  ['min.insync.replicas', '0', /Value must be at least 1/],
  ['min.insync.replicas', '3', /higher than the maximum allowed value of 2/],
  [
    'segment.bytes',
    '26214400',
    /'segment.bytes' with value '26214400' is lower than the minimum allowed value of 52428800/,
  ],
  ['segment.ms', '599999', /lower than the minimum allowed value of 600000/],
  ['cleanup.policy', 'compact,remove', /String must be one of: compact, delete/],
  ['message.timestamp.type', 'createTime', /String must be one of: CreateTime, LogAppendTime/],
  ['confluent.value.schema.validation', 'yes', /String must be one of: true, false/],
  ['confluent.key.subject.name.strategy', 'TopicNameStrategy', /String must be one of: io.confluent/],
])('a topic does not take %s=%s, when it is made and when it is changed', async (name, value, message) => {
  const lab = await Lab.start();
  const refused = { status: 400, body: { error_code: 40002, message: expect.stringMatching(message) as unknown } };
  const configs = [{ name, value }];
  expect(await lab.kafka('primary', 'POST /topics', { topic_name: 'orders', configs })).toMatchObject(refused);
  expect((await lab.kafka('primary', 'POST /topics', { topic_name: 'orders' })).status).toBe(201);
  expect(await lab.kafka('primary', 'POST /topics/orders/configs:alter', { data: configs })).toMatchObject(refused);
});

test('every address keeps connections for longer than the minute that the provider waits between two looks', async () => {
  const lab = await Lab.start();
  const answers = [await lab.control('GET /org/v2/environments'), await lab.kafka('primary', 'GET /topics')];
  for (const { headers } of answers) {
    expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60);
  }
});
