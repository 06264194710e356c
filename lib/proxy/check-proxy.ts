import { isIPv4 } from 'node:net';
import { type Construct } from 'constructs';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { checkCidrs, contains, parseCidr } from '../validation/cidr';
import { isUnresolved, type Problems } from '../validation/problems';
import { AZURE_NETWORK_NAME, NAME_PREFIX, REGION, VM_SIZE } from '../validation/text-rule';
import { checkHostNames } from './check-host-names';
import { type NginxFailoverProxyProps } from './nginx-failover-proxy';
import { DEFAULT_ADDRESS_SPACE, DEFAULT_SUBNET_PREFIX } from './proxy-network';
import { Outage } from './outage';
import { ProxyAdmin } from './proxy-admin';
import { planErrors } from './rendering/plan-rules';
import { type ProxyPlan } from './rendering/proxy-plan';

/** What must hold for a proxy to be looked at. */
export function shapeOfProxy({ clusters, clientCidrs, admin, outage }: NginxFailoverProxyProps) {
  return [
    {
      ok: Array.isArray(clusters) && clusters.every((cluster) => typeof cluster?.hostNames?.bootstrap === 'string'),
      property: 'clusters',
      received: Array.isArray(clusters) ? 'something else in the list' : typeof clusters,
      allowed: 'a list of clusters',
      advice: 'Pass pair.members, or clusters made by ProxiedCluster.fromEndpoints.',
    },
    {
      ok: Array.isArray(clientCidrs),
      property: 'clientCidrs',
      received: clientCidrs,
      allowed: 'a list of address ranges',
      advice: 'Name the networks that your clients come from.',
    },
    {
      ok: admin instanceof ProxyAdmin,
      property: 'admin',
      received: typeof admin,
      allowed: 'a ProxyAdmin',
      advice: "Write it as in ProxyAdmin.sshKey('operator', 'ssh-ed25519 AAAA…').",
    },
    {
      ok: outage === undefined || outage instanceof Outage,
      property: 'outage',
      received: typeof outage,
      allowed: 'an Outage',
      advice: 'Write it as in Outage.of(pair.primary).',
    },
  ];
}

/** Says what is wrong with a proxy's props, of what only Azure would find out while building too. */
export function checkProxy(
  problems: Problems,
  scope: Construct,
  props: NginxFailoverProxyProps,
  plan: ProxyPlan,
): void {
  problems.required('location', props.location, REGION);
  problems.text('namePrefix', props.namePrefix, NAME_PREFIX);
  problems.text('size', props.size, VM_SIZE);
  problems.text('ipConfigurationName', props.ipConfigurationName, AZURE_NETWORK_NAME);
  for (const [rule, name] of Object.entries(props.inboundRuleNames ?? {})) {
    problems.text(`inboundRuleNames.${rule}`, name as string | undefined, AZURE_NETWORK_NAME);
  }
  problems.integer('idleTimeoutMinutes', props.idleTimeoutMinutes, 4, 30, 'minutes');
  props.admin._check(problems);
  props.outage?._check(problems, scope, props.clusters);
  checkClusters(problems, props.clusters);
  checkAddresses(problems, props);
  checkCapacity(problems, props);
  if (problems.list().length === 0) {
    planErrors(plan).forEach((error) => problems.add(error));
  }
}

function checkClusters(problems: Problems, clusters: readonly IProxiedCluster[]): void {
  problems.require(clusters.length > 0, {
    property: 'clusters',
    received: [],
    allowed: 'at least one cluster',
    advice: 'Pass pair.members, or clusters made by ProxiedCluster.fromEndpoints.',
  });
  const names = clusters.map(({ clusterName }) => clusterName);
  names.forEach((name, index) => {
    const property = `clusters[${index}].clusterName`;
    problems.required(property, name, CLUSTER_NAME);
    problems.require(names.indexOf(name) === index && name !== 'shared', {
      property,
      received: name,
      allowed: 'a name of its own, and not shared, which the proxy uses itself',
      advice: 'Rename the cluster for the proxy: ProxiedCluster.fromEndpoints takes a name.',
    });
  });
  checkHostNames(problems, clusters);
}

const CLUSTER_NAME = {
  pattern: '^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$',
  allowed: '1 to 24 lower-case letters, digits and hyphens, beginning with a letter',
  advice: 'The unit, the user and the sockets on the VM bear this name.',
};

function checkAddresses(problems: Problems, props: NginxFailoverProxyProps): void {
  const { clientCidrs, sshCidrs = [], resolvers = [] } = props;
  problems.require(clientCidrs.length > 0, {
    property: 'clientCidrs',
    received: [],
    allowed: 'at least one address range',
    advice: 'Name the networks that your clients come from.',
  });
  if (!isUnresolved(clientCidrs)) {
    checkCidrs(problems, 'clientCidrs', clientCidrs);
  }
  if (!isUnresolved(sshCidrs)) {
    checkCidrs(problems, 'sshCidrs', sshCidrs);
  }
  sshCidrs.forEach((range, index) => {
    problems.require((parseCidr(range)?.bits ?? 32) >= 8, {
      property: `sshCidrs[${index}]`,
      received: range,
      allowed: 'ranges of /8 or smaller',
      advice: 'Name the addresses of your administrators, or leave it out: the proxy needs no SSH.',
    });
  });
  const { addressSpace = DEFAULT_ADDRESS_SPACE, subnetPrefix = DEFAULT_SUBNET_PREFIX } = props;
  checkCidrs(problems, 'addressSpace', [addressSpace]);
  checkCidrs(problems, 'subnetPrefix', [subnetPrefix]);
  problems.require(isUnresolved([addressSpace, subnetPrefix]) || contains(addressSpace, subnetPrefix), {
    property: 'subnetPrefix',
    received: subnetPrefix,
    allowed: `a part of the address space ${addressSpace}`,
    advice: 'Choose the subnet inside the network.',
  });
  (isUnresolved(resolvers) ? [] : resolvers).forEach((resolver, index) => {
    problems.require(isIPv4(resolver), {
      property: `resolvers[${index}]`,
      received: resolver,
      allowed: 'the IPv4 address of a DNS server',
      advice: 'Leave it out to ask those of the VM.',
    });
  });
}

function checkCapacity(problems: Problems, { capacity = {} }: NginxFailoverProxyProps): void {
  problems.integer('capacity.workerConnections', capacity.workerConnections, 64, 1_000_000, 'connections');
  problems.integer('capacity.workerProcesses', capacity.workerProcesses, 1, 256, 'processes');
  problems.integer('capacity.openFiles', capacity.openFiles, 256, 4_000_000, 'files');
  problems.integer('capacity.idleTimeoutSeconds', capacity.idleTimeoutSeconds, 600, 30 * 86_400, 'seconds');
  problems.integer('capacity.connectTimeoutSeconds', capacity.connectTimeoutSeconds, 5, 600, 'seconds');
  problems.integer('capacity.helloTimeoutSeconds', capacity.helloTimeoutSeconds, 1, 60, 'seconds');
  problems.integer('capacity.sessionsPerClient', capacity.sessionsPerClient, 1, 1_000_000, 'sessions');
}
