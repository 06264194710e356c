/**
 * What the proxy costs, as ratios of medians of interleaved rounds in one run: a table to read, never a test, for times
 * depend on the machine. Needs root and nginx: everything happens in namespaces of its own.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { makeCertificates } from '../test/e2e/proxy/harness/certificates';
import { BARE_PORT, startBareNginx } from '../test/e2e/proxy/harness/control';
import { bootstrapName, brokerAddress, PROXY_ADDRESS, startNetwork } from '../test/e2e/proxy/harness/network';
import { nginxCpuMs, nginxMemoryKib } from '../test/e2e/proxy/harness/processes';
import { type Machine } from '../packages/confluent-dr-lab/src/machine/machine';
import { Proxy } from '../test/e2e/proxy/harness/proxy';
import { temporaryFolder } from '../test/e2e/proxy/harness/temporary-folder';
import { type Order, type Target } from './proxy/client';
import { startServers } from './proxy/server';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const HANDSHAKES = 400;
const MEGABYTES = 256;
const ECHOES = 3000;
const IDLE_SESSIONS = 2000;

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))];
const median = (values: readonly number[]): number => quantile(values, 0.5);

type Ask = (kind: Order['kind'], target: Target, count: number) => Promise<number & number[]>;

interface Cost {
  readonly handshakes: number[];
  readonly megabytes: number[];
  /** Milliseconds of nginx's processor time for a gigabyte: other work on the machine hardly changes it. */
  readonly cpu: number[];
  readonly p50: number[];
  readonly p99: number[];
}

async function compare(ask: Ask, machine: Machine, targets: Readonly<Record<string, Target>>): Promise<void> {
  const costs = new Map<string, Cost>(
    Object.keys(targets).map((name) => [name, { handshakes: [], megabytes: [], cpu: [], p50: [], p99: [] }]),
  );
  // The first round warms up and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, target] of Object.entries(targets)) {
      const handshakes = await ask('handshakes', target, HANDSHAKES);
      const cpuBefore = await nginxCpuMs(machine);
      const megabytes = await ask('megabytes', target, MEGABYTES);
      const cpu = ((await nginxCpuMs(machine)) - cpuBefore) / (MEGABYTES / 1000);
      const echoes = await ask('echoes', target, ECHOES);
      if (round === 0) continue;
      const cost = costs.get(name)!;
      cost.handshakes.push(handshakes);
      cost.megabytes.push(megabytes);
      cost.cpu.push(cpu);
      cost.p50.push(quantile(echoes, 0.5));
      cost.p99.push(quantile(echoes, 0.99));
    }
  }
  const direct = costs.get('direct')!;
  console.table(
    [...costs].map(([name, cost]) => ({
      way: name,
      'handshakes/s': Math.round(median(cost.handshakes)),
      'to direct': (median(cost.handshakes) / median(direct.handshakes)).toFixed(2),
      'MB/s': Math.round(median(cost.megabytes)),
      'to direct ': (median(cost.megabytes) / median(direct.megabytes)).toFixed(2),
      'nginx ms/GB': Math.round(median(cost.cpu)),
      'echo p50 µs': Math.round(median(cost.p50)),
      'echo p99 µs': Math.round(median(cost.p99)),
    })),
  );
}

async function main(): Promise<void> {
  const folder = temporaryFolder('proxy-bench');
  const certificates = makeCertificates(folder.path);
  folder.remove();
  const network = await startNetwork();
  const closeServers = await startServers(network, certificates);
  const script = [process.execPath, '--require', 'ts-node/register', join(__dirname, 'proxy/client.ts')];
  const client = network.proxy.spawn(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ask: Ask = async (kind, target, count) => {
    client.send({ kind, target, count } satisfies Order);
    const [answer] = (await once(client, 'message')) as [{ result?: number & number[]; error?: string }];
    if (answer.result === undefined) throw new Error(answer.error);
    return answer.result;
  };
  try {
    const proxy = await Proxy.start(network);
    await startBareNginx(network);
    const common = { name: bootstrapName('secondary'), ca: certificates.ca };
    await compare(ask, network.proxy, {
      direct: { ...common, host: brokerAddress('secondary', 0), port: 9092 },
      'an nginx of one line': { ...common, host: PROXY_ADDRESS, port: BARE_PORT },
      'the proxy, two layers': { ...common, host: PROXY_ADDRESS, port: 9092 },
    });

    const primary = { ...common, name: bootstrapName('primary'), host: PROXY_ADDRESS, port: 9092 };
    const before = await nginxMemoryKib(network.proxy);
    await ask('hold', primary, IDLE_SESSIONS);
    const each = ((await nginxMemoryKib(network.proxy)) - before) / IDLE_SESSIONS;
    const lastCut = ask('last-cut', primary, IDLE_SESSIONS);
    await proxy.outage('primary', 'reject');
    const cutMs = (await lastCut) - proxy.blockedAt('primary');
    console.log(`${IDLE_SESSIONS} idle sessions: ${each.toFixed(1)} KiB each, both layers together`);
    console.log(`from the block to the last of ${IDLE_SESSIONS} cut sessions: ${Math.round(cutMs)} ms`);
  } finally {
    closeServers();
    client.disconnect();
    await network.stop();
  }
}

void main();
