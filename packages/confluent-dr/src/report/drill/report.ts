import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CanaryAccount } from '../../canary/account';
import { type Interruption } from '../../canary/interruptions';
import { joinedRun } from '../../canary/joined';
import { type CanaryBegin, type CanaryEvent } from '../../canary/events';
import { readLog, UnusableLog } from '../../canary/raw-log';
import { type CanarySummary, summaryOf } from '../../canary/summary';
import { type Comparison, comparisonOf } from './comparison';
import { type Finding, findingsOf, verdictOfAll } from './findings';
import { type JournalFile, readJournal } from './journal-in';

export { type Finding, reasonNotMeasured, verdictOfAll } from './findings';
export { type ReadJournal, UnusableJournal } from './journal-in';

/** A canary that ran beside a drill. */
export interface CanaryOfDrill {
  readonly account: CanaryAccount;
  readonly summary: CanarySummary;
  /** Of the raw log. */
  readonly path: string;
  readonly sha256: string;
  readonly cutOff: boolean;
  /** Raw logs of the parts before, of a drill that was taken up. */
  readonly earlier: readonly { readonly path: string; readonly sha256: string }[];
}

export interface Report {
  readonly file: JournalFile;
  readonly findings: readonly Finding[];
  readonly interruptions: readonly Interruption[];
  readonly canary?: CanaryOfDrill;
  /** Another drill, held beside this one. */
  readonly against?: Comparison;
  /** By which version of this tool, and when. */
  readonly madeBy: string;
  readonly madeAt: Date;
}

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

type NotedLog = NonNullable<JournalFile['journal']['traffic']>['log'];

/** A raw log that the drill's own canary left, where it still is what the journal says. */
function logOf({ path }: JournalFile, { path: noted, sha256 }: NotedLog): string | undefined {
  if (sha256 === undefined) {
    return undefined;
  }
  const beside = [noted, join(dirname(path), basename(noted))].find((file) => existsSync(file));
  return beside !== undefined && readLog(beside).sha256 === sha256 ? beside : undefined;
}

/** The raw logs of all parts of a drill that was taken up; undefined where one of them is not what the journal says. */
function logsOf(file: JournalFile): readonly string[] | undefined {
  const { traffic } = file.journal;
  const logs =
    traffic && [...(traffic.earlier ?? []).map(({ log }) => log), traffic.log].map((log) => logOf(file, log));
  return logs?.every((log) => log !== undefined) ? logs : undefined;
}

/** @throws UnusableLog where a log is not of a canary that ran beside this drill, or not as the drill left it */
function refuseForeignLog(
  { journal }: JournalFile,
  { path, sha256, events }: { readonly path: string; readonly sha256: string; readonly events: readonly CanaryEvent[] },
): void {
  const { clusters, run, at: from } = events[0] as CanaryBegin;
  const { run: own, log } = journal.traffic ?? {};
  if (own === run) {
    if (log?.sha256 !== undefined && log.sha256 !== sha256) {
      throw new UnusableLog(
        `${path} is not as the drill left it: its SHA-256 is ${sha256}, and by the journal ${log.sha256}. Give it as it was written.`,
      );
    }
    return;
  }
  const { title } = journal.experiment;
  const pair = [clusters.primary, clusters.secondary];
  const named: readonly string[] = title.match(/\blkc-[a-z0-9]+/g) ?? [];
  if (named.length > 0 && !pair.every((id) => named.includes(id))) {
    throw new UnusableLog(
      `${path} is of a canary on ${pair.join(' and ')}, and the drill is another one: ${title}. Give the raw log of a canary that ran beside it.`,
    );
  }
  const to = events.reduce((latest, { at }) => Math.max(latest, at), from);
  if (from > Date.parse(journal.end) || to < Date.parse(journal.start)) {
    const time = (at: number): string => new Date(at).toISOString();
    throw new UnusableLog(
      `${path} is from ${time(from)} to ${time(to)}, and the drill from ${journal.start} to ${journal.end}. Give the raw log of a canary that ran beside it.`,
    );
  }
}

function readDrill(path: string, given?: string): Drill {
  const file = readJournal(path);
  const { journal } = file;
  const logs = given === undefined ? logsOf(file) : [given];
  if (logs === undefined) {
    return { file, findings: findingsOf({ journal, interruptions: [] }), interruptions: [] };
  }
  const read = logs.map((path) => ({ path, ...readLog(path) }));
  if (given !== undefined) {
    refuseForeignLog(file, read[0]);
  }
  const { path: last, sha256, cutOff } = read.at(-1)!;
  const earlier = read.slice(0, -1).map((log) => ({ path: log.path, sha256: log.sha256 }));
  const account = CanaryAccount.of(joinedRun(read.map(({ events }) => events))?.events ?? read.at(-1)!.events);
  const canary = { account, summary: summaryOf(account), path: last, sha256, cutOff, earlier };
  const { interruptions } = canary.summary;
  return { file, canary, interruptions, findings: findingsOf({ journal, canary: canary.summary, interruptions }) };
}

export const verdictOf = ({ findings }: Pick<Report, 'findings'>): ReturnType<typeof verdictOfAll> =>
  verdictOfAll(findings);
