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
    'PUT /exporters/primary-exporter',
    'PUT /exporters/primary-exporter/reset',
    'DELETE /exporters/primary-exporter',
  ])('has to be paused before %s', async (request) => {
    const lab = await start();
    expect((await lab.registry('primary', request)).status).toBe(409);
    await lab.registry('primary', 'PUT /exporters/primary-exporter/pause');
    expect((await lab.registry('primary', request)).status).toBeLessThan(300);
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
