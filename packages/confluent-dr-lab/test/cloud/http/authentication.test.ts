import { type Key } from '../support/client';
import { closeLabs, Lab, type Row } from '../support/lab';

afterEach(closeLabs);

describe('a key', () => {
  test('opens its own plane and cluster and no other', async () => {
    const lab = await Lab.start();
    const { primary, secondary, cloud } = lab.sample;
    const planes: [string, (key: Key) => Promise<{ status: number }>][] = [
      [cloud.key, (key) => lab.control('GET /org/v2/environments', undefined, { key })],
      [primary.kafka.key, (key) => lab.kafka('primary', 'GET /topics', undefined, { key })],
      [secondary.kafka.key, (key) => lab.kafka('secondary', 'GET /topics', undefined, { key })],
      [primary.schemaRegistry.key, (key) => lab.registry('primary', 'GET /subjects', undefined, { key })],
      [secondary.schemaRegistry.key, (key) => lab.registry('secondary', 'GET /subjects', undefined, { key })],
    ];
    const keys = [cloud, primary.kafka, secondary.kafka, primary.schemaRegistry, secondary.schemaRegistry];
    for (const [own, get] of planes) {
      for (const key of keys) {
        expect((await get(key)).status).toBe(key.key === own ? 200 : 401);
      }
    }
  });

  test.each(['wrong', ''])(
    'with the secret %j opens nothing, and is told in the words of the plane',
    async (secret) => {
      const lab = await Lab.start();
      const key = { ...lab.member('primary').kafka, secret };
      const kafka = await lab.kafka('primary', 'GET /topics', undefined, { key });
      expect(kafka).toMatchObject({ status: 401, body: { error_code: 40101, message: 'Authentication failed' } });
      const cloud = { ...lab.sample.cloud, secret };
      const control = await lab.control<{ errors: Row[] }>('GET /org/v2/environments', undefined, { key: cloud });
      expect(control).toMatchObject({
        status: 401,
        body: { errors: [{ status: '401', detail: 'Authentication failed' }] },
      });
    },
  );

  test('opens nothing once it is deleted', async () => {
    const lab = await Lab.start();
    expect((await lab.control(`DELETE /iam/v2/api-keys/${lab.member('primary').kafka.key}`)).status).toBe(204);
    expect((await lab.kafka('primary', 'GET /topics')).status).toBe(401);
  });

  test('that a link holds and that is deleted stops the mirroring, and says so after a while', async () => {
    const lab = await Lab.start({ timing: { linkUnavailableAfterMs: 60_000 } });
    await lab.pair();
    await lab.control(`DELETE /iam/v2/api-keys/${lab.member('primary').kafka.key}`);
    await lab.produce('primary', 3);
    await lab.wait(30_000);
    expect((await lab.mirror('secondary')).mirror_status).toBe('ACTIVE');
    await lab.wait(30_000);
    expect((await lab.mirror('secondary')).mirror_status).toBe('SOURCE_UNAVAILABLE');
    expect((await lab.rows('secondary', 'GET /links'))[0]).toMatchObject({
      link_state: 'UNAVAILABLE',
      link_error: 'AUTHENTICATION_ERROR',
    });
  });

  test('that is global opens each cluster as its owner, and nothing else', async () => {
    const lab = await Lab.start();
    const { body } = await lab.control<{ id: string; spec: { secret: string; resource: object } }>(
      'POST /iam/v2/api-keys',
      { spec: { owner: { id: lab.sample.administratorId }, resource: { id: 'global' } } },
    );
    expect(body.spec.resource).toMatchObject({ id: 'global', kind: 'Global', api_version: 'global/v1' });
    const key = { key: body.id, secret: body.spec.secret };
    for (const role of ['primary', 'secondary'] as const) {
      expect((await lab.kafka(role, 'GET /topics', undefined, { key })).status).toBe(200);
      const wrong = { ...key, secret: 'wrong' };
      expect((await lab.kafka(role, 'GET /topics', undefined, { key: wrong })).status).toBe(401);
    }
    expect((await lab.control('GET /org/v2/environments', undefined, { key })).status).toBe(401);
  });

  test('is asked for where none is given', async () => {
    const lab = await Lab.start();
    expect((await lab.kafka('primary', 'GET /topics', undefined, { key: undefined })).status).toBe(401);
    const headers = { authorization: 'Digest x' };
    expect((await lab.control('GET /org/v2/environments', undefined, { key: undefined, headers })).status).toBe(401);
  });
});

describe('a bearer token', () => {
  test('opens every plane for its owner, unless it was tampered with', async () => {
    const lab = await Lab.start();
    const { token } = (await lab.lab<{ token: string }>('POST /tokens', { owner: lab.sample.administratorId })).body;
    const options = { key: undefined, token };
    expect((await lab.control('GET /org/v2/environments', undefined, options)).status).toBe(200);
    expect((await lab.kafka('primary', 'GET /topics', undefined, options)).status).toBe(200);
    expect((await lab.registry('primary', 'GET /', undefined, options)).status).toBe(200);
    const forged = { key: undefined, token: token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) };
    expect((await lab.control('GET /org/v2/environments', undefined, forged)).status).toBe(401);
    expect((await lab.control<Row>('POST /api/access_tokens', {}, options)).body.token).toEqual(expect.any(String));
  });

  test('expires', async () => {
    const lab = await Lab.start();
    const { token } = (await lab.lab<{ token: string }>('POST /tokens', { owner: lab.sample.administratorId })).body;
    await lab.wait(366 * 24 * 60 * 60 * 1000);
    expect((await lab.control('GET /org/v2/environments', undefined, { key: undefined, token })).status).toBe(401);
  });
});

describe('an account without roles', () => {
  const actions: [string, object | undefined, string, string][] = [
    ['POST /topics', { topic_name: 'orders' }, 'TOPIC orders', 'CREATE'],
    ['GET /topics/other', undefined, 'TOPIC other', 'DESCRIBE'],
    ['GET /topics/other/configs', undefined, 'TOPIC other', 'DESCRIBE_CONFIGS'],
    ['POST /topics/other/configs:alter', { data: [] }, 'TOPIC other', 'ALTER_CONFIGS'],
    ['PATCH /topics/other', { partitions_count: 7 }, 'TOPIC other', 'ALTER'],
    ['DELETE /topics/other', undefined, 'TOPIC other', 'DELETE'],
    ['GET /acls', undefined, 'CLUSTER kafka-cluster', 'DESCRIBE'],
    ['GET /links', undefined, 'CLUSTER kafka-cluster', 'DESCRIBE'],
    ['GET /links/-/mirrors', undefined, 'CLUSTER kafka-cluster', 'DESCRIBE'],
  ];

  test.each(actions)('may not %s on a cluster until an ACL allows it', async (request, body, resource, operation) => {
    const lab = await Lab.start();
    await lab.kafka('primary', 'POST /topics', { topic_name: 'other' });
    const key = await lab.newKey('primary');
    const refused = await lab.kafka('primary', request, body, { key });
    expect(refused).toMatchObject({ status: 403, body: { error_code: 40301, message: 'Request is not authorized' } });

    const [type, name] = resource.split(' ');
    await lab.kafka('primary', 'POST /acls', { ...lab.acl(type, name, operation), principal: `User:${key.ownerId}` });
    expect((await lab.kafka('primary', request, body, { key })).status).toBeLessThan(300);
  });

  test('sees no topic, and no environment', async () => {
    const lab = await Lab.start();
    await lab.kafka('primary', 'POST /topics', { topic_name: 'other' });
    const key = await lab.newKey('primary');
    expect((await lab.kafka('primary', 'GET /topics', undefined, { key })).body.data).toEqual([]);
    expect((await lab.registry('primary', 'GET /subjects', undefined, { key })).status).toBe(401);
  });

  test('may do what a role allows on the resources that it is bound to, and nothing else', async () => {
    const lab = await Lab.start();
    await lab.kafka('primary', 'POST /topics', { topic_name: 'orders' });
    await lab.kafka('primary', 'POST /topics', { topic_name: 'other' });
    const key = await lab.newKey('primary');
    const cluster = (
      await lab.control<{ metadata: { resource_name: string } }>(
        `GET /cmk/v2/clusters/${lab.member('primary').clusterId}?environment=${lab.member('primary').environmentId}`,
      )
    ).body;
    const bind = (role: string, suffix: string): Promise<{ status: number }> =>
      lab.control('POST /iam/v2/role-bindings', {
        principal: `User:${key.ownerId}`,
        role_name: role,
        crn_pattern: cluster.metadata.resource_name + suffix,
      });
    expect((await bind('DeveloperRead', '/topic=ord*')).status).toBe(201);
    expect((await lab.kafka('primary', 'GET /topics/orders', undefined, { key })).status).toBe(200);
    expect((await lab.kafka('primary', 'GET /topics/other', undefined, { key })).status).toBe(403);
    expect((await lab.kafka('primary', 'DELETE /topics/orders', undefined, { key })).status).toBe(403);
    await bind('ResourceOwner', '/topic=orders');
    expect((await lab.kafka('primary', 'DELETE /topics/orders', undefined, { key })).status).toBe(204);
  });

  test('is not let past a denying ACL, whatever allows it', async () => {
    const lab = await Lab.start();
    await lab.kafka('primary', 'POST /topics', { topic_name: 'orders' });
    await lab.kafka('primary', 'POST /acls', { ...lab.acl('TOPIC', 'orders', 'DESCRIBE'), permission: 'DENY' });
    expect((await lab.kafka('primary', 'GET /topics/orders')).status).toBe(403);
  });

  test('may not use the control plane', async () => {
    const lab = await Lab.start();
    const { body } = await lab.control<{ id: string; spec: { secret: string } }>('POST /iam/v2/api-keys', {
      spec: { owner: { id: lab.sample.serviceAccountId } },
    });
    const key = { key: body.id, secret: body.spec.secret };
    const { environmentId } = lab.member('primary');
    expect((await lab.control(`GET /org/v2/environments/${environmentId}`, undefined, { key })).status).toBe(403);
    expect((await lab.control('POST /org/v2/environments', { display_name: 'x' }, { key })).status).toBe(403);
    expect((await lab.control('GET /org/v2/environments', undefined, { key })).body.data).toEqual([]);
  });
});
