import { type Problem } from '../validation/problems';
import { CLUSTER_NAME } from '../validation/text-rule';
import { type ClusterEndpoints, ClusterHostNames } from './cluster-host-names';

/** A cluster that clients can reach through the proxy: a member of a pair, or any other. */
export interface IProxiedCluster {
  /** Names the cluster's part of the proxy: lower-case letters, digits and hyphens, at most 24. */
  readonly clusterName: string;
  /** The names by which clients reach the cluster. */
  readonly hostNames: ClusterHostNames;
}

/** A cluster known by its endpoints alone, so that a proxy's stack needs no Confluent provider. */
export class ProxiedCluster implements IProxiedCluster {
  /**
   * A cluster by its host names, without a pair.
   *
   * @param clusterName lower-case letters, digits and hyphens, at most 24
   * @param endpoints plain texts, or Terraform variables of a stack of its own
   */
  public static fromEndpoints(clusterName: string, endpoints: ClusterEndpoints): ProxiedCluster {
    return new ProxiedCluster(clusterName, ClusterHostNames.fromEndpoints(endpoints));
  }

  private constructor(
    public readonly clusterName: string,
    public readonly hostNames: ClusterHostNames,
  ) {}
}

/** What is told of a cluster's name that only Terraform knows. */
export const nameInCode = (property: string, received?: string): Problem => ({
  property,
  received,
  allowed: `${CLUSTER_NAME.allowed}, written in code`,
  advice: CLUSTER_NAME.advice,
});
