import { type KafkaCluster } from '../kafka/acls';
import { canDial } from '../kafka/kafka-clusters';
import { changeSettings, type SettingChange } from '../kafka/topic-settings';
import { hasCredentials } from '../organization/api-keys';
import { invalid, notFound } from '../refusal';
import { type CloudState, isReachable, newLinkId } from '../state';
import { type LinkMode } from '../vocabulary';
import { jaasCredentials } from './link-health';
import { checkLinkSettings, linkSetting, refuseFixed, refusePrefixedAcls } from './link-settings';
import { isLive, sidesOf } from './lookup';
import { type ClusterLink, type LinkSide } from './records';

export interface LinkRequest {
  readonly name: string;
  /** Of the other cluster, whatever its part in the link is called. */
  readonly remoteClusterId: string;
  /** The id that the caller expects the other side to have. */
  readonly linkId?: string;
  readonly settings: readonly SettingChange[];
  /** Whether to try the other cluster at once. */
  readonly validateLink: boolean;
}

/** Everything that can be refused, without creating anything. */
export function checkNewLink(state: CloudState, cluster: KafkaCluster, request: LinkRequest): void {
  if (!/^[a-zA-Z0-9._-]{1,128}$/.test(request.name)) {
    throw invalid(`Link name '${request.name}' must be 1 to 128 letters, digits, dots, underscores and hyphens.`);
  }
  if (sidesOf(state, cluster.id).some(({ name }) => name === request.name)) {
    throw invalid(`Cluster link '${request.name}' already exists.`);
  }
  if (request.remoteClusterId === '' || request.remoteClusterId === cluster.id) {
    throw invalid(
      'A link needs the id of the other cluster: source_cluster_id, or remote_cluster_id if BIDIRECTIONAL.',
    );
  }
  checkLinkSettings(request.settings);
  refusePrefixedAcls(settingsOf(request.settings));
  const mode = linkMode(request);
  checkKinds(state, cluster, request, mode);
  if (request.linkId !== undefined && counterpart(state, cluster, request, mode)?.id !== request.linkId) {
    throw invalid(`The other side of link '${request.name}' does not have the expected id ${request.linkId}.`);
  }
  if (request.validateLink) {
    tryOtherCluster(state, cluster, request);
  }
}

/** Makes this cluster's side of a link, and so the second side of a bidirectional one that the other cluster began. */
export function createLink(state: CloudState, cluster: KafkaCluster, request: LinkRequest): LinkSide {
  checkNewLink(state, cluster, request);
  const mode = linkMode(request);
  const link = counterpart(state, cluster, request, mode) ?? newLink(state, mode);
  const side: LinkSide = {
    linkId: link.id,
    mode,
    name: request.name,
    clusterId: cluster.id,
    remoteClusterId: request.remoteClusterId,
    createdAt: state.now,
    settings: settingsOf(request.settings),
    mirrors: new Map(),
  };
  link.sides.set(cluster.id, side);
  return side;
}

export function alterLink(side: LinkSide, changes: readonly SettingChange[], validateOnly = false): void {
  checkLinkSettings(changes);
  refuseFixed(changes.filter(({ name, value }) => linkSetting(side.settings, name) !== value));
  refusePrefixedAcls(settingsOf(changes, side.settings));
  if (!validateOnly) {
    changeSettings(side.settings, changes);
  }
}

/** Refused while mirrors live on this side, unless forced: then they stay behind as plain topics. */
export function deleteLink(state: CloudState, side: LinkSide, force = false, validateOnly = false): void {
  const live = [...side.mirrors.values()].filter(isLive);
  if (live.length > 0 && !force) {
    const names = live.map(({ topicName }) => topicName).join(', ');
    throw invalid(`Cluster link '${side.name}' still has mirror topics: ${names}. Stop or delete them first.`);
  }
  const link = state.clusterLinks.get(side.linkId);
  if (validateOnly || !link) {
    return;
  }
  link.sides.delete(side.clusterId);
  if (link.sides.size === 0) {
    state.clusterLinks.delete(link.id);
  }
}

function settingsOf(changes: readonly SettingChange[], former?: ReadonlyMap<string, string>): Map<string, string> {
  const settings = new Map(former);
  changeSettings(settings, changes);
  return settings;
}

function linkMode(request: LinkRequest): LinkMode {
  const mode = linkSetting(settingsOf(request.settings), 'link.mode');
  if (mode !== 'BIDIRECTIONAL' && mode !== 'DESTINATION' && mode !== 'SOURCE') {
    throw invalid(`link.mode is ${mode}; allowed are BIDIRECTIONAL, DESTINATION and SOURCE.`);
  }
  return mode;
}

/** Only these kinds of clusters have links in both directions. */
function checkKinds(state: CloudState, cluster: KafkaCluster, { remoteClusterId }: LinkRequest, mode: LinkMode): void {
  const unfit = [cluster, state.kafkaClusters.get(remoteClusterId)].find(
    (end) => end && !['Dedicated', 'Enterprise'].includes(end.kind),
  );
  if (mode === 'BIDIRECTIONAL' && unfit) {
    throw invalid(
      `Bidirectional cluster links need Dedicated or Enterprise clusters; cluster ${unfit.id} is ${unfit.kind}.`,
    );
  }
}

/** The link that this would be the second side of. The other cluster's side is seen only after a while. */
function counterpart(
  state: CloudState,
  cluster: KafkaCluster,
  request: LinkRequest,
  mode: LinkMode,
): ClusterLink | undefined {
  return [...state.clusterLinks.values()].find((link) => {
    const other = link.sides.get(request.remoteClusterId);
    return (
      mode === 'BIDIRECTIONAL' &&
      link.mode === mode &&
      !link.sides.has(cluster.id) &&
      other?.name === request.name &&
      other.remoteClusterId === cluster.id &&
      other.createdAt + state.timing.linkDiscoveryMs <= state.now
    );
  });
}

function newLink(state: CloudState, mode: LinkMode): ClusterLink {
  const link: ClusterLink = { id: newLinkId(state), mode, sides: new Map() };
  state.clusterLinks.set(link.id, link);
  return link;
}

function tryOtherCluster(state: CloudState, cluster: KafkaCluster, request: LinkRequest): void {
  const settings = settingsOf(request.settings);
  const remote = state.kafkaClusters.get(request.remoteClusterId);
  if (linkSetting(settings, 'connection.mode') === 'INBOUND') {
    return;
  }
  if (!remote) {
    throw invalid(`Unable to validate cluster link: cluster ${request.remoteClusterId} is not known.`);
  }
  if (!linkSetting(settings, 'bootstrap.servers').includes(remote.bootstrapHost)) {
    throw invalid(`Unable to validate cluster link: bootstrap.servers is not that of cluster ${remote.id}.`);
  }
  if (!isReachable(state, remote.id) || !canDial(cluster, remote)) {
    throw invalid(`Unable to validate cluster link: cluster ${remote.id} cannot be reached.`);
  }
  const credentials = jaasCredentials(settings.get('sasl.jaas.config'));
  if (!credentials || !hasCredentials(state, remote.id, credentials)) {
    throw invalid(`Unable to validate cluster link: authentication with cluster ${remote.id} failed.`);
  }
}

/** Takes one setting back to its default. */
export function resetLinkSetting(side: LinkSide, name: string): void {
  if (!side.settings.has(name)) {
    throw notFound(`Cluster link '${side.name}' has no setting ${name}.`);
  }
  alterLink(side, [{ name, value: null }]);
}
