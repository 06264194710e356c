import { sendBytes } from './harness/client';
import { eventually } from '../../support/waiting';
import { CLUSTERS, planOf, World } from './harness/world';
import { type SessionLine } from './harness/proxy-host';
import { hello, helloMessage, records } from './harness/hello';

jest.setTimeout(900_000);

describe('logs and counters', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
  });
  beforeEach(() => world.host.convergeWell(planOf()));
  afterAll(() => world?.dispose());

  /** The lines of a place, once the last one is such a one: nginx writes it when the session has ended. */
  const endingWith = (place: string, isIt: (line: SessionLine) => boolean) =>
    eventually(
      () => world.host.sessions(place),
      (lines) => lines.length > 0 && isIt(lines.at(-1)!),
      { what: `the line of ${place}` },
    );

  test('has one line for a session, with both ends, the name, the bytes and how it ended', async () => {
    const session = await world.open('primary', { broker: 0 });
    await session.echo('x'.repeat(10_000));
    const client = `${session.socket.localAddress}:${session.socket.localPort}`;
    session.close();
    await endingWith('primary', (line) => line.client === client);
    const places = ['front', 'primary', 'secondary'];
    const lines = (await Promise.all(places.map((place) => world.host.sessions(place)))).flat();
    const ofClient = lines.filter((line) => line.client === client);
    expect(ofClient).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
        client,
        sni: `b0-${CLUSTERS.primary}`,
        instance: 'primary',
        port: 9092,
        upstream: `${world.dns.records.get(CLUSTERS.primary)}:9092`,
        received: expect.any(Number) as number,
        sent: expect.any(Number) as number,
        seconds: expect.any(Number) as number,
        status: 200,
        ended: 'closed',
      },
    ]);
    expect(ofClient[0].received).toBeGreaterThan(10_000);
    expect(ofClient[0].sent).toBeGreaterThan(10_000);
  });

  test('names port 443 too', async () => {
    (await world.open('secondary', { port: 443 })).close();
    const lines = await endingWith('secondary', ({ port }) => port === 443);
    expect(lines.at(-1)).toMatchObject({ port: 443, ended: 'closed' });
  });

  interface Stats {
    readonly since: string | null;
    readonly instances: readonly Record<string, number | string>[];
    readonly refusedNames: Record<string, number>;
  }

  const stats = async () => JSON.parse(await world.host.sh('confluent-dr-proxy stats')) as Stats;

  /** The counters once no session is open: what is open writes its line yet. */
  const quiet = async () => {
    await eventually(stats, ({ instances }) => instances.every(({ openSessions }) => openSessions === 0), {
      what: 'the end of all sessions',
    });
    // Sums are read before what is open is counted.
    return stats();
  };

  /** What a counter gained. */
  const gained = (before: Stats, after: Stats, instance: number, key: string): number =>
    Number(after.instances[instance][key]) - Number(before.instances[instance][key]);

  test('counts what is open, and what ended as the log has it: sessions and their bytes', async () => {
    const before = await quiet();
    const linesBefore = (await world.host.sessions('primary')).length;
    const open = await Promise.all(
      Array.from({ length: 7 }, (_, broker) => world.open('primary', { broker: broker % 2 })),
    );
    await Promise.all(open.map((session, index) => session.echo('x'.repeat(1000 * index + 1))));
    expect((await stats()).instances[0].openSessions).toBe(7);
    open.forEach((session) => session.close());
    // A session is counted once its line is written, and before it is gone.
    const after = await quiet();
    const lines = (await world.host.sessions('primary')).slice(linesBefore);
    const sum = (key: 'received' | 'sent'): number => lines.reduce((total, line) => total + line[key], 0);
    expect(lines).toHaveLength(7);
    expect(after.since).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(gained(before, after, 0, 'sessions')).toBe(7);
    expect(gained(before, after, 0, 'bytesFromClients')).toBe(sum('received'));
    expect(gained(before, after, 0, 'bytesToClients')).toBe(sum('sent'));
    for (const key of ['givenUp', 'unresolved', 'unreachable', 'failed', 'refusedWhileDown']) {
      expect([key, gained(before, after, 0, key)]).toEqual([key, 0]);
    }
    expect(after.instances[1]).toEqual(before.instances[1]);
  });

  test('counts each refusal, also where its line is left out, and each name that is nobody’s', async () => {
    const plain = await stats();
    for (let turn = 0; turn < 5; turn++) {
      await sendBytes(world.connect(), hello(`stranger${turn}.invalid`));
      await sendBytes(world.connect(), records(helloMessage()));
    }
    await sendBytes(world.connect(), 'no hello');
    await world.host.convergeWell(planOf({ primary: { outage: 'reject' } }));
    const before = await stats();
    for (let turn = 0; turn < 150; turn++) {
      await sendBytes(world.connect(), hello(CLUSTERS.primary));
    }
    const after = await eventually(stats, (seen) => gained(before, seen, 0, 'refusedWhileDown') >= 150);
    expect(gained(before, after, 0, 'refusedWhileDown')).toBe(150);
    expect(gained(before, after, 0, 'sessions')).toBe(0);
    const strangers = (key: string): number => (after.refusedNames[key] ?? 0) - (plain.refusedNames[key] ?? 0);
    expect({ unknown: strangers('unknown-name'), none: strangers('no-name'), noTls: strangers('no-tls') }).toEqual({
      // The converge script asks for one of its own on each port.
      unknown: 5 + 2,
      none: 5,
      noTls: 1,
    });
    await world.host.convergeWell(planOf());
  });

  test('keeps the sums when the tallies are put aside', async () => {
    const before = await quiet();
    const tally = '/var/log/confluent-dr-proxy/primary/tally.log';
    await world.host.sh(`yes 'primary closed primary 3 5 ;' | head -n 50000 >>${tally}`);
    const after = await stats();
    expect(gained(before, after, 0, 'sessions')).toBe(50_000);
    expect(gained(before, after, 0, 'bytesFromClients')).toBe(150_000);
    expect(gained(before, after, 0, 'bytesToClients')).toBe(250_000);
    await eventually(
      () =>
        world.host.sh(
          `ls ${tally}.* 2>/dev/null | wc -l; grep -c ^summed /var/lib/confluent-dr-proxy/counters || true`,
        ),
      (seen) => seen === '0\n1',
    );
    expect(await stats()).toEqual(after);
  });

  test('stays within a bound that no traffic breaks, with names of 16 KB that are nothing but control characters', async () => {
    const nasty = hello(Buffer.alloc(16_000, 1));
    const end = Date.now() + 8000;
    let sent = 0;
    await Promise.all(
      Array.from({ length: 3 }, async () => {
        while (Date.now() < end || sent < 10) {
          await sendBytes(world.connect(), nasty);
          sent++;
        }
      }),
    );
    // Files are rotated meanwhile, and one may be gone.
    const logged = 'cat /var/log/confluent-dr-proxy/front/sessions.log* 2>/dev/null | grep "not printable"';
    const lines = (await world.host.sh(logged)).split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(10);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(400);
    // The kernel ends a write beyond the limit of the unit, and nginx goes on.
    await world.host.sh('truncate -s 8388600 /var/log/confluent-dr-proxy/front/sessions.log');
    await sendBytes(world.connect(), nasty);
    expect(Number(await world.host.sh('cat /var/log/confluent-dr-proxy/front/sessions.log* | wc -c'))).toBeLessThan(
      6 * 8_388_608,
    );
    expect(await world.tryOpen('primary')).toBe('open');
  });

  test('rotates by size, keeps few files, and goes on writing', async () => {
    const folder = '/var/log/confluent-dr-proxy/primary';
    const rotate =
      'logrotate --state /run/confluent-dr-proxy-private/logrotate.state /etc/confluent-dr-proxy/current/logrotate.conf';
    // It rotates by itself as well, which would be two at once. The next file is nginx's to make.
    await world.host.sh('systemctl stop confluent-dr-proxy-logs.service');
    for (let turn = 0; turn < 12; turn++) {
      await world.host.sh(
        `yes '{}' | head -c 4500000 >>${folder}/sessions.log; ${rotate}; until [[ -e ${folder}/sessions.log ]]; do sleep 0.05; done`,
      );
    }
    await world.host.sh('systemctl start confluent-dr-proxy-logs.service');
    expect(Number(await world.host.sh(`ls ${folder}/sessions.log* | wc -l`))).toBeLessThanOrEqual(5);
    expect(Number(await world.host.sh(`du -sk ${folder} | cut -f 1`))).toBeLessThan(40_000);
    (await world.open('primary')).close();
    const lines = await endingWith('primary', ({ instance }) => instance === 'primary');
    expect(lines.at(-1)).toMatchObject({ instance: 'primary', ended: 'closed' });
  });
});
