/**
 * Patterns of server names: regular expressions for a whole name, without anchors, in the narrow form that the proxy
 * accepts, so that a slip cannot open it to more than a cluster.
 */

const ATOM = String.raw`(?:[a-z0-9-]|\\\.|\[0-9\]\+|\[0-9a-z\]\+)`;
const PATTERN = new RegExp(String.raw`^[a-z0-9]*(?:${ATOM}|\(${ATOM}+\)\?)+\\\.[a-z0-9-]+\\\.[a-z][a-z0-9-]+$`);
const HOST = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?){2,}$/;

export const PATTERN_FORM =
  String.raw`literal lower-case letters, digits, hyphens and \., runs [0-9]+ or [0-9a-z]+, optional groups (…)? of these, ` +
  String.raw`and at the end a literal domain such as \.confluent\.cloud`;

/** Whether a pattern has the form that the proxy accepts. */
export function isServerNamePattern(pattern: string): boolean {
  return PATTERN.test(pattern) && pattern.length <= 300;
}

/** This name and no other. */
export function exactHost(host: string): string {
  return checkedHost(host).replaceAll('.', String.raw`\.`);
}

/**
 * A bootstrap name and those of the brokers behind it.
 *
 * A public cluster's brokers are `b0-pkc-…`, `b1-pkc-…`; on a private network they carry the broker's group and zone:
 * `lkc-…-g003.az1.…`.
 */
export function bootstrapAndBrokers(host: string): string {
  const exact = exactHost(host);
  const cluster = /^lkc-[a-z0-9]+(?=[-\\.])/.exec(exact)?.[0];
  if (cluster) {
    return String.raw`${cluster}(-g[0-9a-z]+)?(\.az[0-9]+)?${exact.slice(cluster.length)}`;
  }
  return `(b[0-9]+-)?${exact}`;
}

function checkedHost(host: string): string {
  const name = host.toLowerCase();
  if (!HOST.test(name)) {
    throw new Error(
      `'${host}' is no host name: expected labels of letters, digits and hyphens, such as pkc-x.region.azure.confluent.cloud, without port and scheme`,
    );
  }
  return name;
}
