import { isIPv4 } from 'node:net';
import { type Construct, type IConstruct } from 'constructs';
import { type IClusterMember } from '../cluster/cluster-member';
import { type IProxiedCluster, nameInCode } from '../cluster/proxied-cluster';
import { checkRegion } from '../validation/azure-region';
import { checkCidr, checkCidrs, contains, parseCidr } from '../validation/cidr';
import { isKind } from '../validation/kind';
import { isUnresolved, Problems } from '../validation/problems';
import {
  AZURE_NETWORK_NAME,
  azureId,
  CLUSTER_NAME,
  IPV4,
  NAME_PREFIX,
  RESOURCE_GROUP,
  VM_SIZE,
} from '../validation/text-rule';
import { checkHostNames } from './check-host-names';
import { isOfFew, SSH_FROM_FEW, takenByInbound } from './inbound-rules';
import { type NginxFailoverProxyProps } from './nginx-failover-proxy-props';
import { DEFAULT_ADDRESS_SPACE, DEFAULT_SUBNET_PREFIX, isBalanced } from './proxy-network';
import { fewestFiles, FRONT, MOST_FILES, planErrors } from './rendering/plan-rules';
import { type ProxyCapacity, type ProxyPlan } from './rendering/proxy-plan';
import { checkTags, checkZoneTags } from './tags';

/** Says what is wrong with a proxy's props, of what only Azure would find out while building too. */
export function checkProxy(
  problems: Problems,
  scope: Construct,
  props: NginxFailoverProxyProps,
  plan: ProxyPlan,
): void {
  checkRegion(problems, scope, 'location', props.location);
  problems.text('namePrefix', props.namePrefix, NAME_PREFIX);
  problems.text('size', props.size, VM_SIZE);
  checkRuleNames(problems, props);
  problems.text('ipConfigurationName', props.ipConfigurationName, AZURE_NETWORK_NAME);
  problems.integer('idleTimeoutMinutes', props.idleTimeoutMinutes, 4, 30, 'minutes');
  props.admin._check(problems);
  props.outage?._check(problems, scope, props.clusters);
  props.clientAccess?._check(problems, scope, props.clusters);
  const toldByPairs = new Problems();
  checkClusters(problems, toldByPairs, props.clusters);
  checkImage(problems, props);
  checkNames(problems, props);
  checkTags(problems, props.tags);
  if (props.dns && props.dns._networkIds.length > 0) {
    checkZoneTags(problems, props.tags);
  }
  checkExisting(problems, props);
  checkMachines(problems, props);
  checkAccess(problems, props);
  checkAddresses(problems, props);
  checkCapacity(problems, props);
  if (problems.list().length + toldByPairs.list().length === 0) {
    planErrors(plan).forEach((error) => problems.add(error));
  }
}

function checkClusters(problems: Problems, toldByPairs: Problems, clusters: readonly IProxiedCluster[]): void {
  problems.require(clusters.length > 0, {
    property: 'clusters',
    received: [],
    allowed: 'at least one cluster',
    advice: 'Pass pair.members, or clusters made by ProxiedCluster.fromEndpoints.',
  });
  const names = clusters.map(({ clusterName }) => clusterName);
  clusters.forEach((cluster, index) => {
    const property = `clusters[${index}].clusterName`;
    const name = cluster.clusterName;
    const first = clusters[names.indexOf(name)];
    const pair = pairOf(cluster);
    const ofOne = pair ? toldByPairs : problems;
    ofOne.refuseUnless(!isUnresolved(name), nameInCode(property, name));
    ofOne.required(property, name, CLUSTER_NAME);
    const ofTwo = pair && first !== cluster && pairOf(first) === pair ? toldByPairs : problems;
    ofTwo.require(first === cluster && !TAKEN_NAMES.includes(name), {
      property,
      received: name,
      allowed: 'a name of its own, and neither shared nor front, which the proxy uses itself',
      advice: 'Rename the cluster for the proxy: ProxiedCluster.fromEndpoints takes a name.',
    });
  });
  checkHostNames(problems, clusters, toldByPairs);
}

const pairOf = (cluster: IProxiedCluster): IConstruct | undefined =>
  isKind(cluster, 'PairMember') ? (cluster as IClusterMember).node.scope : undefined;

/** An instance for hosts of both clusters, and the nginx before the instances. */
const TAKEN_NAMES = ['shared', FRONT];

const IMAGE_PART = {
  pattern: '^[A-Za-z0-9._-]+$',
  allowed: 'letters, digits, dots, underscores and hyphens',
  advice: 'Copy it from `az vm image list`.',
};

function checkImage(problems: Problems, { image }: NginxFailoverProxyProps): void {
  if (image) {
    const { publisher, offer, sku, version = 'latest' } = image;
    for (const [name, value] of Object.entries({ publisher, offer, sku, version })) {
      problems.required(`image.${name}`, value, IMAGE_PART);
    }
  }
}

function checkMachines(problems: Problems, { zones, identity, diskEncryptionSetId }: NginxFailoverProxyProps): void {
  problems.text('diskEncryptionSetId', diskEncryptionSetId, azureId('Microsoft.Compute/diskEncryptionSets'));
  identity?._check(problems);
  zones?.forEach((received, index) =>
    problems.require(/^[1-9]$/.test(received) && zones.indexOf(received) === index, {
      property: `zones[${index}]`,
      received,
      allowed: "zones of a region such as '1', each once",
      advice: 'Copy them from `az vm list-skus --location <region> --zone`.',
    }),
  );
}

function checkAccess(problems: Problems, props: NginxFailoverProxyProps): void {
  const { access, publicIp, publicIpName, subnetId, subnetPrefix = DEFAULT_SUBNET_PREFIX } = props;
  access?._check(problems, subnetId === undefined ? subnetPrefix : undefined);
  for (const [property, received] of Object.entries({ publicIp, publicIpName })) {
    problems.refuseUnless(access?._isInternal !== true || received === undefined, {
      property,
      received,
      allowed: 'nothing beside ProxyAccess.internal()',
      advice: 'An internal proxy has no public address; take one of the two out.',
    });
  }
}

/** Azure has one rule of a name in a security group, and compares names without regard to case. */
function checkRuleNames(problems: Problems, props: NginxFailoverProxyProps): void {
  const { inboundRuleNames = {}, securityRules = [], clientCidrs, sshCidrs = [] } = props;
  for (const [rule, name] of Object.entries(inboundRuleNames)) {
    problems.text(`inboundRuleNames.${rule}`, name as string | undefined, AZURE_NETWORK_NAME);
  }
  const own = takenByInbound({
    ...{ clientCidrs, sshCidrs, names: inboundRuleNames },
    ...{ isBalanced: isBalanced(props), isInternal: props.access?._isInternal === true },
  });
  const names = own.map(({ name }) => String(name).toLowerCase());
  problems.require(new Set(names).size === names.length, {
    property: 'inboundRuleNames',
    received: inboundRuleNames,
    allowed: `names that differ; with the defaults these are ${names.join(', ')}`,
    advice: 'Give each rule a name of its own.',
  });
  const taken = own.map((rule) => ({ ...rule, direction: 'Inbound' }));
  securityRules.forEach((rule, index) => {
    const at = `securityRules[${index}]`;
    const { _name: name, _priority: priority, _direction: direction } = rule;
    rule._check(problems, at);
    problems.require(!taken.some((other) => String(other.name).toLowerCase() === String(name).toLowerCase()), {
      property: `${at}.name`,
      received: name,
      allowed: `a name that no other rule has; there are ${taken.map((other) => other.name).join(', ')}`,
      advice: 'Azure compares names without regard to case; rename it.',
    });
    problems.require(!taken.some((other) => other.direction === direction && other.priority === priority), {
      property: `${at}.priority`,
      received: priority,
      allowed: 'a priority that no other rule of its direction has',
      advice: `Taken are ${taken
        .filter((other) => other.direction === direction)
        .map((other) => other.priority)
        .join(', ')}.`,
    });
    taken.push({ name, priority, direction });
  });
}

function checkNames(
  problems: Problems,
  { resourceGroupName, securityGroupName, publicIpName }: NginxFailoverProxyProps,
): void {
  problems.text('resourceGroupName', resourceGroupName, RESOURCE_GROUP);
  problems.text('securityGroupName', securityGroupName, AZURE_NETWORK_NAME);
  problems.text('publicIpName', publicIpName, AZURE_NETWORK_NAME);
}

/** What exists already: by its Azure id, and without properties of what would be made in its place. */
function checkExisting(problems: Problems, props: NginxFailoverProxyProps): void {
  const { subnetId, publicIp, publicIpName, idleTimeoutMinutes, addressSpace, subnetPrefix } = props;
  problems.text('subnetId', subnetId, azureId('Microsoft.Network/virtualNetworks', 'subnets'));
  if (publicIp) {
    const { ipAddress } = publicIp;
    const rule = { allowed: 'the public IPv4 address itself', advice: 'Copy it from `az network public-ip show`.' };
    problems.required('publicIp.ipAddress', ipAddress, { pattern: IPV4, ...rule });
    problems.require(!isIPv4(ipAddress) || isPublic(ipAddress), {
      property: 'publicIp.ipAddress',
      received: ipAddress,
      ...rule,
    });
    problems.required('publicIp.id', publicIp.id, azureId('Microsoft.Network/publicIPAddresses'));
  }
  const beside = (existing: string, ignored: Record<string, unknown>) =>
    Object.entries(ignored)
      .filter(([, value]) => value !== undefined)
      .forEach(([property, received]) =>
        problems.refuse({
          property,
          received,
          allowed: `nothing beside ${existing}`,
          advice: 'It is for what is created, and nothing is created there; take one of the two out.',
        }),
      );
  if (subnetId !== undefined) {
    beside('subnetId', { addressSpace, subnetPrefix });
  }
  if (publicIp !== undefined) {
    beside('publicIp', { publicIpName, ...(!isBalanced(props) && { idleTimeoutMinutes }) });
  }
}

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
    problems.require(parseCidr(range)?.family !== 'ipv4' || isOfFew(range), {
      property: `sshCidrs[${index}]`,
      received: range,
      ...SSH_FROM_FEW,
    });
  });
  checkNetwork(problems, props);
  problems.texts('resolvers', resolvers, {
    pattern: IPV4,
    allowed: 'the IPv4 address of a DNS server',
    advice: 'Leave it out to ask those of the VM.',
  });
}

/** Source: IANA's registry of special-purpose IPv4 addresses, and the ranges for multicast and later use. */
const NOT_PUBLIC =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 224.0.0.0/4 240.0.0.0/4'.split(
    ' ',
  );

const isPublic = (address: string): boolean => !NOT_PUBLIC.some((range) => contains(range, `${address}/32`));

/** In each subnet. */
const KEPT_BY_AZURE = 5;

/** Source: Azure's FAQ on virtual networks, on the ranges that they cannot have. */
const REFUSED_RANGES = ['224.0.0.0/4', '255.255.255.255/32', '127.0.0.0/8', '169.254.0.0/16', '168.63.129.16/32'];

/** What Azure would tell while it builds: that a range is its own, or has no address left for a VM. */
function checkNetwork(problems: Problems, props: NginxFailoverProxyProps): void {
  const { addressSpace = DEFAULT_ADDRESS_SPACE, subnetPrefix = DEFAULT_SUBNET_PREFIX } = props;
  const ofNetwork = rangeOf(problems, 'addressSpace', addressSpace);
  const ofSubnet = rangeOf(problems, 'subnetPrefix', subnetPrefix);
  if (ofNetwork) {
    const refused = REFUSED_RANGES.find((range) => contains(addressSpace, range) || contains(range, addressSpace));
    problems.require(refused === undefined, {
      property: 'addressSpace',
      received: addressSpace,
      allowed: `ranges that do not meet ${refused}, which Azure refuses`,
      advice: 'Choose a private one, as in 10.0.0.0/16.',
    });
  }
  if (ofNetwork && ofSubnet) {
    problems.require(contains(addressSpace, subnetPrefix), {
      property: 'subnetPrefix',
      received: subnetPrefix,
      allowed: `a part of the address space ${addressSpace}`,
      advice: 'Choose the subnet inside the network.',
    });
  }
  const { instances = 1, access, subnetId } = props;
  const needed = instances + (access?._isInternal ? 1 : 0);
  problems.require(!ofSubnet || subnetId !== undefined || 2 ** (32 - ofSubnet.bits) - KEPT_BY_AZURE >= needed, {
    property: 'subnetPrefix',
    received: subnetPrefix,
    allowed: `ranges with an address for each of the ${needed} that the proxy needs, beside ${KEPT_BY_AZURE} that Azure keeps`,
    advice: 'Take a larger one, as in 10.0.2.0/24.',
  });
}

/** A range that a subnet can be of; undefined where it is none, which is told, and where only Terraform knows it. */
function rangeOf(problems: Problems, property: string, received: string): { readonly bits: number } | undefined {
  checkCidr(problems, property, received);
  const range = parseCidr(received);
  if (range?.family !== 'ipv4') {
    return undefined;
  }
  problems.require(range.bits <= 29, {
    property,
    received,
    allowed: 'ranges of /29 or larger',
    advice: 'Azure keeps five addresses of each subnet for itself.',
  });
  return range.bits <= 29 ? range : undefined;
}

/** A number that only Terraform knows counts as the default. */
function knownOf(count?: number): number | undefined {
  return Number.isInteger(count) && !isUnresolved(count) ? count : undefined;
}

function checkCapacity(problems: Problems, { capacity = {} }: NginxFailoverProxyProps): void {
  for (const [name, ...bounds] of capacityBounds(capacity)) {
    problems.integer(`capacity.${name}`, capacity[name], ...bounds);
  }
}

const FILES = 'files: workerConnections and some for logs and sockets to listen on';

function capacityBounds({
  workerConnections,
}: ProxyCapacity): [name: keyof ProxyCapacity, from: number, to: number, unit: string][] {
  return [
    ['workerConnections', 64, MOST_FILES - fewestFiles(0), 'connections'],
    ['workerProcesses', 1, 256, 'processes'],
    ['openFiles', fewestFiles(knownOf(workerConnections)), MOST_FILES, FILES],
    ['idleTimeoutSeconds', 600, 30 * 86_400, 'seconds'],
    ['connectTimeoutSeconds', 5, 600, 'seconds'],
    ['helloTimeoutSeconds', 1, 60, 'seconds'],
    ['sessionsPerClient', 1, 1_000_000, 'sessions'],
  ];
}
