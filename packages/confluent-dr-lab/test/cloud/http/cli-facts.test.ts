import { closeLabs, Lab, LINK, type Row } from '../support/lab';
import { STEP } from '../support/model-pair';

afterEach(closeLabs);

/** What the command line of Confluent Cloud breaks on, one row a fact: what it needs, and how it is looked up. */
type Fact = readonly [fact: string, found: (lab: Lab) => Promise<unknown>, needed: unknown];

const types = (row: Row): Record<string, string> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Array.isArray(value) ? 'list' : typeof value]));

const clusterOf = async (lab: Lab): Promise<Row> => {
  const { clusterId, environmentId } = lab.member('primary');
  return (await lab.control(`GET /cmk/v2/clusters/${clusterId}?environment=${environmentId}`)).body;
};

const lagTypes = { partition: 'number', lag: 'number', last_source_fetch_offset: 'number' };

const everywhere: Fact[] = [
  [
    'JSON is called JSON on success',
    async (lab) => (await lab.kafka('primary', 'GET /topics')).headers.get('content-type'),
    /^application\/json/,
  ],
  [
    'and in errors',
    async (lab) => (await lab.kafka('primary', 'GET /topics/x')).headers.get('content-type'),
    /^application\/json/,
  ],
  [
    'and by registries, for one that accepts JSON',
    async (lab) => {
      const headers = { accept: 'application/json' };
      return (await lab.registry('primary', 'GET /', undefined, { headers })).headers.get('content-type');
    },
    /^application\/json/,
  ],
  ['a refusal is no 5xx', async (lab) => (await lab.kafka('primary', 'POST /topics', 'not an object')).status, 400],
  [
    'nor is a body that is no JSON',
    async (lab) => {
      const url = `${lab.cloud.url}/org/v2/environments`;
      const { key, secret } = lab.sample.cloud;
      const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
      return (await fetch(url, { method: 'POST', body: '{', headers: { authorization } })).status;
    },
    400,
  ],
  [
    'an empty body called JSON is fine',
    async (lab) => {
      const headers = { 'content-type': 'application/json' };
      return (await lab.registry('primary', 'PUT /exporters/x/pause', undefined, { headers })).status;
    },
    404,
  ],
  ['unknown paths are 404', async (lab) => (await lab.control('GET /iam/v2/unicorns')).status, 404],
];

const controlPlane: Fact[] = [
  [
    'time stamps have T and zone',
    async (lab) => ((await clusterOf(lab)).metadata as Row).created_at,
    /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
  ],
  [
    'errors are a list with detail',
    async (lab) => (await lab.control('GET /org/v2/environments/env-x')).body.errors,
    [{ detail: 'Environment env-x not found' }],
  ],
  ['a cluster has status and phase', async (lab) => (await clusterOf(lab)).status, { phase: 'PROVISIONED', cku: 2 }],
  [
    'status.cku equals spec.config.cku',
    async (lab) => (await clusterOf(lab)).spec,
    { config: { kind: 'Dedicated', cku: 2 } },
  ],
  [
    'spec.http_endpoint stays the same',
    async (lab) => {
      const endpoint = async (): Promise<unknown> => ((await clusterOf(lab)).spec as Row).http_endpoint;
      return (await endpoint()) === (await endpoint());
    },
    true,
  ],
  [
    'next is missing at the end of a list',
    async (lab) => (await lab.control<{ metadata: Row }>('GET /org/v2/environments?page_size=100')).body.metadata.next,
    undefined,
  ],
  [
    'empty filters of API keys are none',
    async (lab) =>
      (await lab.control<{ data: Row[] }>('GET /iam/v2/api-keys?spec.owner=&spec.resource=&page_size=100')).body.data
        .length,
    5,
  ],
  [
    'API keys tell owner, kind and version',
    async (lab) => {
      const { kafka } = lab.member('primary');
      return (await lab.control<{ spec: Row }>(`GET /iam/v2/api-keys/${kafka.key}`)).body.spec;
    },
    { owner: { id: 'u-lab001' }, resource: { kind: 'Cluster', api_version: 'cmk/v2' } },
  ],
  ...['identity-providers', 'sso/group-mappings'].map((path): Fact => [
    `${path} may be empty but not missing`,
    async (lab) => (await lab.control(`GET /iam/v2/${path}?page_size=100`)).body.data,
    [],
  ]),
  [
    'the first registry counts',
    async (lab) => {
      const { environmentId } = lab.member('primary');
      return (await lab.control<{ data: Row[] }>(`GET /srcm/v3/clusters?environment=${environmentId}`)).body.data[0];
    },
    { id: /^lsrc-/, spec: { http_endpoint: /^http/ } },
  ],
];

const dataPlane: Fact[] = [
  [
    'creating a topic again is 40002 and says already exists',
    async (lab) => (await lab.kafka('primary', 'POST /topics', { topic_name: 'orders' })).body,
    { error_code: 40002, message: /already exists/ },
  ],
  [
    'an unknown topic is 40403',
    async (lab) => (await lab.kafka('primary', 'GET /topics/none')).body,
    { error_code: 40403 },
  ],
  [
    'topic counts are numbers',
    async (lab) => types((await lab.rows('primary', 'GET /topics'))[0]),
    { replication_factor: 'number', partitions_count: 'number', is_internal: 'boolean' },
  ],
  [
    'synonyms of topic settings are objects',
    async (lab) => ((await lab.rows('primary', 'GET /topics/orders/configs'))[0].synonyms as Row[])[0],
    { name: /./, source: /./ },
  ],
  [
    'configs:alter takes an empty list, also for a mirror',
    async (lab) => (await lab.kafka('secondary', 'POST /topics/orders/configs:alter', { data: [] })).status,
    204,
  ],
  [
    'a grown topic shows its partitions at once',
    async (lab) => {
      await lab.kafka('primary', 'PATCH /topics/orders', { partitions_count: 3 });
      return (await lab.kafka('primary', 'GET /topics/orders')).body;
    },
    { partitions_count: 3 },
  ],
  [
    'UserV2:* and an empty name list all ACLs',
    async (lab) => (await lab.rows('primary', 'GET /acls?host=*&principal=UserV2:*&resource_name=')).length,
    4,
  ],
  [
    'UserV2:u-1 means User:u-1, and comes back so',
    async (lab) => (await lab.rows('primary', 'GET /acls?host=*&principal=UserV2:u-lab001&operation=READ'))[0],
    { principal: 'User:u-lab001', resource_type: 'TOPIC' },
  ],
  [
    'deleted ACLs are in the answer',
    async (lab) => {
      const query =
        'resource_type=TOPIC&resource_name=orders&pattern_type=LITERAL&principal=User:u-lab001&host=*&operation=READ&permission=ALLOW';
      return (await lab.kafka<{ data: Row[] }>('primary', `DELETE /acls?${query}`)).body.data.length;
    },
    1,
  ],
  [
    'a link names its id cluster_link_id',
    async (lab) => (await lab.rows('primary', 'GET /links'))[0],
    { cluster_link_id: /^.{22}$/, remote_cluster_id: /^lkc-/, link_error: 'NO_ERROR' },
  ],
  [
    'a link counts its mirrors by category',
    async (lab) => (await lab.rows('secondary', 'GET /links'))[0].category_counts,
    [{ state_category: 'ACTIVE', count: 1 }],
  ],
  [
    'error codes of tasks are strings',
    async (lab) => {
      await lab.kafka('secondary', `PUT /links/${LINK}/configs:alter`, {
        data: [{ name: 'acl.sync.enable', value: 'true' }],
      });
      const { tasks } = (await lab.kafka<{ tasks: Row[] }>('secondary', `GET /links/${LINK}?include_tasks=true`)).body;
      return types((tasks[0].errors as Row[])[0]);
    },
    { error_code: 'string', error_message: 'string' },
  ],
  [
    'synonyms of link settings are strings',
    async (lab) => (await lab.rows('secondary', `GET /links/${LINK}/configs`))[0].synonyms,
    ['link.mode'],
  ],
  [
    'all values of link settings are strings',
    async (lab) =>
      new Set((await lab.rows('secondary', `GET /links/${LINK}/configs`)).map(({ value }) => typeof value)).size,
    1,
  ],
];

const mirrors: Fact[] = [
  [
    'num_partitions and state_time_ms are numbers',
    async (lab) => types(await lab.mirror('secondary')),
    { num_partitions: 'number', state_time_ms: 'number', mirror_lags: 'list' },
  ],
  [
    'lags are a plain list of numbers',
    async (lab) => types(((await lab.mirror('secondary')).mirror_lags as Row[])[0]),
    lagTypes,
  ],
  [
    'lags stay filled when the mirror has STOPPED',
    async (lab) => {
      await lab.operate('secondary', 'failover');
      await lab.wait(STEP);
      return ((await lab.mirror('secondary')).mirror_lags as Row[]).map(({ partition }) => partition);
    },
    [0, 1],
  ],
  [
    'links/-/mirrors filters by status',
    async (lab) => (await lab.rows('secondary', 'GET /links/-/mirrors?mirror_status=PAUSED')).length,
    0,
  ],
  [
    'links/-/mirrors finds by status',
    async (lab) => (await lab.rows('secondary', 'GET /links/-/mirrors?mirror_status=ACTIVE')).length,
    1,
  ],
  [
    'an operation has one row a topic, with lags',
    async (lab) => (await lab.operate('secondary', 'pause', '?validate_only=true')).body.data,
    [{ mirror_topic_name: 'orders', error_code: null, mirror_lags: [{ partition: 0 }, { partition: 1 }] }],
  ],
  [
    'a refusal is in the row, 200, with a number',
    async (lab) => {
      const { status, body } = await lab.operate('secondary', 'truncate-and-restore');
      return [status, types(body.data[0]).error_code];
    },
    [200, 'number'],
  ],
  [
    'an unknown topic is refused in its row as well',
    async (lab) =>
      (
        await lab.kafka<{ data: Row[] }>('secondary', `POST /links/${LINK}/mirrors:pause`, {
          mirror_topic_names: ['none'],
        })
      ).body.data,
    [{ error_code: 40403 }],
  ],
  [
    'a dry run changes nothing',
    async (lab) => {
      await lab.operate('secondary', 'failover', '?validate_only=true');
      return (await lab.mirror('secondary')).mirror_status;
    },
    'ACTIVE',
  ],
];

const restored = async (lab: Lab, query: string): Promise<Row> => {
  await lab.operate('secondary', 'failover');
  await lab.produce('primary', 5);
  await lab.wait(STEP);
  return (await lab.operate('primary', `truncate-and-restore`, query)).body.data[0];
};

const truncation: Fact[] = [
  [
    'messages_truncated is a number',
    (lab) => restored(lab, ''),
    { messages_truncated: 5, partition_level_truncation_data: [] },
  ],
  [
    'partition data is sorted, all numbers, and only where it is asked for',
    (lab) => restored(lab, '?include_partition_level_truncation_data=true'),
    {
      partition_level_truncation_data: [
        { partition_id: 0, offset_truncated_to: 0, messages_truncated: 3 },
        { partition_id: 1, offset_truncated_to: 0, messages_truncated: 2 },
      ],
      mirror_lags: [{ partition: 0 }, { partition: 1 }],
    },
  ],
];

const registry: Fact[] = [
  [
    'GET /config comes first',
    async (lab) => (await lab.registry('primary', 'GET /config')).body,
    { compatibilityLevel: 'BACKWARD' },
  ],
  ['then GET /', async (lab) => (await lab.registry('primary', 'GET /')).body, {}],
  [
    'the header target-sr-cluster does no harm',
    async (lab) => {
      const headers = { 'target-sr-cluster': lab.member('primary').registryId };
      return (await lab.registry('primary', 'GET /exporters', undefined, { headers })).body;
    },
    [],
  ],
  [
    'an exporter has a flat configuration of strings',
    async (lab) => {
      await lab.registry('primary', 'POST /exporters', { name: 'x', config: { 'schema.registry.url': 'u' } });
      return (await lab.registry('primary', 'GET /exporters/x/config')).body;
    },
    { 'schema.registry.url': 'u' },
  ],
];

/** Objects are looked at in the fields that are named; texts may be given as expressions. */
function matching(needed: unknown): unknown {
  if (needed instanceof RegExp) {
    return expect.stringMatching(needed);
  }
  if (Array.isArray(needed)) {
    return needed.map(matching);
  }
  return typeof needed === 'object' && needed !== null
    ? expect.objectContaining(
        Object.fromEntries(Object.entries(needed).map(([name, value]) => [name, matching(value)])),
      )
    : needed;
}

describe.each([
  ['everywhere', everywhere],
  ['on the control plane', controlPlane],
  ['on the data plane', dataPlane],
  ['of mirrors', mirrors],
  ['of a restore', truncation],
  ['on a registry', registry],
])('what the CLI needs %s', (_where, facts) => {
  test.each(facts)('%s', async (_fact, found, needed) => {
    const lab = await Lab.start();
    await lab.pair();
    expect(await found(lab)).toEqual(matching(needed));
  });
});
