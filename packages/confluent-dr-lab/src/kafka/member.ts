import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Acl, aclKey } from '../cloud/kafka/acls';
import { BrokerCluster } from './broker/broker-cluster';
import { THIS_MACHINE } from './broker/host';
import { type KafkaJars } from './broker/java';
import { apiKeys, brokerProperties } from './broker/properties';
import { ClusterAdmin } from './client/cluster-admin';
import { ClusterClient } from './client/cluster-client';
import { type Kafka } from './client/library';
import { batchesIn, batchOf, emptyRecords } from './link/batches';
import { type MirrorSource, type Power, readOnlyAcl, type DesiredCluster, type DesiredTopic } from './desired-state';

export interface MemberProps {
  readonly id: string;
  readonly bootstrapHost: string;
  readonly addresses: readonly string[];
  readonly folder: string;
  readonly jars: KafkaJars;
  readonly kafka: Kafka;
  readonly keystore: string;
  /** Where the brokers ask for API keys, and with which secret. */
  readonly keys: { readonly url: string; readonly secret: string };
  /** The members that mirrors of this one follow. */
  readonly other: (clusterId: string) => Member | undefined;
}

interface AppliedTopic {
  /** The model's; undefined of one that was there before this lab. */
  readonly id?: string;
  readonly partitions: number;
  readonly settings: ReadonlyMap<string, string>;
}

const LEAD_AT_ONCE = 100_000;

/** The brokers of one of the lab's clusters, and what they were made to hold. */
export class Member {
  public readonly topics = new Map<string, AppliedTopic>();
  public readonly client: ClusterClient;
  public readonly admin: ClusterAdmin;
  public power: Power = 'killed';
  private readonly acls = new Map<string, Acl>();
  private readonly brokers: BrokerCluster;

  constructor(public readonly props: MemberProps) {
    const { id, addresses, bootstrapHost, folder, jars, kafka, keystore, keys } = props;
    this.brokers = new BrokerCluster({
      host: THIS_MACHINE,
      jars,
      folder,
      name: id,
      addresses,
      properties: (index, { data }) =>
        brokerProperties({
          index,
          brokers: addresses.length,
          external: { address: addresses[index], name: `b${index}-${bootstrapHost}` },
          internalAddress: (other) => addresses[other],
          data,
          keystore,
          authentication: apiKeys(keys.url, keys.secret),
          // The lab and its links, which come by the listener without keys.
          superUsers: ['User:ANONYMOUS'],
        }),
    });
    this.client = new ClusterClient(kafka, addresses, 'lab');
    this.admin = new ClusterAdmin(kafka, addresses);
  }

  public get isOn(): boolean {
    return this.power === 'on';
  }

  public get pids(): (number | undefined)[] {
    return this.brokers.pids;
  }

  /** Brings the brokers to what is wanted of them. */
  public async follow(wanted: DesiredCluster): Promise<void> {
    await this.followPower(wanted.power);
    if (!this.isOn) {
      return;
    }
    // Nobody is to write to a mirror before it is closed to them, nor to find less open than was said.
    const acls = new Map(wanted.acls.map((acl) => [aclKey(acl), acl]));
    const added = [...acls].filter(([key]) => !this.acls.has(key));
    const removed = [...this.acls].filter(([key]) => !acls.has(key));
    if (added.length > 0) {
      await this.admin.createAcls(added.map(([, acl]) => acl));
      await this.client.untilHeld(
        [...this.pids.keys()].filter((index) => this.pids[index] !== undefined),
        added.map(([, acl]) => acl),
      );
      added.forEach(([key, acl]) => this.acls.set(key, acl));
    }
    try {
      await this.followTopics(wanted.topics);
    } finally {
      if (removed.length > 0) {
        await this.admin.deleteAcls(removed.map(([, acl]) => acl));
        removed.forEach(([key]) => this.acls.delete(key));
      }
    }
  }

  public isReadOnly(topic: string): boolean {
    return this.acls.has(aclKey(readOnlyAcl(topic)));
  }

  public async openForWriting(topic: string): Promise<void> {
    const acl = readOnlyAcl(topic);
    if (this.acls.has(aclKey(acl))) {
      await this.admin.deleteAcls([acl]);
      this.acls.delete(aclKey(acl));
    }
  }

  public ends(topic: string): Promise<number[]> {
    return this.offsetsOf(topic, 'end');
  }

  /** Puts an empty topic in the place of a mirror, which then is copied from the beginning. */
  public async beginAnew(name: string, wanted: DesiredTopic): Promise<void> {
    if (this.topics.has(name)) {
      await this.remove(name);
    }
    await this.create(name, wanted);
  }

  public async produce(topic: string, count: number, partition?: number): Promise<number[]> {
    const partitions = this.topics.get(topic)?.partitions ?? 0;
    const chosen = partition === undefined ? [...Array(partitions).keys()] : [partition];
    const leaders = await this.client.leaders([topic]);
    await Promise.all(
      chosen.map(async (index, place) => {
        const share = Math.floor(count / chosen.length) + (place < count % chosen.length ? 1 : 0);
        for (let left = share; left > 0; left -= LEAD_AT_ONCE) {
          const values = Array.from(
            { length: Math.min(left, LEAD_AT_ONCE) },
            (_, n) => `lab ${index}/${share - left + n}`,
          );
          await this.write(topic, index, leaders.get(topic)![index], batchOf(values, this.checksum));
        }
      }),
    );
    return this.ends(topic);
  }

  /** Starts brokers that ended by themselves. */
  public async revive(): Promise<void> {
    if (this.isOn && this.pids.includes(undefined)) {
      await this.brokers.start();
    }
  }

  public async stop(): Promise<void> {
    this.power = 'killed';
    await Promise.all([this.client.close(), this.admin.close()]);
    await this.brokers.stop();
  }

  /** For good: nothing of the cluster is left. */
  public async erase(): Promise<void> {
    this.brokers.thaw();
    await this.brokers.kill();
    await this.stop();
    for (const index of this.props.addresses.keys()) {
      for (const end of ['', '.properties', '.log', '.pid']) {
        rmSync(join(this.props.folder, `${this.props.id}-${index}${end}`), { recursive: true, force: true });
      }
    }
  }

  /** Starts, freezes or kills them. */
  public async followPower(power: Power): Promise<void> {
    if (power === this.power) {
      return;
    }
    if (power === 'on') {
      this.brokers.thaw();
      await this.brokers.start();
      this.client.forgetLeaders();
      await this.readWhatIsThere();
    } else if (power === 'frozen') {
      this.power = power;
      this.brokers.freeze();
    } else {
      this.power = power;
      await this.brokers.kill();
    }
    this.power = power;
  }

  private async readWhatIsThere(): Promise<void> {
    this.acls.clear();
    (await this.admin.acls()).forEach((acl) => this.acls.set(aclKey(acl), acl));
    const there = await this.admin.topics();
    for (const [name, partitions] of there) {
      const known = this.topics.get(name);
      this.topics.set(name, { id: known?.id, partitions, settings: known?.settings ?? new Map() });
    }
    for (const name of [...this.topics.keys()].filter((topic) => !there.has(topic))) {
      this.topics.delete(name);
    }
  }

  private async followTopics(wanted: ReadonlyMap<string, DesiredTopic>): Promise<void> {
    for (const [name, { id }] of [...this.topics]) {
      const successor = wanted.get(name);
      if (!successor || (id !== undefined && id !== successor.id)) {
        await this.remove(name);
      }
    }
    // What a broker refuses of one topic, such as a value of a setting, keeps no other topic waiting.
    const problems: string[] = [];
    for (const [name, topic] of wanted) {
      const there = this.topics.get(name);
      await (there ? this.change(name, there, topic) : this.create(name, topic)).catch((error: Error) => {
        problems.push(`${name}: ${error.message}`);
      });
    }
    if (problems.length > 0) {
      throw new Error(problems.join('; '));
    }
  }

  private async change(name: string, there: AppliedTopic, { id, partitions, settings }: DesiredTopic): Promise<void> {
    if (partitions > there.partitions) {
      await this.admin.growTopic(name, partitions);
      this.client.forgetLeaders();
    }
    const changes = new Map<string, string | null>();
    settings.forEach((value, key) => there.settings.get(key) !== value && changes.set(key, value));
    there.settings.forEach((_, key) => !settings.has(key) && changes.set(key, null));
    if (changes.size > 0) {
      await this.admin.changeSettings(name, changes);
    }
    this.topics.set(name, { id, partitions: Math.max(partitions, there.partitions), settings });
  }

  private async create(name: string, { id, partitions, settings, follows }: DesiredTopic): Promise<void> {
    // Found before anything is made: a mirror that begins at the wrong offset is worse than one that is late.
    const starts = follows && (await this.startsOf(follows, partitions));
    await this.admin.createTopic(name, partitions, Math.min(this.props.addresses.length, 3), settings);
    this.client.forgetLeaders();
    const begins = starts?.some((start) => start > 0) === true;
    if (!begins) {
      this.topics.set(name, { id, partitions, settings });
    }
    await this.client.untilLed(name, partitions);
    if (begins) {
      await this.leadTo(name, starts);
      this.topics.set(name, { id, partitions, settings });
    }
  }

  private async remove(name: string): Promise<void> {
    await this.admin.deleteTopic(name);
    this.client.forgetLeaders();
    this.topics.delete(name);
  }

  /** Where the logs of a mirror begin: at the offset that the link's setting names, or before it where a batch holds it. */
  private async startsOf({ clusterId, topic, startingAt }: MirrorSource, partitions: number): Promise<number[]> {
    const source = this.props.other(clusterId);
    if (!source?.isOn) {
      throw new Error(`the cluster ${clusterId}, whose topic ${topic} is to be mirrored, does not answer`);
    }
    const size = new Map([[topic, partitions]]);
    const ends = await source.ends(topic);
    const named = await source.client.offsets(
      size,
      startingAt === 'earliest' ? 'start' : startingAt === 'latest' ? 'end' : { sinceMs: Date.parse(startingAt) },
    );
    const starts = named.get(topic)!.map((offset, index) => (offset < 0 ? ends[index] : offset));
    return Promise.all(
      starts.map(async (start, index) =>
        start === 0 || start >= ends[index] ? start : source.baseOf(topic, index, start),
      ),
    );
  }

  /** The offset of the first record in the batch that holds this offset. */
  private async baseOf(topic: string, partition: number, offset: number): Promise<number> {
    const leader = (await this.client.leaders([topic])).get(topic)![partition];
    const [{ records }] = await this.client.fetch(leader, [{ topic, partition, offset }], 1000);
    return batchesIn(records ?? Buffer.alloc(0))[0]?.baseOffset ?? offset;
  }

  /** Kafka has no way to begin a log at an offset, so it is filled up to there and emptied. */
  private async leadTo(topic: string, starts: readonly number[]): Promise<void> {
    const leaders = (await this.client.leaders([topic])).get(topic)!;
    await Promise.all(
      starts.map(async (start, index) => {
        for (let left = start; left > 0; left -= LEAD_AT_ONCE) {
          await this.write(topic, index, leaders[index], emptyRecords(Math.min(left, LEAD_AT_ONCE), this.checksum));
        }
      }),
    );
    const begun = [...starts.entries()].filter(([, start]) => start > 0);
    await this.admin.deleteRecords(topic, new Map(begun));
  }

  private async write(topic: string, partition: number, leader: number, records: Buffer): Promise<void> {
    const [answer] = await this.client.produce(leader, [{ topic, partition, records }]);
    if (answer?.errorCode !== 0) {
      this.client.forgetLeaders();
      throw new Error(
        `writing to ${topic}, partition ${partition}: error ${answer?.errorCode} ${answer?.errorMessage ?? ''}`,
      );
    }
  }

  private async offsetsOf(topic: string, query: 'start' | 'end'): Promise<number[]> {
    const partitions = this.topics.get(topic)?.partitions;
    if (partitions === undefined) {
      throw new Error(`there is no topic ${topic} on the brokers of ${this.props.id}`);
    }
    return (await this.client.offsets(new Map([[topic, partitions]]), query)).get(topic)!;
  }

  private readonly checksum = (bytes: Buffer): number => this.props.kafka.crc32c(bytes);
}
