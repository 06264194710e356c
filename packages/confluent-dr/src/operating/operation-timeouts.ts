/** How long what is waited for; milliseconds. */
export interface OperationTimeouts {
  /** For the whole, questions to the operator left out. @default 900000 */
  readonly timeLimitMs: number;
  /** Between two looks, at least. @default 200 */
  readonly shortestPauseMs: number;
  /** Between two looks, at most. @default 5000 */
  readonly longestPauseMs: number;
  /** Without any change among the topics, until everything is looked at anew, with the reasons. @default 10000 */
  readonly stallMs: number;
  /** Until a mirror has to show an operation that was accepted. @default 60000 */
  readonly acceptedMs: number;
  /** For a member that stops answering in the middle of it. @default 60000 */
  readonly lostContactMs: number;
}

export const DEFAULT_TIMEOUTS: OperationTimeouts = {
  timeLimitMs: 900_000,
  shortestPauseMs: 200,
  longestPauseMs: 5000,
  stallMs: 10_000,
  acceptedMs: 60_000,
  lostContactMs: 60_000,
};

/** A tenth of what was waited already: whatever the server needs, little is added to it, and few requests are made. */
export function pauseAfter(waitedMs: number, { shortestPauseMs, longestPauseMs }: OperationTimeouts): number {
  return Math.min(Math.max(waitedMs / 10, shortestPauseMs), longestPauseMs);
}
