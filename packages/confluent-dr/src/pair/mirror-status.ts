/** All words that Confluent Cloud has for the status of a mirror topic. */
export const MIRROR_STATUSES = [
  'ACTIVE',
  'FAILED',
  'LINK_FAILED',
  'LINK_PAUSED',
  'PAUSED',
  'PENDING_STOPPED',
  'SOURCE_UNAVAILABLE',
  'STOPPED',
  'PENDING_MIRROR',
  'PENDING_SYNCHRONIZE',
  'PENDING_SETUP_FOR_RESTORE',
  'PENDING_RESTORE',
] as const;
export type MirrorStatus = (typeof MIRROR_STATUSES)[number];

export const PENDING_STATUSES = [
  'PENDING_STOPPED',
  'PENDING_MIRROR',
  'PENDING_SYNCHRONIZE',
  'PENDING_SETUP_FOR_RESTORE',
  'PENDING_RESTORE',
] as const;
export type PendingStatus = (typeof PENDING_STATUSES)[number];

/** Whether a mirror is on its way into another status. */
export const isPending = (status: MirrorStatus): status is PendingStatus =>
  (PENDING_STATUSES as readonly MirrorStatus[]).includes(status);
