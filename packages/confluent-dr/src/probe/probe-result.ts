import { type FailureKind } from '../client/request-failure';

/** What a member offers, each at an address of its own. */
export const SERVICES = ['kafka', 'rest', 'schema-registry'] as const;
export type Service = (typeof SERVICES)[number];

/** `direct` goes to the addresses that the resolver tells; `proxy` to the failover proxy, with the service's name in TLS. */
export const WAYS = ['direct', 'proxy'] as const;
export type Way = (typeof WAYS)[number];

/** What has to work for a service to answer, in this order. */
const LAYERS = ['addresses', 'connection', 'tls', 'answer'] as const;
export type Layer = (typeof LAYERS)[number];

/** Why a way was not gone, or a layer not asked. */
export const UNTRIED = [
  'not-wished-for',
  /** This machine is led to the proxy in place of the host, and the direct way was to be tried by its names. */
  'led-to-proxy',
  'proxy-unknown',
  'lab-without-brokers',
  'lab-without-proxy',
  'lab-registry-unnamed',
  /** The address of the proxy is none of the lab's, which runs on loopback. */
  'lab-proxy-elsewhere',
  'lab-without-tls',
  /** What comes before it failed. */
  'failed-before',
] as const;
export type Untried = (typeof UNTRIED)[number];

export type LayerResult =
  | { readonly kind: 'ok'; readonly detail: string }
  | {
      readonly kind: 'failed';
      readonly failure: Exclude<FailureKind, 'aborted'>;
      readonly detail: string;
      /** Node's or OpenSSL's own word for it, such as `CERT_HAS_EXPIRED`. @default - there is none */
      readonly code?: string;
    }
  | { readonly kind: 'not-asked'; readonly because: Untried };

/** How far one came on one way to one service. */
export interface ProbeResult<S extends string = Service> {
  readonly service: S;
  readonly way: Way;
  readonly host: string;
  readonly port: number;
  readonly layers: Readonly<Record<Layer, LayerResult>>;
}

export const notAsked = (because: Untried): LayerResult => ({ kind: 'not-asked', because });

/** A way that was not gone. */
export function notTried(to: Pick<ProbeResult, 'service' | 'way' | 'host' | 'port'>, because: Untried): ProbeResult {
  const { service, way, host, port } = to;
  const none = notAsked(because);
  return { service, way, host, port, layers: { addresses: none, connection: none, tls: none, answer: none } };
}

/** Where a way to a service ended, in the words that a verdict needs. */
export const OUTCOMES = [
  'not-tried',
  'answers',
  /** It lives and says no: a wrong key, a missing role, too many requests. */
  'declines',
  /** DNS has no address for it. */
  'no-address',
  /** Nothing takes the connection. */
  'no-connection',
  /** The connection was taken, and closed before TLS was done. */
  'closed',
  /** The connection was taken, and nothing came after that. */
  'silent',
  /** Somebody else's certificate, or no TLS. */
  'stranger',
  /** TLS was done with the right host, and then no good answer came. */
  'faulty',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

type Failed = Extract<LayerResult, { kind: 'failed' }>;

const DECLINES: readonly Failed['failure'][] = ['unauthorized', 'forbidden', 'throttled', 'not-found', 'bad-request'];

export function outcomeOf({ layers }: Pick<ProbeResult, 'layers'>): Outcome {
  for (const layer of LAYERS) {
    const result = layers[layer];
    if (result.kind === 'failed') {
      return OUTCOME_OF_LAYER[layer](result);
    }
  }
  return layers.answer.kind === 'ok' ? 'answers' : 'not-tried';
}

/** What failed, in the words of the network or the service; undefined if nothing did. */
export const failureOf = (result: Pick<ProbeResult, 'layers'>): string | undefined => failedLayer(result)?.detail;

/** The first layer's result that failed; undefined if nothing did. */
const failedLayer = ({ layers }: Pick<ProbeResult, 'layers'>): Failed | undefined =>
  LAYERS.map((layer) => layers[layer]).find((result): result is Failed => result.kind === 'failed');

/** Whether somebody answered for the service, with whatever words. */
export const isAlive = (outcome: Outcome): boolean => outcome === 'answers' || outcome === 'declines';

const OUTCOME_OF_LAYER: Record<(typeof LAYERS)[number], (failed: Failed) => Outcome> = {
  addresses: () => 'no-address',
  connection: () => 'no-connection',
  tls: ({ failure }) => (failure === 'timeout' ? 'silent' : failure === 'tls' ? 'stranger' : 'closed'),
  answer: ({ failure }) => (DECLINES.includes(failure) ? 'declines' : 'faulty'),
};

/** Why a service gives no good answer, as far as what helps differs. */
export const FAILURE_CODES = [
  /** DNS has no address for it. */
  'host-not-found',
  /** Its certificate is of the past, or this machine's clock is ahead. */
  'certificate-expired',
  /** Its certificate is of the future: this machine's clock is behind. */
  'certificate-not-yet-valid',
  /** It is somebody else's certificate, one that nobody vouches for, or no TLS. */
  'certificate-wrong',
  /** It answers, but not as the service would: something else is in its place. */
  'not-itself',
  /** It is gone: no connection, nothing comes, it is closed, or 5xx. */
  'away',
  /** 401: the key is wrong, expired, was deleted, or is of another cluster. */
  'key-refused',
  /** 403: the key is good, its owner may not do this. */
  'key-forbidden',
  /** 429 */
  'throttled',
  /** 404: there is no such cluster, or no such thing at that place. */
  'not-found',
  /** Any other 4xx. */
  'request-declined',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

const REFUSALS: Partial<Record<string, FailureCode>> = {
  unauthorized: 'key-refused',
  forbidden: 'key-forbidden',
  throttled: 'throttled',
  'not-found': 'not-found',
  'bad-request': 'request-declined',
};

/** Codes of a service that lives and says no. */
export const isRefusal = (code: FailureCode): boolean => Object.values(REFUSALS).includes(code);

/** @returns undefined if nothing failed, or nothing was tried */
export function failureCodeOf(result: Pick<ProbeResult, 'layers'>): FailureCode | undefined {
  const failed = failedLayer(result);
  if (failed === undefined) {
    return undefined;
  }
  switch (outcomeOf(result)) {
    case 'no-address':
      return 'host-not-found';
    case 'stranger':
      return certificateCode(failed.code);
    case 'declines':
      return REFUSALS[failed.failure];
    default:
      return failed.failure === 'malformed' ? 'not-itself' : 'away';
  }
}

function certificateCode(code?: string): FailureCode {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'certificate-expired';
    case 'CERT_NOT_YET_VALID':
      return 'certificate-not-yet-valid';
    default:
      return 'certificate-wrong';
  }
}
