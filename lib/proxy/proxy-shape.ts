import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { isKind } from '../validation/kind';
import { isUnresolved } from '../validation/problems';
import { providerShape } from '../validation/provider-shape';
import {
  flagShape,
  isRecord,
  kindShape,
  numberShape,
  valueShapesIn,
  ofOptional,
  type PropertiesOf,
  recordShape,
  type Shape,
  textMapShape,
  textShape,
  textsShape,
} from '../validation/shape';
import { type InboundRuleNames } from './inbound-rules';
import { type NginxFailoverProxyProps } from './nginx-failover-proxy-props';
import { type ProxyImage } from './proxy-machine';
import { type ExistingPublicIp } from './proxy-network';
import { type ProxyCapacity } from './rendering/proxy-plan';

/** What must hold for a proxy to be looked at. */
export function shapeOfProxy(scope: Construct, props: NginxFailoverProxyProps): Shape[] {
  const { clusters } = props;
  return [
    {
      ok: Array.isArray(clusters) && clusters.every(isCluster),
      property: 'clusters',
      received: Array.isArray(clusters) ? 'something else in the list' : clusters,
      allowed: 'a list of clusters',
      advice: 'Pass pair.members, or clusters made by ProxiedCluster.fromEndpoints.',
    },
    textsShape('clientCidrs', props.clientCidrs, "['203.0.113.7/32'], the networks that your clients come from"),
    // A text in its place may be a password.
    {
      ...kindShape('admin', props.admin, 'ProxyAdmin', "ProxyAdmin.sshKey('operator', 'ssh-ed25519 AAAA…')"),
      received: typeof props.admin,
    },
    ...ofOptional(
      kindShape('access', props.access, 'ProxyAccess', 'ProxyAccess.internal()'),
      instancesShape(props.instances),
      zonesShape(props.zones),
      kindShape('identity', props.identity, 'ProxyIdentity', 'ProxyIdentity.systemAssigned()'),
      textShape('diskEncryptionSetId', props.diskEncryptionSetId),
      rulesShape(props.securityRules),
      kindShape('dns', props.dns, 'ProxyDns', 'ProxyDns.privateZones(network.id, { brokers: 12 })'),
      kindShape('outage', props.outage, 'Outage', 'Outage.of(pair.primary)'),
      kindShape(
        'clientAccess',
        props.clientAccess,
        'ClientAccess',
        'ClientAccess.activeOnly(pair.primary, pair.secondary)',
      ),
      flagShape('privateNetworking', props.privateNetworking),
      flagShape('followTags', props.followTags),
      providerShape(scope, 'provider', props.provider, 'azurerm'),
      textsShape('sshCidrs', props.sshCidrs, "['198.51.100.7/32']"),
      textsShape('resolvers', props.resolvers, "['10.0.0.53']"),
      ...(
        [
          'namePrefix',
          'resourceGroupName',
          'securityGroupName',
          'publicIpName',
          'ipConfigurationName',
          'addressSpace',
          'subnetPrefix',
        ] as const
      ).map((name) => textShape(name, props[name])),
      recordShape('inboundRuleNames', props.inboundRuleNames, "{ https: 'allow-https' }", RULE_NAMES),
      recordShape('image', props.image, "{ publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' }", IMAGE),
      recordShape('capacity', props.capacity, '{ workerConnections: 16384 }', CAPACITY),
      addressShape(props.publicIp),
      ...textsWithin('publicIp', props.publicIp, ADDRESS),
      ...textsWithin('inboundRuleNames', props.inboundRuleNames, RULE_NAMES),
      ...textsWithin('image', props.image, IMAGE),
      ...numbersWithin('capacity', props.capacity, CAPACITY),
      textMapShape('tags', props.tags, "{ team: 'streaming' }"),
    ),
    ...(['inboundRuleNames', 'image', 'capacity', 'publicIp'] as const).flatMap((name) =>
      valueShapesIn(name, props[name]),
    ),
  ];
}

/** How many resources there are is decided at synth. */
function instancesShape(instances?: number): Shape {
  return {
    ok: Number.isInteger(instances) && instances! >= 1 && instances! <= MOST_INSTANCES,
    property: 'instances',
    received: isUnresolved(instances) ? 'a number that only Terraform knows' : instances,
    allowed: `a whole number from 1 to ${MOST_INSTANCES} (VMs), written in code`,
    advice: 'Correct it, or leave it out for one.',
  };
}

/** So is how many zones there are. */
function zonesShape(zones?: unknown): Shape {
  const example = "['1', '2', '3']";
  const isKnown = Array.isArray(zones) && !Token.isUnresolved(zones) && !zones.some(isListToken);
  if (!Array.isArray(zones) || (isKnown && zones.length > 0)) {
    return textsShape('zones', zones, example);
  }
  return {
    ok: false,
    property: 'zones',
    received: isKnown ? [] : 'a list that only Terraform knows',
    allowed: 'a list in code of at least one zone',
    advice: `Write it as in ${example}, or leave it out; its entries may be expressions.`,
  };
}

/** A list that only Terraform knows has one entry, which stands for them all. */
const isListToken = (entry: unknown): boolean => typeof entry === 'string' && entry.startsWith('#{TfToken[');

/** Each brings 1,024 ports of the address with it, and is converged in the same apply. */
const MOST_INSTANCES = 10;

function rulesShape(rules?: unknown): Shape {
  return {
    ok: Array.isArray(rules) && rules.every((rule) => isKind(rule, 'SecurityRule')),
    property: 'securityRules',
    received: Array.isArray(rules) ? 'something else in the list' : rules,
    allowed: 'a list of SecurityRule',
    advice: 'Write it as in [SecurityRule.allowInbound({ name, priority, ports, addresses })].',
  };
}

const RULE_NAMES: PropertiesOf<InboundRuleNames> = { https: true, kafka: true, ssh: true, health: true, others: true };
const IMAGE: PropertiesOf<ProxyImage> = { publisher: true, offer: true, sku: true, version: true };
const ADDRESS: PropertiesOf<ExistingPublicIp> = { id: true, ipAddress: true };
const CAPACITY: PropertiesOf<ProxyCapacity> = {
  workerConnections: true,
  workerProcesses: true,
  openFiles: true,
  idleTimeoutSeconds: true,
  connectTimeoutSeconds: true,
  helloTimeoutSeconds: true,
  sessionsPerClient: true,
};

function textsWithin<T extends object>(property: string, texts: T | undefined, names: PropertiesOf<T>): Shape[] {
  return valuesWithin(texts, names).map(([name, text]) => textShape(`${property}.${name}`, text));
}

function numbersWithin<T extends object>(property: string, numbers: T | undefined, names: PropertiesOf<T>): Shape[] {
  return valuesWithin(numbers, names).map(([name, number]) => numberShape(`${property}.${name}`, number));
}

function valuesWithin<T extends object>(record: T | undefined, names: PropertiesOf<T>): [string, unknown][] {
  return isRecord(record) ? Object.keys(names).map((name) => [name, (record as Record<string, unknown>)[name]]) : [];
}

/** A resource or data source of azurerm has what is asked, beside much else. */
function addressShape(publicIp?: ExistingPublicIp): Shape {
  const address = Construct.isConstruct(publicIp) ? {} : publicIp;
  return recordShape('publicIp', address, "{ id: '/subscriptions/…', ipAddress: '203.0.113.9' }", ADDRESS);
}

function isCluster(cluster?: IProxiedCluster): boolean {
  return typeof cluster?.clusterName === 'string' && isKind(cluster.hostNames, 'ClusterHostNames');
}
