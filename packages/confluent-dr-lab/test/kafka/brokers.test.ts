import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../../../test/support/waiting';
import { freeAddresses } from '../../src/kafka/broker/addresses';
import { BrokerCluster } from '../../src/kafka/broker/broker-cluster';
import { makeCertificates } from '../../src/kafka/broker/certificates';
import { CHECKSUMS } from '../../src/kafka/broker/checksums';
import { cacheFolder, kafkaClassPath, needsMaven, NotAvailable, refuseOtherJars } from '../../src/kafka/broker/jars';
import { java, type KafkaJars } from '../../src/kafka/broker/java';
import { endLeftovers } from '../../src/kafka/broker/leftovers';
import { apiKeys, brokerProperties } from '../../src/kafka/broker/properties';
import { requireBrokerTools } from '../../src/kafka/broker/requirements';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brokers-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe("Kafka's jars", () => {
  test('are each known by the SHA-256 of their content', () => {
    expect(Object.keys(CHECKSUMS)).toContain('kafka_2.13-4.3.1.jar');
    expect(Object.keys(CHECKSUMS)).toContain('kafka-oauth-server-plain-0.17.1.jar');
    expect(Object.values(CHECKSUMS).filter((sum) => !/^[0-9a-f]{64}$/.test(sum))).toEqual([]);
  });

  test.each([
    ['is another', { 'a.jar': 'evil' }, /another content of a\.jar/],
    ['is missing', {}, /without a\.jar/],
    ['nobody asked for', { 'a.jar': 'good', 'b.jar': 'more' }, /with b\.jar, which nobody asked for/],
  ])('are refused where one %s', async (_what, files, message) => {
    Object.entries(files).forEach(([name, content]) => writeFileSync(join(folder, name), content));
    await expect(refuseOtherJars(folder, { 'a.jar': sha256('good') })).rejects.toThrow(message);
  });

  test('are taken where all are as known', async () => {
    writeFileSync(join(folder, 'a.jar'), 'good');
    await expect(refuseOtherJars(folder, { 'a.jar': sha256('good') })).resolves.toBeUndefined();
  });

  test('are kept below XDG_CACHE_HOME, and Maven is needed once', async () => {
    const env = { XDG_CACHE_HOME: folder };
    expect(cacheFolder(env)).toBe(join(folder, 'confluent-dr', 'kafka-4.3.1'));
    expect(needsMaven(env)).toBe(true);
    const jars = join(cacheFolder(env), 'jars');
    mkdirSync(jars, { recursive: true });
    Object.keys(CHECKSUMS).forEach((name) => writeFileSync(join(jars, name), ''));
    expect(needsMaven(env)).toBe(false);
    expect(await kafkaClassPath(env)).toBe(join(jars, '*'));
  });

  test('are those of KAFKA_HOME where it names a Kafka that can ask for API keys', async () => {
    const env = { KAFKA_HOME: folder, XDG_CACHE_HOME: join(folder, 'none') };
    expect(needsMaven(env)).toBe(false);
    await expect(kafkaClassPath(env)).rejects.toThrow(/neither Kafka 4 nor io\.strimzi:kafka-oauth-server-plain/);
    mkdirSync(join(folder, 'libs'));
    writeFileSync(join(folder, 'libs/kafka_2.13-4.3.1.jar'), '');
    await expect(kafkaClassPath(env)).rejects.toThrow(/Kafka 4, but not io\.strimzi/);
    writeFileSync(join(folder, 'libs/kafka-oauth-server-plain-0.17.1.jar'), '');
    expect(await kafkaClassPath(env)).toBe(join(folder, 'libs', '*'));
  });
});

describe('A machine without what brokers need', () => {
  const tool = (name: string, script: string): void =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = (): NodeJS.ProcessEnv => ({ PATH: folder, XDG_CACHE_HOME: folder });

  beforeEach(() => symlinkSync('/bin/sh', join(folder, 'sh')));

  test('is told all of it at once, and how to get it', () => {
    expect(() => requireBrokerTools(env())).toThrow(NotAvailable);
    expect(() => requireBrokerTools(env())).toThrow(
      /java, Java 17 .*apt-get install openjdk-17-jre-headless\n.*openssl, .*apt-get install openssl\n.*mvn, .*apt-get install maven/,
    );
  });

  test('needs no Maven where a Kafka is named', () => {
    tool('java', `echo 'openjdk version "21.0.2" 2024-01-16' >&2`);
    tool('openssl', '');
    expect(() => requireBrokerTools({ ...env(), KAFKA_HOME: folder })).not.toThrow();
    expect(() => requireBrokerTools(env())).toThrow(/^Brokers need what this machine has not:\n {2}mvn, [^\n]*$/);
  });

  test.each(['1.8.0_392', '11.0.21'])('is told that Java %s is too old', (version) => {
    tool('java', `echo 'openjdk version "${version}"' >&2`);
    tool('openssl', '');
    tool('mvn', '');
    expect(() => requireBrokerTools(env())).toThrow(/java of another version than (8|11): Java 17 or later/);
  });
});

describe("A broker's settings", () => {
  const properties = {
    index: 1,
    brokers: 3,
    external: { address: '127.70.1.11', name: 'b1-pkc-1.westeurope.azure.confluent.cloud' },
    internalAddress: (index: number) => `127.70.1.${10 + index}`,
    data: '/data',
    keystore: '/keystore.pem',
    authentication: apiKeys('http://127.0.0.1:1/lab/v1/brokers/lkc-1', 's3cret'),
    superUsers: ['User:ANONYMOUS'],
  };

  test('advertise the name of Confluent Cloud, and keep the copies of three brokers', () => {
    const lines = brokerProperties(properties).split('\n');
    expect(lines).toContain(
      'advertised.listeners=EXTERNAL://b1-pkc-1.westeurope.azure.confluent.cloud:9092,INTERNAL://127.70.1.11:9094',
    );
    expect(lines).toContain('process.roles=broker');
    expect(lines).toContain('controller.quorum.voters=0@127.70.1.10:9093');
    expect(lines).toContain('default.replication.factor=3');
    expect(lines).toContain('min.insync.replicas=2');
  });

  test('ask the lab who a key is, and are not among the arguments of the process', () => {
    expect(brokerProperties(properties)).toContain('oauth.client.secret="s3cret"');
    expect(java({ classPath: 'x' }, 'kafka.Kafka', '/p').join(' ')).not.toContain('s3cret');
  });
});

describe('Certificates of a lab', () => {
  test("keep the server's key from others, and the CA's from everybody", () => {
    const { caFile, keystoreFile } = makeCertificates(join(folder, 'certificates'), [
      '*.westeurope.azure.confluent.cloud',
    ]);
    expect(statSync(keystoreFile).mode & 0o077).toBe(0);
    expect(readFileSync(keystoreFile, 'utf8').match(/BEGIN [A-Z ]+/g)).toEqual([
      'BEGIN PRIVATE KEY',
      'BEGIN CERTIFICATE',
      'BEGIN CERTIFICATE',
    ]);
    expect(readFileSync(caFile, 'utf8')).not.toContain('PRIVATE');
    expect(existsSync(join(folder, 'certificates/ca.key'))).toBe(false);
  });
});

describe('Addresses of brokers', () => {
  test('are of the loopback interface, the same for the same cluster, others for another', async () => {
    const [one, again, other] = [
      await freeAddresses('lkc-one', 3),
      await freeAddresses('lkc-one', 3),
      await freeAddresses('lkc-other', 3),
    ];
    expect(one).toEqual(again);
    expect(new Set([...one, ...other]).size).toBe(6);
    expect([...one, ...other].filter((address) => !/^127\.(6[4-9]|[7-9]\d|1\d\d)\.\d+\.1[0-2]$/.test(address))).toEqual(
      [],
    );
  });

  test('are none at which somebody listens', async () => {
    const [taken] = await freeAddresses('lkc-busy', 1);
    const server = createServer().listen(9092, taken);
    await once(server, 'listening');
    const [address] = await freeAddresses('lkc-busy', 1);
    server.close();
    expect(address).not.toBe(taken);
  });
});

describe('The data of brokers that start for the first time', () => {
  let started: ReturnType<typeof spawn>[];

  /** Brokers of which none is a JVM: for each of them something sleeps. */
  const clusterOf = (name: string, jars: Partial<KafkaJars>) => {
    const commands: string[][] = [];
    const files = (index: number): string => join(folder, `${name}-${index}`);
    started = [];
    const cluster = new BrokerCluster({
      jars: { classPath: 'jars/*', ...jars },
      ...{ folder, name, addresses: ['127.70.1.10', '127.70.1.11'], properties: () => '' },
      host: {
        spawn: (command, options) => {
          commands.push([...command]);
          const isFormat = command.includes('format');
          if (isFormat) {
            writeFileSync(join(files(0), 'bootstrap.checkpoint'), 'by the tool');
          }
          started.push(spawn('sleep', [isFormat ? '0' : '600'], options));
          return started.at(-1)!;
        },
        isOpen: () => Promise.resolve(true),
      },
    });
    const read = (file: string): string[] => [0, 1].map((index) => readFileSync(join(files(index), file), 'utf8'));
    return { cluster, commands, read, formats: () => commands.filter((command) => command.includes('format')) };
  };

  afterEach(() => started.forEach((child) => child.kill('SIGKILL')));

  test('is written without a JVM where it is known what the tool writes, and not again', async () => {
    const bootstrapFile = join(folder, 'bootstrap-1.checkpoint');
    writeFileSync(bootstrapFile, 'by an earlier lab');
    const { cluster, formats, read, commands } = clusterOf('lkc-1', { bootstrapFile });
    await cluster.start();
    expect([formats(), commands.length]).toEqual([[], 2]);
    expect(read('bootstrap.checkpoint')).toEqual(['by an earlier lab', 'by an earlier lab']);
    const metas = read('meta.properties');
    expect(metas.map((text) => /^node\.id=(.*)$/m.exec(text)![1])).toEqual(['0', '1']);
    const ids = metas.map((text) => /^cluster\.id=([\w-]{22})$/m.exec(text)![1]);
    expect(ids[0]).toBe(ids[1]);
    const other = clusterOf('lkc-2', { bootstrapFile });
    await cluster.stop();
    await other.cluster.start();
    expect(other.read('meta.properties')[0]).not.toContain(ids[0]);
    await other.cluster.stop();
    writeFileSync(bootstrapFile, 'by a later lab');
    await cluster.start();
    expect(read('bootstrap.checkpoint')).toEqual(['by an earlier lab', 'by an earlier lab']);
    await cluster.stop();
  });

  test.each([
    ['nobody knows it', undefined],
    ['what was known is gone', 'gone.checkpoint'],
  ])('is written once by the tool where %s', async (_why, bootstrapFile) => {
    const { cluster, formats, read } = clusterOf('lkc-1', {
      bootstrapFile: bootstrapFile && join(folder, bootstrapFile),
    });
    await cluster.start();
    expect(formats().length).toBe(1);
    expect(read('bootstrap.checkpoint')).toEqual(['by the tool', 'by the tool']);
    await cluster.stop();
  });
});

describe('Brokers that a killed lab left', () => {
  test('are ended, also when they are frozen, and others that have their number by now are not', async () => {
    const properties = join(folder, 'lkc-1-0.properties');
    const broker = spawn('sh', ['-c', 'sleep 600; true', properties], { stdio: 'ignore' });
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    const ended = once(stranger, 'exit');
    broker.kill('SIGSTOP');
    writeFileSync(join(folder, 'lkc-1-0.pid'), String(broker.pid));
    writeFileSync(join(folder, 'lkc-2-0.pid'), String(stranger.pid));
    await endLeftovers(folder);
    expect(isAlive(broker.pid!)).toBe(false);
    expect(existsSync(join(folder, 'lkc-1-0.pid'))).toBe(false);
    expect(existsSync(join(folder, 'lkc-2-0.pid'))).toBe(false);
    stranger.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
  });
});
