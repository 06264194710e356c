/** How long the real provider waits, in seconds of its own. */
export const WAITS = {
  /** The first of the waits between attempts; each is twice the one before. */
  firstRetry: 1,
  connect: 30,
  roleBinding: 90,
  schemaRegistryKey: 60,
  dataPlaneWrite: 10,
  poll: 2,
  exporterPoll: 30,
  exporterPolls: 21,
  mirrorPolls: 150,
  deletion: 3600,
} as const;
