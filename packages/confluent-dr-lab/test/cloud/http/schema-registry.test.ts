import { closeLabs, Lab } from '../support/lab';

afterEach(closeLabs);

const EXPORTER = {
  name: 'primary-exporter',
  subjects: ['orders-value'],
  subjectRenameFormat: '',
  contextType: 'CUSTOM',
  context: 'primary-context',
  config: { 'schema.registry.url': 'https://psrc-1.example', 'basic.auth.user.info': 'KEY:SECRET' },
};

describe('an exporter', () => {
  const start = async (): Promise<Lab> => {
    const lab = await Lab.start({ timing: { exporterStartMs: 1_000 } });
    await lab.registry('primary', 'POST /exporters', EXPORTER);
    return lab;
  };
  const stateOf = async (lab: Lab): Promise<unknown> =>
    (await lab.registry('primary', 'GET /exporters/primary-exporter/status')).body.state;

  test('starts, runs, is listed and read', async () => {
    const lab = await start();
    expect(await stateOf(lab)).toBe('STARTING');
    await lab.wait(1_000);
    expect((await lab.registry('primary', 'GET /exporters/primary-exporter/status')).body).toEqual({
      name: 'primary-exporter',
      state: 'RUNNING',
      offset: 0,
      ts: expect.any(Number) as unknown,
      trace: '',
    });
    expect((await lab.registry('primary', 'GET /exporters')).body).toEqual(['primary-exporter']);
    expect((await lab.registry('primary', 'GET /exporters/primary-exporter')).body).toMatchObject({
      contextType: 'CUSTOM',
    });
    expect((await lab.registry('secondary', 'GET /exporters')).body).toEqual([]);
  });

  test('is paused, changed, reset and resumed as Terraform does it', async () => {
    const lab = await start();
    const path = '/exporters/primary-exporter';
    await lab.registry('primary', `PUT ${path}/pause`);
    expect(await stateOf(lab)).toBe('PAUSED');
    expect((await lab.registry('primary', `PUT ${path}`, { context: 'other' })).status).toBe(200);
    expect((await lab.registry('primary', `PUT ${path}/reset`)).status).toBe(200);
    await lab.registry('primary', `PUT ${path}/resume`);
    expect(await stateOf(lab)).toBe('STARTING');
    const { body } = await lab.registry('primary', `GET ${path}`);
    expect(body).toMatchObject({ context: 'other', subjects: ['orders-value'] });
    await lab.registry('primary', `PUT ${path}/pause`);
    await lab.registry('primary', `PUT ${path}/config`, { 'schema.registry.url': 'https://new' });
    expect((await lab.registry('primary', `GET ${path}/config`)).body).toMatchObject({
      'schema.registry.url': 'https://new',
    });
  });

  test.each([
    ['PUT /exporters/primary-exporter', { context: 'other' }],
    ['PUT /exporters/primary-exporter/reset', undefined],
    ['DELETE /exporters/primary-exporter', undefined],
  ])('has to be paused before %s', async (request, body) => {
    const lab = await start();
    expect((await lab.registry('primary', request, body)).status).toBe(409);
    await lab.registry('primary', 'PUT /exporters/primary-exporter/pause');
    expect((await lab.registry('primary', request, body)).status).toBeLessThan(300);
  });

  test('exists only once, and must be known', async () => {
    const lab = await start();
    expect((await lab.registry('primary', 'POST /exporters', EXPORTER)).body.message).toMatch(/already exists/);
    expect((await lab.registry('primary', 'GET /exporters/none')).status).toBe(404);
    expect(
      (await lab.registry('primary', 'POST /exporters', { ...EXPORTER, name: 'x', contextType: 'ODD' })).status,
    ).toBe(422);
  });

  test('comes up in ERROR if it is told to, with a trace', async () => {
    const lab = await Lab.start();
    await lab.fault({ kind: 'exporter-error', target: lab.member('primary').registryId });
    await lab.registry('primary', 'POST /exporters', EXPORTER);
    const { body } = await lab.registry('primary', 'GET /exporters/primary-exporter/status');
    expect(body).toMatchObject({ state: 'ERROR', trace: expect.stringMatching(/./) as unknown });
  });
});

describe('a registry', () => {
  test.each([
    ['GET /', {}],
    ['GET /subjects', []],
    ['GET /contexts', ['.']],
    ['GET /schemas/types', ['JSON', 'PROTOBUF', 'AVRO']],
    ['GET /config', { compatibilityLevel: 'BACKWARD' }],
    ['GET /config/orders-value?defaultToGlobal=true', { compatibilityLevel: 'BACKWARD' }],
    ['GET /mode', { mode: 'READWRITE' }],
    ['GET /mode/orders-value?defaultToGlobal=TRUE', { mode: 'READWRITE' }],
  ])('answers %s', async (request, body) => {
    const lab = await Lab.start();
    expect(await lab.registry('primary', request)).toMatchObject({ status: 200, body });
  });

  test.each([
    ['GET /config/orders-value', 404, 40408],
    ['GET /mode/orders-value', 404, 40409],
    ['GET /mode/orders-value?defaultToGlobal=false', 404, 40409],
    ['GET /mode/orders-value?defaultToGlobal=perhaps', 400, 400],
    ['DELETE /mode/orders-value', 404, 40409],
  ])('refuses %s', async (request, status, code) => {
    const lab = await Lab.start();
    expect(await lab.registry('primary', request)).toMatchObject({ status, body: { error_code: code } });
  });

  test.each(['READONLY', 'READONLY_OVERRIDE', 'IMPORT', 'FORWARD', 'READWRITE'])(
    'takes the mode %s, of its own and of one subject',
    async (mode) => {
      const lab = await Lab.start();
      expect((await lab.registry('primary', 'PUT /mode', { mode })).body).toEqual({ mode });
      expect((await lab.registry('primary', 'GET /mode')).body).toEqual({ mode });
      expect((await lab.registry('primary', 'GET /mode/orders-value?defaultToGlobal=true')).body).toEqual({ mode });
      expect((await lab.registry('secondary', 'GET /mode')).body).toEqual({ mode: 'READWRITE' });

      const subject = '/mode/%3A.primary-context%3Aorders-value';
      await lab.registry('primary', `PUT ${subject}`, { mode: 'READONLY' });
      expect((await lab.registry('primary', `GET ${subject}`)).body).toEqual({ mode: 'READONLY' });
      expect((await lab.registry('primary', `DELETE ${subject}`)).body).toEqual({ mode: 'READONLY' });
      expect((await lab.registry('primary', `GET ${subject}`)).status).toBe(404);
    },
  );

  test.each(['readonly', 'NONE', ' READONLY'])('knows no mode %s', async (mode) => {
    const lab = await Lab.start();
    for (const path of ['/mode', '/mode/orders-value']) {
      const answer = await lab.registry('primary', `PUT ${path}`, { mode });
      expect(answer).toMatchObject({ status: 422, body: { error_code: 42204 } });
    }
    expect((await lab.registry('primary', 'GET /mode')).body).toEqual({ mode: 'READWRITE' });
  });

  const V1 = 'application/vnd.schemaregistry.v1+json';
  test.each([
    ['*/*', V1],
    ['application/*', V1],
    [`application/json; qs=0.5, ${V1}, application/vnd.schemaregistry+json; qs=0.9`, V1],
    ['application/vnd.schemaregistry+json', 'application/vnd.schemaregistry+json'],
    ['application/json', 'application/json'],
    ['text/html, application/json;q=0.5', 'application/json'],
  ])('answers a client that accepts %s in %s, errors too', async (accept, type) => {
    const lab = await Lab.start();
    for (const [request, status] of [
      ['GET /subjects', 200],
      ['GET /exporters/none', 404],
      ['GET /nowhere', 404],
    ] as const) {
      const answer = await lab.registry('primary', request, undefined, { headers: { accept } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
    }
  });

  test('has no other type of content', async () => {
    const lab = await Lab.start();
    const answer = await lab.registry('primary', 'GET /subjects', undefined, { headers: { accept: 'text/html' } });
    expect(answer).toMatchObject({ status: 406, body: { error_code: 406 } });
  });

  test('tells nobody without a key of its own', async () => {
    const lab = await Lab.start();
    for (const path of ['/contexts', '/mode', '/mode/x', '/schemas/types', '/config/x']) {
      const { status } = await lab.registry('primary', `GET ${path}`, undefined, {
        key: lab.member('secondary').schemaRegistry,
      });
      expect([path, status]).toEqual([path, 401]);
    }
  });
});
