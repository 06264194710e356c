import { closeLabs, Lab, type Row } from '../support/lab';

afterEach(closeLabs);

interface Session extends Row {
  readonly token: string;
  readonly refresh_token: string;
}

const anonymous = { key: undefined };

const logIn = async (lab: Lab, body: object): Promise<{ status: number; body: Session }> =>
  lab.control<Session>('POST /api/sessions', body, anonymous);

describe('a session of the CLI', () => {
  test('begins with a Cloud API key in place of address and password, and goes on with its refresh token', async () => {
    const lab = await Lab.start();
    const { key, secret } = lab.sample.cloud;
    const { body } = await logIn(lab, { email: key, password: secret });
    expect(body).toMatchObject({
      user: { resource_id: 'u-lab001' },
      organization: { resource_id: expect.any(String) as unknown },
    });
    // As what the CLI tells a token from one that it has encrypted.
    expect(body.refresh_token).toMatch(/^v1\./);
    expect(body.token).toMatch(/^[\w-]*\.[\w-]*\.[\w-]*$/);
    const again = await logIn(lab, { refresh_token: body.refresh_token });
    const me = await lab.control<Row>('GET /api/me', undefined, { ...anonymous, token: again.body.token });
    expect(me.body).toMatchObject({
      user: { resource_id: 'u-lab001' },
      accounts: [{ id: lab.member('primary').environmentId }, { id: lab.member('secondary').environmentId }],
    });
  });

  test.each([
    ['a wrong password', (lab: Lab) => ({ email: lab.sample.cloud.key, password: 'x' })],
    [
      'a key of a cluster',
      (lab: Lab) => ({ email: lab.member('primary').kafka.key, password: lab.member('primary').kafka.secret }),
    ],
    ['nothing', () => ({})],
    ['a forged refresh token', () => ({ refresh_token: 'v1.a.b.c' })],
  ])('does not begin with %s', async (_what, body) => {
    const lab = await Lab.start();
    expect((await logIn(lab, body(lab))).status).toBe(401);
  });

  test('asks first whether its user signs on elsewhere, who does not', async () => {
    const lab = await Lab.start();
    expect(await lab.control('GET /api/login/realm?email=x', undefined, anonymous)).toMatchObject({
      status: 200,
      body: {},
    });
  });

  test('finds all of the control plane below /api, for its server is not confluent.cloud', async () => {
    const lab = await Lab.start();
    for (const path of [
      '/org/v2/environments',
      '/iam/v2/api-keys',
      `/cmk/v2/clusters?environment=${lab.member('primary').environmentId}`,
    ]) {
      const [plain, prefixed] = [await lab.control(`GET ${path}`), await lab.control(`GET /api${path}`)];
      expect(prefixed.status).toBe(200);
      expect(prefixed.body.data).toEqual(plain.body.data);
    }
    expect((await lab.control('GET /api/api/org/v2/environments')).status).toBe(404);
    expect(lab.cloud.events.list().some(({ path }) => path === '/api/org/v2/environments')).toBe(true);
  });
});

test('users are those that own keys or hold roles', async () => {
  const lab = await Lab.start();
  const { data } = (await lab.control<{ data: Row[] }>('GET /iam/v2/users?page_size=100')).body;
  expect(data).toMatchObject([{ id: 'u-lab001', email: expect.stringMatching(/@/) as unknown }]);
  expect((await lab.control('GET /iam/v2/users/u-lab001')).status).toBe(200);
  expect((await lab.control('GET /iam/v2/users/u-nobody')).status).toBe(404);
});
