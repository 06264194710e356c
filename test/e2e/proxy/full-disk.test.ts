import { type Finished } from '../../../packages/confluent-dr-lab/src/machine/machine';
import { type Session } from './harness/client';
import { planOf, World } from './harness/world';
import { eventually } from '../../support/waiting';

jest.setTimeout(900_000);

const STATE = '/var/lib/confluent-dr-proxy';
const LOGS = '/var/log/confluent-dr-proxy';

describe('with a disk that is full', () => {
  let world: World;
  let session: Session;

  beforeAll(async () => {
    world = await World.create({ partitions: { [STATE]: '16m', [LOGS]: '256m' } });
    await world.host.convergeWell(planOf());
    session = await world.open('primary');
  });
  afterAll(async () => {
    session?.close();
    await world?.dispose();
  });

  /** Leaves no byte on the disk of a folder until the work is done. */
  async function full(folder: string, work: () => Promise<unknown>): Promise<void> {
    await world.host.sh(
      `dd if=/dev/zero of=${folder}/full bs=4k 2>/dev/null || true; ! echo x >${folder}/probe 2>/dev/null`,
    );
    try {
      await work();
    } finally {
      await world.host.sh(`rm -f ${folder}/full ${folder}/probe`);
    }
  }

  test.each(['reject', 'blackhole'])(
    'a block that cannot be written down fails and blocks nothing (%s)',
    async (outage) => {
      await full(STATE, async () => {
        const { status, stderr } = await world.host.converge(planOf({ primary: { outage } }));
        expect({ status, stderr }).toEqual({
          status: 1,
          stderr: expect.stringMatching(
            /^confluent-dr-proxy: cannot write the outage of primary to \S+outages: No space left on device; +0 free on \S+\n$/,
          ) as string,
        });
        expect(await world.host.instance('primary')).toMatchObject({ blocked: 'none', running: true, outage: null });
        expect(await world.host.sh(`ls ${STATE}/outages`)).toBe('');
        await session.echo();
      });
    },
  );

  test('an outage is lifted by a wish, and by hand', async () => {
    const blocked = planOf({ secondary: { outage: 'reject' } });
    for (const lift of [
      () => world.host.convergeWell(planOf()),
      () => world.host.sh('confluent-dr-proxy lift secondary'),
    ]) {
      await world.host.convergeWell(blocked);
      await full(STATE, lift);
      expect(await world.host.instance('secondary')).toMatchObject({ blocked: 'none', running: true });
    }
    await world.host.convergeWell(planOf());
  });

  test('a release that cannot be stored changes nothing, and a block needs none', async () => {
    const { release } = await world.host.status();
    await full('/etc', async () => {
      const { status, stderr } = await world.host.converge(planOf({}, { capacity: { idleTimeoutSeconds: 77 } }));
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: expect.stringMatching(/cannot store the new files in .*, nothing was changed: No space left/) as string,
      });
      expect((await world.host.status()).release).toBe(release);
      expect(
        (await world.host.convergeWell(planOf({ secondary: { outage: 'reject' } }))).state!.instances[1].blocked,
      ).toBe('reject');
    });
    await world.host.convergeWell(planOf());
    expect(await world.host.sh('ls -A /etc/confluent-dr-proxy/releases')).not.toContain('.new');
    await session.echo();
  });

  test('a block and its end need little room in memory', async () => {
    // systemd asks for 16 MB where it reads all units again.
    await world.host.sh('mount -o remount,size=8m /run');
    try {
      const blocked = planOf({ secondary: { outage: 'reject' } });
      expect((await world.host.convergeWell(blocked)).state!.instances[1].blocked).toBe('reject');
      expect((await world.host.convergeWell(planOf())).state!.instances[1].blocked).toBe('none');
    } finally {
      await world.host.sh('mount -o remount,size=50% /run');
    }
  });

  test('what is started takes no folder on a disk', async () => {
    await world.host.convergeWell(planOf({ secondary: { outage: 'reject' } }));
    const temporary = ['/tmp', '/var/tmp'];
    for (const folder of temporary) await world.host.sh(`mount -t tmpfs -o nr_inodes=1 full ${folder}`);
    try {
      expect(await world.host.run(['mkdir', '/tmp/folder', '/var/tmp/folder'])).toMatchObject({ status: 1 });
      await world.host.sh('confluent-dr-proxy lift secondary');
      expect(await world.host.instance('secondary')).toMatchObject({ blocked: 'none', running: true });
      const own = 'confluent-dr-proxy-front confluent-dr-proxy-watch confluent-dr-proxy-logs';
      await world.host.sh(`systemctl restart ${own}`);
    } finally {
      for (const folder of temporary) await world.host.sh(`umount ${folder}`);
    }
    await world.host.convergeWell(planOf());
    session = await world.open('primary');
  });

  const comesUp = () =>
    eventually(
      () => world.host.instance('secondary'),
      ({ blocked, running }) => blocked === 'none' && running,
      { what: 'the instance' },
    );
  const used = (what: string) => `$(($(df -k --output=${what} /run | tail -n 1)))`;
  const SOCKETS = 'confluent-dr-proxy-private takes no file \\(No space left on device; ';

  test.each([
    ['no byte', `size=${used('used')}k`, /^ .* 0 KB in \d+ files, /, `${SOCKETS}0 free on /run`],
    ['no file', `nr_inodes=${used('iused')}`, /^ .* \d+ KB in 0 files, /, `${SOCKETS}\\S+ and 0 files free on /run`],
  ])(
    '/run that has room for %s is named, and what was lifted comes up once there is room',
    async (_what, full, room, noSockets) => {
      await world.host.convergeWell(planOf({ secondary: { outage: 'reject' } }));
      const script = '/etc/converge-again.sh';
      await world.host.sh(`cp "$(ls -t /run/given/*.sh | head -n 1)" ${script}; mount -o remount,${full} /run`);
      try {
        const again = await world.host.run(['bash', script]);
        expect({ status: again.status, stdout: again.stdout }).toEqual({ status: 1, stdout: '' });
        expect(again.stderr.replace(/^confluent-dr-proxy:/, '')).toMatch(room);
        expect(again.stderr).toMatch(/nothing was changed: .* make room there and run it again\n$/);
        const { status, stderr } = await world.host.run(['confluent-dr-proxy', 'lift', 'secondary']);
        expect(status).toBe(1);
        expect(stderr).toMatch(
          new RegExp(`not blocked, but does not start: .*${noSockets}\\), it comes up by itself once that does\n$`),
        );
      } finally {
        await world.host.sh('mount -o remount,size=50%,nr_inodes=100k /run');
      }
      await comesUp();
      await world.host.convergeWell(planOf());
    },
  );

  test('logs that take no writes when nginx starts are named, and it comes up once they do', async () => {
    await world.host.convergeWell(planOf({ secondary: { outage: 'reject' } }));
    await world.host.sh(`mount --bind ${LOGS} ${LOGS}; mount -o remount,bind,ro ${LOGS}`);
    try {
      const { status, stderr } = await world.host.converge(planOf());
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: expect.stringMatching(
          /not blocked, but does not start: \S+: .* failed \(30: Read-only file system\); \S+proxy takes no file \(Read-only file system; .*\), it comes up by itself once that does\n$/,
        ) as string,
      });
      // It runs for a moment each time that it is tried.
      await eventually(
        () => world.host.run(['confluent-dr-proxy', 'status']),
        ({ stderr }) => /proxy@secondary\.service does not run: .* failed \(30: Read-only file system\); /.test(stderr),
      );
    } finally {
      await world.host.sh(`umount ${LOGS}`);
    }
    await comesUp();
    await world.host.convergeWell(planOf());
  });

  test('a log without room stands in nobody’s way', async () => {
    await full(LOGS, async () => {
      expect(
        (await world.host.convergeWell(planOf({ secondary: { outage: 'reject' } }))).state!.instances[1].blocked,
      ).toBe('reject');
      expect((await world.host.convergeWell(planOf())).state!.instances[1].blocked).toBe('none');
      expect(await world.tryOpen('primary')).toBe('open');
    });
  });

  test('a disk that takes no more writes is named, when an outage is to begin and when it is to end', async () => {
    const told = async (outcome: Promise<Finished>): Promise<string> => {
      const { status, stderr } = await outcome;
      return `${status} ${stderr}`;
    };
    const mounted = (how: string) => world.host.sh(`mount -o remount,${how} ${STATE}`);
    await mounted('ro');
    try {
      expect(await told(world.host.converge(planOf({ primary: { outage: 'reject' } })))).toMatch(
        /^1 confluent-dr-proxy: cannot write the outage of primary to \S+: Read-only file system; .*\n$/,
      );
      await mounted('rw');
      await world.host.convergeWell(planOf({ secondary: { outage: 'reject' } }));
      await mounted('ro');
      expect(await told(world.host.run(['confluent-dr-proxy', 'lift', 'secondary']))).toMatch(
        /^1 confluent-dr-proxy: cannot write the outage of secondary to \S+: Read-only file system; .*\n$/,
      );
      expect(await told(world.host.converge(planOf()))).toMatch(
        /^1 confluent-dr-proxy: cannot take the outage of secondary out of \S+: Read-only file system; .*\n$/,
      );
      expect(await world.host.instance('secondary')).toMatchObject({ blocked: 'reject', running: false });
    } finally {
      await mounted('rw');
    }
    await world.host.convergeWell(planOf());
  });
});
