import { type BrokersCloud } from '../cloud';
import { addPartitions } from '../cloud/kafka/topics';
import { newGroup } from '../cloud/kafka/traffic';
import { allSides, liveMirrorOf, mirrorTopic, sourceTopic } from '../cloud/linking/lookup';
import { type LinkSide, type Mirror } from '../cloud/linking/records';
import { type CloudState } from '../cloud/state';
import { isFetching } from '../cloud/time/replication';
import { type BrokerGroup } from './client/cluster-admin';
import { type Member } from './member';

/** What all brokers were asked, and what they told. */
export interface Look {
  /** The mirrors that fetched when it began. */
  readonly fetching: ReadonlySet<Mirror>;
  readonly seen: readonly Seen[];
}

/** What the brokers of a cluster told; nothing where they did not answer. */
export interface Seen {
  readonly clusterId: string;
  readonly told?: {
    readonly starts: ReadonlyMap<string, readonly number[]>;
    readonly ends: ReadonlyMap<string, readonly number[]>;
    readonly groups: readonly BrokerGroup[];
  };
}

/**
 * Asks all brokers. The ends of mirrors are asked for before those of other topics: what was written in between would
 * make a mirror seem to have more than its source.
 */
export async function look(members: ReadonlyMap<string, Member>, cloud: BrokersCloud): Promise<Look> {
  const clusters = [...members.values()].filter(({ isOn }) => isOn);
  const { mirrors, fetching } = cloud.change((state) => ({
    fetching: fetchingMirrors(state),
    mirrors: new Map(
      clusters.map(({ props, topics }) => [
        props.id,
        new Set([...topics.keys()].filter((name) => liveMirrorOf(state, props.id, name))),
      ]),
    ),
  }));
  const parts = [true, false].map((asMirrors) => async (member: Member) => {
    const chosen = [...member.topics].filter(([name]) => mirrors.get(member.props.id)!.has(name) === asMirrors);
    const sizes = new Map(chosen.map(([name, { partitions }]) => [name, partitions]));
    if (sizes.size === 0) {
      return [];
    }
    const [starts, ends] = await Promise.all([
      member.client.offsets(sizes, 'start'),
      member.client.offsets(sizes, 'end'),
    ]);
    return [{ starts, ends }];
  });
  const answers = new Map<string, Awaited<ReturnType<(typeof parts)[number]>>>();
  const silent = new Set<string>();
  for (const part of parts) {
    await Promise.all(
      clusters.map(async (member) => {
        const { id } = member.props;
        await part(member).then(
          (found) => answers.set(id, [...(answers.get(id) ?? []), ...found]),
          () => silent.add(id),
        );
      }),
    );
  }
  const seen = clusters.map(async (member): Promise<Seen> => {
    const { id } = member.props;
    const groups = silent.has(id) ? undefined : await member.admin.groups().catch(() => undefined);
    if (groups === undefined) {
      return (await member.client.answers()) ? { clusterId: id, told: nothing } : { clusterId: id };
    }
    const found = answers.get(id) ?? [];
    const merged = (key: 'starts' | 'ends'): Map<string, number[]> => new Map(found.flatMap((part) => [...part[key]]));
    return { clusterId: id, told: { starts: merged('starts'), ends: merged('ends'), groups } };
  });
  const off = [...members.values()].filter(({ isOn }) => !isOn).map(({ props }) => ({ clusterId: props.id }));
  return { fetching, seen: [...(await Promise.all(seen)), ...off] };
}

const fetchingMirrors = (state: CloudState): Set<Mirror> =>
  new Set(allSides(state).flatMap(({ mirrors }) => [...mirrors.values()].filter(isFetching)));

/** It answers, though not all that was asked: a topic without a leader, a coordinator that is not ready yet. */
const nothing = { starts: new Map(), ends: new Map(), groups: [] as BrokerGroup[] };

/** Puts what was seen into the model. */
export function take(state: CloudState, { fetching, seen }: Look): void {
  state.unreachable = seen.filter(({ told }) => !told).map(({ clusterId }) => clusterId);
  const incomparable = incomparableTopics(state, { fetching, seen });
  for (const { clusterId, told } of seen) {
    if (told) {
      const isTaken = (name: string): boolean => !incomparable.has(placeOf(clusterId, name));
      takeOffsets(state, clusterId, told.starts, new Map([...told.ends].filter(([name]) => isTaken(name))));
    }
    if (told && told !== nothing) {
      takeGroups(state, clusterId, told.groups);
    }
  }
  for (const side of allSides(state)) {
    for (const mirror of side.mirrors.values()) {
      const topic = mirrorTopic(state, side, mirror);
      const source = sourceTopic(state, side, mirror);
      if (topic && source && isFetching(mirror)) {
        addPartitions(topic, source.partitions.length);
        mirror.fetchedTo = topic.partitions.map(({ end }) => end);
      }
    }
  }
}

/**
 * Topics whose ends say nothing in this look, as a mirror would seem to have more than its source, which is how a source
 * looks that was truncated: both of a mirror that began or ended to fetch meanwhile, for clients write to the other one by
 * now; and the mirror of a source that nothing was told of.
 */
function incomparableTopics(state: CloudState, { fetching, seen }: Look): Set<string> {
  const silent = ({ remoteClusterId }: LinkSide, { sourceTopicName }: Mirror): boolean => {
    const told = seen.find(({ clusterId }) => clusterId === remoteClusterId)?.told;
    return told !== undefined && !told.ends.has(sourceTopicName);
  };
  return new Set(
    allSides(state).flatMap((side) =>
      [...side.mirrors.values()].flatMap((mirror) => {
        const here = placeOf(side.clusterId, mirror.topicName);
        return fetching.has(mirror) !== isFetching(mirror)
          ? [here, placeOf(side.remoteClusterId, mirror.sourceTopicName)]
          : isFetching(mirror) && silent(side, mirror)
            ? [here]
            : [];
      }),
    ),
  );
}

const placeOf = (clusterId: string, topic: string): string => `${clusterId} ${topic}`;

function takeOffsets(
  state: CloudState,
  clusterId: string,
  starts: ReadonlyMap<string, readonly number[]>,
  ends: ReadonlyMap<string, readonly number[]>,
): void {
  const topics = state.kafkaClusters.get(clusterId)?.topics;
  for (const [name, found] of ends) {
    topics?.get(name)?.partitions.forEach((log, partition) => {
      if (found[partition] !== undefined) {
        log.start = starts.get(name)?.[partition] ?? 0;
        log.end = found[partition];
      }
    });
  }
}

function takeGroups(state: CloudState, clusterId: string, groups: readonly BrokerGroup[]): void {
  const known = state.kafkaClusters.get(clusterId)?.consumerGroups;
  if (!known) {
    return;
  }
  const there = new Set(groups.map(({ id }) => id));
  for (const [id, group] of known) {
    if (!there.has(id) && (group.toCommit?.size ?? 0) === 0) {
      known.delete(id);
    }
  }
  for (const { id, isActive, offsets } of groups) {
    const group = known.get(id) ?? newGroup(id);
    known.set(id, group);
    group.lastReadAt = isActive ? state.now : undefined;
    for (const [topic, next] of offsets) {
      if (!group.toCommit?.has(topic)) {
        group.offsets.set(topic, [...next] as number[]);
      }
    }
    for (const topic of [...group.offsets.keys()].filter((name) => !offsets.has(name) && !group.toCommit?.has(name))) {
      group.offsets.delete(topic);
    }
  }
}
