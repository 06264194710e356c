import { type Look } from '../cli/terminal';
import { totalOf } from '../operating/record-counts';
import { type RecordsLost } from '../planning/plan';
import { recordsInWords, topicCountInWords } from './records';
import { grid } from './status-layout';

/** More rows than this hide what matters; the JSON has them all. */
const MOST_ROWS = 20;

/** Records per topic and partition, those with the most first where there are many; empty for none. */
export function recordsTable(records: readonly RecordsLost[], look: Look): string {
  if (records.length === 0) {
    return '';
  }
  const shown = records.length > MOST_ROWS ? [...records].sort((one, other) => other.records - one.records) : records;
  const rows = shown
    .slice(0, MOST_ROWS)
    .map(({ topic, partition, records: count }) => [topic, partition < 0 ? 'all' : String(partition), String(count)]);
  const left = records.slice(MOST_ROWS).length;
  const topics = new Set(records.map(({ topic }) => topic)).size;
  return [
    grid(['topic', 'partition', 'records'], rows, look),
    ...(left > 0 ? [`… and ${left} more partitions`] : []),
    `${recordsInWords(totalOf(records))} in ${topicCountInWords(topics)}`,
  ].join('\n');
}
