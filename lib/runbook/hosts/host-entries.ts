import { isIP } from 'node:net';
import { bootstrapHost } from '../deployment';
import { type Role, ROLES } from '../pair';

/** A name that leads to the proxy. */
export interface HostEntry {
  /** Of the proxy. */
  readonly address: string;
  readonly host: string;
  /** The member whose name it is; the primary, where both share it. */
  readonly role: Role;
}

/** The endpoints of one member whose hosts are to lead to the proxy. */
export interface MemberEndpoints {
  /** `SASL_SSL://pkc-…:9092` or `pkc-…:9092` */
  readonly bootstrapEndpoint: string;
  /** `https://pkc-…:443` @default - none beside the bootstrap host */
  readonly restEndpoint?: string;
  /** `https://psrc-…` @default - none */
  readonly schemaRegistryEndpoint?: string;
}

/** More than most clusters have; a name too many leads to nobody. */
export const DEFAULT_BROKERS = 12;

/**
 * The names by which clients reach the members: bootstrap, brokers `b0-…` or `…-g000` and so on, Kafka REST and Schema Registry. Each
 * name once; addresses and names of this machine, which lead nowhere else, are left out.
 */
export function hostEntries(
  proxyAddress: string,
  members: Readonly<Record<Role, MemberEndpoints>>,
  brokers = DEFAULT_BROKERS,
): HostEntry[] {
  const entries = ROLES.flatMap((role) =>
    hostsOf(members[role], brokers).map((host) => ({ address: proxyAddress, host, role })),
  );
  return entries.filter(({ host }, index) => entries.findIndex((entry) => entry.host === host) === index);
}

function hostsOf(
  { bootstrapEndpoint, restEndpoint, schemaRegistryEndpoint }: MemberEndpoints,
  brokers: number,
): string[] {
  const bootstrap = bootstrapHost(bootstrapEndpoint).toLowerCase();
  const others = [restEndpoint, schemaRegistryEndpoint].flatMap((url) => (url ? [new URL(url).hostname] : []));
  const names = brokerNames(bootstrap, brokers);
  return [...(isRemote(bootstrap) ? [bootstrap, ...names] : []), ...others.filter(isRemote)];
}

/** Names of brokers that can be told ahead; see {@link untoldBrokers} for those that cannot. */
function brokerNames(bootstrap: string, count: number): string[] {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const plain = numbers.map((number) => `b${number}-${bootstrap}`);
  const groups = /^(lkc-[0-9a-z]+)(.*)$/.exec(bootstrap);
  if (!groups || untoldBrokers(bootstrap)) {
    return groups ? [] : plain;
  }
  const grouped = numbers.map((number) => `${groups[1]}-g${String(number).padStart(3, '0')}${groups[2]}`);
  return groups[2].includes('.private.') ? [...plain, ...grouped] : grouped;
}

/**
 * Brokers' names behind a bootstrap host that nobody can list ahead, as a pattern for people; they end in the network.
 * On private link of dedicated clusters they hold a part of the broker's address and its zone.
 */
export function untoldBrokers(bootstrapEndpoint: string): string | undefined {
  const host = bootstrapHost(bootstrapEndpoint).toLowerCase();
  const global = /^lkc-[0-9a-z]+-([0-9a-z]+)(\.[0-9a-z]+\.azure\.glb\..*)$/.exec(host);
  const own = /^(lkc-[0-9a-z]+)(\.[0-9a-z]+\.[0-9a-z]+\.azure\.confluent\.cloud)$/.exec(host);
  if (global) {
    return `e-<…>-az<N>-${global[1]}${global[2]}`;
  }
  return own ? `${own[1]}-g<NNN>.az<N>${own[2]} or e-<…>.az<N>${own[2]}` : undefined;
}

function isRemote(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) === 0 && host !== 'localhost' && !host.endsWith('.localhost');
}

/** As they stand in a hosts file. */
export function hostLines(entries: readonly HostEntry[]): string[] {
  return entries.map(({ address, host }) => `${address} ${host}`);
}
