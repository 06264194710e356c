import {
  aclAddress,
  type Block,
  exporterAddress,
  keyAddress,
  linkAddress,
  mirrorAddress,
  roleBindingAddress,
  topicAddress,
} from './support/configuration';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

const cluster = 'confluent_kafka_cluster.created';
const link = linkAddress('primary');
const key = keyAddress('primary');

/** What is wrong, where, and what of the resource is otherwise. */
type Mistake = readonly [mistake: string, address: string, more: () => Block];

describe('what is wrong in a configuration', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  const right: Readonly<Record<string, () => Block>> = {
    [cluster]: () => ({
      display_name: 'created',
      availability: 'SINGLE_ZONE',
      cloud: 'AZURE',
      region: 'westeurope',
      dedicated: { cku: 1 },
      environment: { id: stage.lab.cloud.sample!.primary.environmentId },
    }),
    [link]: () => stage.parts.link('primary'),
    [key]: () => stage.parts.apiKey('primary'),
    [topicAddress]: () => stage.parts.topic(),
    [aclAddress]: () => stage.parts.acl(),
    [mirrorAddress]: () =>
      stage.parts.mirror({
        cluster_link: { link_name: 'any' },
        source_kafka_topic: { topic_name: 'orders' },
        depends_on: [],
      }),
    [exporterAddress]: () => stage.parts.exporter(),
    [roleBindingAddress]: () => stage.parts.roleBinding({ crn_pattern: 'crn://confluent.cloud/organization=any' }),
  };
  const configure = (address: string, more: Block) => stage.configure({ [address]: { ...right[address](), ...more } });
  const side = (name: 'local' | 'remote', more: Block): Block => ({
    [`${name}_kafka_cluster`]: { ...(stage.parts.link('primary')[`${name}_kafka_cluster`] as Block), ...more },
  });

  beforeAll(async () => {
    stage = await Stage.open();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  test.each(Object.keys(right))('is nothing in the %s that all mistakes are made in', async (address) => {
    configure(address, {});
    expect((await stage.workspace.terraform('validate')).errors).toBe('');
  });

  test.each<Mistake>([
    ['availability', cluster, () => ({ availability: 'TRIPLE_ZONE' })],
    ['cloud', cluster, () => ({ cloud: 'Azure' })],
    ['cku', cluster, () => ({ dedicated: { cku: 0 } })],
    ['network id', cluster, () => ({ network: { id: 'net-1' } })],
    ['no type of cluster', cluster, () => ({ dedicated: [] })],
    ['two types of cluster', cluster, () => ({ basic: {} })],
    ['link_mode', link, () => ({ link_mode: 'BOTH' })],
    ['connection_mode', link, () => ({ connection_mode: 'BOTH' })],
    ['key of a link config', link, () => ({ config: { 'retention.ms': '1' } })],
    ['both endpoints', link, () => side('remote', { rest_endpoint: 'http://localhost' })],
    ['no endpoint', link, () => side('remote', { bootstrap_endpoint: null })],
    ["link's rest_endpoint", link, () => side('local', { rest_endpoint: 'localhost' })],
    ['status of a mirror', mirrorAddress, () => ({ status: 'STOPPED' })],
    ['status of an exporter', exporterAddress, () => ({ status: 'STARTING' })],
    ['principal of a role binding', roleBindingAddress, () => ({ principal: 'sa-abc123' })],
    ['crn_pattern', roleBindingAddress, () => ({ crn_pattern: 'confluent.cloud' })],
    ['topic name', topicAddress, () => ({ topic_name: 'orders/eu' })],
    ['partitions_count', topicAddress, () => ({ partitions_count: 0 })],
    ['rest_endpoint', topicAddress, () => ({ rest_endpoint: 'localhost' })],
    ['cluster id', topicAddress, () => ({ kafka_cluster: { id: 'cluster-1' } })],
    ['owner', key, () => ({ owner: { id: 'abc123', kind: 'User', api_version: 'iam/v2' } })],
    ["owner's kind", key, () => ({ owner: { id: 'u-abc123', kind: 'Person', api_version: 'iam/v2' } })],
    ['operation of an ACL', aclAddress, () => ({ operation: 'ReadAll' })],
    ['resource_type of an ACL', aclAddress, () => ({ resource_type: 'Topic' })],
    ['pattern_type of an ACL', aclAddress, () => ({ pattern_type: 'GLOB' })],
    ['permission of an ACL', aclAddress, () => ({ permission: 'YES' })],
    ['empty display_name', key, () => ({ display_name: '' })],
    ['empty credentials', topicAddress, () => ({ credentials: { key: '', secret: '' } })],
  ])('is found by validate: %s', async (_, address, more) => {
    configure(address, more());
    const { exitCode, errors } = await stage.workspace.terraform('validate');
    expect(errors).toMatch(/^Error: Invalid (value|combination)/);
    expect(exitCode).toBe(1);
  });

  test('is not found by validate where the value is not literal, but by plan', async () => {
    const variable = { zones: { type: 'string', default: 'TRIPLE_ZONE' } };
    stage.configure({ [cluster]: { ...right[cluster](), availability: '${var.zones}' } }, { variable });
    expect((await stage.workspace.terraform('validate')).exitCode).toBe(0);
    expect((await stage.plan()).errors).toContain('Invalid value for availability');
  });

  test.each<Mistake>([
    ['MULTI_ZONE with one CKU', cluster, () => ({ availability: 'MULTI_ZONE' })],
    ['BIDIRECTIONAL without remote', link, () => ({ remote_kafka_cluster: [] })],
    [
      'BIDIRECTIONAL with a remote rest_endpoint',
      link,
      () => side('remote', { rest_endpoint: 'http://localhost', bootstrap_endpoint: null }),
    ],
    ['BIDIRECTIONAL without local credentials', link, () => side('local', { credentials: [] })],
    [
      'BIDIRECTIONAL with source and destination',
      link,
      () => ({
        local_kafka_cluster: [],
        remote_kafka_cluster: [],
        source_kafka_cluster: right[link]().remote_kafka_cluster,
        destination_kafka_cluster: right[link]().local_kafka_cluster,
      }),
    ],
    ['BIDIRECTIONAL without any cluster', link, () => ({ local_kafka_cluster: [], remote_kafka_cluster: [] })],
  ])('is found by apply, which asks the cloud for nothing: %s', async (_, address, more) => {
    configure(address, more());
    expect((await stage.workspace.terraform('validate')).exitCode).toBe(0);
    expect(await stage.changes()).toEqual({ [address]: 'create' });
    const { exitCode, errors } = await stage.apply();
    expect(errors).toMatch(/^Error: error creating/);
    expect(exitCode).toBe(1);
    expect(stage.writes()).toEqual([]);
  });

  test.each<Mistake>([
    ['HIGH with one CKU', cluster, () => ({ availability: 'HIGH' })],
    ['a remote without credentials', link, () => side('remote', { credentials: [] })],
    ['a sync without its filter', link, () => ({ config: { 'acl.sync.enable': 'true' } })],
    ['a filter that is no JSON', link, () => ({ config: { 'acl.filters': '{' } })],
    ['a time that is no number', link, () => ({ config: { 'acl.sync.ms': 'often' } })],
    ['context_type', exporterAddress, () => ({ context_type: 'MINE' })],
    ['a context without CUSTOM', exporterAddress, () => ({ context: 'dr' })],
    ['CUSTOM without a context', exporterAddress, () => ({ context_type: 'CUSTOM' })],
    [
      'an exporter onto itself',
      exporterAddress,
      () => ({ destination_schema_registry_cluster: { rest_endpoint: right[exporterAddress]().rest_endpoint } }),
    ],
    ['a topic setting', topicAddress, () => ({ config: { 'retention.days': '1' } })],
    ['a topic name of 250 letters', topicAddress, () => ({ topic_name: 'o'.repeat(250) })],
    ['the principal of an ACL', aclAddress, () => ({ principal: 'abc123' })],
    ['the name of a CLUSTER', aclAddress, () => ({ resource_type: 'CLUSTER', resource_name: 'lkc-aaaaa' })],
    ['a role', roleBindingAddress, () => ({ role_name: 'Emperor' })],
  ])('is never found by the provider, which sends it: %s', async (_, address, more) => {
    configure(address, more());
    expect((await stage.workspace.terraform('validate')).exitCode).toBe(0);
    expect(await stage.changes()).toEqual({ [address]: 'create' });
    await stage.apply();
    expect(stage.writes()[0]).toContain(' POST ');
  });
});
