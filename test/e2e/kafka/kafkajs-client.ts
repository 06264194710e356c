import { type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { type RetryOptions } from 'kafkajs';
import { Program } from '../../support/waiting';
import { type Machine } from '../../../packages/confluent-dr-lab/src/machine/machine';

export interface KafkaJsOptions {
  readonly mode: 'produce' | 'consume';
  /** Begins each record's value and names the consumer's group. */
  readonly label: string;
  readonly bootstrap: string;
  readonly topic: string;
  readonly partitions: number;
  readonly caFile: string;
  /** @default - until told to stop */
  readonly records?: number;
  readonly requestTimeoutMs?: number;
  readonly retry?: RetryOptions;
}

export interface KafkaJsEvent {
  readonly kind: 'acknowledged' | 'received' | 'failed';
  readonly value: string;
  readonly error?: string;
  readonly at: number;
}

/** A kafkajs client as its users run it: a process that finds the cluster by name, here by the world's hosts file. */
export class KafkaJsClient {
  readonly events: KafkaJsEvent[] = [];
  private readonly program: Program;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (event: KafkaJsEvent) => this.events.push(event));
    this.program = new Program(child, 'kafkajs');
  }

  static start(world: Machine, options: KafkaJsOptions): KafkaJsClient {
    const script = [process.execPath, '--require', 'ts-node/register', join(__dirname, 'kafkajs-process.ts')];
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    return new KafkaJsClient(world.spawn([...script, JSON.stringify(options)], { stdio: [...stdio] }));
  }

  /** The distinct values of one kind of event, in their order. */
  values(kind: KafkaJsEvent['kind']): string[] {
    return [...new Set(this.events.filter((event) => event.kind === kind).map(({ value }) => value))];
  }

  errors(since = 0): string[] {
    return this.events.filter(({ at }) => at >= since).flatMap(({ error }) => error ?? []);
  }

  after(kind: KafkaJsEvent['kind'], at: number): KafkaJsEvent | undefined {
    return this.events.find((event) => event.kind === kind && event.at >= at);
  }

  get died(): string | undefined {
    return this.program.died();
  }

  /** Ends when the client has done what it was asked for. */
  async end(): Promise<void> {
    await this.program.ended();
  }

  async stop(): Promise<void> {
    if (this.child.connected) this.child.send('stop');
    await this.program.ended();
  }
}
