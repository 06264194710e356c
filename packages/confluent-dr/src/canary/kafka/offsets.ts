import {
  bounded,
  clientOptions,
  closed,
  type ClusterAccess,
  kafkaLibrary,
  onceCoordinated,
  withErrorListener,
} from './client';
import { type Destination } from './producing';

const LIMIT_MS = 15_000;
const DELETE_LIMIT_MS = 5000;
export const LATEST = -1n;
export const EARLIEST = -2n;

export interface TopicOnCluster {
  /** As the cluster itself says. */
  readonly partitions: number;
}

/**
 * Asks a cluster for a topic, with the keys that the canary will use.
 * @throws Error if there is no cluster, key or topic; within 15 s
 */
export async function describeTopic(access: ClusterAccess, topic: string): Promise<TopicOnCluster> {
  const { Admin } = await kafkaLibrary();
  const admin = withErrorListener(new Admin(clientOptions(access, 'confluent-dr-canary')));
  try {
    const { topics } = await bounded('asking for the topic', LIMIT_MS, admin.metadata({ topics: [topic] }));
    return { partitions: topics.get(topic)!.partitionsCount };
  } finally {
    await closed(() => admin.close());
  }
}

/**
 * Lets the group begin at the end of the topic: what earlier runs left is none of this one's business.
 *
 * @throws Error if the group has members, as of another canary that runs; within 15 s
 */
export async function beginAtEnd({ access, topic }: Destination, group: string): Promise<void> {
  await seed({ access, topic }, group, LATEST, () => true);
}

/** Lets the group begin, where it has no place yet, at what was written since then; it keeps its place elsewhere. */
export async function beginSince({ access, topic }: Destination, group: string, since: number): Promise<void> {
  await seed({ access, topic }, group, BigInt(since), (committed) => committed < 0n);
}

/** Takes groups away that have no members, as far as the account may: brokers would keep them for days. */
export async function deleteGroups({ access }: Pick<Destination, 'access'>, groups: readonly string[]): Promise<void> {
  const { Admin } = await kafkaLibrary();
  const admin = withErrorListener(new Admin(clientOptions(access, 'confluent-dr-canary')));
  try {
    await bounded('deleting groups', DELETE_LIMIT_MS, admin.deleteGroups({ groups: [...groups] }));
  } finally {
    await closed(() => admin.close());
  }
}

async function seed(
  { access, topic }: Omit<Destination, 'role'>,
  groupId: string,
  timestamp: bigint,
  wanted: (committed: bigint) => boolean,
): Promise<void> {
  const { Admin } = await kafkaLibrary();
  const admin = withErrorListener(new Admin(clientOptions(access, 'confluent-dr-canary')));
  try {
    const offsets = await offsetsAt({ access, topic }, timestamp);
    const groups = await bounded(
      'asking for the group',
      LIMIT_MS,
      onceCoordinated(() =>
        admin.listConsumerGroupOffsets({
          groups: [{ groupId, topics: [{ name: topic, partitionIndexes: offsets.map((_, partition) => partition) }] }],
        }),
      ),
    );
    const committed = new Map(
      groups
        .flatMap(({ topics }) => topics.flatMap(({ partitions }) => partitions))
        .map(({ partitionIndex, committedOffset }) => [partitionIndex, committedOffset]),
    );
    const partitionOffsets = offsets.flatMap((offset, partition) =>
      wanted(committed.get(partition) ?? -1n) ? [{ partition, offset }] : [],
    );
    if (partitionOffsets.length > 0) {
      const alter = admin.alterConsumerGroupOffsets({ groupId, topics: [{ name: topic, partitionOffsets }] });
      await bounded('setting the offsets of the group', LIMIT_MS, alter);
    }
  } finally {
    await closed(() => admin.close());
  }
}

/** By partition: the offset of the first record that is as young as that, or the end. */
export async function offsetsAt(
  { access, topic }: Omit<Destination, 'role'>,
  timestamp: bigint,
): Promise<readonly bigint[]> {
  const { Consumer } = await kafkaLibrary();
  const consumer = withErrorListener(
    new Consumer({ ...clientOptions(access, 'confluent-dr-canary'), groupId: 'none' }),
  );
  const list = async (at: bigint): Promise<readonly bigint[]> => {
    const offsets = await bounded(
      'asking for offsets',
      LIMIT_MS,
      consumer.listOffsets({ topics: [topic], timestamp: at, isolationLevel: 0 }),
    );
    return offsets.get(topic)!;
  };
  try {
    if (timestamp === LATEST || timestamp === EARLIEST) {
      return await list(timestamp);
    }
    // The ends first: what is written meanwhile must not be skipped.
    const ends = await list(LATEST);
    return (await list(timestamp)).map((offset, partition) => (offset < 0n ? ends[partition] : offset));
  } finally {
    await closed(() => consumer.close(true));
  }
}

export const endsOf = (place: Omit<Destination, 'role'>): Promise<readonly bigint[]> => offsetsAt(place, LATEST);
