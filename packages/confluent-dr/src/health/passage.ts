import { type FailureKind } from '../client/request-failure';

/** What a member offers, each at an address of its own. */
export const SERVICES = ['kafka', 'rest', 'schema-registry'] as const;
export type Service = (typeof SERVICES)[number];

/** `direct` goes to the addresses that the resolver tells; `proxy` to the failover proxy, with the service's name in TLS. */
export const WAYS = ['direct', 'proxy'] as const;
export type Way = (typeof WAYS)[number];

/** What has to work for a service to answer, in this order. */
export const LAYERS = ['addresses', 'connection', 'tls', 'answer'] as const;
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
export interface Passage<S extends string = Service> {
  readonly service: S;
  readonly way: Way;
  readonly host: string;
  readonly port: number;
  readonly layers: Readonly<Record<Layer, LayerResult>>;
}

export const notAsked = (because: Untried): LayerResult => ({ kind: 'not-asked', because });

/** A way that was not gone. */
export function notTried(to: Pick<Passage, 'service' | 'way' | 'host' | 'port'>, because: Untried): Passage {
  const { service, way, host, port } = to;
  const none = notAsked(because);
  return { service, way, host, port, layers: { addresses: none, connection: none, tls: none, answer: none } };
}
