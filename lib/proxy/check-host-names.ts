import { checkGivenNames, checkHost, checkStrangers, HOST, isListOfTerraform } from '../cluster/check-cluster-names';
import { type ClusterHostNames } from '../cluster/cluster-host-names';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { isKind } from '../validation/kind';
import { RULES_AT_SYNTH } from '../validation/rules-at-synth';
import { isUnresolved, type Problem, Problems } from '../validation/problems';
import { keeps } from '../validation/text-rule';
import { DERIVABLE_HOST, NETWORK_ELSEWHERE } from '../server-names/server-name-pattern';

/**
 * Holds hosts and patterns against their form, and against each other: each must lead to its own cluster alone.
 *
 * @param toldByPairs what is wrong with members of pairs, which say it themselves, without a proxy, too
 */
export function checkHostNames(
  problems: Problems,
  clusters: readonly IProxiedCluster[],
  toldByPairs = new Problems(),
): void {
  clusters.forEach((cluster, own) => {
    const { clusterName, hostNames } = cluster;
    const at = `clusters['${clusterName}'].hostNames`;
    const others = clusters.filter((_other, index) => index !== own).map((other) => other.hostNames);
    const { bootstrap, rest, schemaRegistry, catalog, otherHosts, brokerPatterns, _givenBrokers: given } = hostNames;
    if (!isUnresolved(bootstrap)) {
      problems.required(`${at}.bootstrap`, bootstrap, HOST);
    }
    if (rest !== bootstrap) {
      checkHost(problems, `${at}.rest`, rest, bootstrap);
    }
    checkHost(problems, `${at}.schemaRegistry`, schemaRegistry, bootstrap);
    checkHost(problems, `${at}.catalog`, catalog, bootstrap);
    checkList(problems, `${at}.brokerHostPatterns`, given);
    checkList(problems, `${at}.otherHosts`, otherHosts);
    const theirs = others
      .map((other) => other.bootstrap)
      .filter((host) => !isUnresolved(host) && host !== bootstrap)
      .flatMap((host) => [host, `b0-${host}`]);
    checkGivenNames(isKind(cluster, 'PairMember') ? toldByPairs : problems, at, hostNames, theirs);
    if (isUnresolved(bootstrap) || keeps(HOST, bootstrap)) {
      const derivable =
        isUnresolved(bootstrap) || (new RegExp(DERIVABLE_HOST).test(bootstrap) && !NETWORK_ELSEWHERE.test(bootstrap));
      problems.require(given.length > 0 || derivable, noBrokers(at, bootstrap));
      checkNotShared(problems, at, [bootstrap, rest], others);
      brokerPatterns
        .slice(0, brokerPatterns.length - given.length)
        .forEach((pattern) => checkStrangers(problems, `${at}.bootstrap`, pattern, theirs, bootstrap));
    }
  });
}

/** What is told where brokers' names cannot be derived: without them clients would get no further than the bootstrap. */
export function noBrokers(cluster: string, bootstrap: string): Problem {
  return {
    property: `${cluster}.brokerHostPatterns`,
    received: undefined,
    allowed: `patterns for the names of the brokers behind ${bootstrap}, for they follow from hosts pkc-… and lkc-… alone`,
    advice:
      "List the brokers by kcat -L and give them, as in brokerHostPatterns: ['b[0-9]+-…'], with a backslash before each dot " +
      `(${RULES_AT_SYNTH.proxyHosts.id}).`,
  };
}

/** A registry may be shared; what is a cluster's own may not, for an outage of the one would take the other. */
function checkNotShared(
  problems: Problems,
  property: string,
  own: string[],
  others: readonly ClusterHostNames[],
): void {
  const theirs = others.flatMap((other) => [other.bootstrap, other.rest, ...other.environmentHosts]);
  const shared = own.find((host) => !isUnresolved(host) && theirs.includes(host));
  problems.require(shared === undefined, {
    property,
    received: shared,
    allowed: 'bootstrap and REST hosts that no other cluster has',
    advice: 'Name each cluster once, and each by its own endpoints.',
  });
}

/** A list that only Terraform knows cannot be told apart into routes. */
function checkList(problems: Problems, property: string, list: string[]): void {
  if (isListOfTerraform(list)) {
    problems.add(
      `${property}: received a list that only Terraform knows, allowed: a list in code. Its entries may be expressions.`,
    );
  }
}
