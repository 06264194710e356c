import { type Cloud, type CloudOptions, type Sample, type SampleMember, startCloud } from '../../../src/cloud';
import { call, type Call, type Key, type Reply } from './client';
import { otherSide, type Side, STEP } from './model-pair';

export const LINK = 'orders-dr';

/** A row of an answer, to be looked at field by field. */
export type Row = Readonly<Record<string, unknown>>;

const clouds: Cloud[] = [];

/** Closes what `Lab.start` opened; call it after each test. */
export async function closeLabs(): Promise<void> {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()));
}

/** A cloud over HTTP whose time stands still until the test moves it on, and short ways to call it. */
export class Lab {
  public static async start(options: CloudOptions = {}): Promise<Lab> {
    const timing = { mirrorTransitionMs: STEP, fetchMs: 100, ...options.timing };
    const cloud = await startCloud({ rate: 0, ...options, timing });
    clouds.push(cloud);
    const bootstraps = await cloud.perform((state) =>
      [...state.kafkaClusters.values()].map(({ id, bootstrapHost }) => [id, `SASL_SSL://${bootstrapHost}:9092`]),
    );
    return new Lab(cloud, Object.fromEntries(bootstraps) as Record<string, string>);
  }

  private constructor(
    public readonly cloud: Cloud,
    private readonly bootstraps: Readonly<Record<string, string>>,
  ) {}

  public get sample(): Sample {
    return this.cloud.sample!;
  }

  public member(side: Side): SampleMember {
    return this.sample[side];
  }

  /** The control plane, as its administrator unless told otherwise. */
  public control<T = Row>(request: string, body?: unknown, options: Call = {}): Promise<Reply<T>> {
    return this.send(this.cloud.url, request, { key: this.sample.cloud, body, ...options });
  }

  /** Kafka REST of one side, below its cluster. */
  public kafka<T = Row>(side: Side, request: string, body?: unknown, options: Call = {}): Promise<Reply<T>> {
    const { clusterId, kafka } = this.member(side);
    const base = `${this.cloud.endpointOf(clusterId)}/kafka/v3/clusters/${clusterId}`;
    return this.send(base, request, { key: kafka, body, ...options });
  }

  public registry<T = Row>(side: Side, request: string, body?: unknown, options: Call = {}): Promise<Reply<T>> {
    const { registryId, schemaRegistry } = this.member(side);
    return this.send(this.cloud.endpointOf(registryId), request, { key: schemaRegistry, body, ...options });
  }

  public lab<T = Row>(request: string, body?: unknown): Promise<Reply<T>> {
    return this.send(this.cloud.url, request.replace(' ', ' /lab/v1'), { body });
  }

  public async wait(advanceMs: number): Promise<void> {
    await this.lab('POST /clock', { advanceMs });
  }

  /** Rows of a list. */
  public async rows(side: Side, request: string): Promise<Row[]> {
    return (await this.kafka<{ data: Row[] }>(side, request)).body.data;
  }

  public createLink(side: Side, settings: Readonly<Record<string, string>> = {}, query = ''): Promise<Reply<Row>> {
    const remote = this.member(otherSide(side));
    return this.kafka(side, `POST /links?link_name=${LINK}${query}`, this.linkBody(remote, settings));
  }

  public linkBody(remote: SampleMember, settings: Readonly<Record<string, string>> = {}): object {
    const all = {
      'link.mode': 'BIDIRECTIONAL',
      'bootstrap.servers': this.bootstraps[remote.clusterId],
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'PLAIN',
      'sasl.jaas.config': jaas(remote.kafka),
      ...settings,
    };
    const configs = Object.entries(all).map(([name, value]) => ({ name, value }));
    return { remote_cluster_id: remote.clusterId, configs };
  }

  /** A topic on the primary, a link each way, its mirror on the secondary, and the ACLs for a reversal. */
  public async pair(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.kafka('primary', 'POST /topics', { topic_name: 'orders', partitions_count: 2 });
    for (const side of ['secondary', 'primary'] as const) {
      await this.createLink(side, settings);
      await this.allowReversal(side);
    }
    await this.kafka('secondary', `POST /links/${LINK}/mirrors`, { source_topic_name: 'orders' });
    await this.wait(200);
  }

  public async allowReversal(side: Side): Promise<void> {
    for (const [type, name, operation] of [
      ['TOPIC', 'orders', 'READ'],
      ['TOPIC', 'orders', 'DESCRIBE_CONFIGS'],
      ['CLUSTER', 'kafka-cluster', 'DESCRIBE'],
      ['CLUSTER', 'kafka-cluster', 'ALTER'],
    ]) {
      await this.kafka(side, 'POST /acls', this.acl(type, name, operation));
    }
  }

  public acl(resourceType: string, resourceName: string, operation: string): object {
    return {
      resource_type: resourceType,
      resource_name: resourceName,
      pattern_type: 'LITERAL',
      principal: `User:${this.sample.administratorId}`,
      host: '*',
      operation,
      permission: 'ALLOW',
    };
  }

  public operate(side: Side, operation: string, query = ''): Promise<Reply<{ data: Row[] }>> {
    return this.kafka(side, `POST /links/${LINK}/mirrors:${operation}${query}`, { mirror_topic_names: ['orders'] });
  }

  public async mirror(side: Side, query = ''): Promise<Row> {
    return (await this.kafka(side, `GET /links/${LINK}/mirrors/orders${query}`)).body;
  }

  public produce(side: Side, count: number): Promise<Reply<Row>> {
    return this.lab(`POST /clusters/${this.member(side).clusterId}/topics/orders/records`, { count });
  }

  public fault(fault: object): Promise<Reply<Row>> {
    return this.lab('POST /faults', fault);
  }

  /** A key on one side, of an account that may do nothing yet. */
  public async newKey(side: Side): Promise<Key & { ownerId: string }> {
    const account = await this.control('POST /iam/v2/service-accounts', { display_name: `account of ${side}` });
    const owner = { id: account.body.id };
    const resource = { id: this.member(side).clusterId };
    const { body } = await this.control<{ id: string; spec: { secret: string } }>('POST /iam/v2/api-keys', {
      spec: { owner, resource },
    });
    return { key: body.id, secret: body.spec.secret, ownerId: String(account.body.id) };
  }

  private send<T>(base: string, request: string, options: Call): Promise<Reply<T>> {
    const [method, path] = request.split(' ');
    return call<T>(`${method} ${base}${path}`, options);
  }
}

export function jaas({ key, secret }: Key): string {
  return `org.apache.kafka.common.security.plain.PlainLoginModule required username="${key}" password="${secret}";`;
}
