import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { type LabRecord } from '../../../packages/confluent-dr-lab/src/background/lab-folder';
import { type Sample } from '../../../packages/confluent-dr-lab/src/cloud';
import { kafkaJars } from '../../../packages/confluent-dr-lab/src/kafka/broker/class-archive';
import { java } from '../../../packages/confluent-dr-lab/src/kafka/broker/java';
import { eventually } from '../../support/waiting';
import { Tool } from '../lab/tool';

export type Role = 'primary' | 'secondary';
export interface Key {
  readonly key: string;
  readonly secret: string;
}

interface Shown {
  readonly kafka: {
    readonly caFile: string;
    readonly hostsFile: string;
    readonly clusters: Record<
      string,
      { bootstrap: string; brokers: { name: string; address: string; pid?: number }[] }
    >;
    readonly link: { readonly pid?: number };
  };
}

export interface MirrorState {
  readonly mirror_status: string;
  readonly mirror_topic_error: string;
  readonly mirror_lags: { partition: number; lag: number }[];
  readonly mirror_state_transition_errors?: { error_message: string }[];
}

/** With which a link brings the offsets of all groups. */
export const OFFSETS_OF_ALL_GROUPS: Readonly<Record<string, string>> = {
  'consumer.offset.sync.enable': 'true',
  'consumer.offset.sync.ms': '1000',
  'consumer.offset.group.filters': JSON.stringify({
    groupFilters: [{ name: '*', patternType: 'LITERAL', filterType: 'INCLUDE' }],
  }),
};

/** A lab with brokers, as its user has it: through the tool, REST and Kafka clients. */
export class LabWithBrokers {
  public record!: LabRecord;

  /** @param linkName of the link between its clusters, be it made by Terraform or here */
  public constructor(
    public readonly tool = new Tool(),
    private readonly linkName = 'dr',
  ) {}

  public async up(...words: readonly string[]): Promise<void> {
    const { exitCode, text } = await this.tool.lab('up', '--kafka', ...words);
    if (exitCode !== 0) {
      throw new Error(text);
    }
    this.attach();
  }

  /** Takes the lab that is up in the tool's folder. */
  public attach(): void {
    this.record = JSON.parse(readFileSync(join(this.tool.labFolder, 'lab.json'), 'utf8')) as LabRecord;
  }

  /** A file of outputs of a stack that has the lab's pair, for the tool's `--outputs`. */
  public async outputsFile(...topics: readonly string[]): Promise<string> {
    const { clusters } = (await this.status()).kafka;
    const memberOf = (role: Role): object => ({
      cluster_id: this.sample[role].clusterId,
      rest_endpoint: this.record.endpoints[this.sample[role].clusterId],
      bootstrap_endpoint: clusters[this.sample[role].clusterId].bootstrap,
      kafka_api_key: this.sample[role].kafka.key,
      kafka_api_secret: this.sample[role].kafka.secret,
    });
    const value = {
      ...{ primary: memberOf('primary'), secondary: memberOf('secondary') },
      ...{ link_name: this.linkName, topics, proxy_public_ip: '203.0.113.7' },
    };
    const file = join(this.tool.cwd, 'outputs.json');
    writeFileSync(file, JSON.stringify({ runbook: { sensitive: true, value } }), { mode: 0o600 });
    return file;
  }

  public status(): Promise<Shown> {
    return this.tool.json<Shown>('status');
  }

  public get sample(): Sample {
    return this.record.sample;
  }

  public async control<T>(method: string, path: string, body?: object): Promise<T> {
    return this.send<T>(this.record.url, this.sample.cloud, method, path, body);
  }

  public async rest<T>(role: Role, method: string, path: string, body?: object): Promise<T> {
    const { clusterId, kafka } = this.sample[role];
    const root = `/kafka/v3/clusters/${clusterId}`;
    return this.send<T>(this.record.endpoints[clusterId], kafka, method, `${root}${path}`, body);
  }

  /** A key of the service account, for one cluster or for both. */
  public async newKey(place: Role | 'global'): Promise<Key & { id: string }> {
    const { serviceAccountId } = this.sample;
    const { id, spec } = await this.control<{ id: string; spec: { secret: string } }>('POST', '/iam/v2/api-keys', {
      spec: {
        owner: { id: serviceAccountId },
        resource: { id: place === 'global' ? place : this.sample[place].clusterId },
      },
    });
    return { id, key: id, secret: spec.secret };
  }

  public async allow(role: Role, principal: string, type: string, name: string, operation: string): Promise<void> {
    await this.rest(role, 'POST', '/acls', {
      resource_type: type,
      resource_name: name,
      pattern_type: 'LITERAL',
      principal: `User:${principal}`,
      host: '*',
      operation,
      permission: 'ALLOW',
    });
  }

  /** Lets the keys of the lab's sample write, read and use groups on both clusters. */
  public async allowAll(): Promise<void> {
    for (const role of ['primary', 'secondary'] as const) {
      for (const type of ['TOPIC', 'GROUP']) {
        await this.allow(role, this.sample.administratorId, type, '*', 'ALL');
      }
    }
  }

  /** A bidirectional link with what a reversal needs. */
  public async link(more: Readonly<Record<string, string>> = {}): Promise<void> {
    const { clusters } = (await this.status()).kafka;
    for (const [role, other] of [
      ['primary', 'secondary'],
      ['secondary', 'primary'],
    ] as const) {
      const { key, secret } = this.sample[other].kafka;
      const configs = {
        'link.mode': 'BIDIRECTIONAL',
        'bootstrap.servers': clusters[this.sample[other].clusterId].bootstrap,
        'sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required username="${key}" password="${secret}";`,
        ...more,
      };
      await this.rest(role, 'POST', `/links?link_name=${this.linkName}`, {
        remote_cluster_id: this.sample[other].clusterId,
        configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
      });
      const admin = this.sample.administratorId;
      await this.allow(role, admin, 'TOPIC', '*', 'READ');
      await this.allow(role, admin, 'TOPIC', '*', 'DESCRIBE_CONFIGS');
      await this.allow(role, admin, 'CLUSTER', 'kafka-cluster', 'DESCRIBE');
      await this.allow(role, admin, 'CLUSTER', 'kafka-cluster', 'ALTER');
    }
  }

  public async mirror(role: Role, topic: string): Promise<MirrorState> {
    return this.rest<MirrorState>(
      role,
      'GET',
      `/links/${this.linkName}/mirrors/${topic}?include_state_transition_errors=true`,
    );
  }

  public async operate<T>(role: Role, operation: string, topic: string): Promise<T> {
    const rows = await this.rest<{ data: (T & { error_message: string | null })[] }>(
      role,
      'POST',
      `/links/${this.linkName}/mirrors:${operation}?include_partition_level_truncation_data=true`,
      { mirror_topic_names: [topic] },
    );
    if (rows.data[0].error_message !== null) {
      throw new Error(rows.data[0].error_message);
    }
    return rows.data[0];
  }

  public async stopped(role: Role, topic: string): Promise<void> {
    await this.mirrorThat(role, topic, 'stopped', ({ mirror_status: status }) => status === 'STOPPED');
  }

  public async active(role: Role, topic: string): Promise<void> {
    await this.mirrorThat(role, topic, 'active', ({ mirror_status: status }) => status === 'ACTIVE');
  }

  public async caughtUp(role: Role, topic: string): Promise<void> {
    await this.mirrorThat(
      role,
      topic,
      'caught up',
      ({ mirror_status: status, mirror_lags: lags }) => status === 'ACTIVE' && lags.every(({ lag }) => lag === 0),
    );
  }

  private async mirrorThat(role: Role, topic: string, what: string, is: (mirror: MirrorState) => boolean) {
    let last: MirrorState | undefined;
    await eventually(async () => (last = await this.mirror(role, topic)), is, {
      what: `that ${topic} on the ${role} is ${what}`,
      // It stays so.
      died: () => (last?.mirror_status === 'FAILED' ? 'it has failed' : undefined),
    });
  }

  /** A client that knows the bootstrap name and is answered where the lab's hosts file says. */
  public async client(role: Role, { key, secret }: Key): Promise<Kafka> {
    const { caFile, hostsFile, clusters } = (await this.status()).kafka;
    const addresses = new Map(
      readFileSync(hostsFile, 'utf8')
        .split('\n')
        .flatMap((line) =>
          line
            .split(' ')
            .slice(1)
            .map((name): [string, string] => [name, line.split(' ')[0]]),
        ),
    );
    return new Kafka({
      clientId: 'test',
      brokers: [clusters[this.sample[role].clusterId].bootstrap],
      ssl: { ca: [readFileSync(caFile, 'utf8')] },
      sasl: { mechanism: 'plain', username: key, password: secret },
      logLevel: logLevel.NOTHING,
      retry: { retries: 2 },
      socketFactory: ({ host, port, ssl, onConnect }) =>
        connectTls({ host: addresses.get(host) ?? host, port, servername: host, ...ssl }, onConnect),
    });
  }

  public async produce(
    role: Role,
    key: Key,
    topic: string,
    messages: {
      key?: string;
      value: string | null;
      partition: number;
      headers?: Record<string, string>;
      timestamp?: string;
    }[],
  ): Promise<void> {
    const producer = (await this.client(role, key)).producer({ createPartitioner: Partitioners.DefaultPartitioner });
    try {
      await producer.connect();
      await producer.send({ topic, acks: -1, messages });
    } finally {
      await producer.disconnect();
    }
  }

  /** What the brokers hold, by Kafka's own console consumer: offset, key, headers, timestamp and value of each record. */
  public async dump(role: Role, topic: string): Promise<string[]> {
    const server = await this.innerServer(role);
    const count = await recordsOf(server, topic);
    if (count === 0) {
      return [];
    }
    const [command, ...args] = await consoleConsumer(server, topic, '--max-messages', String(count));
    const { stdout } = await promisify(execFile)(command, args, { maxBuffer: 100_000_000, timeout: 300_000 });
    return stdout.split('\n').filter(Boolean).sort();
  }

  /** How many records the brokers hold. */
  public async count(role: Role, topic: string): Promise<number> {
    return recordsOf(await this.innerServer(role), topic);
  }

  private async innerServer(role: Role): Promise<string> {
    const [{ address }] = (await this.status()).kafka.clusters[this.sample[role].clusterId].brokers;
    return `${address}:9094`;
  }

  private async send<T>(url: string, { key, secret }: Key, method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

/** Kafka's own console consumer, from the first record on: offset, partition, key, headers, timestamp and value in a line. */
export async function consoleConsumer(server: string, topic: string, ...more: readonly string[]): Promise<string[]> {
  const shown = ['offset', 'partition', 'key', 'headers', 'timestamp'].flatMap((what) => [
    '--formatter-property',
    `print.${what}=true`,
  ]);
  const range = ['--topic', topic, '--from-beginning', '--timeout-ms', '120000', ...more];
  const words = ['--bootstrap-server', server, ...range, ...shown];
  return java(await kafkaJars(), 'org.apache.kafka.tools.consumer.ConsoleConsumer', ...words);
}

/** How many records a topic has by the offsets of its partitions, which a client that is not under test asks for. */
async function recordsOf(server: string, topic: string): Promise<number> {
  const admin = new Kafka({ clientId: 'test', brokers: [server], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  } finally {
    await admin.disconnect();
  }
}
