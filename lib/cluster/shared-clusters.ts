import { type IConstruct } from 'constructs';
import { textInApp } from '../synthesis/resolved-text';
import { isKind } from '../validation/kind';
import { type AclEntry } from './acl-entry';
import { type IClusterMember } from './cluster-member';
import { type IConfluentClusterPair, shapeOfPair } from './cluster-pair';
import { type ConfluentClusterPair } from './confluent-cluster-pair';
import { type PairMember } from './pair-member';

/**
 * What pairs of an app share: a cluster or environment is known to be the same by its id, or by the expression that yields
 * it in one stack. Each is told in words that are the same wherever it is meant.
 */

/** Both clusters of a pair, the primary first. */
export function clustersOf({ primary, secondary }: IConfluentClusterPair): [string, string] {
  return [clusterOf(primary), clusterOf(secondary)];
}

/** The environments of both, each of which has one Schema Registry. */
export function environmentsOf({ primary, secondary }: IConfluentClusterPair): [string, string] {
  return [textInApp(primary, primary.environmentId), textInApp(secondary, secondary.environmentId)];
}

/** The ACLs that other pairs of the app make on the cluster, and the paths of those pairs. */
export function aclsOfOthers(pair: IConfluentClusterPair, cluster: string): { entry: AclEntry; by: string }[] {
  return pair.node.root.node
    .findAll()
    .filter((other): other is IConfluentClusterPair & IConstruct => other !== pair && shapeOfPair(other).ok)
    .filter((other) => clustersOf(other).includes(cluster))
    .flatMap((other) => aclsOn(other, cluster).map((entry) => ({ entry, by: other.node.path })));
}

function clusterOf(member: IClusterMember): string {
  return (member as Partial<PairMember>)._clusterInApp ?? textInApp(member, member.clusterId);
}

function aclsOn(pair: IConfluentClusterPair, cluster: string): AclEntry[] {
  return isKind(pair, 'ConfluentClusterPair')
    ? (pair as ConfluentClusterPair)._managedAclsOn(cluster)
    : pair.managedAcls;
}
