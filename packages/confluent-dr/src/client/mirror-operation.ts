import { type OperationRow } from './kafka-rest-rows';

export const MIRROR_OPERATIONS = [
  'promote',
  'failover',
  'pause',
  'resume',
  'reverse-and-start-mirror',
  'reverse-and-pause-mirror',
  'truncate-and-restore',
] as const;
export type MirrorOperation = (typeof MIRROR_OPERATIONS)[number];

/** What a truncation takes from one partition. */
export interface PartitionTruncation {
  readonly partition: number;
  /** The partition ends here afterwards. */
  readonly truncatedTo: number;
  /** Records that are discarded. */
  readonly records: number;
}

/** What the answer to a mirror operation says about one topic. */
export type OperationOutcome =
  | {
      readonly topic: string;
      readonly result: 'accepted';
      /** Records of the source that the mirror does not have, by partition. */
      readonly lags: readonly { readonly partition: number; readonly lag: number }[];
      /** Of truncate-and-restore alone: records discarded in all, and by partition where that is told. */
      readonly truncation?: { readonly records: number; readonly partitions: readonly PartitionTruncation[] };
    }
  | { readonly topic: string; readonly result: 'refused'; readonly code?: number; readonly message: string }
  /** The answer says nothing about it: only the mirror itself tells. */
  | { readonly topic: string; readonly result: 'unmentioned' };

/** One outcome for each topic that was asked for, in that order. */
export function outcomesOf(topics: readonly string[], rows: readonly OperationRow[]): OperationOutcome[] {
  const rowOf = new Map(rows.map((row) => [row.mirror_topic_name, row]));
  return topics.map((topic) => {
    const row = rowOf.get(topic);
    return row ? outcomeOf(topic, row) : { topic, result: 'unmentioned' };
  });
}

/** The API documents 0 for no error as well as none; a message alone is a refusal too. */
function outcomeOf(topic: string, row: OperationRow): OperationOutcome {
  const { error_code: code, error_message: message } = row;
  if (code || message) {
    return { topic, result: 'refused', ...(code && { code }), message: message || `error_code ${code}` };
  }
  const partitions = (row.partition_level_truncation_data ?? []).map((part) => ({
    partition: part.partition_id,
    truncatedTo: part.offset_truncated_to,
    records: part.messages_truncated,
  }));
  const records = row.messages_truncated ?? partitions.reduce((sum, part) => sum + part.records, 0);
  const told = typeof row.messages_truncated === 'number' || partitions.length > 0;
  return {
    topic,
    result: 'accepted',
    lags: (row.mirror_lags ?? []).map(({ partition, lag }) => ({ partition, lag })),
    ...(told && { truncation: { records: Number(records), partitions } }),
  };
}
