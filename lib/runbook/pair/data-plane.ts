import { type FailureKind } from '../client/request-failure';

/** How a member's data plane answered; `cause` is what the request that failed said, without secrets. */
export type DataPlane =
  { readonly kind: 'answers' } | { readonly kind: Exclude<FailureKind, 'aborted'>; readonly cause: string };

type Silence = Exclude<DataPlane['kind'], 'answers'>;

/** Failures of a service or network that are gone; all others come from a service that lives. */
const AWAY: readonly Silence[] = ['dns', 'refused', 'unreachable', 'tls', 'timeout', 'cut', 'unavailable'];

/**
 * - `answers`: its truth is known
 * - `away`: nothing of it is there, as far as can be seen from here
 * - `declines`: it lives and tells nothing: a wrong key, a missing role, too many requests, an answer of something else
 */
export type Presence = 'answers' | 'away' | 'declines';

export function presenceOf({ kind }: DataPlane): Presence {
  return kind === 'answers' ? 'answers' : AWAY.includes(kind) ? 'away' : 'declines';
}
