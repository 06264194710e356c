import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CanaryAccount } from '../../canary/account';
import { type Interruption } from '../../canary/interruptions';
import { readLog } from '../../canary/raw-log';
import { summaryOf } from '../../canary/summary';
import { comparisonOf } from './comparison';
import { type Finding, findingsOf, verdictOfAll } from './findings';
import { type JournalFile, readJournal } from './journal-in';
import { type CanaryOfDrill, type Report } from './page';

export { type Finding, reasonNotMeasured, verdictOfAll } from './findings';
export { type ReadJournal, UnusableJournal } from './journal-in';
export { type Report, reportPage } from './page';

export interface ReportSources {
  /** The journal of the drill. */
  readonly journal: string;
  /** Raw log of a canary that ran beside it. @default - none ran */
  readonly canary?: string;
  /** The journal of another drill. @default - it is compared with none */
  readonly against?: string;
  /** Version of this tool. */
  readonly madeBy: string;
  readonly madeAt?: Date;
}

interface Drill {
  readonly file: JournalFile;
  readonly findings: readonly Finding[];
  readonly interruptions: readonly Interruption[];
  readonly canary?: CanaryOfDrill;
}

/**
 * Reads what there is of a drill.
 * @throws UnusableJournal
 * @throws UnusableLog
 */
export function readReport({ journal, canary, against, madeBy, madeAt = new Date() }: ReportSources): Report {
  const drill = readDrill(journal, canary);
  const other = against === undefined ? undefined : readDrill(against);
  return {
    ...drill,
    ...(other && { against: comparisonOf({ journal: drill.file.journal, findings: drill.findings }, other) }),
    madeBy,
    madeAt,
  };
}

/** The raw log that the drill's own canary left, where it still is what the journal says. */
function logOf({ path, journal: { traffic } }: JournalFile): string | undefined {
  if (traffic?.log.sha256 === undefined) {
    return undefined;
  }
  const beside = [traffic.log.path, join(dirname(path), basename(traffic.log.path))].find((file) => existsSync(file));
  return beside !== undefined && readLog(beside).sha256 === traffic.log.sha256 ? beside : undefined;
}

function readDrill(path: string, given?: string): Drill {
  const file = readJournal(path);
  const { journal } = file;
  const log = given ?? logOf(file);
  if (log === undefined) {
    return { file, findings: findingsOf({ journal, interruptions: [] }), interruptions: [] };
  }
  const { events, sha256, cutOff } = readLog(log);
  const account = CanaryAccount.of(events);
  const canary = { account, summary: summaryOf(account), path: log, sha256, cutOff };
  const { interruptions } = canary.summary;
  return { file, canary, interruptions, findings: findingsOf({ journal, canary: canary.summary, interruptions }) };
}

export const verdictOf = ({ findings }: Pick<Report, 'findings'>): ReturnType<typeof verdictOfAll> =>
  verdictOfAll(findings);
