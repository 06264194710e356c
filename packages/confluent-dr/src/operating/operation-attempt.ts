import { type Role } from '../pair/role';
import { type PlannedOperation } from '../planning/decision';

/** What became of asking a cluster for an operation on a topic. */
export type AttemptOutcome =
  | { readonly kind: 'accepted' }
  /** The row of the topic refuses. */
  | { readonly kind: 'refused'; readonly code?: number; readonly message: string }
  /** The request as a whole failed, and nothing was done. */
  | { readonly kind: 'failed'; readonly message: string; readonly final: boolean }
  /** It may have been done all the same; only the mirror tells. */
  | { readonly kind: 'unknown'; readonly message: string };

export interface OperationAttempt {
  readonly operation: PlannedOperation;
  readonly on: Role;
  /** By its name on the primary. */
  readonly topic: string;
  readonly outcome: AttemptOutcome;
  /** By the run's clock. */
  readonly at: number;
}

/** Whether something may have changed by it. */
export const mayHaveChanged = ({ outcome }: OperationAttempt): boolean =>
  outcome.kind === 'accepted' || outcome.kind === 'unknown';
