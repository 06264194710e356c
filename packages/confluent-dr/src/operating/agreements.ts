import { type OperationStep, type RecordsLost } from '../planning/plan';
import { type Question } from './operation-run';
import { totalOf } from './record-counts';

/** What was agreed to in this run, so that nobody is asked twice about the same. */
export class Agreements {
  private readonly agreed = new Map<string, { readonly topics: Set<string>; records: number }>();

  /** Whether the question is about no other topics and no more records than those that were agreed to. */
  public cover({ kind, records, step }: Question): boolean {
    if (step.kind !== 'operate') {
      return false;
    }
    const earlier = this.agreed.get(keyOf(kind, step));
    const topics = step.topics.map(({ name }) => name);
    return earlier !== undefined && topics.every((name) => earlier.topics.has(name)) && fits(records, earlier.records);
  }

  public add({ kind, records, step }: Question): void {
    if (step.kind === 'operate') {
      const earlier = this.agreed.get(keyOf(kind, step));
      const topics = new Set([...(earlier?.topics ?? []), ...step.topics.map(({ name }) => name)]);
      this.agreed.set(keyOf(kind, step), { topics, records: Math.max(earlier?.records ?? 0, totalOf(records)) });
    }
  }
}

const keyOf = (kind: Question['kind'], { operation, on }: OperationStep): string => `${kind} ${operation} ${on}`;

const fits = (records: readonly RecordsLost[], agreed: number): boolean => totalOf(records) <= agreed;
