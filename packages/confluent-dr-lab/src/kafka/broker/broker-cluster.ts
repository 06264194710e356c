import { type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild, type Host, run } from './host';
import { BOOTSTRAP_FILE, java, type KafkaJars } from './java';
import { CLIENT_PORT } from './properties';

/** Generous: a busy machine starts six brokers in twenty seconds. */
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 15_000;

/** In a broker's data: the ids of its cluster and its node. */
const META = 'meta.properties';

export interface NodeFiles {
  readonly data: string;
  readonly properties: string;
  readonly log: string;
  /** Holds the id of the process, so that a later lab finds what an earlier one left. */
  readonly pid: string;
}

export interface BrokerClusterProps {
  readonly host: Host;
  readonly jars: KafkaJars;
  /** The brokers' files go here: `<name>-0`, `<name>-0.properties` and so on. */
  readonly folder: string;
  readonly name: string;
  /** Where clients reach each broker. */
  readonly addresses: readonly string[];
  readonly properties: (index: number, files: NodeFiles) => string;
}

interface Node {
  readonly index: number;
  readonly address: string;
  readonly files: NodeFiles;
  process?: ChildProcess;
}

/** The brokers of one cluster, each a process. What they hold outlives them: they go on with it when started again. */
export class BrokerCluster {
  private readonly nodes: readonly Node[];

  constructor(private readonly props: BrokerClusterProps) {
    this.nodes = props.addresses.map((address, index) => {
      const data = join(props.folder, `${props.name}-${index}`);
      return {
        index,
        address,
        files: { data, properties: `${data}.properties`, log: `${data}.log`, pid: `${data}.pid` },
      };
    });
  }

  /** Starts those that do not run, and returns when each accepts clients. */
  public async start(): Promise<void> {
    this.nodes.forEach(({ index, files }) => {
      mkdirSync(files.data, { recursive: true, mode: 0o700 });
      writeFileSync(files.properties, this.props.properties(index, files), { mode: 0o600 });
    });
    await this.format();
    await Promise.all(this.nodes.map((node) => this.startNode(node)));
  }

  public async startOne(index: number): Promise<void> {
    await this.startNode(this.nodes[index]);
  }

  /** Ends them as an administrator does: the one with the controller last. */
  public async stop(): Promise<void> {
    this.signal('SIGCONT');
    await Promise.all(this.nodes.slice(1).map((node) => endNode(node, 'SIGTERM')));
    await endNode(this.nodes[0], 'SIGTERM');
  }

  /** Ends them, or one of them, as a power cut does. */
  public async kill(index?: number): Promise<void> {
    await Promise.all(this.chosen(index).map((node) => endNode(node, 'SIGKILL')));
  }

  /** They keep their connections and answer nothing. */
  public freeze(index?: number): void {
    this.signal('SIGSTOP', index);
  }

  public thaw(index?: number): void {
    this.signal('SIGCONT', index);
  }

  public get size(): number {
    return this.nodes.length;
  }

  /** By broker: the id of its process, if it runs. */
  public get pids(): (number | undefined)[] {
    return this.nodes.map(({ process }) => (isRunning(process) ? process!.pid : undefined));
  }

  private chosen(index?: number): readonly Node[] {
    return index === undefined ? this.nodes : [this.nodes[index]];
  }

  private signal(signal: NodeJS.Signals, index?: number): void {
    this.chosen(index).forEach(({ process }) => isRunning(process) && process!.kill(signal));
  }

  private async startNode(node: Node): Promise<void> {
    if (!isRunning(node.process)) {
      const { host, jars } = this.props;
      const out = openSync(node.files.log, 'a', 0o600);
      node.process = host.spawn(java(jars, 'kafka.Kafka', node.files.properties), { stdio: ['ignore', out, out] });
      closeSync(out);
      node.process.once('error', () => undefined);
      writeFileSync(node.files.pid, String(node.process.pid), { mode: 0o600 });
    }
    await this.untilAccepting(node);
  }

  /** The tool would start a JVM for each, and what it writes differs in the ids of cluster and node only. */
  private async format(): Promise<void> {
    const { host, jars, name } = this.props;
    const clusterId = clusterUuid(name);
    const left = this.nodes.filter(({ files }) => !existsSync(join(files.data, META)));
    if (left.length === 0) {
      return;
    }
    let { bootstrapFile } = jars;
    if (bootstrapFile === undefined || !existsSync(bootstrapFile)) {
      const { data, properties } = left.shift()!.files;
      await run(host, java(jars, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties));
      bootstrapFile = join(data, BOOTSTRAP_FILE);
    }
    for (const { index, files } of left) {
      cpSync(bootstrapFile, join(files.data, BOOTSTRAP_FILE));
      writeFileSync(join(files.data, META), `version=1\ncluster.id=${clusterId}\nnode.id=${index}\n`);
    }
  }

  private async untilAccepting({ address, files, process }: Node): Promise<void> {
    const end = Date.now() + START_LIMIT_MS;
    while (!(await this.props.host.isOpen(address, CLIENT_PORT))) {
      if (!isRunning(process) || Date.now() > end) {
        const words = readFileSync(files.log, 'utf8').trim().slice(-3000);
        throw new Error(`No broker answers at ${address}:${CLIENT_PORT}. Its log, ${files.log}, ends:\n${words}`);
      }
      await sleep(50);
    }
  }
}

const isRunning = (process?: ChildProcess): boolean =>
  process?.pid !== undefined && process.exitCode === null && process.signalCode === null;

async function endNode({ process, files }: Node, signal: NodeJS.Signals): Promise<void> {
  if (process) {
    await endChild(process, signal, STOP_LIMIT_MS);
  }
  rmSync(files.pid, { force: true });
}

/** A UUID in base64, as Kafka wants it; an option's parser would take a leading dash for another option. */
function clusterUuid(name: string): string {
  return createHash('sha256').update(name).digest().subarray(0, 16).toString('base64url').replace(/^-/, 'A');
}
