import { Stage } from '../support/stage';
import { type Kept, refusalOf, summaryOf } from '../support/terraform-core';

const ENVIRONMENT = 'confluent_environment';
const ACCOUNT = 'confluent_service_account';
const CLUSTER = 'confluent_kafka_cluster';
const KEY = 'confluent_api_key';
const ROLE = 'confluent_role_binding';
const REGISTRY = 'confluent_schema_registry_cluster';

let stage: Stage;

const apply = (type: string, config: object, prior?: Kept) => stage.confluent.apply(type, config, prior);
const replaced = async (type: string, config: object, prior: Kept) =>
  (await stage.confluent.plan(type, config, prior)).replace;

/** What every object does: it is read as it was made, and is gone once it was deleted. */
async function expectLife(type: string, kept: Kept): Promise<void> {
  expect(await stage.confluent.read(type, kept)).toEqual(kept.attributes);
  expect(await stage.confluent.destroy(type, kept)).toBeNull();
  expect(await stage.confluent.read(type, kept)).toBeNull();
}

beforeAll(async () => {
  stage = await Stage.open();
});

afterEach(() => stage.empty());
afterAll(() => stage.close());

describe('an environment', () => {
  const config = { display_name: 'orders', stream_governance: [{ package: 'ESSENTIALS' }] };

  test('lives', async () => {
    const kept = await apply(ENVIRONMENT, config);
    expect(kept.attributes).toMatchObject({
      id: expect.stringMatching(/^env-\w+$/) as string,
      display_name: 'orders',
      resource_name: expect.stringMatching(/^crn:\/\/confluent\.cloud\/organization=.*\/environment=env-/) as string,
    });
    const renamed = await apply(ENVIRONMENT, { ...config, display_name: 'payments' }, kept);
    expect(renamed.attributes).toMatchObject({ id: kept.attributes.id, display_name: 'payments' });
    expect((await stage.confluent.import(ENVIRONMENT, kept.attributes.id as string)).attributes).toEqual(
      renamed.attributes,
    );
    await expectLife(ENVIRONMENT, renamed);
  });

  test('is found by its id or its name, of which there must be one', async () => {
    const { id } = (await apply(ENVIRONMENT, config)).attributes;
    expect(await stage.confluent.readData(ENVIRONMENT, { id })).toMatchObject({ display_name: 'orders' });
    expect(await stage.confluent.readData(ENVIRONMENT, { display_name: 'orders' })).toMatchObject({ id });
    expect(await summaryOf(stage.confluent.readData(ENVIRONMENT, { display_name: 'none' }))).toBe(
      'error reading Environment: there is none with display_name "none"',
    );
    await stage.lab.cloud.perform((state) => {
      const twin = state.environments.get(id as string)!;
      state.environments.set('env-twin', { ...twin, id: 'env-twin' });
    });
    expect(await summaryOf(stage.confluent.readData(ENVIRONMENT, { display_name: 'orders' }))).toBe(
      'error reading Environment: there are several with display_name "orders"',
    );
  });

  test('is found among more than a page of them', async () => {
    await stage.lab.cloud.perform((state) => {
      const [some] = state.environments.values();
      for (let index = 0; index < 250; index += 1) {
        const id = `env-many${index}`;
        state.environments.set(id, { ...some, id, displayName: `many ${index}` });
      }
    });
    expect(await stage.confluent.readData(ENVIRONMENT, { display_name: 'many 249' })).toMatchObject({
      id: 'env-many249',
    });
  });
});

describe('a service account', () => {
  test('lives, and is another under another name', async () => {
    const kept = await apply(ACCOUNT, { display_name: 'orders', description: 'a' });
    expect(kept.attributes).toMatchObject({
      id: expect.stringMatching(/^sa-\w+$/) as string,
      api_version: 'iam/v2',
      kind: 'ServiceAccount',
    });
    expect(await replaced(ACCOUNT, { display_name: 'other' }, kept)).toEqual(['display_name']);
    const told = await apply(ACCOUNT, { display_name: 'orders', description: 'b' }, kept);
    expect(told.attributes).toEqual({ ...kept.attributes, description: 'b' });
    expect(await stage.confluent.readData(ACCOUNT, { display_name: 'orders' })).toMatchObject({ description: 'b' });
    await expectLife(ACCOUNT, told);
  });

  test('needs a name', async () => {
    expect(await summaryOf(apply(ACCOUNT, { display_name: '' }))).toBe('Invalid value for display_name');
  });
});

describe('a Kafka cluster', () => {
  const config = (more: object = {}) => ({
    display_name: 'orders',
    availability: 'SINGLE_ZONE',
    cloud: 'AZURE',
    region: 'westeurope',
    dedicated: [{ cku: 1 }],
    environment: [{ id: stage.sample.primary.environmentId }],
    ...more,
  });

  test('lives', async () => {
    const kept = await apply(CLUSTER, config());
    expect(kept.attributes).toMatchObject({
      id: expect.stringMatching(/^lkc-\w+$/) as string,
      bootstrap_endpoint: expect.stringMatching(/^SASL_SSL:\/\/.*:9092$/) as string,
      rest_endpoint: expect.stringMatching(/^http/) as string,
      rbac_crn: expect.stringMatching(/\/cloud-cluster=lkc-\w+$/) as string,
      dedicated: [{ cku: 1 }],
      basic: [],
    });
    const grown = await apply(CLUSTER, config({ dedicated: [{ cku: 2 }], display_name: 'more' }), kept);
    expect(grown.attributes).toMatchObject({ id: kept.attributes.id, display_name: 'more', dedicated: [{ cku: 2 }] });
    const id = `${stage.sample.primary.environmentId}/${kept.attributes.id as string}`;
    expect((await stage.confluent.import(CLUSTER, id)).attributes).toMatchObject({ id: kept.attributes.id });
    await expect(stage.confluent.import(CLUSTER, kept.attributes.id as string)).rejects.toThrow('There is no object');
    await expectLife(CLUSTER, grown);
  });

  test('is another in another place, and the same in the newer word for its zones', async () => {
    const kept = await apply(CLUSTER, config());
    for (const [name, value] of Object.entries({ region: 'northeurope', cloud: 'GCP', availability: 'HIGH' })) {
      expect(await replaced(CLUSTER, config({ [name]: value }), kept)).toEqual([name]);
    }
    expect(await replaced(CLUSTER, config({ availability: 'LOW' }), kept)).toEqual([]);
  });

  test('is of one kind', async () => {
    for (const [kinds, count] of [
      [{ dedicated: [] }, 0],
      [{ basic: [{}] }, 2],
    ] as const) {
      const { diagnostics } = await refusalOf(apply(CLUSTER, config(kinds)));
      expect(diagnostics[0]).toMatchObject({
        summary: 'Invalid combination of arguments',
        detail: `one of \`basic,standard,dedicated,enterprise,freight\` must be specified, not ${count}`,
      });
    }
  });

  test('in several zones needs two units', async () => {
    expect(await summaryOf(apply(CLUSTER, config({ availability: 'MULTI_ZONE' })))).toBe(
      'error creating Kafka Cluster: dedicated clusters need 2 CKU or more if MULTI_ZONE',
    );
  });

  test('is found by its id or its name, in its environment', async () => {
    const { clusterId, environmentId } = stage.sample.primary;
    const environment = [{ id: environmentId }];
    const found = await stage.confluent.readData(CLUSTER, { id: clusterId, environment });
    expect(found).toMatchObject({ id: clusterId, rest_endpoint: stage.restEndpoint('primary'), network: [{ id: '' }] });
    expect(await stage.confluent.readData(CLUSTER, { display_name: found.display_name, environment })).toMatchObject({
      id: clusterId,
    });
    const elsewhere = [{ id: stage.sample.secondary.environmentId }];
    expect(await summaryOf(stage.confluent.readData(CLUSTER, { id: clusterId, environment: elsewhere }))).toMatch(
      /^GET .*\/cmk\/v2\/clusters\/lkc-\w+: 40[34]$/,
    );
  });
});

describe('an API key', () => {
  const config = (more: object = {}) => ({
    display_name: 'a key',
    owner: [{ id: stage.sample.administratorId, kind: 'User', api_version: 'iam/v2' }],
    managed_resource: [
      {
        id: stage.clusterId('primary'),
        kind: 'Cluster',
        api_version: 'cmk/v2',
        environment: [{ id: stage.sample.primary.environmentId }],
      },
    ],
    ...more,
  });

  test('lives, and keeps the secret that is told only once', async () => {
    const kept = await apply(KEY, config());
    expect(kept.attributes).toMatchObject({
      id: expect.stringMatching(/^[A-Z0-9]{16}$/) as string,
      secret: expect.stringMatching(/^\S{20,}$/) as string,
      disable_wait_for_ready: false,
    });
    const { secret } = kept.attributes;
    const named = await apply(KEY, config({ display_name: 'another' }), kept);
    expect(named.attributes).toMatchObject({ id: kept.attributes.id, display_name: 'another', secret });
    expect((await stage.confluent.read(KEY, named))?.secret).toBe(secret);
    await expectLife(KEY, named);
  });

  test('opens the cluster that it is for', async () => {
    const { attributes } = await apply(KEY, config());
    const topic = await stage.confluent.apply('confluent_kafka_topic', {
      ...stage.on('primary'),
      credentials: [{ key: attributes.id, secret: attributes.secret }],
      topic_name: 'by-key',
    });
    expect(topic.attributes.partitions_count).toBe(6);
  });

  test('for a cluster that there is not is refused, and in no state', async () => {
    const managed_resource = [
      { id: 'lkc-none', kind: 'Cluster', api_version: 'cmk/v2', environment: [{ id: 'env-none' }] },
    ];
    const { diagnostics, kept } = await refusalOf(apply(KEY, config({ managed_resource })));
    expect(diagnostics[0].summary).toMatch(/^POST .*\/iam\/v2\/api-keys: 40[0-9]$/);
    expect(kept?.attributes).toBeNull();
  });

  test('is another for another owner or resource', async () => {
    const kept = await apply(KEY, config());
    const owner = [{ id: stage.sample.serviceAccountId, kind: 'ServiceAccount', api_version: 'iam/v2' }];
    expect(await replaced(KEY, config({ owner }), kept)).toEqual(['owner']);
    expect(await replaced(KEY, config({ managed_resource: [] }), kept)).toEqual(['managed_resource']);
  });

  test('is imported with the secret from the environment', async () => {
    const { id, secret } = (await apply(KEY, config())).attributes;
    const importId = `${stage.sample.primary.environmentId}/${id as string}`;
    expect(await summaryOf(stage.confluent.import(KEY, importId))).toBe(
      'The import needs the environment variable API_KEY_SECRET',
    );
    stage.environment.API_KEY_SECRET = secret as string;
    expect((await stage.confluent.import(KEY, importId)).attributes).toMatchObject({
      id,
      secret,
      owner: [{ id: stage.sample.administratorId }],
      managed_resource: [{ id: stage.clusterId('primary'), environment: [{ id: stage.sample.primary.environmentId }] }],
    });
  });

  test.each<[string, object, string]>([
    ['an owner that is none', { owner: [{ id: 'x', kind: 'User', api_version: 'iam/v2' }] }, 'owner.id'],
    ['an owner of another kind', { owner: [{ id: 'u-1', kind: 'Robot', api_version: 'iam/v2' }] }, 'owner.kind'],
    [
      'a resource of another kind',
      { managed_resource: [{ id: 'a', kind: 'Disk', api_version: 'cmk/v2' }] },
      'managed_resource.kind',
    ],
    ['an empty name', { display_name: '' }, 'display_name'],
  ])('is refused with %s', async (_what, more, attribute) => {
    expect(await summaryOf(apply(KEY, config(more)))).toBe(`Invalid value for ${attribute}`);
  });
});

describe('a role binding', () => {
  const config = async (more: object = {}) => {
    const environment = [{ id: stage.sample.primary.environmentId }];
    const { rbac_crn } = await stage.confluent.readData(CLUSTER, { id: stage.clusterId('primary'), environment });
    return {
      principal: `User:${stage.sample.serviceAccountId}`,
      role_name: 'CloudClusterAdmin',
      crn_pattern: rbac_crn,
      ...more,
    };
  };

  test('lives, and is another in every field', async () => {
    const kept = await apply(ROLE, await config());
    expect(kept.attributes.id).toMatch(/^rb-\w+$/);
    expect(await replaced(ROLE, await config({ role_name: 'ResourceOwner', principal: 'User:u-1' }), kept)).toEqual([
      'principal',
      'role_name',
    ]);
    const waiting = await apply(ROLE, await config({ disable_wait_for_ready: true }), kept);
    expect(waiting.attributes).toEqual({ ...kept.attributes, disable_wait_for_ready: true });
    expect((await stage.confluent.import(ROLE, kept.attributes.id as string)).attributes).toEqual(kept.attributes);
    await expectLife(ROLE, waiting);
  });

  test('is there once: the cloud refuses the same again', async () => {
    await apply(ROLE, await config());
    expect(await summaryOf(apply(ROLE, await config()))).toMatch(/^POST .*\/iam\/v2\/role-bindings: 409$/);
  });

  test('is refused for a principal or a resource of another form', async () => {
    expect(await summaryOf(apply(ROLE, await config({ principal: 'sa-1' })))).toBe('Invalid value for principal');
    expect(await summaryOf(apply(ROLE, await config({ crn_pattern: 'lkc-1' })))).toBe('Invalid value for crn_pattern');
  });
});

test('a Schema Registry is found in its environment, by its id or as the only one', async () => {
  const { registryId, environmentId } = stage.sample.primary;
  const environment = [{ id: environmentId }];
  const found = await stage.confluent.readData(REGISTRY, { environment });
  expect(found).toMatchObject({ id: registryId, rest_endpoint: stage.lab.cloud.endpointOf(registryId) });
  expect(await stage.confluent.readData(REGISTRY, { id: registryId, environment })).toEqual(found);
  const bare = (await apply(ENVIRONMENT, { display_name: 'bare' })).attributes.id;
  expect(await summaryOf(stage.confluent.readData(REGISTRY, { environment: [{ id: bare }] }))).toBe(
    `error reading Schema Registry Clusters: there is no Schema Registry Cluster in environment ${bare as string}`,
  );
});

describe('networks and the ways into them', () => {
  const at = () => ({ environment: [{ id: stage.sample.primary.environmentId }] });
  const place = { cloud: 'AZURE', region: 'westeurope' };
  const ENDPOINT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/confluent';

  test('a network for private links lives with an access, and tells its domain and aliases', async () => {
    const network = await apply('confluent_network', { ...place, ...at(), connection_types: ['PRIVATELINK'] });
    expect(network.attributes).toMatchObject({
      id: expect.stringMatching(/^n-/) as string,
      dns_domain: expect.stringMatching(/[.]westeurope[.]azure[.]confluent[.]cloud$/) as string,
      azure: [{ private_link_service_aliases: { 1: expect.any(String) as string } }],
    });
    const config = { ...at(), network: [{ id: network.attributes.id }], azure: [{ subscription: 'mine' }] };
    const access = await apply('confluent_private_link_access', config);
    expect(
      await replaced('confluent_private_link_access', { ...config, azure: [{ subscription: 'other' }] }, access),
    ).toEqual(['azure']);
    expect(await summaryOf(stage.confluent.destroy('confluent_network', network))).toContain('400');
    const renamed = await apply('confluent_private_link_access', { ...config, display_name: 'renamed' }, access);
    expect(renamed.attributes).toMatchObject({ id: access.attributes.id, display_name: 'renamed' });
    await expectLife('confluent_private_link_access', renamed);
    await expectLife('confluent_network', network);
  });

  test('a peering lives in a network of its own addresses', async () => {
    const types = { connection_types: ['PEERING'], cidr: '10.10.0.0/16' };
    const network = await apply('confluent_network', { ...place, ...at(), ...types });
    const azure = [{ tenant: 't', vnet: 'v', customer_region: 'westeurope' }];
    const config = { ...at(), network: [{ id: network.attributes.id }], azure };
    await expectLife('confluent_peering', await apply('confluent_peering', config));
    expect(await summaryOf(apply('confluent_peering', { ...config, azure: [] }))).toContain('exactly one of');
  });

  test('an attachment lives with a connection, and tells its alias', async () => {
    const type = 'confluent_private_link_attachment';
    const attachment = await apply(type, { ...place, ...at(), display_name: 'mine' });
    expect(attachment.attributes).toMatchObject({
      id: expect.stringMatching(/^platt-/) as string,
      dns_domain: 'westeurope.azure.private.confluent.cloud',
      azure: [{ private_link_service_alias: expect.any(String) as string }],
    });
    const connection = await apply(`${type}_connection`, {
      ...{ ...at(), display_name: 'endpoint', private_link_attachment: [{ id: attachment.attributes.id }] },
      azure: [{ private_endpoint_resource_id: ENDPOINT }],
    });
    await expectLife(`${type}_connection`, connection);
    await expectLife(type, attachment);
  });

  test('an enterprise cluster grows to what it may, and is private', async () => {
    const config = (max_ecku?: number) => ({
      ...{ ...place, ...at(), display_name: 'elastic', availability: 'HIGH' },
      enterprise: [max_ecku === undefined ? {} : { max_ecku }],
    });
    const kept = await apply(CLUSTER, config(4));
    expect(kept.attributes).toMatchObject({
      enterprise: [{ max_ecku: 4 }],
      bootstrap_endpoint: expect.stringMatching(
        /^lkc-\w+[.]westeurope[.]azure[.]private[.]confluent[.]cloud:9092$/,
      ) as string,
    });
    expect((await apply(CLUSTER, config(8), kept)).attributes).toMatchObject({ enterprise: [{ max_ecku: 8 }] });
    expect(await summaryOf(apply(CLUSTER, config(1)))).toContain('400');
    expect((await apply(CLUSTER, config())).attributes).toMatchObject({ enterprise: [{}] });
  });
});

test('access points and private registries are told by the data sources, once the lab was given them', async () => {
  const { clusterId: id, registryId, environmentId } = stage.sample.primary;
  const environment = [{ id: environmentId }];
  const tell = async (path: string, body: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    expect((await fetch(`${stage.lab.cloud.url}/lab/v1${path}`, init)).status).toBe(200);
  };
  const read = () =>
    Promise.all([
      stage.confluent.readData(CLUSTER, { id, environment }),
      stage.confluent.readData(REGISTRY, { id: registryId, environment }),
    ]);
  expect(await read()).toMatchObject([{ endpoints: [] }, { private_regional_rest_endpoints: {} }]);
  await tell(`/clusters/${id}/access-points`, { id: 'ap-abc123' });
  await tell(`/clusters/${id}/access-points`, { id: 'ap-abc123' });
  await tell(`/registries/${registryId}/private-regions`, { region: 'westeurope' });
  const [cluster, registry] = await read();
  expect(cluster.endpoints).toEqual([
    {
      access_point_id: 'ap-abc123',
      bootstrap_endpoint: expect.stringMatching(
        `^${id}-apabc123[.].*[.]accesspoint[.]glb[.]confluent[.]cloud:9092$`,
      ) as string,
      rest_endpoint: stage.restEndpoint('primary'),
      connection_type: 'PRIVATE_LINK',
    },
  ]);
  expect(registry.private_regional_rest_endpoints).toEqual({ westeurope: stage.lab.cloud.endpointOf(registryId) });
});
