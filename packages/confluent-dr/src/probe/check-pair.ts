import { type HostLookup } from '../client/host-finder';
import { type DeployedMember, type Deployment } from '../deployment/deployment';
import { type Role, ROLES } from '../observe/pair-observation';
import { type Place, placeBehindProxy, placesOf } from './places';
import { addressesOf, type AddressesOfHost, type FoundAddresses, probe, type ProbeLimits } from './probe';
import { notTried, type ProbeResult, type Way, WAYS } from './probe-result';
import { memberHealth, type MemberHealth } from './verdict';

export interface CheckOptions extends ProbeLimits {
  /** @default both, the proxy where its address is known */
  readonly ways?: readonly Way[];
  /** Which addresses are gone to directly. @default dns */
  readonly lookup?: HostLookup;
  /** DNS servers. @default those of the machine */
  readonly dnsServers?: readonly string[];
  /** Of a deployment in a lab. @default - the lab has neither brokers nor a proxy */
  readonly lab?: LabWays;
}

/** How the clusters of a lab are reached by their names. */
export interface LabWays {
  /** The lab's authority, beside others, as PEM. */
  readonly trusted: string;
  /** Where a broker is, by its name. @returns undefined where the lab has none */
  readonly addressOfBroker: (host: string) => string | undefined;
  /** What the lab's proxies take in place of 443. @default - none runs there */
  readonly httpsPort?: number;
}

export interface HostAddresses extends AddressesOfHost {
  readonly host: string;
  /** Whether this machine's own programs are led to the proxy. */
  readonly machineLeadsToProxy: boolean;
}

export interface CheckedMember extends MemberHealth {
  readonly clusterId: string;
  readonly hosts: readonly HostAddresses[];
  readonly passages: readonly ProbeResult[];
}

type Checked = Pick<Deployment, 'members' | 'proxyAddress'>;

/**
 * Tries every service of both members on every way, all at once.
 *
 * @throws the signal's reason
 */
export async function checkPair(deployment: Checked, options: CheckOptions = {}): Promise<Record<Role, CheckedMember>> {
  const [primary, secondary] = await Promise.all(
    ROLES.map((role) => checkMember(deployment.members[role], deployment.proxyAddress, options)),
  );
  return { primary, secondary };
}

async function checkMember(
  member: DeployedMember,
  proxyAddress: string | undefined,
  options: CheckOptions,
): Promise<CheckedMember> {
  const places = placesOf(member);
  const named = [...new Set(places.filter(({ secure }) => secure).map(({ host }) => host))];
  const hosts = await Promise.all(named.map((host) => addressesOfHost(host, proxyAddress, options)));
  const passages = await Promise.all(
    WAYS.flatMap((way) => places.map((place) => probePlace(place, way, { member, hosts, proxyAddress, options }))),
  );
  return { ...memberHealth(member.role, passages), clusterId: member.clusterId, hosts, passages };
}

async function addressesOfHost(host: string, proxy: string | undefined, options: CheckOptions): Promise<HostAddresses> {
  const found = await addressesOf(host, { dnsServers: options.dnsServers });
  return { host, ...found, machineLeadsToProxy: proxy !== undefined && found.machine.addresses.includes(proxy) };
}

interface Known {
  readonly member: DeployedMember;
  readonly hosts: readonly HostAddresses[];
  readonly proxyAddress?: string;
  readonly options: CheckOptions;
}

async function probePlace(place: Place, way: Way, known: Known): Promise<ProbeResult> {
  const { hosts, proxyAddress, options } = known;
  const { ways = WAYS, lookup = 'dns' } = options;
  const target = { ...place, way };
  if (!ways.includes(way)) {
    return notTried(target, 'not-wished-for');
  }
  if (!place.secure && (way === 'proxy' || place.service === 'kafka')) {
    return probeInLab(place, way, known);
  }
  if (way === 'direct') {
    const found = hosts.find(({ host }) => host === place.host);
    return lookup === 'machine' && found?.machineLeadsToProxy
      ? notTried(target, 'led-to-proxy')
      : probe({ ...target, to: found?.[lookup] ?? literal(place.host) }, options);
  }
  return proxyAddress === undefined
    ? notTried(target, 'proxy-unknown')
    : probe({ ...target, to: literal(proxyAddress) }, options);
}

/** An address that is known already. */
export const literal = (address: string): FoundAddresses => ({
  addresses: [address.replace(/^\[|\]$/g, '')],
  result: { kind: 'ok', detail: address },
});

/** Kafka of a lab, which its brokers speak as everywhere, and what its proxy leads to. */
async function probeInLab(place: Place, way: Way, { member, proxyAddress, options }: Known): Promise<ProbeResult> {
  const { trusted, httpsPort, addressOfBroker } = options.lab ?? NO_WAYS;
  const { service } = place;
  const target = { ...place, way };
  const broker = service === 'kafka' ? addressOfBroker(place.host) : undefined;
  if (service === 'kafka' && broker === undefined) {
    return notTried(target, 'lab-without-brokers');
  }
  if (way === 'direct') {
    return probe({ ...target, secure: true, to: literal(broker!) }, { ...options, trusted });
  }
  if (httpsPort === undefined) {
    return notTried(target, 'lab-without-proxy');
  }
  const behind = placeBehindProxy(place, member, httpsPort);
  if (behind === undefined) {
    return notTried(target, 'lab-registry-unnamed');
  }
  if (proxyAddress === undefined) {
    return notTried(target, 'proxy-unknown');
  }
  if (!proxyAddress.startsWith('127.')) {
    return notTried(target, 'lab-proxy-elsewhere');
  }
  return probe({ ...behind, way, to: literal(proxyAddress) }, { ...options, trusted });
}

const NO_WAYS: LabWays = { trusted: '', addressOfBroker: () => undefined };
