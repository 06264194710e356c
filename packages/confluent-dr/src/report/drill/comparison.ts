import { type Finding } from './findings';
import { type JournalFile, type ReadJournal } from './journal-in';

/** Two drills, beside each other. */
export interface Comparison {
  /** The other one's. */
  readonly file: JournalFile;
  readonly rows: readonly { readonly title: string; readonly own?: string; readonly other?: string }[];
  /** Seconds that each part took, in the order of this drill. @default - it was not done */
  readonly phases: readonly { readonly name: string; readonly own?: number; readonly other?: number }[];
}

export function comparisonOf(
  own: { readonly journal: ReadJournal; readonly findings: readonly Finding[] },
  other: { readonly file: JournalFile; readonly findings: readonly Finding[] },
): Comparison {
  const durations = ({ run }: ReadJournal): Map<string, number> =>
    run.reduce(
      (map, { activity, duration }) => map.set(activity.name, (map.get(activity.name) ?? 0) + duration),
      new Map<string, number>(),
    );
  const [mine, others] = [durations(own.journal), durations(other.file.journal)];
  return {
    file: other.file,
    rows: own.findings.map(({ id, title, actual }) => {
      const its = other.findings.find((finding) => finding.id === id)?.actual;
      return { title, ...(actual !== undefined && { own: actual }), ...(its !== undefined && { other: its }) };
    }),
    phases: [...new Set([...mine.keys(), ...others.keys()])].map((name) => ({
      name,
      own: mine.get(name),
      other: others.get(name),
    })),
  };
}
