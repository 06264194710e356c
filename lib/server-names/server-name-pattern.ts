/**
 * Patterns of server names: regular expressions for a whole name, without anchors, in the narrow form that the proxy
 * accepts, so that a slip cannot open it to more than a cluster.
 */

const ATOM = String.raw`(?:[a-z0-9-]|\\\.|\[0-9\]\+|\[0-9a-z\]\+)`;
const PATTERN = new RegExp(String.raw`^(?:${ATOM}|\(${ATOM}+\)\?)+\\\.[a-z0-9-]+\\\.[a-z][a-z0-9-]+$`);

/** A host name of at least three labels of up to 63 characters, which DNS allows, as a regular expression. */
export const HOST_NAME = '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?([.][a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){2,}$';

/** Bootstrap hosts that the names of the brokers can be derived from: `pkc-x.…`, `lkc-x.…` and `lkc-x-network.…`. */
export const DERIVABLE_HOST = '^(pkc|lkc)-[0-9a-z]+(-[0-9a-z]+)?[.]';

/**
 * Bootstrap hosts of dedicated clusters in private networks elsewhere than on Azure, where the names of brokers bear the cloud's own
 * names of zones.
 */
export const NETWORK_ELSEWHERE = /^lkc-[0-9a-z-]+[.]([0-9a-z-]+[.])+(aws|gcp)([.]glb)?[.]confluent[.]cloud$/;

export const PATTERN_FORM =
  String.raw`literal lower-case letters, digits, hyphens and \., runs [0-9]+ or [0-9a-z]+, optional groups (…)? of these, ` +
  String.raw`and at the end a literal domain such as \.confluent\.cloud`;

/** Whether a pattern has the form that the proxy accepts. */
export function isServerNamePattern(pattern: string): boolean {
  return pattern.length <= 300 && PATTERN.test(pattern);
}

/** Replaces all that a regular expression finds in a text, or makes of it an expression that will. */
export type Replace = (text: string, pattern: string, by: string) => string;

const replaceNow: Replace = (text, pattern, by) => text.replace(new RegExp(pattern, 'g'), by);

/** This name and no other. */
export function exactHost(host: string, replace = replaceNow): string {
  return replace(host, '[.]', String.raw`\.`);
}

/**
 * A bootstrap name and those of the brokers behind it.
 *
 * Brokers are `b0-pkc-…`, `b1-pkc-…`; on a private network they can carry the broker's group and zone instead:
 * `lkc-…-g003.az1.…`.
 */
export function bootstrapAndBrokers(host: string, replace = replaceNow): string {
  const groups = String.raw`$1(-g[0-9a-z]+)?(\.az[0-9]+)?`;
  return `(b[0-9]+-)?${replace(exactHost(host, replace), '^(lkc-[0-9a-z]+)', groups)}`;
}

/**
 * The brokers' names that bear the network instead of the cluster, on private link of dedicated clusters: behind
 * `lkc-x-net.region.azure.glb.confluent.cloud` they are `e-…-azN-net.region…`, behind
 * `lkc-x.dom.region.azure.confluent.cloud` `e-….azN.dom.region…`. For any other bootstrap name, that name itself.
 */
export function brokersOfNetwork(host: string, replace = replaceNow): string {
  const zonal = replace(
    replace(host, '^lkc-[0-9a-z]+-([0-9a-z]+)([.][0-9a-z]+[.]azure[.]glb[.].*)$', 'e-[0-9a-z]+-az[0-9]+-$1$2'),
    '^lkc-[0-9a-z]+([.][0-9a-z]+[.][0-9a-z]+[.]azure[.]confluent[.]cloud)$',
    'e-[0-9a-z]+.az[0-9]+$1',
  );
  return exactHost(zonal, replace);
}

/** Patterns for a bootstrap name and those of all brokers behind it. */
export function clusterPatterns(host: string, replace = replaceNow): string[] {
  const zonal = brokersOfNetwork(host, replace);
  return [bootstrapAndBrokers(host, replace), ...(zonal === exactHost(host, replace) ? [] : [zonal])];
}

/**
 * The host in lower case.
 *
 * @throws unless it is a host name of at least three labels, without scheme and port
 */
export function checkedHost(host: string): string {
  const name = host.toLowerCase();
  if (!new RegExp(HOST_NAME).test(name)) {
    throw new Error(
      `'${host}' is no host name: expected labels of up to 63 letters, digits and hyphens, such as pkc-x.region.azure.confluent.cloud, without port and scheme`,
    );
  }
  return name;
}
