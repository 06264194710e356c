import { HostNotFound } from './host-finder';

/** Why a request was not answered as it should be. */
export const FAILURE_KINDS = [
  /** The caller gave up, by Ctrl-C for example. */
  'aborted',
  /** DNS knows no such host, or does not answer. */
  'dns',
  /** Nothing listens there. */
  'refused',
  /** There is no way to that network. */
  'unreachable',
  /** The certificate, or TLS itself, is not right. */
  'tls',
  /** Nothing came within the time limit: a server that hangs, or a network that drops packets. */
  'timeout',
  /** The connection broke off before the whole answer was there. */
  'cut',
  /** 5xx, or 408. */
  'unavailable',
  /** 429 */
  'throttled',
  /** 401: the key is wrong or was deleted, or belongs to another cluster. */
  'unauthorized',
  /** 403: the key is right, its owner may not do this. */
  'forbidden',
  /** 404 */
  'not-found',
  /** Any other 4xx. */
  'bad-request',
  /** Answered, but not as the API says. */
  'malformed',
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Whether a request can change anything. Only a read may be repeated without a look at the truth. */
export type Effect = 'read' | 'write';

export interface RequestFailureProps {
  readonly kind: FailureKind;
  readonly method: string;
  readonly url: string;
  readonly effect: Effect;
  /** What the server or the network said, without secrets. */
  readonly detail: string;
  /** Whether the server may have got the whole request. */
  readonly sent: boolean;
  readonly status?: number;
  /** Kafka REST's `error_code`, for example 40301. */
  readonly errorCode?: number;
  /** Milliseconds that the server asks to be left alone for. */
  readonly retryAfterMs?: number;
  /** What was to be repeated when the caller gave up. */
  readonly cause?: RequestFailure;
}

/** Kinds that tell that the server did nothing, though it got the request. */
const DECLINED: readonly FailureKind[] = ['throttled', 'unauthorized', 'forbidden', 'not-found', 'bad-request'];

const MEANING: Record<FailureKind, string> = {
  aborted: 'given up before it was answered',
  dns: 'the host was not found; check its name and the DNS server that this machine asks',
  refused: 'the connection was refused; nothing listens there, or a proxy or firewall declines',
  unreachable: 'there is no route to the host; check the network or the VPN',
  tls: 'TLS failed; the host is not who it should be, or something in between answers in its place',
  timeout: 'no answer in time; the service hangs, or the network drops what is sent',
  cut: 'the connection broke off before the whole answer was there',
  unavailable: 'the service is unavailable',
  throttled: 'too many requests',
  unauthorized: 'the API key is wrong, was deleted, or belongs to another cluster',
  forbidden: 'the API key is good, but its owner lacks a role or an ACL for this',
  'not-found': 'there is no such thing; check the ids and names',
  'bad-request': 'the service declined the request',
  malformed: 'the answer is not what the API promises; something in between may have answered',
};

/** A request that failed, and what is known about it. Holds no secrets. */
export class RequestFailure extends Error implements RequestFailureProps {
  public readonly kind: FailureKind;
  public readonly method: string;
  public readonly url: string;
  public readonly effect: Effect;
  public readonly detail: string;
  public readonly sent: boolean;
  public readonly status?: number;
  public readonly errorCode?: number;
  public readonly retryAfterMs?: number;
  declare public readonly cause?: RequestFailure;

  constructor(props: RequestFailureProps) {
    super(messageOf(props), props.cause && { cause: props.cause });
    this.name = 'RequestFailure';
    this.kind = props.kind;
    this.method = props.method;
    this.url = props.url;
    this.effect = props.effect;
    this.detail = props.detail;
    this.sent = props.sent;
    this.status = props.status;
    this.errorCode = props.errorCode;
    this.retryAfterMs = props.retryAfterMs;
  }

  /** True if this was a write that may have been done all the same: look at the truth before repeating it. */
  public get outcomeUnknown(): boolean {
    return isOutcomeUnknown(this);
  }
}

function isOutcomeUnknown({ effect, sent, kind }: RequestFailureProps): boolean {
  return effect === 'write' && sent && !DECLINED.includes(kind);
}

function messageOf(props: RequestFailureProps): string {
  const { method, url, kind, status, errorCode, detail, retryAfterMs } = props;
  const asked = retryAfterMs !== undefined && `it asks to wait ${Math.ceil(retryAfterMs / 1000)} s`;
  const said = [[status, errorCode !== status && errorCode, detail].filter(Boolean).join(' '), asked]
    .filter(Boolean)
    .join('; ');
  const unknown = isOutcomeUnknown(props) ? ' It may have been done all the same: look before repeating it.' : '';
  return `${method} ${url}: ${MEANING[kind]}${said ? ` (${said})` : ''}.${unknown}`;
}

export interface NetworkFailure {
  readonly kind: FailureKind;
  /** Whether the request may have reached the server. */
  readonly sent: boolean;
  readonly detail: string;
}

const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
};
/** OpenSSL's and Node's own words for what is wrong with a certificate or a handshake. */
const TLS_CODE = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_)/;
const BEFORE_SENDING: readonly FailureKind[] = ['dns', 'refused', 'unreachable', 'tls'];

/** What an error of a socket, of TLS, of DNS or of undici means. */
export function networkFailure(error: unknown): NetworkFailure {
  const { code = '', message } = withCode(error);
  const detail = message || code;
  if (error instanceof HostNotFound) {
    return { kind: 'dns', sent: false, detail };
  }
  // Node names a connection that ends in the middle of the handshake as it does any other.
  if (code === 'ECONNRESET' && message.includes('before secure TLS')) {
    return { kind: 'cut', sent: false, detail };
  }
  const kind = KIND_OF_CODE[code] ?? (TLS_CODE.test(code) ? 'tls' : 'cut');
  const sent = !BEFORE_SENDING.includes(kind) && code !== 'UND_ERR_CONNECT_TIMEOUT' && !isConnecting(error);
  return { kind, sent, detail };
}

function isConnecting(error: unknown): boolean {
  return (error as { readonly syscall?: string }).syscall === 'connect';
}

/** Where several addresses of a host failed, the first one speaks for all. */
function withCode(error: unknown): { readonly code?: string; readonly message: string } {
  const known = error as { readonly code?: string; readonly message?: string; readonly errors?: readonly Error[] };
  return { code: known.code, message: known.message || (known.errors?.[0]?.message ?? '') };
}
