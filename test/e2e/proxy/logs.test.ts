import { CLUSTERS, planOf, World } from './harness/world';

jest.setTimeout(120_000);

describe('logs and counters', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
    await world.host.convergeWell(planOf());
  });
  afterAll(() => world?.dispose());

  const settle = () => new Promise((resolve) => setTimeout(resolve, 300));

  test('has one line for a session, with both ends, the name, the bytes and how it ended', async () => {
    const session = await world.open('primary', { broker: 0 });
    await session.echo('x'.repeat(10_000));
    const client = `${session.socket.localAddress}:${session.socket.localPort}`;
    session.close();
    await settle();
    const places = ['front', 'primary', 'secondary'];
    const lines = (await Promise.all(places.map((place) => world.host.sessions(place)))).flat();
    expect(lines.filter((line) => line.client === client)).toEqual([
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
    expect(lines.at(-1)!.received).toBeGreaterThan(10_000);
    expect(lines.at(-1)!.sent).toBeGreaterThan(10_000);
  });

  test('names port 443 too', async () => {
    (await world.open('secondary', { port: 443 })).close();
    await settle();
    expect((await world.host.sessions('secondary')).at(-1)).toMatchObject({ port: 443, ended: 'closed' });
  });

  test('stays flat when 20 clients of a blocked cluster retry without a pause', async () => {
    const session = await world.open('secondary');
    await world.host.convergeWell(planOf({ primary: { outage: 'reject' } }));
    const ticks = () =>
      world.host.sh(
        `cat /proc/$(pgrep -d ' /proc/' -u confluent-dr-front nginx | sed 's/ /\\/stat /g')/stat | awk '{ sum += $14 + $15 } END { print sum }'`,
      );
    const size = async () => Number(await world.host.sh('cat /var/log/confluent-dr-proxy/*/*.log | wc -c'));
    const [bytes, cpu] = [await size(), Number(await ticks())];
    const end = Date.now() + 10_000;
    let attempts = 0;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        while (Date.now() < end) {
          expect(await world.tryOpen('primary')).not.toBe('open');
          attempts++;
        }
      }),
    );
    const written = (await size()) - bytes;
    const busy = (Number(await ticks()) - cpu) / 100;
    console.info(
      `${attempts} refused sessions in 10 s: ${written} bytes of log, ${busy} s of the front's processor time`,
    );
    expect(attempts).toBeGreaterThan(1000);
    // A line of 300 bytes for a tenth of them; they are written in one second of ten.
    expect(written / attempts).toBeLessThan(100);
    expect(busy).toBeLessThan(5);
    expect(await session.echo()).toBeLessThan(250);
    expect(await world.host.sh('cat /var/log/confluent-dr-proxy/front/error.log')).not.toContain('connect()');
    session.close();
    await world.host.convergeWell(planOf());
  });

  test('counts what is open, refused and carried', async () => {
    const [one, two] = [await world.open('primary'), await world.open('primary')];
    const stats = JSON.parse(await world.host.sh('confluent-dr-proxy stats')) as {
      instances: object[];
      refusedNames: object;
    };
    expect(stats.instances[0]).toMatchObject({ name: 'primary', openSessions: 2 });
    expect((await world.host.instance('primary')).openSessions).toBe(2);
    [one, two].forEach((session) => session.close());
    await settle();
    const after = JSON.parse(await world.host.sh('confluent-dr-proxy stats')) as typeof stats;
    expect(after.instances[0]).toMatchObject({ openSessions: 0, bytesToClients: expect.any(Number) as number });
    expect(after.refusedNames).toHaveProperty('unknown-name');
  });

  test('rotates by size, keeps few files, and goes on writing', async () => {
    const folder = '/var/log/confluent-dr-proxy/primary';
    for (let turn = 0; turn < 12; turn++) {
      await world.host.sh(
        `yes '{}' | head -c 17000000 >>${folder}/sessions.log; logrotate --state /var/lib/confluent-dr-proxy/logrotate.state /etc/confluent-dr-proxy/current/logrotate.conf; sleep 0.3`,
      );
    }
    expect(Number(await world.host.sh(`ls ${folder}/sessions.log* | wc -l`))).toBeLessThanOrEqual(9);
    expect(Number(await world.host.sh(`du -sk ${folder} | cut -f 1`))).toBeLessThan(40_000);
    (await world.open('primary')).close();
    await settle();
    expect((await world.host.sessions('primary')).at(-1)).toMatchObject({ instance: 'primary', ended: 'closed' });
  });
});
