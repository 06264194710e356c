import { type PartitionAccount } from './account';

/** What may be wrong with a run, the worst first. */
export const FAULTS = [
  'missing',
  'twice',
  'out-of-order',
  'not-consumed',
  'group-shared',
  'not-read',
  'nothing-acknowledged',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Whether everything that was acknowledged is there, once and in order, and was consumed. */
export interface CanaryVerdict {
  readonly ok: boolean;
  readonly faults: readonly Fault[];
}

/**
 * A partition that was not read proves nothing, and where others of the group read in the canary's place nobody knows whether
 * all was consumed: these are faults too. Consumers that read again are none.
 */
export function verdictOf(partitions: readonly PartitionAccount[]): CanaryVerdict {
  const used = partitions.filter(({ tally }) => tally.acknowledged > 0);
  const some = (is: (account: PartitionAccount) => boolean): boolean => used.some(is);
  const found: Readonly<Record<Fault, boolean>> = {
    missing: some((account) => (account.found?.missing ?? 0) > 0),
    twice: some((account) => (account.found?.twice ?? 0) > 0),
    'out-of-order': some((account) => (account.found?.outOfOrder ?? 0) > 0),
    'not-consumed': some(({ tally }) => tally.notConsumed > 0),
    'group-shared': some(({ shared = 0 }) => shared > 0),
    'not-read': some((account) => account.found === undefined),
    'nothing-acknowledged': used.length === 0,
  };
  const faults = FAULTS.filter((fault) => found[fault]);
  return { ok: faults.length === 0, faults };
}
