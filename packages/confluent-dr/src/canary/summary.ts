import { type Role } from '../observe/pair-observation';
import { type CanaryAccount, type Found, type PartitionAccount, type Tally, total } from './account';
import { type Interruption } from './interruptions';
import { type Standstill } from './standstill';
import { type CanaryVerdict, verdictOf } from './verdict';

/** What a run came to. */
export interface CanarySummary {
  readonly run: string;
  readonly topic: string;
  /** Whether all that was acknowledged is there, once and in order, and was consumed. */
  readonly verdict: CanaryVerdict;
  /** Which member was read in the end. */
  readonly on: Role;
  readonly seconds: number;
  readonly tally: Tally;
  /** Times in which nothing was acknowledged, or nothing consumed: what an outage was to these clients. */
  readonly interruptions: readonly Interruption[];
  /** Times in which the canary itself did not run: what clients would have seen then nobody measured. */
  readonly standstills: readonly Standstill[];
  /** @default - not all of its partitions were read to their ends */
  readonly found?: Found;
  /** Those to which something was sent. */
  readonly partitions: readonly PartitionAccount[];
}

export function summaryOf(account: CanaryAccount): CanarySummary {
  const begin = account.begin!;
  const partitions = account.byPartition().filter(({ tally }) => tally.sent > 0);
  const found = partitions.flatMap((partition) => partition.found ?? []);
  const sum = found.length === partitions.length ? total(found) : undefined;
  return {
    run: begin.run,
    topic: begin.topic,
    verdict: verdictOf(partitions),
    on: account.places.at(-1)!.on,
    seconds: ((account.stoppedAt ?? begin.at) - begin.at) / 1000,
    tally: total(partitions.map(({ tally }) => tally)) ?? NOTHING,
    interruptions: account.interruptions.until(account.stoppedAt),
    standstills: account.standstills,
    ...(sum && { found: sum }),
    partitions,
  };
}

const NOTHING: Tally = {
  sent: 0,
  acknowledged: 0,
  consumed: 0,
  late: 0,
  twice: 0,
  outOfOrder: 0,
  notConsumed: 0,
};
