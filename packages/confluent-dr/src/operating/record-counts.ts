import { type RecordsLost } from '../planning/plan';

/** How many records in all. */
export const totalOf = (counts: readonly RecordsLost[]): number =>
  counts.reduce((sum, { records }) => sum + records, 0);

/** Per topic and partition, the greater of all that is told. */
export class RecordCounts {
  private readonly counts = new Map<string, RecordsLost>();

  public add(told: readonly RecordsLost[]): void {
    for (const count of told) {
      const key = JSON.stringify([count.topic, count.partition]);
      if (count.records > (this.counts.get(key)?.records ?? 0)) {
        this.counts.set(key, count);
      }
    }
  }

  /** Those with records, by topic and partition. */
  public list(): RecordsLost[] {
    return [...this.counts.values()].sort(
      (one, other) => compare(one.topic, other.topic) || one.partition - other.partition,
    );
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
