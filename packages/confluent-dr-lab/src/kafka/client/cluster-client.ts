import { setTimeout as sleep } from 'node:timers/promises';
import { type Acl, aclKey } from '../../cloud/kafka/acls';
import { INTERNAL_PORT } from '../broker/properties';
import { aclsOf, ANY_ACL } from './cluster-admin';
import { type Kafka, within } from './library';
import {
  type Connection,
  fetchBy,
  type FetchRequest,
  type Fetched,
  produceBy,
  type Produced,
  type ProduceRequest,
} from './record-batches';

const LIMIT_MS = 5000;
/** How long what the controller has written down may take to come to the brokers. */
const HEARD_LIMIT_MS = 30_000;
const LOOK_MS = 5;
const LED_LOOK_MS = 50;
const NO_LEADER = -1;

/** As the brokers know it, a partition is led by none of them. */
class NoLeader extends Error {}

/** What is to be read of a topic's partitions. A time gives the first offset whose record is not older. */
export type OffsetQuery = 'start' | 'end' | { readonly sinceMs: number };

/**
 * Talks to the brokers of a cluster past its names, keys and ACLs, over the listener that is the lab's own. Batches of
 * records are handed on as they are: nobody has to know how they are compressed.
 */
export class ClusterClient {
  private readonly connections = new Map<number, Promise<Connection>>();
  private leadersOf = new Map<string, number[]>();

  /** @param addresses by the brokers' numbers */
  constructor(
    private readonly kafka: Kafka,
    private readonly addresses: readonly string[],
    private readonly clientId: string,
  ) {}

  /** The brokers that lead the partitions of these topics; asks again for those that are not known. */
  public async leaders(topics: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const unknown = topics.filter((topic) => !this.leadersOf.has(topic));
    if (unknown.length > 0) {
      const answer = await this.ask('metadata', undefined, (connection) =>
        this.kafka.metadataV12.api.async(connection, unknown, false, false),
      );
      for (const { name, partitions } of answer.topics) {
        const leaders: number[] = [];
        partitions.forEach(({ partitionIndex, leaderId }) => (leaders[partitionIndex] = leaderId));
        if (name && leaders.length > 0 && !leaders.includes(NO_LEADER)) {
          this.leadersOf.set(name, leaders);
        }
      }
    }
    return new Map(topics.map((topic) => [topic, this.leadersOf.get(topic) ?? []]));
  }

  /** To be called when an answer does not fit what is known of the leaders. */
  public forgetLeaders(): void {
    this.leadersOf = new Map();
  }

  /** By topic, one offset a partition. */
  public async offsets(topics: ReadonlyMap<string, number>, query: OffsetQuery): Promise<Map<string, number[]>> {
    try {
      return await this.readOffsets(topics, query);
    } catch {
      this.forgetLeaders();
      return this.readOffsets(topics, query);
    }
  }

  /**
   * Resolves once a topic that was made a moment ago can be used: the controller answers when it has written it down, and the
   * brokers that are to lead its partitions hear of it later.
   */
  public async untilLed(topic: string, partitions: number): Promise<void> {
    const end = Date.now() + HEARD_LIMIT_MS;
    for (;;) {
      try {
        await this.readOffsets(new Map([[topic, partitions]]), 'end');
        return;
      } catch (error) {
        const isEarly = error instanceof this.kafka.ResponseError || error instanceof NoLeader;
        if (!isEarly || Date.now() > end) {
          throw error;
        }
      }
      this.forgetLeaders();
      await sleep(LED_LOOK_MS);
    }
  }

  private async readOffsets(topics: ReadonlyMap<string, number>, query: OffsetQuery): Promise<Map<string, number[]>> {
    const timestamp = query === 'start' ? -2n : query === 'end' ? -1n : BigInt(query.sinceMs);
    const leaders = await this.leaders([...topics.keys()]);
    const found = new Map<string, number[]>([...topics.keys()].map((topic) => [topic, []]));
    const byLeader = new Map<number, Map<string, number[]>>();
    for (const [topic, count] of topics) {
      for (let partition = 0; partition < count; partition += 1) {
        const leader = leaders.get(topic)?.[partition];
        if (leader === undefined) {
          throw new NoLeader(`Partition ${partition} of topic ${topic} has no leader`);
        }
        const wanted = byLeader.get(leader) ?? new Map<string, number[]>();
        wanted.set(topic, [...(wanted.get(topic) ?? []), partition]);
        byLeader.set(leader, wanted);
      }
    }
    await Promise.all(
      [...byLeader].map(async ([leader, wanted]) => {
        const request = [...wanted].map(([name, partitions]) => ({
          name,
          partitions: partitions.map((partitionIndex) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp })),
        }));
        const answer = await this.ask('offsets', leader, (connection) =>
          this.kafka.listOffsetsV7.api.async(connection, -1, 0, request),
        );
        for (const { name, partitions } of answer.topics) {
          partitions.forEach(({ partitionIndex, offset }) => (found.get(name)![partitionIndex] = Number(offset)));
        }
      }),
    );
    return found;
  }

  public fetch(broker: number, requests: readonly FetchRequest[], waitMs: number): Promise<Fetched[]> {
    return this.ask('fetch', broker, (connection) => fetchBy(this.kafka, connection, requests, waitMs));
  }

  /** One batch a partition; the broker refuses another. */
  public produce(broker: number, requests: readonly ProduceRequest[]): Promise<Produced[]> {
    return this.ask('produce', broker, (connection) => produceBy(this.kafka, connection, requests, LIMIT_MS));
  }

  /**
   * Resolves once each of these brokers holds its clients to these ACLs. The controller answers when it has written them
   * down; a broker that is busy, or starts, hears of them later, and lets clients do until then what they forbid.
   */
  public async untilHeld(brokers: readonly number[], acls: readonly Acl[]): Promise<void> {
    const end = Date.now() + HEARD_LIMIT_MS;
    await Promise.all(
      brokers.map(async (broker) => {
        while (!(await this.holds(broker, acls))) {
          if (Date.now() > end) {
            throw new Error(`broker ${broker} does not know of ACLs that were made ${HEARD_LIMIT_MS} ms ago`);
          }
          await sleep(LOOK_MS);
        }
      }),
    );
  }

  private async holds(broker: number, acls: readonly Acl[]): Promise<boolean> {
    const { resources } = await this.ask('ACLs', broker, (connection) =>
      this.kafka.describeAclsV3.api.async(connection, ANY_ACL),
    );
    const known = new Set(aclsOf(this.kafka, resources).map(aclKey));
    return acls.every((acl) => known.has(aclKey(acl)));
  }

  /** Whether any of the brokers answers. */
  public answers(): Promise<boolean> {
    return this.ask('an answer', undefined, (connection) =>
      this.kafka.metadataV12.api.async(connection, [], false, false),
    ).then(
      () => true,
      () => false,
    );
  }

  public async close(): Promise<void> {
    const open = [...this.connections.values()];
    this.connections.clear();
    await Promise.all(open.map((connection) => connection.then((c) => drop(c)).catch(() => undefined)));
  }

  /** @param broker undefined for any that answers */
  private async ask<T>(
    what: string,
    broker: number | undefined,
    send: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    const candidates = broker === undefined ? this.addresses.map((_, index) => index) : [broker];
    let failure: unknown;
    for (const index of candidates) {
      try {
        const connection = await within(LIMIT_MS, `connecting for ${what}`, this.connection(index));
        return await within(LIMIT_MS, what, send(connection));
      } catch (error) {
        failure = error;
        if (!(error instanceof this.kafka.ResponseError)) {
          await this.disconnect(index);
        }
      }
    }
    throw failure;
  }

  private connection(index: number): Promise<Connection> {
    const known = this.connections.get(index);
    if (known) {
      return known;
    }
    const opening = this.open(index);
    this.connections.set(index, opening);
    opening.catch(() => this.connections.delete(index));
    return opening;
  }

  private async open(index: number): Promise<Connection> {
    const connection = new this.kafka.Connection(this.clientId, { connectTimeout: 2000, requestTimeout: LIMIT_MS });
    const forget = (): void => {
      if (this.connections.get(index) === opened) {
        this.connections.delete(index);
      }
    };
    connection.on('error', forget);
    connection.on('close', forget);
    const opened: Promise<Connection> | undefined = this.connections.get(index);
    await connection.connect(this.addresses[index], INTERNAL_PORT);
    return connection;
  }

  private async disconnect(index: number): Promise<void> {
    const connection = this.connections.get(index);
    this.connections.delete(index);
    await connection?.then(drop).catch(() => undefined);
  }
}

/** Without waiting for answers that are under way. */
function drop(connection: Connection): void {
  connection.socket?.destroy();
}
