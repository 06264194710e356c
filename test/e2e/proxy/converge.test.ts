import { renderConvergeScript } from '../../../lib/proxy/rendering/render';
import { exactHost } from '../../../lib/server-names/server-name-pattern';
import { type ProxyPlan } from '../../../lib/proxy/rendering/proxy-plan';
import { eventually } from '../../support/waiting';
import { type Session } from './harness/client';
import { type Convergence } from './harness/proxy-host';
import { CLUSTERS, planOf, World } from './harness/world';

jest.setTimeout(900_000);

const pair = planOf();
const registry = { pattern: exactHost('psrc-1.westeurope.azure.confluent.cloud'), instance: 'primary' };
const withRegistry: ProxyPlan = { ...pair, routes: [...pair.routes, registry] };

describe('the converge script', () => {
  let world: World;
  let session: Session;
  let installed: Convergence;

  const pids = () => world.host.sh('pgrep nginx | sort | paste -sd " "');

  beforeAll(async () => {
    world = await World.create();
    installed = await world.host.convergeWell(pair);
  });
  beforeEach(() => world.host.convergeWell(pair));
  afterAll(() => world?.dispose());
  afterEach(() => session?.close());

  test('installs', async () => {
    const { stdout, state } = installed;
    expect(stdout).toMatch(/^confluent-dr-proxy: release [0-9a-f]{12}: .*front started.*\n\{.*\}\n$/);
    expect(stdout.length).toBeLessThan(4000);
    expect(state).toMatchObject({ front: { running: true }, instances: [{ running: true }, { running: true }] });
    expect(await world.tryOpen('primary')).toBe('open');
    expect(await world.tryOpen('secondary')).toBe('open');
    expect(await world.host.run(['systemctl', 'is-enabled', 'nginx.service'])).toMatchObject({ stdout: 'masked\n' });
    expect(await world.host.sh('stat -c %U:%G:%a /run/confluent-dr-proxy/primary')).toBe(
      'cdr-primary:confluent-dr-front:750',
    );
    expect(await world.host.sh('ps -o user= -C nginx | sort | uniq -c | tr -s " "')).not.toContain('root');
  });

  test('changes nothing the second time', async () => {
    session = await world.open('primary');
    const before = await pids();
    expect((await world.host.convergeWell(pair)).report).toMatch(/nothing to change$/);
    expect(await pids()).toBe(before);
    await session.echo();
  });

  test('reloads the front alone for a new route, and keeps the sessions', async () => {
    session = await world.open('secondary');
    const main = await world.host.mainPid('confluent-dr-proxy-front.service');
    const before = (await world.host.status()).release;
    const { report, state } = await world.host.convergeWell(withRegistry);
    expect(report).toMatch(/: front reloaded$/);
    expect(await world.host.mainPid('confluent-dr-proxy-front.service')).toBe(main);
    await session.echo();
    const kept = (await world.host.sh('ls /etc/confluent-dr-proxy/releases')).split('\n');
    expect(kept).toEqual(expect.arrayContaining([before, state!.release]));
    expect(state!.release).not.toBe(before);
  });

  test('reloads everything for other settings, and keeps the sessions, whose lines are still written by a stop', async () => {
    session = await world.open('secondary');
    const mains = (): Promise<number[]> =>
      Promise.all(
        ['-front', '@primary', '@secondary'].map((unit) => world.host.mainPid(`confluent-dr-proxy${unit}.service`)),
      );
    const before = await mains();
    // Twice: by the second time nginx has long been told to let go of what the first one replaced.
    for (const helloTimeoutSeconds of [9, 8]) {
      const { report } = await world.host.convergeWell({ ...withRegistry, capacity: { helloTimeoutSeconds } });
      expect(report).toMatch(/: instance primary reloaded; instance secondary reloaded; front reloaded$/);
      await session.echo();
    }
    expect(await mains()).toEqual(before);
    const lines = (await world.host.sessions('secondary')).length;
    await world.host.sh('systemctl restart confluent-dr-proxy@secondary.service');
    await session.ended;
    expect((await world.host.sessions('secondary')).slice(lines)).toEqual([
      expect.objectContaining({ sni: CLUSTERS.secondary, status: 200, ended: 'closed' }),
    ]);
  });

  test('toggles the primary without touching any process but its own', async () => {
    await world.host.convergeWell(withRegistry);
    session = await world.open('secondary');
    const others = () => world.host.sh('pgrep -u cdr-secondary,confluent-dr-front nginx | sort | paste -sd " "');
    const before = await others();
    await world.host.convergeWell({ ...withRegistry, instances: planOf({ primary: { outage: 'reject' } }).instances });
    await world.host.convergeWell(withRegistry);
    expect(await others()).toBe(before);
    await session.echo();
  });

  test('says which of its units an admin had stopped, as it starts them', async () => {
    await world.host.sh('systemctl stop confluent-dr-proxy@primary confluent-dr-proxy-watch confluent-dr-proxy-logs');
    const { stderr } = await world.host.run(['confluent-dr-proxy', 'status']);
    expect(stderr).toMatch(/proxy-watch\.service does not run: .*ends outages.*\n.*proxy-logs\.service does not run: /);
    const { report } = await world.host.convergeWell(pair);
    expect(report).toMatch(/: instance primary started; watch started; logs started$/);
    expect(await world.tryOpen('primary')).toBe('open');
  });

  test('takes back what was changed by hand in the release in force, and what nginx loaded of it', async () => {
    session = await world.open('primary');
    const front = 'confluent-dr-proxy-front.service';
    const watch = await world.host.mainPid('confluent-dr-proxy-watch.service');
    const edit = `sed -i 's/pkc-bbbbb/pkc-other/' routes.conf; echo '# by hand' >>lib/watch.sh; systemctl reload ${front}`;
    await world.host.sh(`cd /etc/confluent-dr-proxy/current; ${edit}`);
    await eventually(
      () => world.tryOpen('secondary'),
      (outcome) => outcome !== 'open',
      { what: 'the route by hand' },
    );
    const { report } = await world.host.convergeWell(pair);
    expect(report).toMatch(/: files of release \w+ had been changed by hand; .*front reloaded$/);
    expect(await world.tryOpen('secondary')).toBe('open');
    expect(await world.host.mainPid('confluent-dr-proxy-watch.service')).not.toBe(watch);
    await session.echo();
    expect((await world.host.convergeWell(pair)).report).toMatch(/nothing to change$/);

    await world.host.sh('rm -r /etc/confluent-dr-proxy/releases/*');
    expect((await world.host.convergeWell(pair)).report).toMatch(/changed by hand/);
    expect(await world.host.sh('ls -A /etc/confluent-dr-proxy/releases')).toBe((await world.host.status()).release);
  });

  test('takes a pattern that begins with a run, behind which the cluster is named', async () => {
    const pattern = String.raw`[0-9a-z]+-43860\.westeurope\.azure\.glb\.confluent\.cloud`;
    const { status, stderr } = await world.host.converge({ ...pair, routes: [{ pattern, instance: 'primary' }] });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    await world.host.convergeWell(pair);
  });

  test('adds and removes an instance', async () => {
    session = await world.open('secondary');
    const shared: ProxyPlan = {
      ...pair,
      instances: [...pair.instances, { name: 'shared', outage: 'none' }],
      routes: [...pair.routes, { ...registry, instance: 'shared' }],
    };
    expect(
      (await world.host.convergeWell(shared)).state!.instances.map(({ name, running }) => [name, running]),
    ).toEqual([
      ['primary', true],
      ['secondary', true],
      ['shared', true],
    ]);
    expect((await world.host.convergeWell(pair)).report).toMatch(/instance shared removed/);
    expect(await world.host.sh('pgrep -c -u cdr-shared nginx || true')).toBe('0');
    await session.echo();
  });

  test('goes back to an earlier plan, and keeps few releases', async () => {
    for (let idle = 100; idle < 106; idle++) {
      await world.host.convergeWell({ ...pair, capacity: { idleTimeoutSeconds: idle } });
    }
    await world.host.convergeWell(pair);
    expect(Number(await world.host.sh('ls /etc/confluent-dr-proxy/releases | wc -l'))).toBeLessThanOrEqual(4);
    expect(await world.host.sh('cat /etc/confluent-dr-proxy/current/front.conf')).toContain('proxy_timeout 86400s');
    expect(await world.tryOpen('primary')).toBe('open');
  });

  test('two at once take turns, and the later wish holds', async () => {
    const [first, second] = await Promise.all([world.host.converge(withRegistry), world.host.converge(pair)]);
    expect([first.status, second.status]).toEqual([0, 0]);
    const release = (await world.host.status()).release;
    expect([first.state!.release, second.state!.release]).toContain(release);
    expect(await world.tryOpen('primary')).toBe('open');
  });

  test('may be killed at any point: what ran goes on, and the next run completes it', async () => {
    session = await world.open('secondary');
    for (const [turn, after] of [200, 500, 900, 1300, 1700, 2200, 2800, 3500, 4500].entries()) {
      const plan = turn % 2 ? pair : withRegistry;
      await world.host.killConverging(renderConvergeScript(plan), after);
      await session.echo();
      await world.host.convergeWell(plan);
      expect(await world.tryOpen('primary')).toBe('open');
    }
    expect(await world.host.sh('ls -A /etc/confluent-dr-proxy/releases')).not.toContain('.new');
  });

  test('says what stands in its way and stops what it began, when another program has the port', async () => {
    const other = await World.create();
    let blocker: Promise<unknown> | undefined;
    try {
      const listen =
        'use IO::Socket::INET; my $on = IO::Socket::INET->new(LocalPort => 443, Listen => 1) or die; sleep';
      blocker = other.host.run(['perl', '-e', listen]);
      await other.host.sh("until ss -ltnH 'sport = :443' | grep -q .; do sleep 0.05; done");
      const { status, stderr } = await other.host.converge(pair);
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: expect.stringMatching(
          /^confluent-dr-proxy: the front does not .* on port \d+, and port 443 is held by "perl",pid=\d+; there is no earlier release, the proxy is stopped\n$/,
        ) as string,
      });
      expect(await other.host.sh('pgrep -c nginx || true')).toBe('0');
    } finally {
      await other.dispose();
      await blocker;
    }
  });

  const shared: ProxyPlan = {
    ...pair,
    instances: [...pair.instances, { name: 'shared', outage: 'none' }],
    routes: [...pair.routes, { ...registry, instance: 'shared' }],
  };
  const units = () =>
    world.host.sh(
      "systemctl list-units --all --plain --no-legend 'confluent-dr-proxy@*' | cut -d ' ' -f 1; ls -d /etc/systemd/system/*.wants/confluent-dr-proxy@*",
    );

  test('leaves nothing of a release that does not come up', async () => {
    const script = renderConvergeScript(shared).replace('front/error.log', 'primary/no-access.log');
    const { stderr } = await world.host.convergeByScript(script);
    expect(stderr).toMatch(/did not take its new configuration; the earlier release \w+ was put back\n$/);
    expect(await units()).not.toContain('shared');
  });

  test('brings to its end what was killed once the new release was in force, and puts back what worked before that', async () => {
    await world.host.convergeWell(shared);
    const killed = (script: string): string => {
      const begins = '  if ! bring_up_apart "$2"; then\n';
      expect(script).toContain(begins);
      return script.replace(begins, `  systemctl kill --signal=KILL killed.service\n  sleep 10\n${begins}`);
    };
    const kill = async (script: string): Promise<void> => {
      await world.host.sh(`cat >/run/killed.sh <<'END_OF_ALL'\n${killed(script)}END_OF_ALL`);
      await world.host.run([
        'systemd-run',
        '--quiet',
        '--wait',
        '--collect',
        '--unit=killed',
        'bash',
        '/run/killed.sh',
      ]);
    };
    const watch = () => world.host.mainPid('confluent-dr-proxy-watch.service');
    const before = await watch();

    await kill(renderConvergeScript(pair));
    expect(await units()).toContain('shared');
    expect((await world.host.convergeWell(pair)).report).toMatch(/instance shared removed$/);
    expect(await units()).not.toContain('shared');
    expect(await watch()).not.toBe(before);
    expect(await world.host.sh('ls /run; ls /run/confluent-dr-proxy-private')).not.toMatch(/check\.|works/);

    const bad = renderConvergeScript(shared).replace('front/error.log', 'primary/no-access.log');
    await kill(bad);
    expect(await world.host.convergeByScript(bad)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/the earlier release \w+ was put back\n$/) as string,
    });
    expect(await units()).not.toContain('shared');
    expect((await world.host.convergeWell(pair)).report).toMatch(/nothing to change$/);
  });

  test('ends its work when it is ended, and takes its files away after that', async () => {
    const waiting = renderConvergeScript(pair).replace(
      '\nvalidate "$stage"\n',
      '\n: >/run/at-work; sleep 60\nvalidate "$stage"\n',
    );
    await world.host.sh(`cat >/run/ended.sh <<'END_OF_ALL'\n${waiting}END_OF_ALL`);
    const { stdout, stderr } = await world.host.run([
      ...['bash', '--norc', '-c'],
      'there() { ls /run/confluent-dr-proxy-private; }; before=$(there); bash /run/ended.sh & script=$!; until [[ -e /run/at-work ]]; do sleep 0.05; done; kill "$script"; wait "$script"; echo "$?"; pgrep -f "[c]onverge/main.sh"; diff <(echo "$before") <(there)',
    ]);
    expect(stdout).toBe('143\n');
    expect(stderr).toBe('confluent-dr-proxy: interrupted; what ran before goes on, and another run continues\n');
  });
});
