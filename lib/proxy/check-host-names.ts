import { Token } from 'cdktf';
import { type ClusterHostNames } from '../cluster/cluster-host-names';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { RULES_AT_SYNTH } from '../validation/rules-at-synth';
import { isUnresolved, type Problem, type Problems } from '../validation/problems';
import {
  DERIVABLE_HOST,
  HOST_NAME,
  isServerNamePattern,
  NETWORK_ELSEWHERE,
  PATTERN_FORM,
} from '../server-names/server-name-pattern';

/** What a host of a cluster must be. */
export const HOST = {
  pattern: HOST_NAME,
  allowed: 'a host name of at least three labels such as pkc-abc123.westeurope.azure.confluent.cloud, in lower case',
  advice: 'Copy the endpoint from `confluent kafka cluster describe`.',
};

/** Names that no pattern may match, whatever its cluster. */
const FOREIGN = ['evil.confluent.cloud', 'pkc-zzzzz9.westeurope.azure.confluent.cloud'];

/** Holds hosts and patterns against their form, and against each other: each must lead to its own cluster alone. */
export function checkHostNames(problems: Problems, clusters: readonly IProxiedCluster[]): void {
  clusters.forEach(({ clusterName, hostNames }, own) => {
    const at = `clusters['${clusterName}'].hostNames`;
    const others = clusters.filter((_other, index) => index !== own).map((other) => other.hostNames);
    const { bootstrap, rest, schemaRegistry, catalog, otherHosts, brokerPatterns } = hostNames;
    problems.required(`${at}.bootstrap`, bootstrap, HOST);
    const derivable =
      isUnresolved(bootstrap) || (new RegExp(DERIVABLE_HOST).test(bootstrap) && !NETWORK_ELSEWHERE.test(bootstrap));
    problems.require(hostNames._givenBrokers.length > 0 || derivable, noBrokers(at, bootstrap));
    const hosts = { rest, schemaRegistry, catalog, ...Object.fromEntries(otherHosts.entries()) };
    for (const [name, host] of Object.entries(hosts)) {
      checkHost(problems, `${at}.${name}`, host, bootstrap);
    }
    checkNotShared(problems, at, [bootstrap, rest], others);
    checkList(problems, `${at}.brokerHostPatterns`, brokerPatterns);
    checkList(problems, `${at}.otherHosts`, otherHosts);
    brokerPatterns.forEach((pattern, index) => {
      checkPattern(
        problems,
        `${at}.brokerPatterns[${index}]`,
        pattern,
        bootstrap,
        others.map((other) => other.bootstrap),
      );
    });
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

function checkHost(problems: Problems, property: string, host: string | undefined, bootstrap: string): void {
  problems.text(property, host, HOST);
  problems.require(host === undefined || isUnresolved([host, bootstrap]) || host.endsWith(`.${domainOf(bootstrap)}`), {
    property,
    received: host,
    allowed: `hosts in the domain of the bootstrap host, ${domainOf(bootstrap)}`,
    advice: 'Give a cluster of another domain to the proxy as a cluster of its own.',
  });
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
  if (Token.isUnresolved(list) || list.some((entry) => entry.startsWith('#{TfToken['))) {
    problems.add(
      `${property}: received a list that only Terraform knows, allowed: a list in code. Its entries may be expressions.`,
    );
  }
}

function domainOf(host: string): string {
  return host.split('.').slice(-2).join('.');
}

function checkPattern(problems: Problems, property: string, pattern: string, own: string, others: string[]): void {
  const isPattern = isServerNamePattern(pattern);
  problems.require(isPattern, {
    property,
    received: pattern,
    allowed: PATTERN_FORM,
    advice: String.raw`Write it as in (b[0-9]+-)?pkc-abc123\.westeurope\.azure\.confluent\.cloud.`,
  });
  if (!isPattern) {
    return;
  }
  const expression = new RegExp(`^${pattern}$`);
  const domain = domainOf(own);
  problems.require(isUnresolved(own) || pattern.replace(/\\[.]/g, '.').endsWith(`.${domain}`), {
    property,
    received: pattern,
    allowed: `patterns that end in the domain of the bootstrap host, ${domain}`,
    advice: 'Give a cluster of another domain to the proxy as a cluster of its own.',
  });
  const strangers = [...FOREIGN, ...others.flatMap((other) => [other, `b0-${other}`])]
    .concat(isUnresolved(own) ? [] : neighboursOf(own))
    .filter((host) => !isUnresolved(host) && host !== own);
  const matched = strangers.find((host) => expression.test(host));
  problems.require(matched === undefined, {
    property,
    received: pattern,
    allowed: `patterns that match hosts of this cluster alone; this one matches '${matched}'`,
    advice: 'Spell the cluster, the region and the domain out.',
  });
}

/** Names beside a cluster's own: of clusters with longer ids, of others in its domain, and with something put around. */
function neighboursOf(own: string): string[] {
  const domain = own.slice(own.indexOf('.'));
  const others = ['zzzzz9', 'pkc-zzzzz9', 'b0-pkc-zzzzz9', 'lkc-zzzzz9', 'lkc-zzzzz9-g000'].map(
    (name) => name + domain,
  );
  return [`x${own}`, own.replace(/-[0-9a-z]+/, '$&9'), ...others];
}
