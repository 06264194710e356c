import { type ConsumerLagRow } from '../client/consumer-group-rows';
import { type KafkaRestClient } from '../client/kafka-rest-client';
import { type Reading, readingOf } from '../observing/reading';

/** A consumer group as one member tells of it. */
export interface GroupReading {
  readonly group: string;
  /** `STABLE`, `EMPTY` and so on. */
  readonly state: string;
  /** Not known where the member lists groups, and does not tell their lags. */
  readonly lags: Reading<readonly ConsumerLagRow[]>;
}

export interface GroupScope {
  /** @default all */
  readonly groups?: readonly string[];
  /** Ends the reading with an error. */
  readonly signal?: AbortSignal;
}

/** So many groups are asked for at a time. */
const AT_A_TIME = 4;

/**
 * One request for the list, and one for each group. A group that is gone in between is left out.
 *
 * @throws RequestFailure of kind `aborted`; what else goes wrong is part of the reading
 */
export async function readGroups(
  kafka: KafkaRestClient,
  { groups, signal }: GroupScope = {},
): Promise<Reading<readonly GroupReading[]>> {
  const listed = await readingOf(kafka.consumerGroups({ signal }));
  if (!listed.known) {
    return listed;
  }
  const waiting = listed.value.filter(({ consumer_group_id: id }) => groups === undefined || groups.includes(id));
  const read: GroupReading[] = [];
  const worker = async (): Promise<void> => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      const { consumer_group_id: group, state } = row;
      const lags = await readingOf(kafka.consumerLags(group, { signal }));
      if (lags.known || lags.failure.kind !== 'not-found') {
        read.push({ group, state, lags });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return { known: true, value: read.sort((one, other) => (one.group < other.group ? -1 : 1)) };
}
