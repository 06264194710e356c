import { closeLabs, Lab, type Row } from '../support/lab';

afterEach(closeLabs);

interface Page {
  readonly data: Row[];
  readonly metadata: { readonly next?: string };
}

describe('environments', () => {
  test('are created, renamed, governed and deleted', async () => {
    const lab = await Lab.start();
    const { status, body } = await lab.control('POST /org/v2/environments', { display_name: 'new' });
    expect([status, body.id]).toEqual([201, expect.stringMatching(/^env-[a-z0-9]{6}$/)]);
    const path = `/org/v2/environments/${String(body.id)}`;
    expect(body.stream_governance_config).toBeUndefined();
    const change = { display_name: 'renamed', stream_governance_config: { package: 'ADVANCED' } };
    expect((await lab.control(`PATCH ${path}`, change)).body).toMatchObject(change);
    expect((await lab.control(`DELETE ${path}`)).status).toBe(204);
    expect((await lab.control(`GET ${path}`)).status).toBe(404);
  });

  test('are refused under a name that is taken, and kept while there are clusters in them', async () => {
    const lab = await Lab.start();
    expect((await lab.control('POST /org/v2/environments', { display_name: 'primary' })).status).toBe(400);
    const { environmentId } = lab.member('primary');
    const refused = await lab.control<{ errors: Row[] }>(`DELETE /org/v2/environments/${environmentId}`);
    expect(refused.body.errors[0].detail).toMatch(/still holds lkc-/);
  });

  test('are listed page by page, each once, under a next that carries page_token', async () => {
    const lab = await Lab.start();
    for (let index = 0; index < 5; index += 1) {
      await lab.control('POST /org/v2/environments', { display_name: `environment ${index}` });
    }
    const names: unknown[] = [];
    let path = '/org/v2/environments?page_size=3';
    for (let page = 0; page < 3; page += 1) {
      const { data, metadata } = (await lab.control<Page>(`GET ${path}`)).body;
      names.push(...data.map(({ display_name }) => display_name));
      expect(metadata.next === undefined).toBe(page === 2);
      const next = new URL(metadata.next ?? 'http://none');
      path = `${next.pathname}${next.search}`;
      expect(next.searchParams.has('page_token')).toBe(page < 2);
    }
    expect(names).toHaveLength(7);
    expect(new Set(names).size).toBe(7);
  });
});

test('there is one organization, under which all resource names are', async () => {
  const lab = await Lab.start();
  const [organization] = (await lab.control<Page>('GET /org/v2/organizations')).body.data;
  const [environment] = (await lab.control<Page>('GET /org/v2/environments')).body.data;
  const nameOf = ({ metadata }: Row): string => String((metadata as Row).resource_name);
  expect(nameOf(organization)).toBe(`crn://confluent.cloud/organization=${String(organization.id)}`);
  expect(nameOf(environment)).toBe(`${nameOf(organization)}/environment=${String(environment.id)}`);
});

describe('Kafka clusters', () => {
  const spec = (environmentId: string): object => ({
    spec: {
      display_name: 'third',
      availability: 'SINGLE_ZONE',
      cloud: 'AZURE',
      region: 'westeurope',
      config: { kind: 'Dedicated', cku: 2 },
      environment: { id: environmentId },
    },
  });

  test('come up after a while, under an address of their own', async () => {
    const lab = await Lab.start({ timing: { clusterProvisioningMs: 1_000 } });
    const { environmentId } = lab.member('primary');
    const created = await lab.control('POST /cmk/v2/clusters', spec(environmentId));
    expect(created).toMatchObject({ status: 202, body: { status: { phase: 'PROVISIONING', cku: 2 } } });
    const read = (): Promise<{ body: Row }> =>
      lab.control(`GET /cmk/v2/clusters/${String(created.body.id)}?environment=${environmentId}`);
    await lab.wait(1_000);
    const { body } = await read();
    expect(body).toMatchObject({
      id: expect.stringMatching(/^lkc-[a-z0-9]{6}$/) as unknown,
      spec: {
        kafka_bootstrap_endpoint: expect.stringMatching(
          /^SASL_SSL:\/\/pkc-[a-z0-9]{5}\.westeurope\.azure\.confluent\.cloud:9092$/,
        ) as unknown,
        http_endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown,
      },
      status: { phase: 'PROVISIONED', cku: 2 },
    });
  });

  test('carry the resource name that Terraform makes rbac_crn of', async () => {
    const lab = await Lab.start();
    const { clusterId, environmentId } = lab.member('primary');
    const { body } = await lab.control<{ metadata: Row }>(
      `GET /cmk/v2/clusters/${clusterId}?environment=${environmentId}`,
    );
    expect(body.metadata.resource_name).toMatch(
      new RegExp(
        `^crn://confluent.cloud/organization=.*/environment=${environmentId}/cloud-cluster=${clusterId}/kafka=${clusterId}$`,
      ),
    );
  });

  test('are resized and renamed, and gone with their address once deleted', async () => {
    const lab = await Lab.start();
    const { clusterId, environmentId } = lab.member('primary');
    const change = {
      spec: { display_name: 'x', config: { kind: 'Dedicated', cku: 3 }, environment: { id: environmentId } },
    };
    expect((await lab.control(`PATCH /cmk/v2/clusters/${clusterId}`, change)).body).toMatchObject({
      status: { cku: 3 },
    });
    const address = lab.cloud.endpointOf(clusterId);
    expect((await lab.control(`DELETE /cmk/v2/clusters/${clusterId}?environment=${environmentId}`)).status).toBe(204);
    expect((await lab.control(`GET /cmk/v2/clusters/${clusterId}?environment=${environmentId}`)).status).toBe(404);
    await expect(fetch(address)).rejects.toThrow(/fetch failed/);
  });

  test('that are protected are not deleted, and say so in the word that clients look for', async () => {
    const lab = await Lab.start();
    const { clusterId, environmentId } = lab.member('primary');
    const path = `/cmk/v2/clusters/${clusterId}`;
    const protect = (deletion_protection: boolean): Promise<{ body: Row }> =>
      lab.control(`PATCH ${path}`, { spec: { deletion_protection, environment: { id: environmentId } } });
    expect((await protect(true)).body.spec).toMatchObject({ deletion_protection: true, config: { cku: 2 } });
    const refused = await lab.control<{ errors: Row[] }>(`DELETE ${path}?environment=${environmentId}`);
    expect([refused.status, refused.body.errors[0].code]).toEqual([400, 'deletion_protection_enabled']);
    expect((await protect(false)).body.spec).toMatchObject({ deletion_protection: false });
    expect((await lab.control(`DELETE ${path}?environment=${environmentId}`)).status).toBe(204);
  });

  test('that are not dedicated keep how far they may grow', async () => {
    const lab = await Lab.start();
    const { environmentId } = lab.member('primary');
    const request = { ...(spec(environmentId) as { spec: object }).spec, config: { kind: 'Standard', max_ecku: 3 } };
    const { body } = await lab.control('POST /cmk/v2/clusters', { spec: request });
    expect(body.spec).toMatchObject({ config: { kind: 'Standard', max_ecku: 3 }, deletion_protection: false });
    const change = { spec: { config: { kind: 'Standard', max_ecku: 5 }, environment: { id: environmentId } } };
    const changed = await lab.control(`PATCH /cmk/v2/clusters/${String(body.id)}`, change);
    expect(changed.body.spec).toMatchObject({ config: { max_ecku: 5 } });
  });

  test('belong to their environment alone', async () => {
    const lab = await Lab.start();
    const { clusterId } = lab.member('primary');
    const { environmentId } = lab.member('secondary');
    expect((await lab.control(`GET /cmk/v2/clusters/${clusterId}?environment=${environmentId}`)).status).toBe(404);
    const { data } = (await lab.control<Page>(`GET /cmk/v2/clusters?environment=${environmentId}`)).body;
    expect(data.map(({ id }) => id)).toEqual([lab.member('secondary').clusterId]);
  });

  test.each([
    ['MULTI_ZONE', 1],
    ['HIGH', 1],
    ['SINGLE_ZONE', 0],
    ['NOWHERE', 2],
  ])('are refused as %s with %i CKU', async (availability, cku) => {
    const lab = await Lab.start();
    const { environmentId } = lab.member('primary');
    const request = spec(environmentId) as { spec: object };
    const body = { spec: { ...request.spec, availability, config: { kind: 'Dedicated', cku } } };
    expect((await lab.control('POST /cmk/v2/clusters', body)).status).toBe(400);
  });
});

test.each(['West Europe', 'WestEurope', 'westeuropa'])(
  'a Kafka cluster is refused in the region %s, though Azure may take the spelling',
  async (region) => {
    const lab = await Lab.start();
    const spec = {
      ...{ display_name: 'third', availability: 'SINGLE_ZONE', cloud: 'AZURE', region },
      ...{ config: { kind: 'Dedicated', cku: 1 }, environment: { id: lab.member('primary').environmentId } },
    };
    const { status, body } = await lab.control('POST /cmk/v2/clusters', { spec });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('which is no region of AZURE');
  },
);

describe('identities', () => {
  test('service accounts have names of their own, and take keys and bindings with them', async () => {
    const lab = await Lab.start();
    const { body } = await lab.control('POST /iam/v2/service-accounts', { display_name: 'a', description: 'b' });
    const path = `/iam/v2/service-accounts/${String(body.id)}`;
    expect(body.id).toMatch(/^sa-[a-z0-9]{6}$/);
    expect((await lab.control('POST /iam/v2/service-accounts', { display_name: 'a' })).status).toBe(409);
    expect((await lab.control(`PATCH ${path}`, { description: 'c' })).body).toMatchObject({ description: 'c' });
    expect((await lab.control<Page>('GET /iam/v2/service-accounts?display_name=a')).body.data).toHaveLength(1);
    const key = await lab.control('POST /iam/v2/api-keys', { spec: { owner: { id: body.id } } });
    expect((await lab.control(`DELETE ${path}`)).status).toBe(204);
    expect((await lab.control(`GET /iam/v2/api-keys/${String(key.body.id)}`)).status).toBe(404);
  });

  test('role bindings are found by principal, role and pattern, and answer a body when deleted', async () => {
    const lab = await Lab.start();
    const crn = `crn://confluent.cloud/organization=x`;
    const principal = `User:${lab.sample.serviceAccountId}`;
    const request = { principal, role_name: 'EnvironmentAdmin', crn_pattern: crn };
    expect((await lab.control('POST /iam/v2/role-bindings', request)).status).toBe(403);
    const [admin] = (await lab.control<Page>('GET /iam/v2/role-bindings?role_name=OrganizationAdmin')).body.data;
    const pattern = `${String(admin.crn_pattern)}/environment=${lab.member('primary').environmentId}`;
    const { body } = await lab.control('POST /iam/v2/role-bindings', { ...request, crn_pattern: pattern });
    expect((await lab.control('POST /iam/v2/role-bindings', { ...request, crn_pattern: pattern })).status).toBe(409);
    const find = async (query: string): Promise<unknown[]> =>
      (await lab.control<Page>(`GET /iam/v2/role-bindings?${query}`)).body.data;
    expect(await find(`principal=${principal}`)).toHaveLength(1);
    expect(await find(`crn_pattern=${String(admin.crn_pattern)}`)).toHaveLength(1);
    expect(await find(`crn_pattern=${String(admin.crn_pattern)}/*`)).toHaveLength(2);
    expect(await lab.control(`DELETE /iam/v2/role-bindings/${String(body.id)}`)).toMatchObject({
      status: 200,
      body: { id: body.id },
    });
    expect((await lab.control(`GET /iam/v2/role-bindings/${String(body.id)}`)).status).toBe(404);
  });

  test('API keys tell their secret once, and are filtered by owner and resource', async () => {
    const lab = await Lab.start();
    const owner = { id: lab.sample.serviceAccountId };
    const resource = { id: lab.member('primary').clusterId };
    const { body } = await lab.control<{ id: string; spec: Row }>('POST /iam/v2/api-keys', {
      spec: { owner, resource, display_name: 'mine' },
    });
    expect(body.id).toMatch(/^[A-Z2-7]{16}$/);
    expect(body.spec.secret).toEqual(expect.any(String));
    const path = `/iam/v2/api-keys/${body.id}`;
    const read = (await lab.control<{ spec: Row }>(`GET ${path}`)).body;
    expect(read.spec).not.toHaveProperty('secret');
    expect(read.spec.resource).toMatchObject({ kind: 'Cluster', api_version: 'cmk/v2' });
    await lab.control(`PATCH ${path}`, { spec: { description: 'yours' } });
    const find = async (query: string): Promise<Row[]> =>
      (await lab.control<Page>(`GET /iam/v2/api-keys?${query}`)).body.data;
    expect(await find(`spec.owner=${owner.id}&spec.resource=`)).toMatchObject([
      { id: body.id, spec: { description: 'yours' } },
    ]);
    expect(await find(`spec.owner=&spec.resource=${resource.id}`)).toHaveLength(2);
    expect((await lab.control('POST /iam/v2/api-keys', { spec: { owner: { id: 'sa-none' } } })).status).toBe(400);
  });
});

describe('Schema Registries', () => {
  test('come with the first cluster of an environment that has a Stream Governance package', async () => {
    const lab = await Lab.start();
    const { environmentId, registryId } = lab.member('primary');
    const { data } = (await lab.control<Page>(`GET /srcm/v3/clusters?environment=${environmentId}&page_size=100`)).body;
    expect(data).toMatchObject([
      { id: registryId, spec: { package: 'ESSENTIALS', cloud: 'AZURE', region: 'westeurope' } },
    ]);
    expect((await lab.control(`GET /srcm/v3/clusters/${registryId}?environment=${environmentId}`)).status).toBe(200);
    const { body } = await lab.control('POST /org/v2/environments', { display_name: 'bare' });
    expect((await lab.control<Page>(`GET /srcm/v3/clusters?environment=${String(body.id)}`)).body.data).toEqual([]);
  });
});
