import { eventually } from '../../support/waiting';
import { type ProxyPlan } from '../../../lib/proxy/rendering/proxy-plan';
import { LIMIT_MS, patience } from './harness/patience';
import { type ProxyStatus } from './harness/proxy-host';
import { BLOCKED, planOf, World } from './harness/world';

jest.setTimeout(900_000);

/** Steps of a test take less on any machine. */
const LIMIT_SECONDS = 300;

describe('the longest duration of an outage', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
  });
  afterAll(() => world?.dispose());

  beforeEach(async () => {
    await world.host.convergeWell(planOf());
  });

  // What it cannot bring to its end it says there, and holds the outages meanwhile.
  const watchBroughtAllToItsEnd = async () => {
    const unread = 'journalctl -q -o cat --cursor-file=/var/tmp/read -t confluent-dr-proxy -u confluent-dr-proxy-watch';
    expect(await world.host.sh(unread)).not.toMatch(/does not start|stopped at|another command/);
  };
  afterEach(watchBroughtAllToItsEnd);

  const forSeconds = (outage: string, longestOutageSeconds: number) =>
    planOf({ primary: { outage, longestOutageSeconds } });

  /**
   * Blocks for so many seconds, and does something while that lasts. A slow machine has not done it by then: it is done
   * again with three times as many.
   */
  async function blockFor<T>(
    outage: string,
    seconds: number,
    meanwhile: (state: ProxyStatus) => Promise<T>,
  ): Promise<{ until: number; seen: T; plan: ProxyPlan }> {
    for (let longest = seconds; longest < LIMIT_SECONDS; longest *= 3) {
      const plan = forSeconds(outage, longest);
      const { state } = await world.host.convergeWell(plan);
      const until = Date.parse(state!.instances[0].outage!.until!);
      const seen = await meanwhile(state!);
      if (Date.now() < until) {
        return { until, seen, plan };
      }
      world.host.machine.leaveRoom('all');
      if (!world.host.machine.isOn) await world.host.machine.boot();
      await world.host.convergeWell(planOf());
    }
    throw new Error(`no outage lasted long enough to look at it, not ${LIMIT_SECONDS} s`);
  }

  async function lifted(until: number): Promise<string> {
    await eventually(
      () => world.host.instance('primary'),
      ({ blocked, running }) => blocked === 'none' && running,
      { limitMs: until - Date.now() + LIMIT_MS },
    );
    await world.opens('primary');
    return (await world.host.instance('primary')).blocked;
  }

  test.each(['reject', 'blackhole'] as const)(
    'ends %s by itself, says so, and does not block again silently',
    async (outage) => {
      const { plan, until, seen } = await blockFor(outage, 6, async ({ instances }) => ({
        ...instances[0].outage!,
        found: await world.tryBlocked(),
      }));
      expect(until - Date.parse(seen.since)).toBe(1000 * plan.instances[0].longestOutageSeconds!);
      expect(seen.found).toMatch(BLOCKED[outage]);
      expect(await lifted(until)).toBe('none');
      expect(Date.now()).toBeGreaterThanOrEqual(until);
      expect(await world.host.sh('tail -n 1 /var/log/confluent-dr-proxy/events.log')).toMatch(
        `outage of primary ended by itself: its longest duration was over at ${seen.until}`,
      );

      const again = await world.host.convergeWell(plan);
      expect(again.report).toMatch(
        /the outage of primary ended by itself and does not block again until it was switched off/,
      );
      expect(again.state!.instances[0]).toMatchObject({
        blocked: 'none',
        running: true,
        outage: { ended: seen.until },
      });
      expect(await world.tryOpen('primary')).toBe('open');
      // Neither a longer duration nor another manner is a new wish.
      await world.host.convergeWell(forSeconds(outage === 'reject' ? 'blackhole' : 'reject', 3600));
      expect(await world.tryOpen('primary')).toBe('open');

      await world.host.convergeWell(planOf());
      const { state } = await world.host.convergeWell(forSeconds(outage, 3600));
      expect(state!.instances[0].blocked).toBe(outage);
    },
  );

  test.each(['reject', 'blackhole'] as const)('goes on over a reboot (%s)', async (outage) => {
    const { until, seen } = await blockFor(outage, 15, async () => {
      await world.host.reboot();
      return { found: await world.tryBlocked(), outage: (await world.host.instance('primary')).outage! };
    });
    expect(seen.found).toMatch(BLOCKED[outage]);
    expect(Date.parse(seen.outage.until!)).toBe(until);
    expect(await lifted(until)).toBe('none');
  });

  test.each(['reject', 'blackhole'])('is over when it ended while the machine was off (%s)', async (outage) => {
    const { until } = await blockFor(outage, 2, () => world.host.machine.powerOff());
    await patience(until - Date.now() + 500);
    await world.host.machine.boot();
    expect(await lifted(until)).toBe('none');
  });

  test('works when the disks are full, and when the watch was killed', async () => {
    try {
      const { until } = await blockFor('reject', 5, async () => {
        world.host.machine.leaveRoom(0);
        await world.host.sh('kill -9 $(systemctl show --property MainPID --value confluent-dr-proxy-watch.service)');
      });
      expect(await lifted(until)).toBe('none');
    } finally {
      world.host.machine.leaveRoom('all');
    }
  });

  test('lifts by hand, and holds that as if the time were over', async () => {
    await world.host.convergeWell(planOf({ primary: { outage: 'reject' } }));
    const state = JSON.parse(
      (await world.host.sh('umask 077; confluent-dr-proxy lift primary')).split('\n').at(-1)!,
    ) as object;
    const anybody = 'setpriv --reuid nobody --clear-groups confluent-dr-proxy status';
    expect(JSON.parse(await world.host.sh(anybody))).toEqual(state);
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

  test.each(['reject', 'blackhole'] as const)(
    'is told to block yet where nobody ended it in time, and ends by hand (%s)',
    async (outage) => {
      const { until } = await blockFor(outage, 4, () => world.host.sh('systemctl stop confluent-dr-proxy-watch'));
      await patience(until - Date.now() + 500);
      expect(await world.tryBlocked()).toMatch(BLOCKED[outage]);
      const late = await world.host.instance('primary');
      expect(late).toMatchObject(outage === 'reject' ? { running: false } : { blocked: 'blackhole' });
      await world.host.sh('confluent-dr-proxy lift primary');
      expect(await lifted(until)).toBe('none');
      expect(await world.host.sh('tail -n 1 /var/log/confluent-dr-proxy/events.log')).toMatch(/ended by itself/);
    },
  );

  test('goes on over a reboot where no cluster is left to be served', async () => {
    const wish = { outage: 'reject', longestOutageSeconds: 12 };
    const { state } = await world.host.convergeWell(planOf({ primary: wish, secondary: wish }));
    await world.host.reboot();
    const until = Date.parse(state!.instances[1].outage!.until!);
    const found = await world.tryOpen('secondary');
    expect(Date.now() < until ? found : 'refused').not.toBe('open');
    expect(await lifted(until)).toBe('none');
    await world.opens('secondary');
  });

  test('does not wait for a command that somebody stopped', async () => {
    const { until } = await blockFor('reject', 5, () =>
      world.host.sh(
        'systemd-run --quiet --unit=stopped flock /run/confluent-dr-proxy-private/outages.lock sleep infinity',
      ),
    );
    try {
      expect(await lifted(until)).toBe('none');
      expect(await world.host.sh('cat /var/log/confluent-dr-proxy/events.log')).toMatch(
        /it is ended without waiting for that\n.*ended by itself.*$/,
      );
    } finally {
      await world.host.sh('systemctl stop stopped');
    }
  });

  const record = '/var/lib/confluent-dr-proxy/outages/primary';

  const DAMAGED = 'the record of the outage of primary is damaged and counts as none';
  const OVER = 'was damaged: if there was one, it is over';

  test.each([
    ['torn', 'reject', `truncate -s 20 ${record}`, DAMAGED, OVER],
    ['empty', 'blackhole', `: >${record}`, DAMAGED, OVER],
    ['no text', 'reject', `head -c 99 /dev/zero >${record}; head -c 99 /dev/urandom >>${record}`, DAMAGED, OVER],
    ['a folder', 'blackhole', `rm ${record}; mkdir ${record}; touch ${record}/file`, DAMAGED, OVER],
    ['a link to nothing', 'reject', `ln -sf nothing ${record}`, DAMAGED, OVER],
    [
      'gone',
      'reject',
      `rm ${record}`,
      'confluent-dr-proxy@primary.service does not run',
      'not brought about: done now',
    ],
  ] as const)(
    'is not lost with the record of the outage: where that is %s the outage is over (%s)',
    async (_what, outage, damage, told, event) => {
      const plan = forSeconds(outage, 3600);
      await world.host.convergeWell(plan);
      // Before the watch has seen it.
      const seen = `systemctl kill --signal=STOP confluent-dr-proxy-watch; ${damage}; confluent-dr-proxy status`;
      const { stdout, stderr } = await world.host.run(['bash', '-c', seen]);
      expect(JSON.parse(stdout)).toMatchObject({ instances: [{ outage: null }, {}] });
      expect(stderr).toContain(told);
      await world.host.sh('systemctl kill --signal=CONT confluent-dr-proxy-watch');
      await world.opens('primary');
      await eventually(
        () => world.host.instance('primary'),
        ({ blocked, running }) => blocked === 'none' && running,
      );
      expect(await world.host.sh('tail -n 2 /var/log/confluent-dr-proxy/events.log')).toContain(event);
      await world.host.sh(`rm -rf ${record}`);
      expect((await world.host.convergeWell(plan)).state!.instances[0].blocked).toBe(outage);
    },
  );

  test('is told what stands in the way where a folder is in place of the record', async () => {
    await world.host.sh(`mkdir ${record}`);
    try {
      for (const wish of [forSeconds('reject', 3600), planOf()]) {
        const { status, stderr } = await world.host.converge(wish);
        expect({ status, stderr }).toEqual({
          status: 1,
          stderr: expect.stringMatching(
            /^\S+ cannot .*: a folder is in its place; take away \S+\/outages\/primary\n$/,
          ) as string,
        });
        expect(await world.tryOpen('primary')).toBe('open');
      }
    } finally {
      await world.host.sh(`rmdir ${record}`);
    }
  });

  test('goes with a record that is damaged when the machine boots: the outage is over', async () => {
    await world.host.convergeWell(forSeconds('reject', 3600));
    await world.host.machine.powerOff();
    world.host.machine.onDisk(`truncate -s 20 ${record}`);
    await world.host.machine.boot();
    await world.opens('primary');
    await eventually(
      () => world.host.sh('tail -n 1 /var/log/confluent-dr-proxy/events.log'),
      (event) => /was damaged: if there was one, it is over$/.test(event),
    );
    expect(await world.host.instance('primary')).toMatchObject({ blocked: 'none', running: true, outage: null });
  });

  test('ends by hand where the record is lost and the watch was stopped', async () => {
    await world.host.convergeWell(forSeconds('reject', 3600));
    await world.host.sh(`systemctl stop confluent-dr-proxy-watch; rm ${record}`);
    const { stderr } = await world.host.run(['confluent-dr-proxy', 'status']);
    expect(stderr).toMatch(/confluent-dr-proxy@primary\.service does not run: .*; a convergence starts it/);
    await world.host.sh('confluent-dr-proxy lift primary');
    expect(await world.tryOpen('primary')).toBe('open');
  });

  test('is not all that the watch sees to: an outage that is recorded and was not brought about is', async () => {
    await world.host.sh(`echo "reject $EPOCHSECONDS - -" >${record}`);
    await eventually(
      () => world.host.instance('primary'),
      ({ blocked, running }) => blocked === 'reject' && !running,
    );
    expect(await world.tryOpen('primary')).toMatch(BLOCKED.reject);
  });

  test('brings to its end what was killed before it was', async () => {
    await world.host.convergeWell(forSeconds('reject', 3600));
    await world.host.sh(
      'echo unfinished >/run/confluent-dr-proxy-private/enforced; systemctl stop confluent-dr-proxy@secondary',
    );
    await world.opens('secondary');
    expect(await world.host.instance('primary')).toMatchObject({ blocked: 'reject', running: false });
  });
});
