import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { endProxies } from '../../../packages/confluent-dr-lab/src/nginx/lab-proxies';
import { instancesIn } from '../../../packages/confluent-dr/src/probe/proxy-report';
import { eventually, isAlive, Program } from '../../support/waiting';
import { LabWithProxy, MACHINE } from './lab-with-proxy';

jest.setTimeout(900_000);

describe('The proxy of a lab', () => {
  const world = new LabWithProxy();

  beforeAll(async () => {
    await world.start();
    await world.converge('none');
  });

  afterEach(() => world.converge('none'));

  afterAll(async () => {
    await world.lab.stop();
    rmSync(world.folder, { recursive: true });
  });

  const comesBack = () =>
    eventually(
      () => world.reach('primary').catch(String),
      (outcome) => outcome.startsWith('HTTP/1.1 '),
      { what: 'the primary' },
    );

  test('hands each cluster’s clients on by the name in their hello, and closes all others', async () => {
    expect(await world.reach('primary')).toBe('HTTP/1.1 200 OK');
    expect(await world.reach('secondary')).toBe('HTTP/1.1 200 OK');
    const { primary } = await world.hosts();
    for (const stranger of [`x${primary}`, 'stranger.invalid', `b0-${primary}`]) {
      await expect(world.session(stranger)).rejects.toThrow(/disconnected before secure TLS/);
    }
  });

  test('reports what it changed and what runs', async () => {
    const report = await world.converge('reject');
    expect(report).toMatch(/^confluent-dr-proxy: release [0-9a-f]{12}: primary blocked \(reject\)\n\{/);
    expect(instancesIn(report)).toEqual([
      { name: 'primary', blocked: 'reject', fenced: false, running: false },
      { name: 'secondary', blocked: 'none', fenced: false, running: true },
    ]);
    expect(await world.converge('reject')).toMatch(/: nothing to change\n/);
    expect(await world.converge('none')).toMatch(/: primary unblocked; instance primary started\n/);
  });

  test('cuts the sessions of a rejected cluster and takes no new ones, and touches nobody else’s', async () => {
    const hosts = await world.hosts();
    const [cut, kept] = [await world.session(hosts.primary), await world.session(hosts.secondary)];
    const closed = once(cut, 'close');
    await world.converge('reject');
    await closed;
    await expect(world.session(hosts.primary)).rejects.toThrow(/disconnected before secure TLS/);
    expect(await world.ask(kept, 'secondary')).toBe('HTTP/1.1 200 OK');
    kept.destroy();
    await world.converge('none');
    expect(await world.reach('primary')).toBe('HTTP/1.1 200 OK');
  });

  test('lets nothing through in a black hole, whose sessions go on when it is lifted', async () => {
    const { primary } = await world.hosts();
    const stalled = await world.session(primary);
    expect(instancesIn(await world.converge('blackhole'))).toContainEqual({
      name: 'primary',
      blocked: 'blackhole',
      fenced: false,
      running: true,
    });
    let isAnswered = false;
    const answer = world.ask(stalled, 'primary').then((status) => {
      isAnswered = true;
      return status;
    });
    const hanging = world.session(primary);
    expect(await world.reach('secondary')).toBe('HTTP/1.1 200 OK');
    expect(isAnswered).toBe(false);
    await world.converge('none');
    expect(await answer).toBe('HTTP/1.1 200 OK');
    (await hanging).destroy();
    stalled.destroy();
  });

  test('counts the sessions that are open', async () => {
    const { secondary } = await world.hosts();
    const open = await Promise.all([world.session(secondary), world.session(secondary)]);
    expect(await world.converge('none')).toMatch(
      /"name":"secondary","blocked":"none","running":true,"openSessions":2,/,
    );
    open.forEach((socket) => socket.destroy());
  });

  test('ends an outage by itself when its longest duration is over', async () => {
    const report = await world.converge('reject for at most 1 seconds');
    expect(report).toContain('primary blocked (reject)');
    await comesBack();
    expect(await world.reach('primary')).toBe('HTTP/1.1 200 OK');
    expect(await world.converge('reject for at most 1 seconds')).toMatch(/ended by itself and does not block again/);
  });

  test('takes other settings without cutting a session', async () => {
    const { secondary } = await world.hosts();
    const kept = await world.session(secondary);
    // Twice: by the second time nginx has long been told to let go of what the first one replaced.
    for (const helloTimeoutSeconds of [9, 8]) {
      expect(await world.converge('none', { capacity: { helloTimeoutSeconds } })).toMatch(
        /: instance primary reloaded; instance secondary reloaded; front reloaded\n/,
      );
      expect(await world.ask(kept, 'secondary')).toBe('HTTP/1.1 200 OK');
    }
    kept.destroy();
  });

  test('fails with what nginx does not take, and goes on as before', async () => {
    const change = (script: string): string => script.replaceAll('preread_timeout 5s;', 'preread_timeout soon;');
    await expect(world.converge('none', { change })).rejects.toThrow(/its script ended with exit code 1/);
    expect(world.lastError).toMatch(
      /^confluent-dr-proxy: the new configuration is wrong, nothing was changed: .*"preread_timeout" directive invalid value/,
    );
    expect(await world.reach('primary')).toBe('HTTP/1.1 200 OK');
  });

  test.each(['front', 'primary'])('comes back when the %s is killed', async (name) => {
    const before = world.nginxes();
    const pid = (await world.shown()).pids[name]!;
    process.kill(pid, 'SIGKILL');
    await eventually(
      async () => (await world.shown()).pids[name],
      (now) => now !== undefined && now !== pid,
    );
    await eventually(
      () => world.nginxes().length,
      (count) => count === before.length,
    );
    await comesBack();
    expect(await world.reach('primary')).toBe('HTTP/1.1 200 OK');
  });
});

describe('The nginx of a lab', () => {
  let world: LabWithProxy;

  beforeEach(async () => {
    world = new LabWithProxy();
    await world.start();
    await world.converge('reject');
  });

  afterEach(async () => {
    await world.lab.stop();
    rmSync(world.folder, { recursive: true });
  });

  test('comes up again with the next lab of the folder, blocked as it was', async () => {
    await world.lab.stop();
    expect(world.nginxes()).toEqual([]);
    await world.start();
    expect(instancesIn(JSON.stringify((await world.shown()).status))).toContainEqual({
      name: 'primary',
      blocked: 'reject',
      fenced: false,
      running: false,
    });
    expect(await world.reach('secondary')).toBe('HTTP/1.1 200 OK');
  });

  test('goes with its VM', async () => {
    const pids = world.nginxes();
    expect(pids.length).toBeGreaterThan(0);
    world.lab.azure.delete('azurerm_linux_virtual_machine', MACHINE);
    await eventually(
      () => pids.filter(isAlive),
      (left) => left.length === 0,
    );
    expect(await world.proxies.show()).toEqual([]);
  });
});

test('The nginx that a killed lab left is found and ended, the frozen too', async () => {
  const left = new LabWithProxy();
  const program = ['--require', require.resolve('ts-node/register'), join(__dirname, 'lab-to-be-killed.ts')];
  const child = spawn(process.execPath, [...program, left.folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  const killed = new Program(child, 'the lab');
  await eventually(
    () => killed.said,
    (said) => said.includes('ready\n'),
    { what: 'its word', died: killed.died },
  );
  child.kill('SIGKILL');
  await killed.ended();
  expect(left.nginxes().length).toBeGreaterThan(3);
  await endProxies(left.proxyFolder);
  expect(left.nginxes().filter(isAlive)).toEqual([]);
  rmSync(left.folder, { recursive: true });
});
