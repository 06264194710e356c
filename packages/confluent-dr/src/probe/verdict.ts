import { type Role } from '../observe/pair-observation';
import {
  type FailureCode,
  failureCodeOf,
  failureOf,
  isAlive,
  type Outcome,
  outcomeOf,
  type ProbeResult,
  type Service,
  SERVICES,
  type Way,
} from './probe-result';

/** What both ways to a service say about it together. */
export const SERVICE_VERDICTS = [
  /** It answers on every way that was gone. */
  'well',
  /** It lives and says no; on the network all is well. */
  'declines',
  /** Directly it answers, and the proxy does not let anybody through to it. */
  'blocked',
  /** It answers on no way. */
  'broken',
  /** Only the proxy was asked, and does not let through; the cluster may be blocked or broken. */
  'blocked-or-broken',
  /** It answers through the proxy and not directly: the network here is at fault. */
  'only-through-proxy',
  /** Directly it answers, and the proxy takes no connection. */
  'proxy-away',
  /** Directly it answers, and through the proxy something else does, or it answers badly. */
  'proxy-astray',
  /** No way was gone. */
  'unknown',
] as const;
export type ServiceVerdict = (typeof SERVICE_VERDICTS)[number];

/** A blocked cluster is one that the proxy closes at once or lets nothing come from, while directly it answers. */
export function serviceVerdict({
  direct,
  proxy,
}: {
  readonly direct: Outcome;
  readonly proxy: Outcome;
}): ServiceVerdict {
  if (direct === 'not-tried') {
    return throughProxyAlone(proxy);
  }
  if (!isAlive(direct)) {
    return isAlive(proxy) ? 'only-through-proxy' : 'broken';
  }
  switch (proxy) {
    case 'closed':
    case 'silent':
      return 'blocked';
    case 'no-address':
    case 'no-connection':
      return 'proxy-away';
    case 'stranger':
    case 'faulty':
      return 'proxy-astray';
    case 'declines':
      return 'declines';
    case 'not-tried':
    case 'answers':
      return direct === 'declines' ? 'declines' : 'well';
  }
}

function throughProxyAlone(proxy: Outcome): ServiceVerdict {
  switch (proxy) {
    case 'not-tried':
      return 'unknown';
    case 'answers':
      return 'well';
    case 'declines':
      return 'declines';
    case 'closed':
    case 'silent':
      return 'blocked-or-broken';
    case 'no-address':
    case 'no-connection':
      return 'proxy-away';
    case 'stranger':
      return 'proxy-astray';
    case 'faulty':
      // TLS was done with the service's own certificate, so that the proxy did its part.
      return 'broken';
  }
}

/** One service, as both ways show it. */
export interface ServiceHealth {
  readonly service: Service;
  readonly verdict: ServiceVerdict;
  readonly outcomes: Readonly<Record<Way, Outcome>>;
  /** Why a way fails, in data. */
  readonly codes: Partial<Record<Way, FailureCode>>;
  /** What failed, by way, in the words of the network or the service. */
  readonly failures: Partial<Record<Way, string>>;
}

/** `mixed` where Kafka and its REST API do not fare alike. */
export type MemberVerdict = ServiceVerdict | 'mixed';

export interface MemberHealth {
  readonly role: Role;
  readonly verdict: MemberVerdict;
  readonly services: readonly ServiceHealth[];
}

/**
 * Kafka and its REST API make the verdict; a Schema Registry may be shared, and no outage takes that one away. A broker tells
 * its APIs to everybody, so that of a key that is refused its REST API alone tells.
 */
export function memberHealth(role: Role, passages: readonly ProbeResult[]): MemberHealth {
  const services = SERVICES.map((service) => serviceHealth(service, passages));
  const verdicts = services
    .filter(({ service, verdict }) => service !== 'schema-registry' && verdict !== 'unknown')
    .map(({ verdict }) => verdict);
  return { role, verdict: verdictOf(verdicts), services };
}

function verdictOf(verdicts: readonly ServiceVerdict[]): MemberVerdict {
  const isDeclined = verdicts.includes('declines') && verdicts.every((own) => own === 'well' || own === 'declines');
  const [first = 'unknown', ...others] = new Set(verdicts);
  return isDeclined ? 'declines' : others.length > 0 ? 'mixed' : first;
}

function serviceHealth(service: Service, passages: readonly ProbeResult[]): ServiceHealth {
  const on = (way: Way): ProbeResult | undefined =>
    passages.find((result) => result.service === service && result.way === way);
  const [direct, proxy] = [on('direct'), on('proxy')];
  const outcomes = { direct: outcome(direct), proxy: outcome(proxy) };
  const [directFailure, proxyFailure] = [direct && failureOf(direct), proxy && failureOf(proxy)];
  const [directCode, proxyCode] = [direct && failureCodeOf(direct), proxy && failureCodeOf(proxy)];
  return {
    service,
    verdict: serviceVerdict(outcomes),
    outcomes,
    codes: { ...(directCode && { direct: directCode }), ...(proxyCode && { proxy: proxyCode }) },
    failures: {
      ...(directFailure !== undefined && { direct: directFailure }),
      ...(proxyFailure !== undefined && { proxy: proxyFailure }),
    },
  };
}

const outcome = (result?: ProbeResult): Outcome => (result ? outcomeOf(result) : 'not-tried');
