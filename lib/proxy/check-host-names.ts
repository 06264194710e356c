import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { isUnresolved, type Problems } from '../validation/problems';
import { isServerNamePattern, PATTERN_FORM } from './rendering/server-name-pattern';

const HOST = {
  pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?){2,}$',
  allowed: 'a host name of at least three labels such as pkc-abc123.westeurope.azure.confluent.cloud, in lower case',
  advice: 'Copy the endpoint from `confluent kafka cluster describe`.',
};

/** Names that no pattern may match, whatever its cluster. */
const FOREIGN = ['evil.example', 'evil.confluent.cloud', 'pkc-zzzzz9.westeurope.azure.confluent.cloud', '127.0.0.1'];

/** Holds hosts and patterns against their form, and against each other: a pattern must match its own cluster alone. */
export function checkHostNames(problems: Problems, clusters: readonly IProxiedCluster[]): void {
  clusters.forEach(({ clusterName, hostNames }) => {
    const at = `clusters['${clusterName}'].hostNames`;
    problems.text(`${at}.bootstrap`, hostNames.bootstrap, HOST);
    problems.text(`${at}.rest`, hostNames.rest, HOST);
    problems.text(`${at}.schemaRegistry`, hostNames.schemaRegistry, HOST);
    problems.text(`${at}.catalog`, hostNames.catalog, HOST);
    const others = clusters.filter((other) => other.hostNames !== hostNames).map((other) => other.hostNames.bootstrap);
    hostNames.brokerPatterns.forEach((pattern, index) => {
      checkPattern(problems, `${at}.brokerPatterns[${index}]`, pattern, hostNames.bootstrap, others);
    });
  });
}

function checkPattern(problems: Problems, property: string, pattern: string, own: string, others: string[]): void {
  if (isUnresolved(pattern)) {
    return;
  }
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
  const expression = new RegExp(`^${pattern}[.]?$`, 'i');
  const domain = own.split('.').slice(-2).join('.');
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
  return [`x${own}`, `${own}.evil.example`, own.replace(/^([a-z]+-[0-9a-z]+)/, '$19'), ...others];
}
