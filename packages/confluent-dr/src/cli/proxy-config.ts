import * as z from 'zod';
import type { ProxyPlan, ProxyRoute } from '../proxy/rendering';
import { checkedHost, clusterPatterns, exactHost, planErrors } from '../proxy/rendering';
import { BadInput } from './exit';

/** What belongs to a cluster: at least one of `bootstrap`, `hosts` and `routes`. */
const CLUSTER = z.strictObject({
  /** The bootstrap host; the brokers' names behind it follow from it. */
  bootstrap: z.string().optional(),
  /** Further hosts, such as that of Schema Registry. */
  hosts: z.array(z.string()).optional(),
  /** Patterns for whole names, where hosts do not do. */
  routes: z.array(z.string()).optional(),
  /** `none`, `reject` or `blackhole`. */
  outage: z.string().default('none'),
  /** Undefined where the outage lasts until it is lifted. */
  longestOutageSeconds: z.number().optional(),
  /** Whether clients are kept from it because another cluster is the active one. */
  fenced: z.boolean().optional(),
  /** Whether DNS may answer with private addresses. */
  privateAddresses: z.boolean().optional(),
});

const CAPACITY = z.strictObject({
  workerConnections: z.number().optional(),
  workerProcesses: z.number().optional(),
  openFiles: z.number().optional(),
  idleTimeoutSeconds: z.number().optional(),
  connectTimeoutSeconds: z.number().optional(),
  helloTimeoutSeconds: z.number().optional(),
  sessionsPerClient: z.number().optional(),
});

/** The document that `confluent-dr proxy render --config` reads. */
const CONFIG = z.strictObject({
  /** By name: lower-case letters, digits and hyphens. Names that clusters share get a cluster of their own. */
  clusters: z.record(z.string(), CLUSTER),
  /** Addresses of name servers; those of the machine where there are none. */
  resolvers: z.array(z.string()).optional(),
  capacity: CAPACITY.optional(),
});

type ClusterConfig = z.output<typeof CLUSTER>;

/** The plan of a configuration's text. All that is wrong is told in one error. */
export function planOfConfig(text: string, file: string): ProxyPlan {
  const config = parse(text, file);
  const { data, error } = CONFIG.safeParse(config);
  const problems = error?.issues.flatMap((issue) => problemsOf(issue, config)) ?? [];
  if (data) {
    const plan = toPlan(data, problems);
    problems.push(...planErrors(plan));
    if (problems.length === 0) {
      return plan;
    }
  }
  throw new BadInput(`${file} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text, (name: string, value: unknown) => {
      // zod passes over it without a word.
      if (name === '__proto__') {
        throw new Error(`nothing can be called '${name}'`);
      }
      return value;
    });
  } catch (error) {
    throw new BadInput(`${file} is no JSON: ${(error as Error).message}`);
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list of texts',
  object: 'settings in braces',
  record: 'clusters by name, {"primary": {"bootstrap": "pkc-…"}, …}',
};
const DOCUMENT = '{"clusters": {"primary": {"bootstrap": "pkc-…"}, …}}';

function problemsOf(issue: z.core.$ZodIssue, config: unknown): string[] {
  const [part, name, ...rest] = issue.path.map(String);
  const where = (part === 'clusters' && name !== undefined ? [`cluster '${name}'`, ...rest] : issue.path).join(', ');
  if (issue.code === 'unrecognized_keys') {
    const { shape } = part === 'clusters' ? CLUSTER : part === 'capacity' ? CAPACITY : CONFIG;
    const allowed = Object.keys(shape).join(', ');
    return issue.keys.map((key) => `${where || 'the document'}: '${key}' is not known, allowed are ${allowed}`);
  }
  const received = issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], config);
  const told = `received ${JSON.stringify(received) ?? 'nothing'}, expected`;
  const expected = issue.code === 'invalid_type' ? EXPECTED[issue.expected] : issue.message;
  return [where === '' ? `${told} ${DOCUMENT}` : `${where}: ${told} ${expected}`];
}

function toPlan({ clusters, resolvers, capacity }: z.output<typeof CONFIG>, problems: string[]): ProxyPlan {
  const entries = Object.entries(clusters);
  return {
    instances: entries.map(([name, { outage, longestOutageSeconds, fenced, privateAddresses }]) => ({
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
