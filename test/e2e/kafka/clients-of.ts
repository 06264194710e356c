import { eventually } from '../../support/waiting';
import { bootstrapName, type Role } from '../proxy/harness/network';
import { KafkaJsClient } from './kafkajs-client';
import { KcatClient } from './kcat-client';
import { BROKERS, type KafkaLab } from './lab';

/** A producer and a consumer of each library on one topic, with their default patience. */
export class ClientsOf {
  private constructor(
    readonly kafkajsProducer: KafkaJsClient,
    readonly kafkajsConsumer: KafkaJsClient,
    readonly kcatProducer: KcatClient,
    readonly kcatConsumer: KcatClient,
  ) {}

  static start(lab: KafkaLab, role: Role, topic: string): ClientsOf {
    const options = { bootstrap: bootstrapName(role), topic, caFile: lab.caFile };
    const kafkajs = (mode: 'produce' | 'consume'): KafkaJsClient =>
      KafkaJsClient.start(lab.network.world, {
        ...options,
        mode,
        label: `kafkajs-${topic}`,
        partitions: BROKERS[role],
      });
    return new ClientsOf(
      kafkajs('produce'),
      kafkajs('consume'),
      KcatClient.producer(lab.network.world, `kcat-${topic}`, options),
      KcatClient.consumer(lab.network.world, options),
    );
  }

  /** Waits until, since then, something was acknowledged to each producer and reached each consumer. */
  async flowSince(at: number): Promise<void> {
    const clients = [this.kafkajsProducer, this.kafkajsConsumer, this.kcatProducer, this.kcatConsumer];
    await eventually(
      () => this.stalledSince(at),
      ({ length }) => length === 0,
      { what: 'that all clients flow', died: () => clients.flatMap(({ died }) => died ?? [])[0] },
    );
  }

  private stalledSince(at: number): string[] {
    const printed = (values: RegExp): boolean =>
      this.kcatConsumer.printed.some(({ line, at: when }) => when >= at && values.test(line));
    const flows = {
      'kafkajs producer': this.kafkajsProducer.after('acknowledged', at) !== undefined,
      'kafkajs consumer': this.kafkajsConsumer.after('received', at) !== undefined,
      // kcat does not tell each acknowledgement; that another client got the record does.
      'kcat producer': this.kafkajsConsumer.events.some((event) => event.at >= at && event.value.startsWith('kcat-')),
      'kcat consumer': printed(/./),
    };
    return Object.entries(flows).flatMap(([client, flowing]) => (flowing ? [] : client));
  }

  /** Ends the producers; returns the values acknowledged. */
  async finishProducing(): Promise<{ acknowledged: string[]; kcatExit: number | null }> {
    const [kcatExit] = await Promise.all([this.kcatProducer.finish(), this.kafkajsProducer.stop()]);
    const kcatValues = kcatExit === 0 ? this.kcatProducer.fed : [];
    return { acknowledged: [...this.kafkajsProducer.values('acknowledged'), ...kcatValues], kcatExit };
  }

  received(): { kafkajs: string[]; kcat: string[] } {
    return {
      kafkajs: this.kafkajsConsumer.values('received'),
      kcat: [...new Set(this.kcatConsumer.printed.map(({ line }) => line))],
    };
  }

  errors(since: number): string[] {
    const complaints = [...this.kcatProducer.complaints, ...this.kcatConsumer.complaints];
    const kcatErrors = complaints.filter(({ line, at }) => at >= since && /ERROR|FAIL|error/.test(line));
    return [
      ...this.kafkajsProducer.errors(since),
      ...this.kafkajsConsumer.errors(since),
      ...kcatErrors.map(({ line }) => line),
    ];
  }

  async stop(): Promise<void> {
    this.kcatConsumer.stop();
    this.kcatProducer.stop();
    await Promise.all([this.kafkajsConsumer.stop(), this.kafkajsProducer.stop()]);
  }
}

export const missing = (wanted: readonly string[], had: readonly string[]): string[] => {
  const set = new Set(had);
  return wanted.filter((value) => !set.has(value));
};
