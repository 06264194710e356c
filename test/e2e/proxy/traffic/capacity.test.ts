import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type tls from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { hello } from '../harness/hello';
import { namesOf } from '../harness/brokers';
import { PROXY_ADDRESS, ROLES } from '../harness/network';
import { nginxMemoryKib } from '../harness/processes';
import { type ProxyLab, startProxyLab } from '../harness/proxy-lab';
import { openSession } from '../harness/sessions';
import { eventually } from '../../../support/waiting';

jest.setTimeout(900_000);

const SESSIONS = 2000;
const HOLD_MS = 60_000;
const PER_SECOND = 200;
const AT_ONCE = 50;
const OPEN_FILES = 16_384;

/** Both ends of all sessions are in this process, and each layer of the proxy needs two files for each. */
function allowOpenFiles(): void {
  spawnSync('prlimit', ['--pid', String(process.pid), `--nofile=${OPEN_FILES}:${OPEN_FILES}`]);
  const { stdout } = spawnSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' });
  if (stdout.trim() !== 'unlimited' && Number(stdout) < OPEN_FILES) {
    throw new Error(`${SESSIONS} sessions need ${OPEN_FILES} open files; here are ${stdout.trim()} (ulimit -Hn)`);
  }
}

describe('The capacity of the proxy', () => {
  let lab: ProxyLab;
  const names = ROLES.flatMap((role) => namesOf(role));

  beforeAll(async () => {
    allowOpenFiles();
    lab = await startProxyLab();
  });
  afterAll(() => lab?.stop());

  test('200 new connections a second are served, each', async () => {
    const answered: number[] = [];
    const began = Date.now();
    let open = 0;
    const connections = Array.from({ length: 10 * PER_SECOND }, async (_, index) => {
      await pause((index * 1000) / PER_SECOND);
      // Where this machine does not get so many done they wait here, or their hellos would come too late.
      while (open >= AT_ONCE) await pause(10);
      open += 1;
      const start = Date.now();
      const socket = await lab.network.portal.connect(PROXY_ADDRESS, 9092);
      socket.on('error', () => undefined).write(hello(names[index % names.length]));
      const [bytes] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [unknown];
      if (Buffer.isBuffer(bytes)) answered.push(Date.now() - start);
      socket.destroy();
      open -= 1;
    });
    await Promise.all(connections);
    const seconds = (Date.now() - began) / 1000;
    answered.sort((a, b) => a - b);
    const at = (share: number): number => answered[Math.floor(share * (answered.length - 1))];
    process.stdout.write(
      `${answered.length} in ${seconds} s; until the server's hello p50 ${at(0.5)} ms, p99 ${at(0.99)} ms\n`,
    );
    expect(answered).toHaveLength(10 * PER_SECOND);
    expect(lab.proxy.errors()).toEqual([]);
  });

  test('2,000 sessions are held for a minute through both layers', async () => {
    const sessions: tls.TLSSocket[] = [];
    let ended = 0;
    const before = await nginxMemoryKib(lab.network.proxy);
    const open = async (): Promise<void> => {
      while (sessions.length < SESSIONS) {
        const slot = sessions.push(undefined as never) - 1;
        sessions[slot] = await openSession(lab.network, lab.certificates.ca, names[slot % names.length]);
        sessions[slot].resume().once('close', () => (ended += 1));
      }
    };
    await Promise.all(Array.from({ length: 20 }, open));
    const each = ((await nginxMemoryKib(lab.network.proxy)) - before) / SESSIONS;
    process.stdout.write(`memory of a session in both layers: ${each.toFixed(1)} KiB\n`);

    await pause(HOLD_MS);
    expect(ended).toBe(0);
    let echoed = 0;
    sessions.forEach((session) => session.once('data', () => (echoed += 1)).write('still there?'));
    await eventually(
      () => echoed,
      (count) => count === SESSIONS,
      { what: `the answers of ${SESSIONS} sessions` },
    );
    expect(echoed).toBe(SESSIONS);
    expect(lab.proxy.errors()).toEqual([]);
    sessions.forEach((session) => session.destroy());
  });
});
