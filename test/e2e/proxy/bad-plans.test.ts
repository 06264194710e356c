import { renderConvergeScript } from '../../../lib/proxy/rendering/render';
import { type Session } from './harness/client';
import { planOf, World } from './harness/world';

jest.setTimeout(900_000);

const good = renderConvergeScript(planOf());
const DOMAIN = String.raw`\.westeurope\.azure\.confluent\.cloud`;
const routeOfPrimary = /^"~\*\^.*pkc-aaaaa.*$/m.exec(good)![0];

/** What a slip in the templates, or a value that Terraform filled in, makes of the script. */
const instead = (from: string | RegExp, to: string): string => {
  const script = good.replace(from, () => to);
  expect(script).not.toBe(good);
  return script;
};

describe('a configuration that is wrong is never loaded', () => {
  let world: World;
  let session: Session;
  let before: string;

  const fingerprint = async (): Promise<string> =>
    world.host.sh(
      'readlink /etc/confluent-dr-proxy/current; pgrep nginx | sort; confluent-dr-proxy status; nft -s list ruleset | md5sum; ls /run',
    );

  beforeAll(async () => {
    world = await World.create();
    await world.host.convergeWell(planOf());
    session = await world.open('primary');
  });
  beforeEach(async () => {
    before = await fingerprint();
  });
  afterAll(async () => {
    session?.close();
    await world?.dispose();
  });

  const route = (pattern: string, instance = 'primary'): (() => string) => {
    return () => instead(routeOfPrimary, `"~*^${pattern}\\z" ${instance};`);
  };

  /** The secondary gets another name in the primary's region. */
  const also = (name: string): (() => string) => {
    return () => instead(routeOfPrimary, `${routeOfPrimary}\n"~*^${name}${DOMAIN}\\z" secondary;`);
  };

  test.each<[string, () => string, RegExp]>([
    [
      'nginx cannot parse it',
      () => instead('worker_connections', 'worker_connektions'),
      /front\.conf.*unknown directive/,
    ],
    [
      'the front does not read the server name',
      () => instead('ssl_preread on;', ''),
      /'pkc-aaaaa\S+' on port 9092 goes to 'nowhere' and not to 'primary'/,
    ],
    [
      'the front sends everything to one instance',
      () => instead('$sockets/443.sock', 'unix:/run/confluent-dr-proxy/primary/443.sock'),
      /on port 443 goes to 'primary:443' and not to 'nowhere'|and not to 'secondary'/,
    ],
    [
      'the front connects to itself',
      () => instead('proxy_pass $sockets/9092.sock', 'proxy_pass 127.0.0.1:9092'),
      /goes to '.*' and not to 'primary'/,
    ],
    [
      'the instance has no resolver',
      () => instead('    include resolvers.conf;\n', ''),
      /instance-primary\.conf does not resolve.*no resolver defined/,
    ],
    [
      'the instance does not read the server name',
      () => instead(/ssl_preread on;(?=\n.*\n.*\n.*connect_timeout 60s)/, ''),
      /instance-primary\.conf does not resolve.*no host in upstream/,
    ],
    [
      'the instance connects to itself',
      () =>
        instead('proxy_pass $ssl_preread_server_name:443', 'proxy_pass unix:/run/confluent-dr-proxy/primary/443.sock'),
      /instance-primary\.conf does not resolve the server name of a session on port 443/,
    ],
    [
      'the instance connects to a fixed place',
      () => instead('proxy_pass $ssl_preread_server_name:9092', 'proxy_pass 127.0.0.1:9092'),
      /instance-primary\.conf does not resolve.*port 9092/,
    ],
    [
      'a pattern matches every cluster of a region',
      route(String.raw`(b[0-9]+-)?pkc-[0-9a-z]+\.westeurope\.azure\.confluent\.cloud`),
      /'pkc-stranger0\.westeurope\.\S+' on port 9092 goes to 'primary:9092' and not to 'nowhere'/,
    ],
    [
      'a pattern matches every first label',
      route(String.raw`[0-9a-z]+\.westeurope\.azure\.confluent\.cloud`),
      /'stranger0\.westeurope\.\S+'/,
    ],
    [
      'a pattern has a dot for any character',
      route(String.raw`pkc-aaaaa.westeurope\.azure\.confluent\.cloud`),
      /route '.*': expected a pattern/,
    ],
    ['a pattern has no domain at its end', route('pkc-aaaaa'), /expected a pattern/],
    ['a pattern is anything', route('.*'), /expected a pattern/],
    ['a pattern is empty', route(''), /expected a pattern/],
    ['a pattern closes the quotes', route(String.raw`x\.y\.z" secondary; "~.`), /expected a pattern/],
    ['a pattern holds a newline', route('pkc-a\\.b\\.cloud\nevil\\.b\\.cloud'), /expected a pattern/],
    ['a pattern lost its anchor', () => instead(routeOfPrimary, routeOfPrimary.replace('^', '')), /expected a pattern/],
    [
      'two instances have the same pattern',
      () => instead(routeOfPrimary, `${routeOfPrimary}\n${routeOfPrimary.replace('primary;', 'secondary;')}`),
      /the name 'pkc-aaaaa\.\S+' is of primary by '\S+' and of secondary by '\S+': an outage of the one/,
    ],
    [
      "one instance's bootstrap host is a broker of the other",
      also('b3-pkc-aaaaa'),
      /the name 'b3-pkc-aaaaa\.westeurope\.azure\.confluent\.cloud' is of primary by .* and of secondary/,
    ],
    [
      'two patterns overlap, neither in the other',
      () =>
        instead(
          routeOfPrimary,
          ['e-[0-9a-z]+-az1-n1 primary', 'e-5x[0-9a-z]+-az[0-9]+-n1 secondary']
            .map((route) => `"~*^${route.replace(' ', `${DOMAIN}\\z" `)};`)
            .join('\n'),
        ),
      /the name 'e-5x0-az1-n1\.\S+' is of primary by 'e-\[0-9a-z\]\+-az1-n1\S+' and of secondary by/,
    ],
    [
      'two instances have one name, and an outage is wished for',
      () => also('pkc-aaaaa')().replace('primary none -', 'primary reject 3600'),
      /the name 'pkc-aaaaa\.\S+' is of primary/,
    ],
    [
      'a name is in upper case',
      route(String.raw`PKC-AAAAA\.westeurope\.azure\.confluent\.cloud`),
      /expected a pattern/,
    ],
    [
      'a name has a final dot',
      route(String.raw`pkc-aaaaa\.westeurope\.azure\.confluent\.cloud\.`),
      /expected a pattern/,
    ],
    [
      'a route has no instance',
      route(String.raw`pkc-a\.b\.cloud`, 'tertiary'),
      /no such instance among: primary secondary/,
    ],
    [
      'an outage is no word that is known',
      () => instead('primary none - false', 'primary true - false'),
      /'primary true - false': expected .*none\|reject\|blackhole/,
    ],
    ['an outage is empty', () => instead('primary none - false', 'primary  - false'), /'primary  - false'/],
    [
      'a fence is neither true nor false',
      () => instead('primary none - false', 'primary none - maybe'),
      /'primary none - maybe': expected .*true\|false/,
    ],
    [
      'an outage holds a newline and another line',
      () => instead('primary none - false', 'primary none - false\nsecondary reject - false\nprimary none - false'),
      /line break/,
    ],
    [
      'the longest duration is no number',
      () => instead('primary none - false', 'primary reject 1h false'),
      /'primary reject 1h false'/,
    ],
    [
      'a resolver is a name',
      () => instead(/(put 'resolvers' .*\n)/, `${/put 'resolvers' .*\n/.exec(good)![0]}dns.example\n`),
      /resolver 'dns\.example'/,
    ],
    ['there is no route', () => instead(/("~\*\^.*\n)+/, ''), /no route/],
  ])('%s', async (_, script, message) => {
    const { status, stderr, stdout } = await world.host.convergeByScript(script());
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^confluent-dr-proxy: .*nothing was changed/);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(await fingerprint()).toBe(before);
    await session.echo();
  });

  test('a file that passes every check but cannot be loaded is replaced by the earlier release', async () => {
    const { release } = (await world.host.convergeWell(planOf())).state!;
    const script = instead(
      '/var/log/confluent-dr-proxy/front/error.log',
      '/var/log/confluent-dr-proxy/primary/no-access.log',
    );
    const { status, stderr } = await world.host.convergeByScript(script);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(
        /the front did not take its new configuration; the earlier release \w+ was put back/,
      ) as string,
    });
    expect((await world.host.status()).release).toBe(release);
    await session.echo();
    expect(await world.tryOpen('secondary')).toBe('open');
    expect((await world.host.convergeWell(planOf())).report).toMatch(/nothing to change$/);
  });

  test('a name that both clusters have is let through by an instance of its own', async () => {
    const { instances, routes } = planOf();
    const shared = { pattern: String.raw`psrc-1\.westeurope\.azure\.confluent\.cloud`, instance: 'shared' };
    const plan = {
      instances: [...instances, { name: 'shared', outage: 'none' }],
      routes: [routes[0], shared, ...routes.slice(1), shared],
    };
    const { state } = await world.host.convergeWell(plan);
    expect(state!.instances.map(({ name, running }) => `${name} ${running}`)).toEqual([
      'primary true',
      'secondary true',
      'shared true',
    ]);
  });
});
