import { type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Certificates } from '../proxy/harness/certificates';
import { type Machine } from '../proxy/harness/machine';
import { brokerAddress, type Role } from '../proxy/harness/network';
import { type Portal } from '../proxy/harness/portal';
import { brokerProperties } from './broker-properties';

const JVM = ['-Xmx192m', '-Xms32m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];
const START_LIMIT_MS = 60_000;

export interface Place {
  readonly world: Machine;
  readonly portal: Portal;
  readonly folder: string;
  readonly certificates: Certificates;
  readonly classPath: string;
}

export function java(place: Pick<Place, 'classPath'>, mainClass: string, ...args: string[]): string[] {
  return ['java', ...JVM, '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', place.classPath, mainClass, ...args];
}

/** Starts the brokers of one cluster and returns when each accepts clients. They end with the machine. */
export async function startCluster(place: Place, role: Role, brokers: number): Promise<void> {
  const nodes = Array.from({ length: brokers }, (_, index) => {
    const data = join(place.folder, `${role}-${index}`);
    const properties = `${data}.properties`;
    mkdirSync(data);
    writeFileSync(
      properties,
      brokerProperties(role, index, brokers, { data, keystore: place.certificates.keystoreFile }),
    );
    return { index, data, properties, log: `${data}.log` };
  });
  const formatId = role.padEnd(22, 'A');
  const format = java(place, 'kafka.tools.StorageTool', 'format', '-t', formatId, '-c', nodes[0].properties);
  const { status, stderr } = await place.world.run(format);
  if (status !== 0) throw new Error(`Formatting the ${role} failed: ${stderr}`);
  nodes.slice(1).forEach((node) => copyFormat(nodes[0].data, node.data, node.index));

  const processes = nodes.map(({ properties, log }) => {
    const out = openSync(log, 'w');
    return place.world.spawn(java(place, 'kafka.Kafka', properties), { stdio: ['ignore', out, out] });
  });
  await Promise.all(
    nodes.map(({ index, log }) => accepting(place.portal, brokerAddress(role, index), processes[index], log)),
  );
}

/** Formatting by the tool costs a JVM's start for each node; what it writes differs in the node's id only. */
function copyFormat(from: string, to: string, index: number): void {
  cpSync(join(from, 'bootstrap.checkpoint'), join(to, 'bootstrap.checkpoint'));
  const meta = readFileSync(join(from, 'meta.properties'), 'utf8');
  writeFileSync(
    join(to, 'meta.properties'),
    meta.replace(/^node\.id=.*$/m, `node.id=${index}`).replace(/^directory\.id=.*\n/m, ''),
  );
}

async function accepting(portal: Portal, address: string, broker: ChildProcess, log: string): Promise<void> {
  const end = Date.now() + START_LIMIT_MS;
  for (;;) {
    const open = await portal.connect(address, 9092).then(
      (socket) => socket.destroy() !== undefined,
      () => false,
    );
    if (open) return;
    if (broker.exitCode !== null || Date.now() > end) {
      throw new Error(`No broker at ${address}:9092. Its log:\n${readFileSync(log, 'utf8').slice(-3000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
