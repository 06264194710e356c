import { Fn, type IResolvable, Op, type TerraformResourceLifecycle } from 'cdktf';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { noBrokers } from './check-host-names';
import { DERIVABLE_HOST } from '../server-names/server-name-pattern';
import { describeProblem, isUnresolved } from '../validation/problems';

type Precondition = NonNullable<TerraformResourceLifecycle['precondition']>[number];

/**
 * What the plan must refuse of bootstrap hosts that only Terraform knows: one that two clusters have, and one that a
 * pattern of another cluster matches.
 */
export function hostPreconditions(clusters: readonly IProxiedCluster[]): Precondition[] {
  return clusters.flatMap((cluster, index) =>
    clusters.flatMap((other, otherIndex) => {
      const conditions = otherIndex === index ? [] : apart(cluster, other, otherIndex > index);
      const { clusterName, hostNames } = other;
      return conditions.map((condition) => ({
        condition,
        errorMessage: describeProblem({
          property: `clusters['${clusterName}'].hostNames.bootstrap`,
          received: hostNames.bootstrap,
          allowed: `hosts that are not those of '${cluster.clusterName}' too`,
          advice: "Spell each cluster out: the outage of the one would take the other's clients.",
        }),
      }));
    }),
  );
}

/** What the plan must refuse of bootstrap hosts that only Terraform knows: a form that says nothing of the brokers. */
export function brokerPreconditions(clusters: readonly IProxiedCluster[]): Precondition[] {
  return clusters
    .filter(({ hostNames }) => hostNames._givenBrokers.length === 0 && isUnresolved(hostNames.bootstrap))
    .map(({ clusterName, hostNames: { bootstrap } }) => ({
      condition: Fn.can(Fn.regex(DERIVABLE_HOST, bootstrap)),
      errorMessage: describeProblem(noBrokers(`clusters['${clusterName}'].hostNames`, bootstrap)),
    }));
}

function apart(
  { hostNames }: IProxiedCluster,
  { hostNames: { bootstrap } }: IProxiedCluster,
  later: boolean,
): IResolvable[] {
  const differ =
    later && isUnresolved([hostNames.bootstrap, bootstrap]) ? [Op.neq(hostNames.bootstrap, bootstrap)] : [];
  if (!isUnresolved(bootstrap)) {
    return differ;
  }
  const matched = hostNames.brokerPatterns
    .filter((pattern) => !isUnresolved(pattern))
    .flatMap((pattern) =>
      [bootstrap, Fn.join('', ['b0-', bootstrap])].map((host) =>
        // A backslash would have to be written differently in JSON and in HCL.
        Fn.can(Fn.regex(`^(${pattern.replace(/\\[.]/g, '[.]')})$`, host)),
      ),
    );
  return [...differ, ...(matched.length > 0 ? [Op.not(Fn.anytrue(matched))] : [])];
}
