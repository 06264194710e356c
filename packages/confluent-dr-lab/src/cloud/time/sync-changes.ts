import { type Acl, aclIndexOf, addAcl, type ConsumerGroup, type KafkaCluster, removeAcls } from '../kafka/acls';
import { type Log } from '../kafka/log';
import { groupOf, isConsuming } from '../kafka/traffic';
import { aclFilter, groupFilter, topicFilter } from '../linking/filters';
import { linkFlag, linkSetting } from '../linking/link-settings';
import { liveMirrorOf, mirrorTopic, sourceTopic } from '../linking/lookup';
import { copySettings, createMirror, mirrorNameFor, planMirror } from '../linking/mirrors';
import { type LinkSide } from '../linking/records';
import { Refusal } from '../refusal';
import { type CloudState } from '../state';

/** A side of a link that has contact, and both clusters. */
export interface SyncPair {
  readonly state: CloudState;
  readonly side: LinkSide;
  readonly local: KafkaCluster;
  readonly remote: KafkaCluster;
}

export type Change = () => void;

/** A group's offsets are carried only while nobody consumes with it here, and never past the mirror's end. */
export function offsetChanges({ state, side, local, remote }: SyncPair): Change[] {
  const takesIn = groupFilter(linkSetting(side.settings, 'consumer.offset.group.filters')) ?? (() => false);
  const prefixed = linkFlag(side.settings, 'consumer.group.prefix.enable');
  return [...remote.consumerGroups.values()]
    .filter(({ id }) => takesIn(id))
    .flatMap((group) => {
      const id = prefixed ? mirrorNameFor(side, group.id) : group.id;
      const here = local.consumerGroups.get(id);
      return [...group.offsets].flatMap(([sourceTopicName, there]): Change[] => {
        const mirror = side.mirrors.get(mirrorNameFor(side, sourceTopicName));
        const topic = mirror && mirrorTopic(state, side, mirror);
        if (mirror?.status !== 'ACTIVE' || !topic || (here && isConsuming(state, here))) {
          return [];
        }
        const carried = ({ end }: Log, partition: number): number => Math.min(there[partition] ?? 0, end);
        const known = here?.offsets.get(mirror.topicName) ?? [];
        const isThere = (log: Log, partition: number): boolean =>
          known[partition] === carried(log, partition) || (state.hasBrokers === true && there[partition] === undefined);
        if (topic.partitions.every(isThere)) {
          return [];
        }
        const offsets = topic.partitions.map(carried);
        return [() => carry(state, groupOf(local, id), mirror.topicName, offsets, there)];
      });
    });
}

/** Brokers tell a partition of which nothing was committed from one at offset 0. */
function carry(
  state: CloudState,
  group: ConsumerGroup,
  topic: string,
  offsets: number[],
  there: readonly (number | undefined)[],
): void {
  group.offsets.set(topic, offsets);
  if (state.hasBrokers) {
    const committed = offsets.flatMap((offset, partition): [number, number][] =>
      there[partition] === undefined ? [] : [[partition, offset]],
    );
    group.toCommit?.set(topic, new Map(committed));
  }
}

export function settingChanges({ state, side }: SyncPair): Change[] {
  const changes: Change[] = [];
  for (const mirror of side.mirrors.values()) {
    const topic = mirror.status === 'ACTIVE' ? mirrorTopic(state, side, mirror) : undefined;
    const source = topic && sourceTopic(state, side, mirror);
    if (topic && source && !sameSettings(topic.settings, source.settings)) {
      changes.push(() => copySettings(source, topic));
    }
  }
  return changes;
}

/** Topics of the other cluster that a filter takes in, that are no mirrors, and that could be mirrored. */
export function mirrorsToCreate({ state, side, local, remote }: SyncPair): Change[] {
  const takesIn = topicFilter(linkSetting(side.settings, 'auto.create.mirror.topics.filters')) ?? (() => false);
  return [...remote.topics.keys()]
    .filter((name) => takesIn(name) && !local.topics.has(mirrorNameFor(side, name)))
    .filter((name) => !liveMirrorOf(state, remote.id, name) && isAllowed(state, side, name))
    .map((sourceTopicName) => () => void createMirror(state, side, { sourceTopicName }));
}

function isAllowed(state: CloudState, side: LinkSide, sourceTopicName: string): boolean {
  try {
    planMirror(state, side, { sourceTopicName });
    return true;
  } catch (error) {
    if (error instanceof Refusal) {
      return false;
    }
    throw error;
  }
}

function sameSettings(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);
}

/** Two lists at the length that they had, and a filter. Lists of ACLs only grow; a removal makes another list. */
type Comparison = readonly [Acl[], number, Acl[], number, string];

/** What each side was found to have nothing to do for: thousands of ACLs are not compared again until some change. */
const inStep = new WeakMap<LinkSide, Comparison>();

/** Carries what the filters take in; what they take in and the source lacks is deleted here. */
export function aclChanges({ side, local, remote }: SyncPair): Change[] {
  const filters = linkSetting(side.settings, 'acl.filters');
  const comparison: Comparison = [local.acls, local.acls.length, remote.acls, remote.acls.length, filters];
  if (inStep.get(side)?.every((part, index) => part === comparison[index])) {
    return [];
  }
  const takesIn = aclFilter(filters) ?? (() => false);
  const [here, there] = [aclIndexOf(local.acls), aclIndexOf(remote.acls)];
  const gone = local.acls.filter((acl) => !there.has(acl) && takesIn(acl));
  const added = remote.acls.filter((acl) => !here.has(acl) && takesIn(acl));
  if (gone.length + added.length === 0) {
    inStep.set(side, comparison);
  }
  return [...gone.map((acl) => () => void removeAcls(local, acl)), ...added.map((acl) => () => addAcl(local, acl))];
}
