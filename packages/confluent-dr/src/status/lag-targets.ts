/** How far mirrors may be behind before that needs a look. */
export interface LagTargets {
  /** All mirrors together: what an unplanned failover may lose. */
  readonly records: number;
  /** Milliseconds within which a mirror has to have what its source has now. */
  readonly timeMs: number;
}

export const DEFAULT_TARGETS: LagTargets = { records: 1000, timeMs: 30_000 };
