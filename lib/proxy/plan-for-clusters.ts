import { Fn, Op, TerraformLocal, Token } from 'cdktf';
import { type Construct } from 'constructs';
import { exactly } from '../cluster/cluster-host-names';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { isUnresolved } from '../validation/problems';
import { accessOf, type ClientAccess } from './client-access';
import { NO_OUTAGE, type Outage } from './outage';
import { MOST_FILES } from './rendering/plan-rules';
import { type ProxyCapacity, type ProxyPlan, type ProxyRoute } from './rendering/proxy-plan';

/** The instance for hosts that several clusters share, such as the registry of an environment: no outage takes it away. */
const SHARED = 'shared';

export interface PlanForClustersProps {
  readonly clusters: readonly IProxiedCluster[];
  readonly privateNetworking?: boolean;
  readonly capacity?: ProxyCapacity;
  readonly resolvers?: readonly string[];
  readonly clientAccess?: ClientAccess;
  /** Whether a load balancer asks the front. @default false */
  readonly healthProbe?: boolean;
}

/**
 * What the proxy is to be for these clusters, whatever is wished for them. What only Terraform knows gets a name of its
 * own in the scope.
 */
export function planForClusters(scope: Construct, props: PlanForClustersProps): ProxyPlan {
  const { clusters, privateNetworking: privateAddresses, capacity, resolvers, healthProbe } = props;
  const names = clusters.map(({ clusterName }) => clusterName);
  const fenceable = accessOf(props.clientAccess).clusters.map(({ clusterName }) => clusterName);
  return {
    instances: (clusters.length > 1 ? [...names, SHARED] : names).map((name) => ({
      name,
      privateAddresses,
      ...(fenceable.includes(name) && { fenced: 'told' }),
    })),
    routes: clusters.flatMap((_cluster, index) => routesTo(scope, index, clusters)),
    capacity: capacityOf(capacity),
    healthProbe,
    resolvers: Token.isUnresolved(resolvers) ? [Fn.join('\n', [...resolvers!])] : resolvers,
  };
}

/** Of connections that only Terraform knows, Terraform reckons the files: a number that stands for them is none to reckon with. */
function capacityOf(capacity?: ProxyCapacity): ProxyCapacity | undefined {
  const { workerConnections, openFiles } = capacity ?? {};
  return workerConnections === undefined || openFiles !== undefined || !isUnresolved(workerConnections)
    ? capacity
    : { ...capacity, openFiles: Token.asNumber(Fn.min([Token.asNumber(Op.mul(workerConnections, 4)), MOST_FILES])) };
}

/** What is wished for each instance of the plan, by its name. */
export function wishesFor(
  scope: Construct,
  { instances }: ProxyPlan,
  clusters: readonly IProxiedCluster[],
  outage?: Outage,
): Map<string, string> {
  const taken = clusters.filter((cluster) => outage?.clusters.includes(cluster)).map(({ clusterName }) => clusterName);
  const wish = outage?._wish(scope) ?? NO_OUTAGE;
  return new Map(instances.map(({ name }) => [name, taken.includes(name) ? wish : NO_OUTAGE]));
}

function routesTo(scope: Construct, clusterIndex: number, clusters: readonly IProxiedCluster[]): ProxyRoute[] {
  const cluster = clusters[clusterIndex];
  const { clusterName, hostNames } = cluster;
  const others = clusters.filter((other) => other !== cluster).flatMap((other) => other.hostNames.environmentHosts);
  const brokers = hostNames.brokerPatterns.map((pattern) => ({ pattern, instance: clusterName }));
  const rest = { pattern: exactly(hostNames.rest), instance: clusterName };
  const environment = hostNames.environmentHosts.map((host) => ({
    pattern: exactly(host),
    instance: ownerOf(host, clusterName, others),
  }));
  const unique = new Map([...brokers, rest, ...environment].map((route) => [route.pattern, route]));
  return [...unique.values()].map(({ pattern, instance }, index) => ({
    pattern: named(scope, `host-${clusterIndex}-${index}`, pattern),
    instance: named(scope, `instance-${clusterIndex}-${index}`, instance),
  }));
}

/** The cluster that a host belongs to, unless another one has it too, which may show only in the plan. */
function ownerOf(host: string, clusterName: string, others: readonly string[]): string {
  if (others.length === 0) {
    return clusterName;
  }
  if (isUnresolved([host, ...others])) {
    return Token.asString(Fn.conditional(Fn.contains([...others], host), SHARED, clusterName));
  }
  return others.includes(host) ? SHARED : clusterName;
}

function named(scope: Construct, id: string, text: string): string {
  return isUnresolved(text) ? new TerraformLocal(scope, id, text).asString : text;
}
