import { closeLabs, Lab, LINK, type Row } from '../support/lab';
import { STEP } from '../support/model-pair';

afterAll(closeLabs);

let shared: Promise<Lab> | undefined;

/** A lab with a pair, an exporter and an account, for all requests that are refused: they change nothing of it. */
const labOfAll = (): Promise<Lab> => (shared ??= started());

async function started(): Promise<Lab> {
  const lab = await Lab.start();
  await lab.pair();
  await lab.registry('primary', 'POST /exporters', { name: 'paused' });
  await lab.registry('primary', 'PUT /exporters/paused/pause');
  await lab.control('POST /iam/v2/service-accounts', { display_name: 'orders' });
  return lab;
}

type Plane = 'control plane' | 'Kafka REST' | 'registry' | 'lab';

/** Sends a body, or a path, that no client of the test would send. */
async function send(
  lab: Lab,
  plane: Plane,
  request: string,
  {
    body,
    contentType = 'application/json',
    accept = '*/*',
  }: { body?: string; contentType?: string; accept?: string } = {},
): Promise<{ status: number; type: string | null; text: string; body: unknown }> {
  const { clusterId, registryId, kafka, schemaRegistry } = lab.member('primary');
  const [base, { key, secret }] = {
    'control plane': [lab.cloud.url, lab.sample.cloud] as const,
    'Kafka REST': [`${lab.cloud.endpointOf(clusterId)}/kafka/v3/clusters/${clusterId}`, kafka] as const,
    registry: [lab.cloud.endpointOf(registryId), schemaRegistry] as const,
    lab: [`${lab.cloud.url}/lab/v1`, lab.sample.cloud] as const,
  }[plane];
  const [method, path] = request.split(' ');
  const response = await fetch(`${base}${path}`, {
    method,
    body,
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
      accept,
      ...(body !== undefined && { 'content-type': contentType }),
    },
  });
  const text = await response.text();
  const type = response.headers.get('content-type');
  return { status: response.status, type, text, body: text.startsWith('{') ? JSON.parse(text) : text };
}

/** How each plane tells of an error. */
function errorOf(plane: Plane, status: number): unknown {
  const text = expect.stringMatching(/./) as unknown;
  return {
    'control plane': {
      errors: [{ id: `lab-${status}`, status: String(status), code: String(status), detail: text, source: {} }],
    },
    'Kafka REST': { error_code: status, message: text },
    registry: { error_code: status, message: text },
    lab: { status, message: text },
  }[plane];
}

/** Every route that reads a body. */
const ROUTES: readonly (readonly [Plane, string])[] = [
  ['control plane', 'POST /org/v2/environments'],
  ['control plane', 'PATCH /org/v2/environments/ENVIRONMENT'],
  ['control plane', 'POST /iam/v2/service-accounts'],
  ['control plane', 'PATCH /iam/v2/service-accounts/ACCOUNT'],
  ['control plane', 'POST /iam/v2/role-bindings'],
  ['control plane', 'POST /iam/v2/api-keys'],
  ['control plane', 'PATCH /iam/v2/api-keys/KEY'],
  ['control plane', 'POST /cmk/v2/clusters'],
  ['control plane', 'PATCH /cmk/v2/clusters/CLUSTER'],
  ['control plane', 'POST /networking/v1/networks'],
  ['control plane', 'PATCH /networking/v1/networks/n-1'],
  ['control plane', 'POST /networking/v1/peerings'],
  ['control plane', 'PATCH /networking/v1/peerings/peer-1'],
  ['control plane', 'POST /networking/v1/private-link-accesses'],
  ['control plane', 'POST /api/sessions'],
  ['Kafka REST', 'POST /topics'],
  ['Kafka REST', 'PATCH /topics/orders'],
  ['Kafka REST', 'POST /topics/orders/configs:alter'],
  ['Kafka REST', 'POST /acls'],
  ['Kafka REST', 'POST /links?link_name=other'],
  ['Kafka REST', `PUT /links/${LINK}/configs:alter`],
  ['Kafka REST', `PUT /links/${LINK}/configs/acl.sync.ms`],
  ['Kafka REST', `POST /links/${LINK}/mirrors`],
  ['Kafka REST', `POST /links/${LINK}/mirrors:pause`],
  ['Kafka REST', `POST /links/${LINK}/mirrors:truncate-and-restore`],
  ['registry', 'POST /exporters'],
  ['registry', 'PUT /exporters/paused'],
  ['registry', 'PUT /exporters/paused/config'],
  ['registry', 'PUT /mode'],
  ['registry', 'PUT /mode/orders-value'],
  ['lab', 'POST /tokens'],
  ['lab', 'POST /clock'],
  ['lab', 'POST /faults'],
  ['lab', 'POST /clusters/CLUSTER/topics/orders/records'],
];

describe('a body that is no JSON object', () => {
  const NO_OBJECTS = ['null', '[]', '[{}]', '"text"', '7', 'true', '', '{', '{"a":1}}', 'a=1'];

  test.each(ROUTES)('is refused by the %s at %s, and changes nothing', async (plane, route) => {
    const lab = await labOfAll();
    const { environmentId, clusterId, kafka } = lab.member('primary');
    const accounts = await lab.control<{ data: Row[] }>('GET /iam/v2/service-accounts');
    const account = accounts.body.data.find(({ display_name }) => display_name === 'orders')!;
    const request = route
      .replace('ENVIRONMENT', environmentId)
      .replace('CLUSTER', clusterId)
      .replace('KEY', kafka.key)
      .replace('ACCOUNT', String(account.id));
    const before = await lab.cloud.inspect();
    for (const body of NO_OBJECTS) {
      const answer = await send(lab, plane, request, { body });
      expect([body, answer.status, answer.body]).toEqual([body, 400, errorOf(plane, 400)]);
    }
    expect(await lab.cloud.inspect()).toEqual(before);
  });

  test('is not looked at before the caller is known', async () => {
    const lab = await labOfAll();
    const wrong = { key: 'K', secret: 'S' };
    expect((await lab.kafka('primary', 'POST /topics', null, { key: wrong })).status).toBe(401);
    expect((await lab.control('POST /org/v2/environments', null, { key: wrong })).status).toBe(401);
  });
});

describe('a field of another type', () => {
  const CONFIG = { name: 'retention.ms', value: '1000' };

  test.each<readonly [string, string, object, RegExp]>([
    ['a list of settings', 'POST /topics', { topic_name: 'a', configs: CONFIG }, /^configs .*a list/],
    ['an object in a list', 'POST /topics', { topic_name: 'a', configs: [null] }, /^configs .*a list of objects/],
    ['a number', 'POST /topics', { topic_name: 'a', partitions_count: '6' }, /^partitions_count .*a number/],
    ['a whole number', 'POST /topics', { topic_name: 'a', partitions_count: 1.5 }, /partitions is 1.5/],
    ['a text', 'POST /topics', { topic_name: ['a'] }, /^topic_name .*a string/],
    ['true or false', 'POST /topics', { topic_name: 'a', validate_only: 'true' }, /^validate_only .*true or false/],
    ['the settings at all', 'POST /topics/orders/configs:alter', {}, /^data is missing/],
    ['the settings of a link at all', `PUT /links/${LINK}/configs:alter`, {}, /^data is missing/],
    ['the value of a setting', `PUT /links/${LINK}/configs/acl.sync.ms`, { value: 5000 }, /^value .*a string/],
    ['a value at all', `PUT /links/${LINK}/configs/acl.sync.ms`, {}, /^value is missing/],
    ['the number of partitions', 'PATCH /topics/orders', {}, /^partitions_count is missing/],
    ['a list of names', `POST /links/${LINK}/mirrors:pause`, { mirror_topic_names: 'orders' }, /a list/],
    ['names in a list', `POST /links/${LINK}/mirrors:pause`, { mirror_topic_names: [1] }, /a list of strings/],
    [
      'SET or DELETE',
      'POST /topics/orders/configs:alter',
      { data: [{ ...CONFIG, operation: 'APPEND' }] },
      /^operation is "APPEND"; allowed are SET and DELETE/,
    ],
    [
      'lags that go together',
      'POST /topics/orders/configs:alter',
      {
        data: [
          { name: 'min.compaction.lag.ms', value: '21600001' },
          { name: 'max.compaction.lag.ms', value: '21600000' },
        ],
      },
      /min.compaction.lag.ms \(21600001\) > max.compaction.lag.ms \(21600000\)/,
    ],
    [
      'what one can choose',
      'POST /topics',
      { topic_name: 'a', configs: [{ name: 'compression.type', value: 'gzip' }] },
      /'compression.type' .*read-only/,
    ],
    ...(
      [
        ['acl.sync.enable', 'maybe', 'either true or false'],
        ['cluster.link.paused', '1', 'either true or false'],
        ['acl.sync.ms', '2147483648', 'Not a number of type INT'],
        ['security.protocol', 'TLS', 'one of: PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL'],
      ] as const
    ).map(
      ([name, value, why]) =>
        [
          `${why}, for ${name} of a link`,
          `PUT /links/${LINK}/configs:alter`,
          { data: [{ name, value }] },
          new RegExp(`^Invalid value ${value} for configuration ${name}: .*${why}`),
        ] as const,
    ),
  ])('is refused where Kafka REST needs %s', async (_what, request, body, message) => {
    const lab = await labOfAll();
    expect(await lab.kafka('primary', request, body)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(message) as unknown },
    });
  });

  test.each([
    ['resource_type', 'BROKER'],
    ['pattern_type', 'prefixed'],
    ['operation', 'PRODUCE'],
    ['permission', 'MAYBE'],
  ])('is refused of a filter of ACLs: %s=%s', async (name, word) => {
    const lab = await labOfAll();
    expect(await lab.kafka('primary', `GET /acls?${name}=${word}`)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(`${name} is "${word}"; allowed are `) as unknown },
    });
    expect(await lab.kafka('primary', `GET /acls?${name}=ANY`)).toMatchObject({ status: 200 });
  });

  test.each<readonly [string, object, RegExp]>([
    ['POST /cmk/v2/clusters', { spec: [] }, /^spec is \[\]; allowed is an object/],
    ['POST /cmk/v2/clusters', { spec: { environment: 'env-1' } }, /^environment is "env-1"; allowed is an object/],
    ['POST /iam/v2/api-keys', { spec: { owner: ['u-1'] } }, /^owner .*an object/],
    ['POST /org/v2/environments', { display_name: 7 }, /^display_name is 7; allowed is a string/],
  ])('is refused by the control plane at %s %j', async (request, body, message) => {
    const lab = await labOfAll();
    expect(await lab.control(request, body)).toMatchObject({
      status: 400,
      body: { errors: [{ detail: expect.stringMatching(message) as unknown }] },
    });
  });
});

describe('a query parameter that is true or false', () => {
  const start = async (): Promise<Lab> => {
    const lab = await Lab.start();
    await lab.pair();
    return lab;
  };

  test.each(['true', 'TRUE', 'True', 'tRuE'])('is true as %s', async (value) => {
    const lab = await start();
    await lab.operate('secondary', 'failover', `?validate_only=${value}`);
    expect((await lab.mirror('secondary')).mirror_status).toBe('ACTIVE');
    expect((await lab.kafka('primary', `GET /links/${LINK}?include_tasks=${value}`)).body).toHaveProperty('tasks');
    await lab.kafka('primary', `DELETE /links/${LINK}?validate_only=${value}`);
    expect((await lab.kafka('primary', `GET /links/${LINK}`)).status).toBe(200);
  });

  test.each(['false', 'FALSE', 'False'])('is false as %s', async (value) => {
    const lab = await start();
    await lab.operate('secondary', 'failover', `?validate_only=${value}`);
    await lab.wait(STEP);
    expect((await lab.mirror('secondary')).mirror_status).toBe('STOPPED');
    await lab.kafka('primary', `DELETE /links/${LINK}`);
    const body = { ...lab.linkBody(lab.member('secondary'), { 'bootstrap.servers': 'elsewhere:9092' }) };
    expect((await lab.kafka('primary', `POST /links?link_name=${LINK}&validate_link=${value}`, body)).status).toBe(204);
  });

  test.each([
    ['POST', '/links?link_name=other&validate_only='],
    ['POST', '/links?link_name=other&validate_link='],
    ['GET', `/links/${LINK}?include_tasks=`],
    ['DELETE', `/links/${LINK}?force=`],
    ['DELETE', `/links/${LINK}?validate_only=`],
    ['GET', `/links/${LINK}/mirrors/orders?include_state_transition_errors=`],
    ['POST', `/links/${LINK}/mirrors:failover?validate_only=`],
    ['POST', `/links/${LINK}/mirrors:failover?include_partition_level_truncation_data=`],
  ])('is refused as another word: %s %s', async (method, path) => {
    const lab = await labOfAll();
    const before = await lab.cloud.inspect();
    for (const value of ['yes', '1', '', 'truee', '%20true']) {
      const body = method === 'POST' ? { mirror_topic_names: ['orders'] } : undefined;
      const answer = await lab.kafka('secondary', `${method} ${path}${value}`, body);
      expect([value, answer.status, answer.body]).toEqual([value, 400, errorOf('Kafka REST', 400)]);
    }
    expect(await lab.cloud.inspect()).toEqual(before);
  });
});

describe('an address that is none', () => {
  const PATHS: Record<Plane, string> = {
    'control plane': '/org/v2/environments/',
    'Kafka REST': '/topics/',
    registry: '/exporters/',
    lab: '/faults/',
  };

  describe.each(Object.entries(PATHS) as [Plane, string][])('of the %s', (plane, path) => {
    test.each(['GET', 'DELETE'])('is refused in the form of its errors: %s', async (method) => {
      const lab = await labOfAll();
      for (const bad of ['%zz', '%', '%e0%a4%a', '%c3%28', 'a?b=%zz', 'a?%', 'a?b=%c3%28']) {
        const answer = await send(lab, plane, `${method} ${path}${bad}`);
        expect([bad, answer.status, answer.body]).toEqual([bad, 400, errorOf(plane, 400)]);
      }
    });
  });

  test('keeps nothing else out: encoded names are names', async () => {
    const lab = await Lab.start();
    await lab.kafka('primary', 'POST /topics', { topic_name: 'orders.v1' });
    expect((await lab.kafka('primary', 'GET /topics/orders%2Ev1')).status).toBe(200);
  });
});

describe('a body of another media type', () => {
  const TOPIC = { body: '{"topic_name":"orders"}' };

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/vnd.kafka.v2+json'])(
    'is refused by Kafka REST: %s',
    async (contentType) => {
      const lab = await labOfAll();
      const answer = await send(lab, 'Kafka REST', 'POST /topics', { ...TOPIC, contentType });
      expect([answer.status, answer.body]).toEqual([415, errorOf('Kafka REST', 415)]);
    },
  );

  test('is taken with a charset and in capitals', async () => {
    const lab = await Lab.start();
    const contentType = 'Application/JSON; charset=UTF-8';
    expect((await send(lab, 'Kafka REST', 'POST /topics', { ...TOPIC, contentType })).status).toBe(201);
  });

  test('is read by a registry in its own types', async () => {
    const lab = await Lab.start();
    const put = (contentType: string) => send(lab, 'registry', 'PUT /mode', { body: '{"mode":"IMPORT"}', contentType });
    expect((await put('application/vnd.schemaregistry.v1+json')).body).toEqual({ mode: 'IMPORT' });
    expect((await put('application/vnd.schemaregistry+json')).body).toEqual({ mode: 'IMPORT' });
    expect((await put('text/plain')).status).toBe(415);
  });
});

describe('numbers of a query', () => {
  test.each(['GET /events?after=x', 'GET /events?after=-1', 'GET /clusters/CLUSTER/topics/orders/records?max=1.5'])(
    'are refused if they are none: %s',
    async (request) => {
      const lab = await labOfAll();
      const { status, body } = await send(lab, 'lab', request.replace('CLUSTER', lab.member('primary').clusterId));
      expect([status, (body as Row).message]).toEqual([400, expect.stringMatching(/whole number/)]);
    },
  );
});
