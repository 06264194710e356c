import { type LookupAddress } from 'node:dns';
import { type Socket } from 'node:net';
import { ANSWER_LIMITS } from '../client/answer-limit';
import { HostFinder, type HostFinderOptions, type HostLookup } from '../client/host-finder';
import { networkFailure } from '../client/request-failure';
import { type LayerResult, notAsked, type ProbeResult, type Service } from './probe-result';
import { connected, secured, type ServiceRequest } from './service-requests';

/** Where a host was looked for, and what was found; no addresses where the result is not ok. */
export interface FoundAddresses {
  readonly addresses: readonly string[];
  readonly result: LayerResult;
}

/** The addresses of a host by DNS itself and by all that the machine asks, its hosts file first. */
export type AddressesOfHost = Readonly<Record<HostLookup, FoundAddresses>>;

/** Never fails: a host that is not found is a result. */
export async function addressesOf(
  host: string,
  options: Omit<HostFinderOptions, 'lookup'> = {},
): Promise<AddressesOfHost> {
  const [dns, machine] = await Promise.all([found(host, 'dns', options), found(host, 'machine', options)]);
  return { dns, machine };
}

async function found(host: string, lookup: HostLookup, options: HostFinderOptions): Promise<FoundAddresses> {
  const finder = new HostFinder({ ...options, lookup });
  const { way, addresses: literal } = finder.routeOf(host);
  if (way === 'literal') {
    return { addresses: literal, result: { kind: 'ok', detail: 'an IP address' } };
  }
  try {
    const addresses = await new Promise<LookupAddress[]>((resolve, reject) =>
      finder.lookup(host, { all: true }, (error, all) => (error ? reject(error) : resolve(all as LookupAddress[]))),
    );
    const texts = addresses.map(({ address }) => address);
    return { addresses: texts, result: { kind: 'ok', detail: texts.join(', ') } };
  } catch (error) {
    return { addresses: [], result: { kind: 'failed', failure: 'dns', detail: (error as Error).message } };
  }
}

export interface Target<S extends string = Service> extends Pick<ProbeResult<S>, 'service' | 'way' | 'host' | 'port'> {
  /** Whether it speaks TLS; the lab's services on loopback do not. */
  readonly secure: boolean;
  /** Where the connection goes to: the host's own addresses, or the proxy's. */
  readonly to: FoundAddresses;
  readonly ask: ServiceRequest;
}

export interface ProbeLimits {
  /** Milliseconds for each of connection, TLS and answer; time in which the process stood still does not count. @default 5000 */
  readonly limitMs?: number;
  /** Certificates to trust, as PEM. @default those that Node trusts */
  readonly trusted?: string;
  /** Ends the probe with its reason. @default never */
  readonly signal?: AbortSignal;
}

const BEFORE = notAsked('failed-before');

/**
 * Goes one way to one service, as far as it leads. What fails is part of the result.
 *
 * @throws the signal's reason
 */
export async function probe<S extends string>(target: Target<S>, limits: ProbeLimits = {}): Promise<ProbeResult<S>> {
  const { service, way, host, port, secure, to, ask } = target;
  const result = (layers: Partial<ProbeResult['layers']>): ProbeResult<S> => ({
    service,
    way,
    host,
    port,
    layers: { addresses: to.result, connection: BEFORE, tls: BEFORE, answer: BEFORE, ...layers },
  });
  if (to.result.kind !== 'ok') {
    return result({});
  }
  const asked = `${way} ${host}:${port}`;
  const tcp = await attempt(asked, (signal) => connected(to.addresses, port, signal), limits);
  if ('failed' in tcp) {
    return result({ connection: tcp.failed });
  }
  const connection: LayerResult = { kind: 'ok', detail: `with ${tcp.value.remoteAddress} port ${port}` };
  try {
    const tls = secure
      ? await attempt(asked, (signal) => secured(tcp.value, host, signal, limits.trusted), limits)
      : undefined;
    if (tls && 'failed' in tls) {
      return result({ connection, tls: tls.failed });
    }
    const open: Socket = tls?.value.socket ?? tcp.value;
    const answered = await attempt(asked, (signal) => ask(open, signal), limits);
    return result({
      connection,
      tls: tls ? { kind: 'ok', detail: tls.value.certificate } : notAsked('lab-without-tls'),
      answer: 'failed' in answered ? answered.failed : answered.value,
    });
  } finally {
    tcp.value.destroy();
  }
}

type Attempt<T> = { readonly value: T } | { readonly failed: LayerResult };

async function attempt<T>(
  asked: string,
  work: (signal: AbortSignal) => Promise<T>,
  { limitMs = 5000, signal: given }: ProbeLimits,
): Promise<Attempt<T>> {
  given?.throwIfAborted();
  const limit = ANSWER_LIMITS.begin(limitMs, asked);
  try {
    return { value: await work(given ? AbortSignal.any([given, limit.signal]) : limit.signal) };
  } catch (error) {
    given?.throwIfAborted();
    if (limit.signal.aborted) {
      return { failed: { kind: 'failed', failure: 'timeout', detail: `nothing came within ${limitMs} ms` } };
    }
    const { kind, detail } = networkFailure(error);
    const { code } = error as { readonly code?: string };
    const failure = kind === 'aborted' ? 'cut' : kind;
    return { failed: { kind: 'failed', failure, detail, ...(code !== undefined && { code }) } };
  } finally {
    limit.end();
  }
}
