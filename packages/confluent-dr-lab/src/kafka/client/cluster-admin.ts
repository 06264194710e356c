import { type Acl } from '../../cloud/kafka/acls';
import { INTERNAL_PORT } from '../broker/properties';
import { ignoringErrorEvents, type Kafka, within } from './library';

export interface BrokerGroup {
  readonly id: string;
  /** Whether somebody consumes with it. */
  readonly isActive: boolean;
  /** By topic, the next offset of each partition; undefined where none was committed. */
  readonly offsets: ReadonlyMap<string, readonly (number | undefined)[]>;
}

const LIMIT_MS = 10_000;

/** Administers the brokers of a cluster past its names, keys and ACLs. */
export class ClusterAdmin {
  private readonly admin: InstanceType<Kafka['Admin']>;

  constructor(
    private readonly kafka: Kafka,
    addresses: readonly string[],
  ) {
    this.admin = ignoringErrorEvents(
      new kafka.Admin({
        clientId: 'lab',
        bootstrapBrokers: addresses.map((host) => ({ host, port: INTERNAL_PORT })),
        connectTimeout: 2000,
        requestTimeout: LIMIT_MS,
        timeout: LIMIT_MS,
        metadataMaxAge: 0,
        retries: 2,
        retryDelay: 200,
      }),
    );
  }

  /** The partitions of each topic; Kafka's own topics are left out. */
  public async topics(): Promise<Map<string, number>> {
    const names = await this.do('listing topics', this.admin.listTopics({ includeInternals: false }));
    const own = names.filter((name) => !name.startsWith('__'));
    if (own.length === 0) {
      return new Map();
    }
    const { topics } = await this.do('describing topics', this.admin.metadata({ topics: own, forceUpdate: true }));
    return new Map([...topics].map(([name, { partitionsCount }]) => [name, partitionsCount]));
  }

  public async createTopic(
    name: string,
    partitions: number,
    replicas: number,
    settings: ReadonlyMap<string, string>,
  ): Promise<void> {
    const configs = [...settings].map(([key, value]) => ({ name: key, value }));
    await this.do(`creating ${name}`, this.admin.createTopics({ topics: [name], partitions, replicas, configs }));
  }

  public async deleteTopic(name: string): Promise<void> {
    await this.do(`deleting ${name}`, this.admin.deleteTopics({ topics: [name] }));
  }

  public async growTopic(name: string, count: number): Promise<void> {
    await this.do(`growing ${name}`, this.admin.createPartitions({ topics: [{ name, count, assignments: null }] }));
  }

  /** A null goes back to the default. */
  public async changeSettings(topic: string, changes: ReadonlyMap<string, string | null>): Promise<void> {
    const { TOPIC } = this.kafka.ConfigResourceTypes;
    const { SET, DELETE } = this.kafka.IncrementalAlterConfigOperationTypes;
    const configs = [...changes].map(([name, value]) =>
      value === null ? ({ name, configOperation: DELETE } as const) : ({ name, configOperation: SET, value } as const),
    );
    const resources = [{ resourceType: TOPIC, resourceName: topic, configs }];
    await this.do(`settings of ${topic}`, this.admin.incrementalAlterConfigs({ resources }));
  }

  public async deleteRecords(topic: string, before: ReadonlyMap<number, number>): Promise<void> {
    const partitions = [...before].map(([partition, offset]) => ({ partition, offset: BigInt(offset) }));
    await this.do(`records of ${topic}`, this.admin.deleteRecords({ topics: [{ name: topic, partitions }] }));
  }

  public async acls(): Promise<Acl[]> {
    return aclsOf(this.kafka, await this.do('listing ACLs', this.admin.describeAcls({ filter: ANY_ACL })));
  }

  public async createAcls(acls: readonly Acl[]): Promise<void> {
    await this.do('creating ACLs', this.admin.createAcls({ creations: acls.map((acl) => this.numbered(acl)) }));
  }

  public async deleteAcls(acls: readonly Acl[]): Promise<void> {
    await this.do('deleting ACLs', this.admin.deleteAcls({ filters: acls.map((acl) => this.numbered(acl)) }));
  }

  public async groups(): Promise<BrokerGroup[]> {
    const listed = [...(await this.do('listing groups', this.admin.listGroups({}))).values()];
    if (listed.length === 0) {
      return [];
    }
    const groups = listed.map(({ id }) => id);
    const offsets = await this.do('offsets of groups', this.admin.listConsumerGroupOffsets({ groups }));
    const byGroup = new Map(offsets.map(({ groupId, topics }) => [groupId, topics]));
    return listed.map(({ id, state }) => ({
      id,
      isActive: !['EMPTY', 'DEAD'].includes(state.toUpperCase()),
      offsets: new Map(
        (byGroup.get(id) ?? []).map(({ name, partitions }) => {
          const next: (number | undefined)[] = [];
          for (const { partitionIndex, committedOffset } of partitions) {
            next[partitionIndex] = committedOffset < 0n ? undefined : Number(committedOffset);
          }
          return [name, next];
        }),
      ),
    }));
  }

  /** The group must have no members. */
  public async commit(groupId: string, topic: string, offsets: ReadonlyMap<number, number>): Promise<void> {
    const partitionOffsets = [...offsets].map(([partition, offset]) => ({ partition, offset: BigInt(offset) }));
    const topics = [{ name: topic, partitionOffsets }];
    await this.do(`offsets of ${groupId}`, this.admin.alterConsumerGroupOffsets({ groupId, topics }));
  }

  public async close(): Promise<void> {
    await within(2000, 'closing', this.admin.close()).catch(() => undefined);
  }

  private do<T>(what: string, call: Promise<T>): Promise<T> {
    return within(LIMIT_MS, what, call);
  }

  private numbered(acl: Acl): Parameters<typeof this.admin.createAcls>[0]['creations'][number] {
    const { ResourceTypes, ResourcePatternTypes, AclOperations, AclPermissionTypes } = this.kafka;
    return {
      resourceType: numberOf(ResourceTypes, acl.resourceType),
      resourceName: acl.resourceName,
      resourcePatternType: numberOf(ResourcePatternTypes, acl.patternType),
      principal: acl.principal,
      host: acl.host,
      operation: numberOf(AclOperations, acl.operation),
      permissionType: numberOf(AclPermissionTypes, acl.permission),
    };
  }
}

/** Matches every ACL. */
export const ANY_ACL = {
  ...({ resourceType: 1, resourceName: null, resourcePatternType: 1, principal: null, host: null } as const),
  ...({ operation: 1, permissionType: 1 } as const),
};

type DescribedAcls = Awaited<ReturnType<InstanceType<Kafka['Admin']>['describeAcls']>>;

export function aclsOf(kafka: Kafka, resources: DescribedAcls): Acl[] {
  return resources.flatMap(({ resourceType, resourceName, resourcePatternType, acls }) =>
    acls.map(({ principal, host, operation, permissionType }) => ({
      resourceType: nameOf(kafka.ResourceTypes, resourceType),
      resourceName,
      patternType: nameOf(kafka.ResourcePatternTypes, resourcePatternType),
      principal,
      host,
      operation: nameOf(kafka.AclOperations, operation),
      permission: nameOf(kafka.AclPermissionTypes, permissionType),
    })),
  );
}

function nameOf(words: Readonly<Record<string, number>>, number: number): string {
  return Object.keys(words).find((word) => words[word] === number) ?? String(number);
}

function numberOf<T extends Readonly<Record<string, number>>>(words: T, word: string): T[keyof T] {
  const number = words[word as keyof T];
  if (number === undefined) {
    throw new Error(`Kafka does not know ${word}; known are ${Object.keys(words).join(', ')}`);
  }
  return number;
}
