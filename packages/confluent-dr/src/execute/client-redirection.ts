import { type PairObservation, type Role } from '../observe/pair-observation';
import { clientMove } from '../observe/serving';
import { type DesiredAccess } from './toggle-proof';

/** What became of the clients of a proxy that lets them in to the active member alone. */
export const REDIRECTION_RESULTS = [
  /** They are let in to the new active member, as was seen or is enough. */
  'redirected',
  /** They were let in to it before. */
  'already',
  /** They would be let in to it; of a dry run. */
  'would-redirect',
  /** Not yet: not every topic is served there. */
  'held-back',
  /** Somebody has to: it is not known what says who is active, or from where it is deployed. */
  'by-hand',
  /** The proxy was to be left alone. */
  'left',
  'failed',
  /** The command succeeded, and nobody saw its effect. */
  'not-proven',
] as const;
export type RedirectionResult = (typeof REDIRECTION_RESULTS)[number];

/** What is known of a proxy that lets clients in to the active member alone. */
export interface RedirectionFacts {
  /** By the deployment's values, which may be older than what is applied. */
  readonly access?: { readonly active: Role };
  /** As it was applied last, where that is of this deployment. */
  readonly applied?: {
    readonly active?: Role;
    readonly activeVariable?: string;
    readonly outageWished?: string;
    readonly outageVariable?: string;
  };
  /** @default - every topic will be served by the new active member */
  readonly observation?: Pick<PairObservation, 'topics'>;
}

export type RedirectionDecision =
  /** There is nothing to turn: clients are let in to both members, or it is not known. */
  | { readonly kind: 'none' }
  | { readonly kind: 'held-back' | 'by-hand'; readonly from: Role }
  | {
      readonly kind: 'switch';
      readonly from: Role;
      /** Terraform's variables; that of the block keeps its value. */
      readonly values: Readonly<Record<string, string>>;
      readonly wished: DesiredAccess;
    };

/**
 * How clients are let in to another member: never before every topic can be written to there. One that is led to already
 * is switched again, as an apply may have failed half-way.
 */
export function decideRedirection(to: Role, { access, applied, observation }: RedirectionFacts): RedirectionDecision {
  const from = applied?.active ?? access?.active;
  if (from === undefined) {
    return { kind: 'none' };
  }
  if (observation !== undefined && clientMove(observation, to).may === 'no') {
    return from === to ? { kind: 'none' } : { kind: 'held-back', from };
  }
  const { activeVariable, outageVariable, outageWished } = applied ?? {};
  if (applied?.active === undefined || activeVariable === undefined) {
    return from === to ? { kind: 'none' } : { kind: 'by-hand', from };
  }
  const block = outageVariable !== undefined && outageWished !== undefined ? { [outageVariable]: outageWished } : {};
  return {
    kind: 'switch',
    from,
    values: { ...block, [activeVariable]: to },
    wished: { blocked: outageWished === 'true', active: to },
  };
}
