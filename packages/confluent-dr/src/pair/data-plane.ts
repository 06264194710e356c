import { type FailureKind } from '../client/request-failure';

/** How a member's data plane answered; `cause` is what the request that failed said, without secrets. */
export type DataPlane =
  | { readonly kind: 'answers' }
  | {
      readonly kind: Exclude<FailureKind, 'aborted'>;
      readonly cause: string;
      /** Whether it answered something else meanwhile. @default false */
      readonly lives?: boolean;
    };

type Silence = Exclude<DataPlane['kind'], 'answers'>;

/** Failures of a service or network that are gone; all others come from a service that lives. */
const AWAY: readonly Silence[] = ['dns', 'refused', 'unreachable', 'tls', 'timeout', 'cut', 'unavailable'];

/**
 * - `answers`: its truth is known
 * - `away`: nothing of it is there, as far as can be seen from here
 * - `declines`: it lives and tells nothing: a wrong key, a missing role, too many requests, an answer of something else
 */
export type Presence = 'answers' | 'away' | 'declines';

export function presenceOf(dataPlane: DataPlane): Presence {
  if (dataPlane.kind === 'answers') {
    return 'answers';
  }
  return AWAY.includes(dataPlane.kind) && dataPlane.lives !== true ? 'away' : 'declines';
}
