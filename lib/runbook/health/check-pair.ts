import { type HostLookup } from '../client';
import { type DeployedMember, type Deployment } from '../deployment';
import { type Role, ROLES } from '../pair';
import { type AddressesOfHost, addressesOf, type FoundAddresses } from './addresses';
import { askHttp, askKafka } from './asking';
import { memberHealth, type MemberHealth } from './member-verdict';
import { notTried, type Passage, type Service, type Way, WAYS } from './passage';
import { probe, type ProbeLimits, type Target } from './probe';

export interface CheckOptions extends ProbeLimits {
  /** @default both, the proxy where its address is known */
  readonly ways?: readonly Way[];
  /** Which addresses are gone to directly. @default dns */
  readonly lookup?: HostLookup;
  /** DNS servers. @default those of the machine */
  readonly dnsServers?: readonly string[];
}

export interface HostAddresses extends AddressesOfHost {
  readonly host: string;
  /** Whether this machine's own programs are led to the proxy. */
  readonly machineLeadsToProxy: boolean;
}

export interface CheckedMember extends MemberHealth {
  readonly clusterId: string;
  readonly hosts: readonly HostAddresses[];
  readonly passages: readonly Passage[];
}

type Checked = Pick<Deployment, 'members' | 'proxyAddress'>;
type Place = Omit<Target, 'way' | 'to'>;

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
    WAYS.flatMap((way) => places.map((place) => passageTo(place, way, { hosts, proxyAddress, options }))),
  );
  return { ...memberHealth(member.role, passages), clusterId: member.clusterId, hosts, passages };
}

async function addressesOfHost(host: string, proxy: string | undefined, options: CheckOptions): Promise<HostAddresses> {
  const found = await addressesOf(host, { dnsServers: options.dnsServers });
  return { host, ...found, machineLeadsToProxy: proxy !== undefined && found.machine.addresses.includes(proxy) };
}

interface Known {
  readonly hosts: readonly HostAddresses[];
  readonly proxyAddress?: string;
  readonly options: CheckOptions;
}

async function passageTo(place: Place, way: Way, { hosts, proxyAddress, options }: Known): Promise<Passage> {
  const { ways = WAYS, lookup = 'dns' } = options;
  const target = { ...place, way };
  if (!ways.includes(way)) {
    return notTried(target, 'not wished for');
  }
  if (!place.secure && place.service === 'kafka') {
    return notTried(target, 'the lab speaks no Kafka protocol');
  }
  if (way === 'direct') {
    const found = hosts.find(({ host }) => host === place.host);
    return lookup === 'machine' && found?.machineLeadsToProxy
      ? notTried(target, 'this machine is led to the proxy instead; ask DNS itself')
      : probe({ ...target, to: found?.[lookup] ?? literal(place.host) }, options);
  }
  if (!place.secure) {
    return notTried(target, 'the lab is on loopback, past every proxy');
  }
  return proxyAddress === undefined
    ? notTried(target, 'the address of the proxy is not known')
    : probe({ ...target, to: literal(proxyAddress) }, options);
}

/** An address that is known already. */
export const literal = (address: string): FoundAddresses => ({
  addresses: [address.replace(/^\[|\]$/g, '')],
  result: { kind: 'ok', detail: address },
});

function placesOf(member: DeployedMember): Place[] {
  const { clusterId, bootstrapEndpoint, restEndpoint, kafkaCredentials, schemaRegistry } = member;
  const rest = placeOf('rest', restEndpoint, `/kafka/v3/clusters/${encodeURIComponent(clusterId)}`, kafkaCredentials);
  const bootstrap = new URL(`kafka://${bootstrapEndpoint}`);
  const kafka: Place = {
    service: 'kafka',
    host: bootstrap.hostname,
    port: Number(bootstrap.port || 9092),
    secure: rest.secure,
    ask: askKafka,
  };
  const registry =
    schemaRegistry && placeOf('schema-registry', schemaRegistry.endpoint, '/exporters', schemaRegistry.credentials);
  return [kafka, rest, ...(registry ? [registry] : [])];
}

function placeOf(
  service: Service,
  endpoint: string,
  path: string,
  credentials: DeployedMember['kafkaCredentials'],
): Place {
  const { protocol, hostname, host, port } = new URL(endpoint);
  const secure = protocol === 'https:';
  return {
    service,
    host: hostname,
    port: Number(port || (secure ? 443 : 80)),
    secure,
    ask: askHttp({ authority: host, path, credentials }),
  };
}
