import { failedLayer, outcomeOf } from './outcome';
import { type Passage } from './passage';

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
export function failureCodeOf(passage: Pick<Passage, 'layers'>): FailureCode | undefined {
  const failed = failedLayer(passage);
  if (failed === undefined) {
    return undefined;
  }
  switch (outcomeOf(passage)) {
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
