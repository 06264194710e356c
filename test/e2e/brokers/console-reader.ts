import { existsSync, readFileSync } from 'node:fs';
import { type Journal } from '../../../packages/confluent-dr/src/drill/journal';
import { type Found } from '../../../packages/confluent-dr/src/canary/account';

/** What a canary was told by the brokers that they have, by a raw log that it left; nothing of one that never began. */
export interface Acknowledged {
  readonly run: string;
  /** By partition and number. */
  readonly records: ReadonlySet<string>;
}

type Line =
  | { readonly type: 'begin'; readonly run: string }
  | { readonly type: 'acknowledged'; readonly partition: number; readonly first: number; readonly last: number }
  | { readonly type: 'other' };

export function acknowledgedIn(log: string): Acknowledged | undefined {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
  // Whoever is killed leaves its last line behind unended.
  const events = lines.slice(0, -1).map((line) => JSON.parse(line) as Line);
  const begin = events.find((event) => event.type === 'begin');
  const records = events.flatMap((event) =>
    event.type === 'acknowledged'
      ? Array.from({ length: event.last - event.first + 1 }, (_, index) => `${event.partition}/${event.first + index}`)
      : [],
  );
  return begin && { run: begin.run, records: new Set(records) };
}

/** Counts what Kafka's own console consumer shows of a topic as the report does: the records of canaries, by their raw logs. */
export function countedBy(dump: readonly string[], logs: readonly string[]): Found & { readonly acknowledged: number } {
  const shown = dump
    .filter((line) => line.includes('{"canary":'))
    .map((line) => ({
      offset: Number(/Offset:(\d+)/.exec(line)![1]),
      ...(JSON.parse(line.slice(line.indexOf('{"canary":'))) as Record<'partition' | 'sequence', number> & {
        readonly canary: string;
      }),
    }))
    .sort((one, other) => one.offset - other.offset);
  const sum = { acknowledged: 0, there: 0, missing: 0, twice: 0, outOfOrder: 0, unacknowledged: 0 };
  for (const { run, records } of logs.flatMap((log) => acknowledgedIn(log) ?? [])) {
    const seen = new Set<string>();
    const last = new Map<number, number>();
    for (const { partition, sequence } of shown.filter(({ canary }) => canary === run)) {
      const id = `${partition}/${sequence}`;
      const latest = last.get(partition) ?? -1;
      sum.twice += seen.has(id) ? 1 : 0;
      sum.outOfOrder += !seen.has(id) && records.has(id) && sequence < latest ? 1 : 0;
      seen.add(id);
      last.set(partition, Math.max(latest, sequence));
    }
    sum.acknowledged += records.size;
    sum.there += seen.size;
    sum.missing += [...records].filter((id) => !seen.has(id)).length;
    sum.unacknowledged += [...seen].filter((id) => !records.has(id)).length;
  }
  return sum;
}

/** The same numbers, as a drill's journal has them. */
export function toldBy({ traffic }: Journal): Found & { readonly acknowledged: number } {
  const { tally, found } = traffic!.sum!;
  return { ...found!, acknowledged: tally.acknowledged };
}

/** The raw logs of all parts of a drill, the first one first. */
export const logsOf = ({ traffic }: Journal): string[] =>
  [...(traffic!.earlier ?? []), traffic!].map(({ log }) => log.path);

/** @returns undefined if nobody has begun to write it */
export const journalIn = (file: string): Journal | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Journal) : undefined;
