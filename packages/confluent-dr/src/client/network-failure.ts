import { HostNotFound } from './host-finder';
import { type FailureKind } from './request-failure';

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
