import { type IConstruct } from 'constructs';
import { type IConfluentClusterPair } from '../cluster/cluster-pair';
import { aclsOfOthers, clustersOf } from '../cluster/shared-clusters';
import { textInApp } from '../synthesis/resolved-text';
import { isKind } from '../validation/kind';
import { isUnresolved, type Problems } from '../validation/problems';
import { type AclSync, type ManagedAcl } from './acl-sync';
import { type OffsetSync } from './offset-sync';
import { type MirroredTopics } from './mirrored-topics';

/**
 * What links of an app do to each other where they share a cluster: those of one pair, and those of several pairs.
 */

/** A BidirectionalClusterLink, which imports this file. */
interface LinkInApp extends IConstruct {
  readonly pair: IConfluentClusterPair;
  readonly linkName: string;
  readonly _topics: MirroredTopics;
  readonly _offsetSync: OffsetSync;
  readonly _aclSync: AclSync;
}

/** Says where a cluster would get two of a name, or one link would delete what another one carries. */
export function checkOtherLinks(problems: Problems, link: LinkInApp): void {
  for (const other of linksBeside(link)) {
    const { path } = other.node;
    problems.refuseUnless(textInApp(link, link.linkName) !== textInApp(other, other.linkName), {
      property: 'linkName',
      received: link.linkName,
      allowed: `a name that no other link of its clusters has; ${path} has this one`,
      advice: 'One link of a pair carries any number of topics; links of several pairs need names of their own.',
    });
    checkTopics(problems, link, other);
    checkAclSyncs(problems, link, other);
  }
}

/** The ACLs that Terraform makes on the cluster where the link's ACL sync deletes, whoever makes them. */
export function aclsOnDestination({ pair }: LinkInApp): ManagedAcl[] {
  const [, destination] = clustersOf(pair);
  return [...pair.managedAcls.map((entry) => ({ entry, by: 'the pair' })), ...aclsOfOthers(pair, destination)];
}

/** Of groups whose offsets come into one cluster from two: each sync writes over what the other has written. */
export function commonGroups(link: LinkInApp): string[] {
  return linksBeside(link)
    .filter((other) => other.pair !== link.pair)
    .flatMap((other) => {
      const groups = link._offsetSync._common(other._offsetSync);
      return groups === undefined
        ? []
        : [
            `Offsets of the groups ${groups} come into a cluster by this link and by ${other.node.path}: where both ` +
              'carry a topic that such a group reads, one writes over the other. Give each link the groups of its own ' +
              "clients, as in OffsetSync.ofGroups([GroupFilter.prefixed('billing-')]).",
          ];
    });
}

/** Those that have a cluster in common with the link. */
function linksBeside(link: LinkInApp): LinkInApp[] {
  const clusters = clustersOf(link.pair);
  return link.node.root.node
    .findAll()
    .filter((other): other is LinkInApp => isKind(other, 'BidirectionalClusterLink'))
    .filter((other) => other !== link && clustersOf(other.pair).some((cluster) => clusters.includes(cluster)));
}

/** A topic has one link in its pair, and a cluster one topic or mirror of a name, which Kafka holds to be the same with _ for a dot. */
function checkTopics(problems: Problems, link: LinkInApp, other: LinkInApp): void {
  const { path } = other.node;
  if (other.pair === link.pair) {
    const twice = link._topics.names.find((name) => !isUnresolved(name) && other._topics.names.includes(name));
    problems.require(twice === undefined, {
      property: `topic '${twice}'`,
      received: `a mirror over ${path} too`,
      allowed: 'each topic over one link of a pair',
      advice: 'Take it out of one of the two.',
    });
    return;
  }
  const theirs = new Map(placesOf(other).map((place) => [place.key, place]));
  for (const { key, topicName, role } of placesOf(link)) {
    const place = theirs.get(key);
    problems.refuseUnless(place === undefined, {
      property: `topic '${topicName}'`,
      received: `${place?.topicName} over ${path}, on the ${role} too`,
      allowed: 'one topic or mirror of a name on a cluster, . and _ being the same to Kafka',
      advice: 'Take it out of one of the two; a topic that another construct makes is mirrored by mirrorExistingTopic.',
    });
  }
}

function placesOf(link: LinkInApp) {
  const { pair } = link;
  return link._topics.made.map(({ topicName, member }) => {
    const isPrimary = member === pair.primary;
    const [primary, secondary] = clustersOf(pair);
    const name = textInApp(link, topicName);
    return {
      topicName,
      role: isPrimary ? 'primary' : 'secondary',
      key: `${isPrimary ? primary : secondary} ${isUnresolved(topicName) ? name : name.replace(/[.]/g, '_')}`,
    };
  });
}

/** A sync deletes what its own source lacks, and so what another one has brought from elsewhere. */
function checkAclSyncs(problems: Problems, link: LinkInApp, other: LinkInApp): void {
  const [source, destination] = clustersOf(link.pair);
  const [otherSource, otherDestination] = clustersOf(other.pair);
  const meet =
    destination === otherDestination
      ? source !== otherSource
      : destination === otherSource && source === otherDestination;
  const common = meet ? link._aclSync._common(other._aclSync) : undefined;
  problems.refuseUnless(common === undefined, {
    property: 'aclSync',
    received: common,
    allowed: `filters that leave out what ${other.node.path} syncs with the same cluster`,
    advice: 'Each sync deletes what its own source lacks: give each the principals of its own clients.',
  });
}
