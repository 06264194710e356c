import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { kafkaJars } from '../../../packages/confluent-dr-lab/src/kafka/broker/class-archive';
import { java, type KafkaJars } from '../../../packages/confluent-dr-lab/src/kafka/broker/java';
import { type Credentials } from '../../../packages/confluent-dr/src/client/endpoint';
import { eventually, Program } from '../../support/waiting';

/** Of one of Kafka's tools: nothing else ends a process that the test itself waits for. */
const TOOL_LIMIT_MS = 180_000;

export interface ClusterOptions {
  /** On loopback. */
  readonly address: string;
  /** Of the first broker; each further one has a port that is 100 higher. */
  readonly port: number;
  /** `pkc-11111.westeurope.azure.confluent.cloud` */
  readonly host: string;
  readonly folder: string;
  readonly keystore: string;
  /** The one key that it knows. */
  readonly credentials: Credentials;
  readonly brokers?: number;
}

export interface GroupState {
  /** As `Stable` or `PreparingRebalance`. */
  readonly state: string;
  readonly members: number;
}

/** A record as Kafka's own console consumer shows it. */
export interface ShownRecord {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

/** Apache Kafka on loopback, which its clients know by a name of Confluent Cloud. */
export class Cluster {
  private readonly processes: Program[] = [];
  private readonly inside: string;

  private constructor(
    private readonly options: ClusterOptions,
    private readonly jars: KafkaJars,
  ) {
    this.inside = `${options.address}:${options.port + 2}`;
  }

  public static async start(options: ClusterOptions): Promise<Cluster> {
    const cluster = new Cluster(options, await kafkaJars());
    mkdirSync(options.folder);
    const brokers = Array.from({ length: options.brokers ?? 1 }, (_, node) => node);
    for (const node of brokers) {
      writeFileSync(cluster.file(node, 'properties'), cluster.properties(node));
      cluster.java('kafka.tools.StorageTool', ['format', '-t', 'A'.repeat(22), '-c', cluster.file(node, 'properties')]);
    }
    await Promise.all(brokers.map((node) => cluster.startBroker(node)));
    await cluster.warmUp();
    return cluster;
  }

  public get bootstrap(): string {
    return `${this.options.host}:${this.options.port}`;
  }

  private async startBroker(node: number): Promise<void> {
    const out = openSync(this.file(node, 'log'), 'a');
    const [command, ...args] = java(this.jars, 'kafka.Kafka', this.file(node, 'properties'));
    const broker = new Program(spawn(command, args, { stdio: ['ignore', out, out] }), `broker ${node}`);
    closeSync(out);
    this.processes[node] = broker;
    await eventually(() => isOpen(this.options.address, this.options.port + 100 * node), Boolean, {
      what: `the port of broker ${node}`,
      died: broker.died,
    }).catch((error: Error) => {
      throw new Error(`${error.message}. Its log:\n${readFileSync(this.file(node, 'log'), 'utf8').slice(-3000)}`);
    });
  }

  /** Starts brokers that were ended, and waits until each partition has a leader again. */
  public async restart(...nodes: readonly number[]): Promise<void> {
    await Promise.all(nodes.map((node) => this.startBroker(node)));
    await eventually(
      () => this.tool('TopicCommand', ['--describe', '--unavailable-partitions']).trim(),
      (unavailable) => unavailable === '',
      { what: 'a leader of each partition', died: () => nodes.flatMap((node) => this.processes[node].died() ?? [])[0] },
    );
  }

  public async signal(node: number, signal: NodeJS.Signals): Promise<void> {
    const broker = this.processes[node];
    broker.child.kill(signal);
    if (signal === 'SIGKILL' || signal === 'SIGTERM') {
      await broker.ended();
    }
  }

  public async stop(): Promise<void> {
    await Promise.all(this.processes.map((_, node) => this.signal(node, 'SIGKILL')));
  }

  public createTopic(name: string, partitions: number, copies = 1): void {
    const size = ['--partitions', String(partitions), '--replication-factor', String(copies)];
    this.tool('TopicCommand', ['--create', '--topic', name, ...size]);
  }

  public deleteTopic(name: string): void {
    this.tool('TopicCommand', ['--delete', '--topic', name]);
  }

  /** All records of a topic to which nobody writes, partition by partition, as the brokers give them. */
  public records(topic: string): ShownRecord[] {
    const show = ['partition', 'offset'].flatMap((what) => ['--formatter-property', `print.${what}=true`]);
    const sum = (time: 'earliest' | 'latest'): number =>
      [...this.offsets(topic, time).values()].reduce((all, offset) => all + offset, 0);
    const count = sum('latest') - sum('earliest');
    if (count === 0) {
      return [];
    }
    const range = ['--topic', topic, '--from-beginning', '--max-messages', String(count), '--timeout-ms', '120000'];
    const shown = this.tool('consumer.ConsoleConsumer', [...range, ...show]);
    return shown
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [, partition, offset, value] = /^Partition:(\d+)\tOffset:(\d+)\t(.*)$/.exec(line)!;
        return { partition: Number(partition), offset: Number(offset), value };
      })
      .sort((one, other) => one.partition - other.partition || one.offset - other.offset);
  }

  /** Lets another consumer into a group, and waits until the group is in that state with so many members. */
  public async join(group: string, topic: string, until: GroupState): Promise<ChildProcess> {
    const settings = ['partition.assignment.strategy=roundrobin', 'session.timeout.ms=30000'];
    const words = ['-b', this.inside, ...settings.flatMap((setting) => ['-X', setting]), '-G', group, topic];
    const member = new Program(spawn('kcat', words), 'kcat');
    await eventually(
      () => this.stateOf(group),
      (state) => JSON.stringify(state) === JSON.stringify(until),
      { what: `the group that is ${JSON.stringify(until)}`, died: member.died },
    );
    return member.child;
  }

  /** All groups that the cluster knows of. */
  public groups(): string[] {
    return this.tool('consumer.group.ConsumerGroupCommand', ['--list']).split('\n').filter(Boolean);
  }

  /** Where a group stands, all partitions together. */
  public committed(group: string): number {
    const shown = this.tool('consumer.group.ConsumerGroupCommand', ['--describe', '--offsets', '--group', group]);
    const offsets = [...shown.matchAll(/^\S+\s+\S+\s+\d+\s+(\d+)/gm)].map(([, offset]) => Number(offset));
    return offsets.reduce((all, offset) => all + offset, 0);
  }

  /** Gives a partition to brokers, the first of which is to lead it. */
  public async assign(topic: string, partition: number, replicas: readonly number[]): Promise<void> {
    const file = join(this.options.folder, 'assign.json');
    writeFileSync(file, JSON.stringify({ version: 1, partitions: [{ topic, partition, replicas }] }));
    this.tool('reassign.ReassignPartitionsCommand', ['--reassignment-json-file', file, '--execute']);
    await eventually(
      () => {
        this.tool('LeaderElectionCommand', ['--election-type', 'PREFERRED', '--all-topic-partitions']);
        return this.tool('TopicCommand', ['--describe', '--topic', topic]);
      },
      (shown) => new RegExp(`Partition: ${partition}\\s+Leader: ${replicas[0]}\\s`).test(shown),
      { what: 'the leader that it is to have' },
    );
  }

  private stateOf(group: string): GroupState {
    const shown = this.tool('consumer.group.ConsumerGroupCommand', ['--describe', '--state', '--group', group]);
    const [, state, members] = /\s(\w+)\s+(\d+)\s*$/.exec(shown)!;
    return { state, members: Number(members) };
  }

  /** Where each partition begins or ends. */
  public offsets(topic: string, time: 'earliest' | 'latest'): Map<number, number> {
    const lines = this.tool('GetOffsetShell', ['--topic', topic, '--time', time]).split('\n').filter(Boolean);
    return new Map(lines.map((line) => [Number(line.split(':')[1]), Number(line.split(':')[2])]));
  }

  /** Writes values in their order to a topic of one partition. */
  public produce(topic: string, values: readonly string[]): void {
    const input = values.map((value) => `${value}\n`).join('');
    this.tool('ConsoleProducer', ['--topic', topic, '--command-property', 'acks=all'], input);
  }

  /** Removes the records of a partition that stand before an offset. */
  public deleteRecords(topic: string, partition: number, offset: number): void {
    const file = join(this.options.folder, 'delete.json');
    writeFileSync(file, JSON.stringify({ version: 1, partitions: [{ topic, partition, offset }] }));
    this.tool('DeleteRecordsCommand', ['--offset-json-file', file]);
  }

  /** Bytes a second that one client may fetch. */
  public limitFetching(clientId: string, bytesASecond: number): void {
    this.java('kafka.admin.ConfigCommand', [
      ...['--bootstrap-server', this.inside, '--alter', '--add-config', `consumer_byte_rate=${bytesASecond}`],
      ...['--entity-type', 'clients', '--entity-name', clientId],
    ]);
  }

  /** The first group on a new cluster waits for seconds, which is no test's subject. */
  private async warmUp(): Promise<void> {
    this.createTopic('warm-up', 1);
    this.produce('warm-up', ['warm']);
    await eventually(() => this.records('warm-up').length, Boolean, { what: 'what the cluster gives to a group' });
  }

  private tool(name: string, args: readonly string[], input?: string): string {
    return this.java(`org.apache.kafka.tools.${name}`, ['--bootstrap-server', this.inside, ...args], input);
  }

  private java(mainClass: string, words: readonly string[], input = ''): string {
    const [command, ...args] = java(this.jars, mainClass, ...words);
    return execFileSync(command, args, {
      ...{ encoding: 'utf8', input, stdio: 'pipe', timeout: TOOL_LIMIT_MS, killSignal: 'SIGKILL' },
    });
  }

  private file(node: number, kind: string): string {
    return join(this.options.folder, `${node}.${kind}`);
  }

  private properties(node: number): string {
    const { address, host, port, keystore, credentials, brokers = 1 } = this.options;
    const own = port + 100 * node;
    const controller = `${address}:${port + 1}`;
    const inside = `INTERNAL://${address}:${own + 2}`;
    const listeners = [`EXTERNAL://${address}:${own}`, inside];
    const copies = Math.min(3, brokers);
    const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
    return Object.entries({
      'process.roles': node === 0 ? 'broker,controller' : 'broker',
      'node.id': node,
      'controller.quorum.voters': `0@${controller}`,
      'controller.listener.names': 'CONTROLLER',
      'inter.broker.listener.name': 'INTERNAL',
      listeners: [...listeners, ...(node === 0 ? [`CONTROLLER://${controller}`] : [])].join(','),
      'advertised.listeners': `EXTERNAL://b${node}-${host}:${own},${inside}`,
      'listener.security.protocol.map': 'EXTERNAL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': keystore,
      'listener.name.external.sasl.enabled.mechanisms': 'PLAIN',
      'listener.name.external.plain.sasl.jaas.config': `${login} user_${credentials.key}="${credentials.secret}";`,
      'log.dirs': join(this.options.folder, `data-${node}`),
      'log.cleaner.dedupe.buffer.size': 8_388_608,
      'log.retention.ms': -1,
      'auto.create.topics.enable': false,
      'group.initial.rebalance.delay.ms': 0,
      'offsets.topic.num.partitions': 1,
      'offsets.topic.replication.factor': copies,
      'transaction.state.log.num.partitions': 1,
      'transaction.state.log.replication.factor': copies,
      'transaction.state.log.min.isr': 1,
      'default.replication.factor': copies,
      'broker.session.timeout.ms': 3000,
    })
      .map(([key, value]) => `${key}=${value}`)
      .join('\n');
  }
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
