import { planOf, World } from './harness/world';

jest.setTimeout(900_000);

describe('on a slow machine', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
  });
  afterAll(() => world?.dispose());

  test('converges, though each step that makes a hello takes longer than a client may for all of it', async () => {
    // Each command of the hello's functions is held up; with a limit of 1 s a hello made after connecting is late.
    await world.host.sh(
      `printf '%s\\n' 'set -T' 'trap "[[ \\\${FUNCNAME[0]:-} != @(ask|hello_hex|hex) ]] || sleep 0.1" DEBUG' >/etc/slow.sh`,
    );
    const plan = planOf({}, { capacity: { helloTimeoutSeconds: 1 } });
    const { status, stderr } = await world.host.converge(plan, { env: { BASH_ENV: '/etc/slow.sh' } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // By a client whose hello is in time.
    await world.opens('primary');
  });
});
