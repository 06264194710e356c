import { isAlive, type Outcome } from './outcome';

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
