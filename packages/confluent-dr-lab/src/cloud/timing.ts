/** How long things take in the lab's cloud, in milliseconds of its clock. */
export interface Timing {
  /** From PROVISIONING to PROVISIONED. */
  readonly clusterProvisioningMs: number;
  /** From PROVISIONING to READY, of a network and of what joins it to another. */
  readonly networkProvisioningMs: number;
  /** One step of a mirror's transition; a reversal or a promotion has one, a restore has two. */
  readonly mirrorTransitionMs: number;
  /** Between two fetches of a mirror. */
  readonly fetchMs: number;
  /** How many records a partition of a mirror fetches at once. */
  readonly fetchRecords: number;
  /** How long a link has no contact before it calls itself UNAVAILABLE, and its mirrors SOURCE_UNAVAILABLE. */
  readonly linkUnavailableAfterMs: number;
  /** How long a cluster does not see that the other one has made its side of a link; then each side gets an id of its own. */
  readonly linkDiscoveryMs: number;
  /** From STARTING to RUNNING. */
  readonly exporterStartMs: number;
  /** How long a consumer group counts as consuming after its last read. */
  readonly groupSessionMs: number;
}

export const DEFAULT_TIMING: Timing = {
  clusterProvisioningMs: 200,
  networkProvisioningMs: 200,
  mirrorTransitionMs: 500,
  fetchMs: 50,
  fetchRecords: 10_000,
  linkUnavailableAfterMs: 300_000,
  linkDiscoveryMs: 0,
  exporterStartMs: 200,
  groupSessionMs: 10_000,
};

/** The first moment after `now` on a grid that began at `origin`. */
export function nextOnGrid(now: number, intervalMs: number, origin = 0): number {
  return origin + (Math.floor((now - origin) / intervalMs) + 1) * intervalMs;
}
