import { type Journal } from './journal';

/** Targets for what clients see; a target that nothing was measured for is missed. */
export const TRAFFIC_TARGETS = ['rto', 'rpo'] as const;
export type TrafficTarget = (typeof TRAFFIC_TARGETS)[number];

/** Those of the targets for clients that were not met, or cannot be told to be. */
export function missedTargets({
  targets: { rto, rpo },
  traffic,
}: Pick<Journal, 'targets' | 'traffic'>): TrafficTarget[] {
  const reached = traffic?.failover?.rto;
  const loss = traffic?.loss;
  const isWithin = (limit: number | undefined, actual: number | undefined): boolean =>
    limit === undefined || (actual !== undefined && actual <= limit);
  return [
    ...(isWithin(rto, reached) ? [] : (['rto'] as const)),
    ...(rpo === undefined || (isWithin(rpo.records, loss?.records) && isWithin(rpo.seconds, loss?.seconds))
      ? []
      : (['rpo'] as const)),
  ];
}
