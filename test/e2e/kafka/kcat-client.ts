import { type ChildProcess } from 'node:child_process';
import { Program } from '../../support/waiting';
import { type Machine } from '../../../packages/confluent-dr-lab/src/machine/machine';
import { PASSWORD, USER } from './cluster';

export interface KcatOptions {
  readonly bootstrap: string;
  readonly topic: string;
  readonly caFile: string;
  /** More of librdkafka's properties. */
  readonly properties?: Readonly<Record<string, string | number>>;
}

export function kcat(mode: readonly string[], { bootstrap, topic, caFile, properties }: KcatOptions): string[] {
  const all = {
    'security.protocol': 'SASL_SSL',
    'sasl.mechanisms': 'PLAIN',
    'sasl.username': USER,
    'sasl.password': PASSWORD,
    'ssl.ca.location': caFile,
    ...properties,
  };
  const flags = Object.entries(all).flatMap(([key, value]) => ['-X', `${key}=${value}`]);
  return ['kcat', '-b', `${bootstrap}:9092`, ...flags, ...mode, '-t', topic];
}

/** A long-running kcat, which by -E does not give up when all brokers are gone: what it was fed, what it printed, what it complained of. */
export class KcatClient {
  readonly printed: { line: string; at: number }[] = [];
  readonly complaints: { line: string; at: number }[] = [];
  readonly fed: string[] = [];
  private feeding?: NodeJS.Timeout;
  private readonly program: Program;

  private constructor(private readonly child: ChildProcess) {
    const lines = (chunk: Buffer): { line: string; at: number }[] =>
      chunk
        .toString()
        .split('\n')
        .filter(Boolean)
        .map((line) => ({ line, at: Date.now() }));
    child.stdout!.on('data', (chunk: Buffer) => this.printed.push(...lines(chunk)));
    child.stderr!.on('data', (chunk: Buffer) => this.complaints.push(...lines(chunk)));
    child.stdin!.on('error', () => undefined);
    this.program = new Program(child, 'kcat');
  }

  static consumer(world: Machine, options: KcatOptions): KcatClient {
    return new KcatClient(world.spawn(kcat(['-C', '-o', 'beginning', '-u', '-E'], options), { stdio: 'pipe' }));
  }

  /** A producer that waits for all replicas and is fed 20 records a second. */
  static producer(world: Machine, label: string, options: KcatOptions): KcatClient {
    const acknowledged = { ...options, properties: { acks: 'all', ...options.properties } };
    const client = new KcatClient(world.spawn(kcat(['-P', '-E'], acknowledged), { stdio: 'pipe' }));
    client.feeding = setInterval(() => {
      client.fed.push(`${label}-${client.fed.length}`);
      client.child.stdin!.write(`${client.fed.at(-1)}\n`);
    }, 50);
    return client;
  }

  get died(): string | undefined {
    return this.program.died();
  }

  /** Ends the feed; kcat leaves with 0 only when every record was acknowledged. */
  async finish(): Promise<number | null> {
    clearInterval(this.feeding);
    this.child.stdin!.end();
    return (await this.program.ended()).code;
  }

  /** A consumer has no end of its own. */
  stop(): void {
    clearInterval(this.feeding);
    this.child.stdin!.end();
    this.child.kill('SIGKILL');
  }
}
