import { addAcl, findAcls, removeAcls } from '../kafka/acls';
import { groupOf, isConsuming } from '../kafka/traffic';
import { aclFilter, groupFilter, topicFilter } from '../linking/filters';
import { hasContact } from '../linking/link-health';
import { linkSetting, milliseconds } from '../linking/link-settings';
import { runs } from '../linking/link-tasks';
import { liveMirrorOf, localCluster, mirrorTopic, remoteCluster, sourceTopic } from '../linking/lookup';
import { copySettings, createMirror, mirrorNameFor } from '../linking/mirrors';
import { type LinkSide } from '../linking/records';
import { type KafkaCluster } from '../kafka/records';
import { Refusal } from '../refusal';
import { type CloudState } from '../state';
import { nextOnGrid } from '../timing';
import { type LinkTaskName } from '../words';

interface Sync {
  readonly task: LinkTaskName;
  /** Mirrors are created in the rhythm of the settings' sync; they have no interval of their own. */
  readonly interval: string;
  readonly run: (state: CloudState, side: LinkSide, local: KafkaCluster, remote: KafkaCluster) => void;
}

const SYNCS: readonly Sync[] = [
  { task: 'AclSync', interval: 'acl.sync.ms', run: syncAcls },
  { task: 'AutoCreateMirror', interval: 'topic.config.sync.ms', run: createMirrors },
  { task: 'ConsumerOffsetSync', interval: 'consumer.offset.sync.ms', run: syncOffsets },
  { task: 'TopicConfigsSync', interval: 'topic.config.sync.ms', run: syncTopicSettings },
];

export function nextSync(state: CloudState, side: LinkSide): number {
  const due = SYNCS.filter(({ task }) => runs(side, task)).map(({ interval }) =>
    nextOnGrid(state.now, milliseconds(side.settings, interval), side.createdAt),
  );
  return Math.min(...due, Infinity);
}

export function syncWhatIsDue(state: CloudState, side: LinkSide): void {
  const [local, remote] = [localCluster(state, side), remoteCluster(state, side)];
  if (!local || !remote || !hasContact(state, side)) {
    return;
  }
  for (const { task, interval, run } of SYNCS) {
    const onTime = (state.now - side.createdAt) % milliseconds(side.settings, interval) === 0;
    if (onTime && state.now > side.createdAt && runs(side, task)) {
      run(state, side, local, remote);
    }
  }
}

/** Carries what the filters take in; what they take in and the source lacks is deleted here. */
function syncAcls(_state: CloudState, side: LinkSide, local: KafkaCluster, remote: KafkaCluster): void {
  const takesIn = aclFilter(linkSetting(side.settings, 'acl.filters'));
  if (!takesIn) {
    return;
  }
  for (const acl of local.acls.filter(takesIn)) {
    if (findAcls(remote, acl).length === 0) {
      removeAcls(local, acl);
    }
  }
  remote.acls.filter(takesIn).forEach((acl) => addAcl(local, acl));
}

/** A group's offsets are carried only while nobody consumes with it here, and never past the mirror's end. */
function syncOffsets(state: CloudState, side: LinkSide, local: KafkaCluster, remote: KafkaCluster): void {
  const takesIn = groupFilter(linkSetting(side.settings, 'consumer.offset.group.filters')) ?? (() => false);
  const prefixed = linkSetting(side.settings, 'consumer.group.prefix.enable') === 'true';
  for (const group of [...remote.consumerGroups.values()].filter(({ id }) => takesIn(id))) {
    const id = prefixed ? mirrorNameFor(side, group.id) : group.id;
    for (const mirror of side.mirrors.values()) {
      const offsets = group.offsets.get(mirror.sourceTopicName);
      const topic = mirrorTopic(state, side, mirror);
      const here = local.consumerGroups.get(id);
      if (offsets && topic && mirror.status === 'ACTIVE' && !(here && isConsuming(state, here))) {
        const ends = topic.partitions.map((log, partition) => Math.min(offsets[partition] ?? 0, log.end));
        groupOf(local, id).offsets.set(mirror.topicName, ends);
      }
    }
  }
}

function syncTopicSettings(state: CloudState, side: LinkSide): void {
  for (const mirror of side.mirrors.values()) {
    const [topic, source] = [mirrorTopic(state, side, mirror), sourceTopic(state, side, mirror)];
    if (mirror.status === 'ACTIVE' && topic && source) {
      copySettings(source, topic);
    }
  }
}

function createMirrors(state: CloudState, side: LinkSide, local: KafkaCluster, remote: KafkaCluster): void {
  const takesIn = topicFilter(linkSetting(side.settings, 'auto.create.mirror.topics.filters')) ?? (() => false);
  for (const name of [...remote.topics.keys()].filter(takesIn)) {
    if (!local.topics.has(mirrorNameFor(side, name)) && !liveMirrorOf(state, remote.id, name)) {
      createUnlessRefused(state, side, name);
    }
  }
}

function createUnlessRefused(state: CloudState, side: LinkSide, sourceTopicName: string): void {
  try {
    createMirror(state, side, { sourceTopicName });
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
  }
}
