import { Token } from 'cdktf';
import { HOST_NAME, isServerNamePattern, PATTERN_FORM } from '../server-names/server-name-pattern';
import { isUnresolved, type Problems } from '../validation/problems';
import { keeps, type TextRule } from '../validation/text-rule';
import { type ClusterHostNames } from './cluster-host-names';

/** What a host of a cluster must be. */
export const HOST: TextRule = {
  pattern: HOST_NAME,
  allowed:
    'a host name of at least three labels such as pkc-abc123.westeurope.azure.confluent.cloud, in lower case, each label of ' +
    'up to 63 characters',
  advice: 'Copy the endpoint from `confluent kafka cluster describe`.',
};

/**
 * Holds what was given of a cluster beside its endpoints against its form: hosts, and patterns of brokers.
 *
 * @param others hosts of other clusters, which no pattern may match
 */
export function checkGivenNames(
  problems: Problems,
  at: string,
  hostNames: ClusterHostNames,
  others: readonly string[] = [],
): void {
  const { bootstrap, otherHosts, _givenBrokers: patterns } = hostNames;
  inCode(otherHosts).forEach((host, index) => checkHost(problems, `${at}.otherHosts[${index}]`, host, bootstrap));
  inCode(patterns).forEach((pattern, index) =>
    checkPattern(problems, `${at}.brokerHostPatterns[${index}]`, pattern, bootstrap, others),
  );
}

/** A list that only Terraform knows has one entry, which stands for them all. */
export function isListOfTerraform(list: readonly string[]): boolean {
  return Token.isUnresolved(list) || list.some((entry) => entry.startsWith('#{TfToken['));
}

const inCode = (list: readonly string[]): readonly string[] => (isListOfTerraform(list) ? [] : list);

/** A host of the cluster, which is of the domain of its bootstrap host. */
export function checkHost(problems: Problems, property: string, host: string | undefined, bootstrap: string): void {
  problems.text(property, host, HOST);
  if (host === undefined || isUnresolved([host, bootstrap]) || ![host, bootstrap].every((it) => keeps(HOST, it))) {
    return;
  }
  problems.require(host.endsWith(`.${domainOf(bootstrap)}`), {
    property,
    received: host,
    allowed: `hosts in the domain of the bootstrap host, ${domainOf(bootstrap)}`,
    advice: 'Give a cluster of another domain to the proxy as a cluster of its own.',
  });
}

function checkPattern(
  problems: Problems,
  property: string,
  pattern: string,
  own: string,
  others: readonly string[],
): void {
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
  const known = !isUnresolved(own) && keeps(HOST, own) ? own : undefined;
  if (known !== undefined && !pattern.replace(/\\[.]/g, '.').endsWith(`.${domainOf(known)}`)) {
    problems.refuse({
      property,
      received: pattern,
      allowed: `patterns that end in the domain of the bootstrap host, ${domainOf(known)}`,
      advice: 'Give a cluster of another domain to the proxy as a cluster of its own.',
    });
    return;
  }
  const neighbours = known === undefined ? [] : neighboursOf(known);
  checkStrangers(problems, property, pattern, [...FOREIGN, ...others, ...neighbours, ...anybodyIn(pattern)], own);
}

/** A pattern leads to its own cluster alone. One that only Terraform knows, or of another form, is none to judge by. */
export function checkStrangers(
  problems: Problems,
  property: string,
  pattern: string,
  strangers: readonly string[],
  own: string,
): void {
  if (!isServerNamePattern(pattern)) {
    return;
  }
  const expression = new RegExp(`^${pattern}$`);
  const matched = strangers.find((host) => host !== own && expression.test(host));
  problems.require(matched === undefined, {
    property,
    received: pattern,
    allowed: `patterns that match hosts of this cluster alone; this one matches '${matched}'`,
    advice: 'Spell the cluster, the region and the domain out.',
  });
}

/** Names that no pattern may match, whatever its cluster. */
const FOREIGN = ['evil.confluent.cloud', 'pkc-zzzzz9.westeurope.azure.confluent.cloud'];

/** Clusters that could be anybody's, and brokers of such. */
const ANYBODY = ['zzzzz9', '99999'].flatMap((id) => [
  ...[id, `pkc-${id}`, `b0-pkc-${id}`, `lkc-${id}`, `lkc-${id}-g000`],
  ...[`lkc-${id}-${id}`, `${id}.${id}`, `lkc-${id}.${id}`],
]);

/** Names beside a cluster's own: of clusters with longer ids, of others in its domain, and with something put around. */
function neighboursOf(own: string): string[] {
  const domain = own.slice(own.indexOf('.'));
  return [`x${own}`, own.replace(/-[0-9a-z]+/, '$&9'), ...ANYBODY.map((name) => name + domain)];
}

/** The same in each domain that the pattern ends in: its region is one where nobody's bootstrap host is known yet. */
function anybodyIn(pattern: string): string[] {
  const labels = pattern.split(String.raw`\.`);
  return labels
    .map((_label, index) => labels.slice(index + 1))
    .filter((domain) => domain.length > 0 && domain.every((label) => /^[a-z0-9-]+$/.test(label)))
    .flatMap((domain) => ANYBODY.map((name) => `${name}.${domain.join('.')}`));
}

function domainOf(host: string): string {
  return host.split('.').slice(-2).join('.');
}
