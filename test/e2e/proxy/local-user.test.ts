import { type Session } from './harness/client';
import { type Finished } from '../../../packages/confluent-dr-lab/src/machine/machine';
import { planOf, World } from './harness/world';

/** A user of the machine with a shell and nothing else. */
const MALLORY = 'mallory';

describe('a hostile user of the machine', () => {
  let world: World;
  let session: Session;

  const asMallory = (command: string): Promise<Finished> =>
    world.host.run([
      'setpriv',
      '--reuid',
      MALLORY,
      '--regid',
      MALLORY,
      '--init-groups',
      'bash',
      '--norc',
      '-c',
      command,
    ]);

  beforeAll(async () => {
    world = await World.create();
    await world.host.convergeWell(planOf());
    session = await world.open('primary');
  });
  afterAll(async () => {
    session?.close();
    await world?.dispose();
  });

  test.each(['primary', 'secondary'])(
    'cannot reach the sockets of %s, and thereby its cluster past the front',
    async (name) => {
      for (const port of [9092, 443]) {
        const socket = `/run/confluent-dr-proxy/${name}/${port}.sock`;
        await world.host.sh(`test -S ${socket}`);
        const connect = 'use IO::Socket::UNIX; IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "$!\\n"';
        const { status, stderr } = await asMallory(`perl -e '${connect}' ${socket}`);
        expect({ status, stderr }).toEqual({ status: 13, stderr: 'Permission denied\n' });
      }
    },
  );

  test('can write to nothing that the proxy goes by', async () => {
    const places =
      '/etc/confluent-dr-proxy /var/lib/confluent-dr-proxy /var/log/confluent-dr-proxy /run/confluent-dr-proxy*';
    const more = '/etc/systemd/system /usr/local/sbin/confluent-dr-proxy /etc/sysctl.d/60-confluent-dr-proxy.conf';
    const { stdout } = await asMallory(`find ${places} ${more} ! -type l -writable 2>/dev/null`);
    expect(stdout).toBe('');
  });

  test('reads no log, which tells who talks to whom', async () => {
    await session.echo();
    expect(await world.host.sh('ls /var/log/confluent-dr-proxy/primary')).toContain('sessions.log');
    const { status } = await asMallory('cat /var/log/confluent-dr-proxy/*/*.log');
    expect(status).toBe(1);
    expect((await asMallory('cat /var/log/confluent-dr-proxy/*/*.log')).stdout).toBe('');
  });

  test('changes nothing by the command or by signals', async () => {
    const before = await world.host.status();
    expect(await asMallory('confluent-dr-proxy lift primary')).toMatchObject({ status: 1, stderr: /root/ });
    for (const command of [
      'confluent-dr-proxy enforce',
      'confluent-dr-proxy firewall',
      'kill -9 $(pgrep nginx)',
      'systemctl --no-ask-password stop confluent-dr-proxy-front.service',
      'nft flush ruleset',
    ]) {
      expect((await asMallory(command)).status).not.toBe(0);
    }
    expect(await world.host.status()).toEqual(before);
    await session.echo();
  });

  test('stops no convergence and no outage by holding locks', async () => {
    // Every file that could be a lock, held as long as the machine runs.
    await asMallory(
      `for f in /run/lock/confluent-dr-proxy.lock /run/lock/confluent-dr-proxy-outages.lock /tmp/confluent-dr-proxy.lock; do : >>$f; done 2>/dev/null
       for f in $(find /run /tmp /etc/confluent-dr-proxy /var/lib/confluent-dr-proxy -name '*lock*' -type f -readable 2>/dev/null); do
         exec {lock}<"$f" && flock -n $lock && touch /tmp/held
       done
       sleep 100000 </dev/null >/dev/null 2>&1 &`,
    );
    await world.host.sh('test -e /tmp/held');
    await world.host.convergeWell(planOf({ primary: { outage: 'reject' } }));
    await session.ended;
    expect(await world.tryOpen('primary')).not.toBe('open');
    await world.host.convergeWell(planOf());
    session = await world.open('primary');
  });

  test('leads no write astray by links in folders that all may write to', async () => {
    await world.host.sh('echo precious >/etc/precious; rm -f /run/lock/confluent* /tmp/confluent*');
    await asMallory(
      `for name in confluent-dr-proxy confluent-dr-proxy.lock confluent-dr-proxy-outages.lock confluent-dr-check confluent-dr-proxy.log; do
         for folder in /tmp /var/tmp /run/lock /dev/shm; do ln -s /etc/precious $folder/$name; done
       done`,
    );
    await world.host.convergeWell(
      planOf({ secondary: { outage: 'blackhole' } }, { capacity: { idleTimeoutSeconds: 78 } }),
    );
    await world.host.convergeWell(planOf());
    expect(await world.host.sh('cat /etc/precious; stat -c %a:%U /etc/precious')).toBe('precious\n644:root');
  });

  test('keeps no release out by taking ports on which it is tried', async () => {
    // Those on which others were tried once; what is below 1024 nobody but root can take.
    const listen =
      'use IO::Socket::INET; my @all = map { IO::Socket::INET->new(LocalAddr => "127.83.78.73", LocalPort => $_, Listen => 1) or die } (20443, 20444, 28080, 29092, 29093); print "held\\n"; close STDOUT; sleep';
    const holding = world.host.run(['setpriv', '--reuid', MALLORY, '--clear-groups', 'perl', '-e', listen], {
      timeoutMs: 120_000,
    });
    await world.host.sh('until ss -ltnH "sport = :29093" | grep -q .; do sleep 0.05; done');
    try {
      const { report } = await world.host.convergeWell(planOf({}, { capacity: { idleTimeoutSeconds: 79 } }));
      expect(report).toMatch(/front reloaded$/);
    } finally {
      await world.host.sh('pkill -u mallory perl');
      await holding;
    }
  });

  test('who has taken over an nginx makes root write to no file of others', async () => {
    await world.host.sh('echo precious >/etc/precious');
    await world.host.sh(
      'for name in primary secondary; do setpriv --reuid cdr-$name --regid confluent-dr-front --clear-groups ln -sf /etc/precious /run/confluent-dr-proxy/$name/loaded; done',
    );
    await world.host.convergeWell(planOf({}, { capacity: { helloTimeoutSeconds: 6 } }));
    expect(await world.host.sh('cat /etc/precious')).toBe('precious');
    expect((await world.host.convergeWell(planOf({}, { capacity: { helloTimeoutSeconds: 6 } }))).report).toMatch(
      /nothing to change$/,
    );
  });
});
