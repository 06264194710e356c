import { closeLabs, Lab, type Row } from '../support/lab';

afterEach(closeLabs);

const WAIT = 1_000;
const NETWORKS = '/networking/v1/networks';

interface Resource extends Row {
  readonly id: string;
  readonly spec: Row;
  readonly status: Row;
}

/** A lab with a network, READY, on Azure for private links unless told otherwise. */
async function withNetwork(spec: object = {}): Promise<{ lab: Lab; environmentId: string; network: Resource }> {
  const lab = await Lab.start({ timing: { networkProvisioningMs: WAIT } });
  const { environmentId } = lab.member('primary');
  const { body } = await lab.control<Resource>(`POST ${NETWORKS}`, {
    spec: {
      cloud: 'AZURE',
      region: 'westeurope',
      connection_types: ['PRIVATELINK'],
      environment: { id: environmentId },
      ...spec,
    },
  });
  await lab.wait(WAIT);
  return { lab, environmentId, network: body };
}

describe('networks', () => {
  test('are PROVISIONING first, and tell what is theirs in the cloud once they are READY', async () => {
    const { lab, environmentId, network } = await withNetwork({ display_name: 'private' });
    expect(network).toMatchObject({ status: { phase: 'PROVISIONING', supported_connection_types: ['PRIVATELINK'] } });
    expect(network.id).toMatch(/^n-[a-z0-9]{6}$/);
    const { status, body } = await lab.control<Resource>(`GET ${NETWORKS}/${network.id}?environment=${environmentId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      spec: { display_name: 'private', zones: ['1', '2', '3'], dns_config: { resolution: 'CHASED_PRIVATE' } },
      status: {
        phase: 'READY',
        dns_domain: expect.stringMatching(/^dom[a-z0-9]{6}\.westeurope\.azure\.confluent\.cloud$/) as unknown,
        zonal_subdomains: { '2': expect.stringMatching(/^2\.dom/) as unknown },
        cloud: { kind: 'AzureNetwork', private_link_service_aliases: { '1': expect.any(String) as unknown } },
      },
    });
    expect(body.metadata).toHaveProperty('resource_name', expect.stringMatching(/environment=env-.*\/network=n-/));
  });

  test.each([
    ['AWS', 'AwsNetwork', ['eu-west-1-az1', 'eu-west-1-az2', 'eu-west-1-az3']],
    ['GCP', 'GcpNetwork', ['eu-west-1-a', 'eu-west-1-b', 'eu-west-1-c']],
  ])('on %s are of the kind %s, without which the provider crashes', async (cloud, kind, zones) => {
    const { lab, environmentId } = await withNetwork({ cloud, region: 'eu-west-1' });
    const { data } = (await lab.control<{ data: Resource[] }>(`GET ${NETWORKS}?environment=${environmentId}`)).body;
    expect(data).toMatchObject([{ spec: { zones }, status: { cloud: { kind } } }]);
  });

  test('are renamed, filtered, kept while something uses them, and deleted', async () => {
    const { lab, environmentId, network } = await withNetwork();
    const change = { spec: { display_name: 'renamed', environment: { id: environmentId } } };
    expect((await lab.control<Resource>(`PATCH ${NETWORKS}/${network.id}`, change)).body.spec).toMatchObject({
      display_name: 'renamed',
    });
    const count = async (filter: string): Promise<number> =>
      (await lab.control<{ data: Row[] }>(`GET ${NETWORKS}?environment=${environmentId}&${filter}`)).body.data.length;
    expect(await count('spec.display_name=other&spec.display_name=renamed')).toBe(1);
    expect(await count('spec.display_name=other')).toBe(0);
    expect(await count('status.phase=PROVISIONING')).toBe(0);
    const cluster = await lab.control('POST /cmk/v2/clusters', {
      spec: {
        display_name: 'inside',
        availability: 'SINGLE_ZONE',
        cloud: 'AZURE',
        region: 'westeurope',
        config: { kind: 'Dedicated', cku: 1 },
        environment: { id: environmentId },
        network: { id: network.id },
      },
    });
    const remove = (path: string): Promise<{ status: number; body: Row }> =>
      lab.control(`DELETE ${path}?environment=${environmentId}`);
    expect(JSON.stringify((await remove(`${NETWORKS}/${network.id}`)).body)).toMatch(/still used by lkc-/);
    await remove(`/cmk/v2/clusters/${String(cluster.body.id)}`);
    expect((await remove(`${NETWORKS}/${network.id}`)).status).toBe(204);
    expect((await lab.control(`GET ${NETWORKS}/${network.id}?environment=${environmentId}`)).status).toBe(404);
  });

  test('keep their environment from being deleted, and belong to no other', async () => {
    const { lab, network } = await withNetwork();
    const other = lab.member('secondary').environmentId;
    expect((await lab.control(`GET ${NETWORKS}/${network.id}?environment=${other}`)).status).toBe(404);
    expect((await lab.control(`GET ${NETWORKS}/${network.id}`)).status).toBe(400);
    const { body } = await lab.control(`DELETE /org/v2/environments/${lab.member('primary').environmentId}`);
    expect(JSON.stringify(body)).toContain(network.id);
  });

  test.each([
    ['no cloud', { cloud: 'MOON' }, /spec.cloud is .*MOON/],
    ['no region', { region: '' }, /spec.region/],
    ['no connection type', { connection_types: [] }, /holds nothing/],
    ['an unknown connection type', { connection_types: ['TUNNEL'] }, /holds TUNNEL/],
    ['peering without its CIDR', { connection_types: ['PEERING'] }, /spec.cidr and spec.zones_info are missing/],
  ])('are refused with %s', async (_what, spec, message) => {
    expect(JSON.stringify((await withNetwork(spec)).network)).toMatch(message);
  });
});

describe.each([
  ['peerings', 'PEERING', { kind: 'AzurePeering', tenant: 't', vnet: 'v', customer_region: 'westeurope' }, /^peer-/],
  ['private-link-accesses', 'PRIVATELINK', { kind: 'AzurePrivateLinkAccess', subscription: 's' }, /^pla-/],
])('%s', (name, type, cloud, idPattern) => {
  const path = `/networking/v1/${name}`;
  const spec = (environmentId: string, networkId: string): object => ({
    spec: { display_name: 'mine', cloud, environment: { id: environmentId }, network: { id: networkId } },
  });

  test('are made, become READY, are renamed, found and deleted', async () => {
    const { lab, environmentId, network } = await withNetwork({ connection_types: [type], cidr: '10.1.0.0/16' });
    const created = await lab.control<Resource>(`POST ${path}`, spec(environmentId, network.id));
    expect(created).toMatchObject({ status: 202, body: { spec: { cloud }, status: { phase: 'PROVISIONING' } } });
    expect(created.body.id).toMatch(idPattern);
    await lab.wait(WAIT);
    const own = `${path}/${created.body.id}`;
    const read = (): Promise<{ status: number; body: Resource }> =>
      lab.control<Resource>(`GET ${own}?environment=${environmentId}`);
    expect((await read()).body).toMatchObject({ spec: { network: { id: network.id } }, status: { phase: 'READY' } });
    const change = { spec: { display_name: 'yours', environment: { id: environmentId } } };
    expect((await lab.control<Resource>(`PATCH ${own}`, change)).body.spec).toMatchObject({ display_name: 'yours' });
    const { data } = (
      await lab.control<{ data: Row[] }>(`GET ${path}?environment=${environmentId}&spec.network=${network.id}`)
    ).body;
    expect(data).toHaveLength(1);
    const active = await lab.control<Resource>(`GET ${NETWORKS}/${network.id}?environment=${environmentId}`);
    expect(active.body.status.active_connection_types).toEqual([type]);
    expect(
      JSON.stringify((await lab.control(`DELETE ${NETWORKS}/${network.id}?environment=${environmentId}`)).body),
    ).toMatch(new RegExp(`still used by ${created.body.id}`));
    expect((await lab.control(`DELETE ${own}?environment=${environmentId}`)).status).toBe(204);
    expect((await read()).status).toBe(404);
  });

  test('are refused on a network of another type, and with the side of another cloud', async () => {
    const other = type === 'PEERING' ? 'PRIVATELINK' : 'PEERING';
    const wrong = await withNetwork({ connection_types: [other], cidr: '10.1.0.0/16' });
    const refused = await wrong.lab.control(`POST ${path}`, spec(wrong.environmentId, wrong.network.id));
    expect(JSON.stringify(refused.body)).toContain(`this needs ${type}`);
    const aws = await withNetwork({ connection_types: [type], cidr: '10.1.0.0/16', cloud: 'AWS' });
    const mixed = await aws.lab.control(`POST ${path}`, spec(aws.environmentId, aws.network.id));
    expect([mixed.status, JSON.stringify(mixed.body)]).toEqual([
      400,
      expect.stringMatching(/a network on AWS needs Aws/),
    ]);
  });
});

test('a network can have a CIDR for each of its zones instead of one', async () => {
  const zones = [{ zone_id: 'euw1-az1', cidr: '10.1.0.0/27' }];
  const { network } = await withNetwork({ connection_types: ['PEERING'], cloud: 'AWS', zones_info: zones });
  expect(network.spec.zones_info).toEqual(zones);
});

test('a peering on AWS waits to be accepted there', async () => {
  const request = { connection_types: ['PEERING'], cidr: '10.1.0.0/16', cloud: 'AWS', region: 'eu-west-1' };
  const { lab, environmentId, network } = await withNetwork(request);
  const cloud = {
    kind: 'AwsPeering',
    account: '123456789012',
    vpc: 'vpc-1',
    customer_region: 'eu-west-1',
    routes: ['10.2.0.0/16'],
  };
  const { body } = await lab.control<Resource>('POST /networking/v1/peerings', {
    spec: { cloud, environment: { id: environmentId }, network: { id: network.id } },
  });
  await lab.wait(WAIT);
  const read = await lab.control<Resource>(`GET /networking/v1/peerings/${body.id}?environment=${environmentId}`);
  expect(read.body).toMatchObject({ spec: { cloud }, status: { phase: 'PENDING_ACCEPT' } });
});

test.each(['West Europe', 'westeuropa', 'WestEurope'])('no network is in the region %s of Azure', async (region) => {
  const lab = await Lab.start();
  const environment = { id: lab.member('primary').environmentId };
  const spec = { cloud: 'AZURE', region, connection_types: ['PRIVATELINK'], environment };
  expect(await lab.control('POST /networking/v1/networks', { spec })).toMatchObject({
    status: 400,
    body: { errors: [{ detail: `spec.region is "${region}", which is no region of AZURE.` }] },
  });
});

describe('private link attachments', () => {
  const PATH = '/networking/v1/private-link-attachments';
  const CONNECTIONS = '/networking/v1/private-link-attachment-connections';
  const ENDPOINT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/confluent';

  async function withAttachment(spec: object = {}) {
    const lab = await Lab.start({ timing: { networkProvisioningMs: WAIT } });
    const environment = { id: lab.member('primary').environmentId };
    const place = { display_name: 'mine', cloud: 'AZURE', region: 'westeurope', environment };
    const { status, body } = await lab.control<Resource>(`POST ${PATH}`, { spec: { ...place, ...spec } });
    const own = `${PATH}/${body.id}?environment=${environment.id}`;
    const connect = (endpoint = ENDPOINT, attachment = body.id) =>
      lab.control<Resource>(`POST ${CONNECTIONS}`, {
        spec: {
          ...{ display_name: 'endpoint', environment, private_link_attachment: { id: attachment } },
          cloud: { kind: 'AzurePrivateLinkAttachmentConnection', private_endpoint_resource_id: endpoint },
        },
      });
    return { lab, environment, status, attachment: body, own, connect };
  }

  test('wait for a private endpoint, tell what it has to name, and go only without one', async () => {
    const { lab, environment, status, attachment, own, connect } = await withAttachment();
    expect([status, attachment.status]).toEqual([202, { phase: 'PROVISIONING' }]);
    expect((await connect()).status).toBe(400);
    await lab.wait(WAIT);
    expect((await lab.control<Resource>(`GET ${own}`)).body.status).toMatchObject({
      phase: 'WAITING_FOR_CONNECTIONS',
      dns_domain: 'westeurope.azure.private.confluent.cloud',
      cloud: { kind: 'AzurePrivateLinkAttachmentStatus', private_link_service_alias: expect.any(String) as unknown },
    });
    const { body: connection } = await connect();
    expect(connection.status.phase).toBe('PROVISIONING');
    expect((await connect(ENDPOINT.toUpperCase())).status).toBe(409);
    await lab.wait(WAIT);
    const ofConnection = `${CONNECTIONS}/${connection.id}?environment=${environment.id}`;
    expect((await lab.control<Resource>(`GET ${ofConnection}`)).body.status.phase).toBe('READY');
    expect((await lab.control<Resource>(`GET ${own}`)).body.status.phase).toBe('READY');
    expect(JSON.stringify((await lab.control(`DELETE ${own}`)).body)).toContain(`still used by ${connection.id}`);
    expect((await lab.control(`DELETE ${ofConnection}`)).status).toBe(204);
    const { body } = await lab.control(`DELETE /org/v2/environments/${environment.id}`);
    expect(JSON.stringify(body)).toContain(attachment.id);
    expect((await lab.control(`DELETE ${own}`)).status).toBe(204);
    expect((await lab.control(`GET ${own}`)).status).toBe(404);
  });

  test('are refused in no region, as are endpoints that are none', async () => {
    expect((await withAttachment({ region: 'westeuropa' })).status).toBe(400);
    const { lab, connect } = await withAttachment();
    await lab.wait(WAIT);
    expect((await connect('endpoint')).status).toBe(400);
    expect((await connect(ENDPOINT, 'platt-none')).status).toBe(404);
  });
});

describe('a cluster in a network', () => {
  const cluster = (environmentId: string, networkId: string, spec: object = {}) => ({
    spec: {
      ...{ display_name: 'inside', availability: 'SINGLE_ZONE', cloud: 'AZURE', region: 'westeurope' },
      config: { kind: 'Dedicated', cku: 1 },
      environment: { id: environmentId },
      network: { id: networkId },
      ...spec,
    },
  });

  test('has a bootstrap host in its domain, and no scheme before it', async () => {
    const { lab, environmentId, network } = await withNetwork();
    const { body } = await lab.control<Resource>('POST /cmk/v2/clusters', cluster(environmentId, network.id));
    expect(body.spec.kafka_bootstrap_endpoint).toMatch(
      new RegExp(`^${body.id}[.]dom[a-z0-9]{6}[.]westeurope[.]azure[.]confluent[.]cloud:9092$`),
    );
  });

  test.each([
    ['that does not exist', { network: { id: 'n-none' } }, 404],
    ['of another region', { region: 'northeurope' }, 400],
    ['of another kind', { config: { kind: 'Enterprise' }, availability: 'HIGH' }, 400],
  ])('is refused in one %s', async (_what, spec, status) => {
    const { lab, environmentId, network } = await withNetwork();
    expect((await lab.control('POST /cmk/v2/clusters', cluster(environmentId, network.id, spec))).status).toBe(status);
  });

  test('is refused before the network is ready', async () => {
    const lab = await Lab.start({ timing: { networkProvisioningMs: WAIT } });
    const environment = { id: lab.member('primary').environmentId };
    const spec = { cloud: 'AZURE', region: 'westeurope', connection_types: ['PRIVATELINK'], environment };
    const { body } = await lab.control<Resource>(`POST ${NETWORKS}`, { spec });
    const { status } = await lab.control('POST /cmk/v2/clusters', cluster(environment.id, body.id));
    expect(status).toBe(400);
  });
});
