import { eventually } from '../../support/waiting';
import { planOf, World } from './harness/world';

jest.setTimeout(900_000);

describe('the longest duration of an outage', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
  });
  afterAll(() => world?.dispose());

  beforeEach(async () => {
    await world.host.convergeWell(planOf());
  });

  const forSeconds = (outage: string, longestOutageSeconds: number) =>
    planOf({ primary: { outage, longestOutageSeconds } });

  async function lifted(): Promise<string> {
    await eventually(
      () => world.host.instance('primary'),
      ({ blocked, running }) => blocked === 'none' && running,
    );
    await world.opens('primary');
    return (await world.host.instance('primary')).blocked;
  }

  test.each(['reject', 'blackhole'])(
    'ends %s by itself, says so, and does not block again silently',
    async (outage) => {
      const plan = forSeconds(outage, 6);
      const { state } = await world.host.convergeWell(plan);
      const { until, since } = state!.instances[0].outage!;
      expect(Date.parse(until!) - Date.parse(since)).toBe(6000);
      expect(await world.tryOpen('primary', 500)).not.toBe('open');
      expect(await lifted()).toBe('none');
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until!));
      expect(await world.host.sh('tail -n 1 /var/log/confluent-dr-proxy/events.log')).toMatch(
        `outage of primary ended by itself: its longest duration was over at ${until}`,
      );

      const again = await world.host.convergeWell(plan);
      expect(again.report).toMatch(
        /the outage of primary ended by itself and does not block again until it was switched off/,
      );
      expect(again.state!.instances[0]).toMatchObject({ blocked: 'none', running: true, outage: { ended: until } });
      expect(await world.tryOpen('primary')).toBe('open');
      // Neither a longer duration nor another manner is a new wish.
      await world.host.convergeWell(forSeconds(outage === 'reject' ? 'blackhole' : 'reject', 3600));
      expect(await world.tryOpen('primary')).toBe('open');

      await world.host.convergeWell(planOf());
      expect((await world.host.convergeWell(plan)).state!.instances[0].blocked).toBe(outage);
    },
  );

  test.each(['reject', 'blackhole'])('goes on over a reboot (%s)', async (outage) => {
    const { state } = await world.host.convergeWell(forSeconds(outage, 15));
    await world.host.reboot();
    expect(await world.tryOpen('primary', 500)).not.toBe('open');
    expect((await world.host.instance('primary')).outage!.until).toBe(state!.instances[0].outage!.until);
    expect(await lifted()).toBe('none');
  });

  test.each(['reject', 'blackhole'])('is over when it ended while the machine was off (%s)', async (outage) => {
    await world.host.convergeWell(forSeconds(outage, 2));
    await world.host.machine.powerOff();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await world.host.machine.boot();
    expect(await lifted()).toBe('none');
  });

  test('works when the disks are full, and when the watch was killed', async () => {
    await world.host.convergeWell(forSeconds('reject', 5));
    world.host.machine.leaveRoom(0);
    await world.host.sh('kill -9 $(systemctl show --property MainPID --value confluent-dr-proxy-watch.service)');
    try {
      expect(await lifted()).toBe('none');
    } finally {
      world.host.machine.leaveRoom('all');
    }
  });

  test('lifts by hand, and holds that as if the time were over', async () => {
    await world.host.convergeWell(planOf({ primary: { outage: 'reject' } }));
    const state = JSON.parse((await world.host.sh('confluent-dr-proxy lift primary')).split('\n').at(-1)!) as object;
    expect(state).toMatchObject({ instances: [{ blocked: 'none', running: true }, {}] });
    expect((await world.host.convergeWell(planOf({ primary: { outage: 'reject' } }))).state!.instances[0].blocked).toBe(
      'none',
    );
    const { status, stderr } = await world.host.run(['confluent-dr-proxy', 'lift', 'nobody']);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "confluent-dr-proxy: no outage of 'nobody' is in force; instances: primary secondary\n",
    });
  });

  test('goes on over a reboot where no cluster is left to be served', async () => {
    const wish = { outage: 'reject', longestOutageSeconds: 12 };
    await world.host.convergeWell(planOf({ primary: wish, secondary: wish }));
    await world.host.reboot();
    expect(await world.tryOpen('secondary', 500)).not.toBe('open');
    expect(await lifted()).toBe('none');
    await world.opens('secondary');
  });

  test('is not all that the watch sees to: an outage whose enforcing was killed is brought about', async () => {
    await world.host.sh(
      `cd /var/lib/confluent-dr-proxy/outages; echo "reject $EPOCHSECONDS - -" >primary; touch /run/confluent-dr-proxy-private/unfinished`,
    );
    await eventually(
      () => world.host.instance('primary'),
      ({ blocked, running }) => blocked === 'reject' && !running,
    );
    expect(await world.tryOpen('primary', 500)).not.toBe('open');
    await eventually(
      () => world.host.sh('ls /run/confluent-dr-proxy-private'),
      (files) => !files.includes('unfinished'),
    );
  });
});
