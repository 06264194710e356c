import { type KafkaCluster, type Topic } from '../kafka/acls';
import { notFound } from '../refusal';
import { type CloudState } from '../state';
import { type LinkSide, type Mirror } from './records';

/** The links of a cluster, as it sees them. */
export function sidesOf(state: CloudState, clusterId: string): LinkSide[] {
  return [...state.clusterLinks.values()].flatMap(({ sides }) => sides.get(clusterId) ?? []);
}

export function allSides(state: CloudState): LinkSide[] {
  return [...state.clusterLinks.values()].flatMap(({ sides }) => [...sides.values()]);
}

export function findSide(state: CloudState, clusterId: string, linkName: string): LinkSide {
  const side = sidesOf(state, clusterId).find(({ name }) => name === linkName);
  if (!side) {
    throw notFound(`Cluster link '${linkName}' does not exist on cluster ${clusterId}.`);
  }
  return side;
}

/** The same link seen from the other cluster, if that side exists. */
export function otherSide(state: CloudState, side: LinkSide): LinkSide | undefined {
  return state.clusterLinks.get(side.linkId)?.sides.get(side.remoteClusterId);
}

export function findMirror(side: LinkSide, topicName: string): Mirror {
  const mirror = side.mirrors.get(topicName);
  if (!mirror) {
    throw notFound(`Topic '${topicName}' is not a mirror topic of cluster link '${side.name}'.`, 40403);
  }
  return mirror;
}

/** The mirror that makes a topic read-only, if there is one. */
export function liveMirrorOf(state: CloudState, clusterId: string, topicName: string): Mirror | undefined {
  for (const side of sidesOf(state, clusterId)) {
    const mirror = side.mirrors.get(topicName);
    if (mirror && isLive(mirror)) {
      return mirror;
    }
  }
  return undefined;
}

export const isLive = (mirror: Mirror): boolean => mirror.status !== 'STOPPED';

export const localCluster = (state: CloudState, side: LinkSide): KafkaCluster | undefined =>
  state.kafkaClusters.get(side.clusterId);

export const remoteCluster = (state: CloudState, side: LinkSide): KafkaCluster | undefined =>
  state.kafkaClusters.get(side.remoteClusterId);

export const mirrorTopic = (state: CloudState, side: LinkSide, mirror: Mirror): Topic | undefined =>
  localCluster(state, side)?.topics.get(mirror.topicName);

/** The topic that a mirror follows, unless it was deleted or made anew. */
export function sourceTopic(state: CloudState, side: LinkSide, mirror: Mirror): Topic | undefined {
  const topic = remoteCluster(state, side)?.topics.get(mirror.sourceTopicName);
  return topic?.id === mirror.sourceTopicId ? topic : undefined;
}
