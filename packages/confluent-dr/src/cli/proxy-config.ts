import type { ProxyCapacity, ProxyPlan, ProxyRoute } from '../proxy/rendering';
import { checkedHost, clusterPatterns, exactHost, planErrors } from '../proxy/rendering';
import { BadInput } from './exit';

/** The document that `confluent-dr proxy render --config` reads. */
export interface ProxyConfig {
  /** By name: lower-case letters, digits and hyphens. Names that clusters share get a cluster of their own. */
  readonly clusters: { readonly [name: string]: ClusterConfig };
  /** Addresses of name servers. @default - those of the machine */
  readonly resolvers?: readonly string[];
  /** @default - the defaults of each setting */
  readonly capacity?: ProxyCapacity;
}

/** What belongs to a cluster: at least one of `bootstrap`, `hosts` and `routes`. */
export interface ClusterConfig {
  /** The bootstrap host; the brokers' names behind it follow from it. */
  readonly bootstrap?: string;
  /** Further hosts, such as that of Schema Registry. */
  readonly hosts?: readonly string[];
  /** Patterns for whole names, where hosts do not do. */
  readonly routes?: readonly string[];
  /** `none`, `reject` or `blackhole`. @default none */
  readonly outage?: string;
  /** @default - the outage lasts until it is lifted */
  readonly longestOutageSeconds?: number;
  /** Whether clients are kept from it because another cluster is the active one. @default false */
  readonly fenced?: boolean;
  /** Whether DNS may answer with private addresses. @default false */
  readonly privateAddresses?: boolean;
}

const CONFIG_KEYS = ['clusters', 'resolvers', 'capacity'];
const CAPACITY_KEYS = [
  'workerConnections',
  'workerProcesses',
  'openFiles',
  'idleTimeoutSeconds',
  'connectTimeoutSeconds',
  'helloTimeoutSeconds',
  'sessionsPerClient',
];
type Check = [fits: (value: unknown) => boolean, allowed: string];
const TEXT: Check = [(value) => typeof value === 'string', 'a text'];
const NUMBER: Check = [(value) => typeof value === 'number', 'a number'];
const FLAG: Check = [(value) => typeof value === 'boolean', 'true or false'];
const TEXTS: Check = [
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  'a list of texts',
];
const CLUSTER_KEYS: Record<keyof ClusterConfig, Check> = {
  bootstrap: TEXT,
  hosts: TEXTS,
  routes: TEXTS,
  outage: TEXT,
  longestOutageSeconds: NUMBER,
  fenced: FLAG,
  privateAddresses: FLAG,
};

/** The plan of a configuration's text. All that is wrong is told in one error. */
export function planOfConfig(text: string, file: string): ProxyPlan {
  const config = parse(text, file);
  const problems = shapeProblems(config);
  if (problems.length === 0) {
    const plan = toPlan(config as ProxyConfig, problems);
    problems.push(...planErrors(plan));
    if (problems.length === 0) {
      return plan;
    }
  }
  throw new BadInput(`${file} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadInput(`${file} is no JSON: ${(error as Error).message}`);
  }
}

function shapeProblems(config: unknown): string[] {
  if (!isObject(config) || !isObject(config.clusters)) {
    return [`received ${JSON.stringify(config)}: expected {"clusters": {"primary": {"bootstrap": "pkc-…"}, …}}`];
  }
  return [
    ...unknownKeys('the document', config, CONFIG_KEYS),
    ...wrongType('resolvers', config.resolvers, TEXTS),
    ...(config.capacity === undefined || isObject(config.capacity)
      ? unknownKeys('capacity', config.capacity ?? {}, CAPACITY_KEYS)
      : [`capacity: received ${JSON.stringify(config.capacity)}, expected settings in braces`]),
    ...Object.entries(config.clusters).flatMap(([name, cluster]) =>
      isObject(cluster)
        ? [
            ...unknownKeys(`cluster '${name}'`, cluster, Object.keys(CLUSTER_KEYS)),
            ...Object.entries(CLUSTER_KEYS).flatMap(([key, check]) =>
              wrongType(`cluster '${name}', ${key}`, cluster[key], check),
            ),
          ]
        : [`cluster '${name}': received ${JSON.stringify(cluster)}, expected settings in braces`],
    ),
  ];
}

function toPlan({ clusters, resolvers, capacity }: ProxyConfig, problems: string[]): ProxyPlan {
  const entries = Object.entries(clusters);
  return {
    instances: entries.map(([name, { outage = 'none', longestOutageSeconds, fenced, privateAddresses }]) => ({
      name,
      outage,
      longestOutageSeconds,
      fenced,
      privateAddresses,
    })),
    routes: entries.flatMap(([name, cluster]) => routesOf(name, cluster, problems)),
    resolvers,
    capacity,
  };
}

function routesOf(
  name: string,
  { bootstrap, hosts = [], routes = [] }: ClusterConfig,
  problems: string[],
): ProxyRoute[] {
  const patterns = (derive: (host: string) => string[], host: string): string[] => {
    try {
      return derive(checkedHost(host));
    } catch (error) {
      problems.push(`cluster '${name}': ${(error as Error).message}`);
      return [];
    }
  };
  if (bootstrap === undefined && hosts.length + routes.length === 0) {
    problems.push(`cluster '${name}': nothing would reach it; give one of bootstrap, hosts and routes`);
  }
  return [
    ...(bootstrap === undefined ? [] : patterns((name) => clusterPatterns(name), bootstrap)),
    ...hosts.flatMap((host) => patterns((name) => [exactHost(name)], host)),
    ...routes,
  ].map((route) => ({ pattern: route, instance: name }));
}

function unknownKeys(where: string, value: object, allowed: string[]): string[] {
  return Object.keys(value)
    .filter((key) => !allowed.includes(key))
    .map((key) => `${where}: '${key}' is not known, allowed are ${allowed.join(', ')}`);
}

function wrongType(where: string, value: unknown, [fits, allowed]: Check): string[] {
  return value === undefined || fits(value) ? [] : [`${where}: received ${JSON.stringify(value)}, expected ${allowed}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
