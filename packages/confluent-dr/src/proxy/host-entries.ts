import { isIP } from 'node:net';
import { bootstrapHost } from '../deployment/settings';
import { type Role, ROLES } from '../observe/pair-observation';
import { DERIVABLE_HOST } from './rendering';

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
  /** Regular expressions of brokers' names. @default - they follow from the bootstrap host */
  readonly brokerHostPatterns?: readonly string[];
}

/** Names of brokers that nobody can list ahead. */
export interface UntoldBrokers {
  /** A form for people, such as `e-<…>-az<N>-43860.…`, or the pattern that was given. @default - nothing is known */
  readonly names?: string;
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

function hostsOf(endpoints: MemberEndpoints, brokers: number): string[] {
  const { bootstrapEndpoint, restEndpoint, schemaRegistryEndpoint } = endpoints;
  const bootstrap = bootstrapHost(bootstrapEndpoint).toLowerCase();
  const others = [restEndpoint, schemaRegistryEndpoint].flatMap((url) => (url ? [new URL(url).hostname] : []));
  const given = (endpoints.brokerHostPatterns ?? []).flatMap((pattern) => namesOf(pattern, brokers) ?? []);
  const names = [...brokerNames(bootstrap, brokers), ...given];
  return [...(isRemote(bootstrap) ? [bootstrap, ...names] : []), ...others.filter(isRemote)];
}

/** Names of brokers that can be told ahead; see {@link untoldBrokers} for those that cannot. */
function brokerNames(bootstrap: string, count: number): string[] {
  const plain = numbers(count).map((number) => `b${number}-${bootstrap}`);
  const groups = /^(lkc-[0-9a-z]+)(.*)$/.exec(bootstrap);
  if (!groups || namesOfNetwork(bootstrap)) {
    return groups ? [] : plain;
  }
  const grouped = numbers(count).map((number) => `${groups[1]}-g${String(number).padStart(3, '0')}${groups[2]}`);
  return groups[2].includes('.private.') ? [...plain, ...grouped] : grouped;
}

/** The names that a pattern matches, where only the number of a broker varies; undefined where more does. */
function namesOf(pattern: string, count: number): string[] | undefined {
  const [before, after, ...more] = pattern.split('[0-9]+').map((part) => part.replaceAll(String.raw`\.`, '.'));
  if (more.length > 0 || /[^a-z0-9.-]/.test(before + (after ?? ''))) {
    return undefined;
  }
  return after === undefined ? [before] : numbers(count).map((number) => `${before}${number}${after}`);
}

/** The brokers' names behind a member that nobody can list ahead: those of given patterns, or of the bootstrap host's form. */
export function untoldBrokers({ bootstrapEndpoint, brokerHostPatterns = [] }: MemberEndpoints): UntoldBrokers[] {
  const host = bootstrapHost(bootstrapEndpoint).toLowerCase();
  if (!isRemote(host)) {
    return [];
  }
  if (brokerHostPatterns.length > 0) {
    return brokerHostPatterns.filter((pattern) => !namesOf(pattern, 0)).map((names) => ({ names }));
  }
  const names = namesOfNetwork(host);
  if (names !== undefined) {
    return [{ names }];
  }
  return new RegExp(DERIVABLE_HOST).test(host) ? [] : [{}];
}

/** On private link of dedicated clusters names end in the network, and hold a part of the broker's address and its zone. */
function namesOfNetwork(host: string): string | undefined {
  const global = /^lkc-[0-9a-z]+-([0-9a-z]+)(\.[0-9a-z]+\.azure\.glb\..*)$/.exec(host);
  const own = /^(lkc-[0-9a-z]+)(\.[0-9a-z]+\.[0-9a-z]+\.azure\.confluent\.cloud)$/.exec(host);
  if (global) {
    return `e-<…>-az<N>-${global[1]}${global[2]}`;
  }
  return own ? `${own[1]}-g<NNN>.az<N>${own[2]} or e-<…>.az<N>${own[2]}` : undefined;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

function isRemote(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) === 0 && host !== 'localhost' && !host.endsWith('.localhost');
}

/** As they stand in a hosts file. */
export function hostLines(entries: readonly HostEntry[]): string[] {
  return entries.map(({ address, host }) => `${address} ${host}`);
}
