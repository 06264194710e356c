import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { type DataPlane, type Role } from '../observe/pair-observation';
import { type MoveRemark } from '../observe/serving';
import { type Activity, type ActivityRun, type AnsweredQuestion, type SteadyState } from './activity';
import { type ClientsSeen } from './clients';
import { type Traffic } from './traffic';

/** More entries of a list than this hide what matters, and make a journal that nobody opens. */
const MOST_ENTRIES = 20;

/** The same document with the beginnings of its long lists, each of which says how many more there were. */
export function shortened(document: unknown): unknown {
  if (Array.isArray(document)) {
    const shown = document.slice(0, MOST_ENTRIES).map(shortened);
    const more = document.length - shown.length;
    return more > 0 ? [...shown, `… and ${more} more`] : shown;
  }
  if (typeof document !== 'object' || document === null) {
    return document;
  }
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, shortened(value)]));
}

/** What was done, in the shape of Chaos Toolkit's journal: its own tools make reports of it. */
export interface Journal {
  readonly 'chaoslib-version': string;
  readonly platform: string;
  readonly node: string;
  readonly experiment: Experiment;
  /** ISO 8601, by this machine's clock, as all times are. */
  readonly start: string;
  /** While it goes on, and if the tool is killed: `interrupted`. */
  status: JournalStatus;
  /** Whether the pair was not steady in the end, records were lost or discarded, or topics were left behind. */
  deviated: boolean;
  readonly steady_states: { before: SteadyState | null; after: SteadyState | null; readonly during: readonly [] };
  readonly run: ActivityRun[];
  /** What was begun and has not ended; after a kill it tells in what. @default - nothing */
  under_way?: UnderWay;
  /** Where it ended on the way, and was taken up again by a further run. */
  readonly interruptions: readonly Interruption[];
  readonly rollbacks: readonly [];
  end: string;
  /** Seconds. */
  duration: number;
  /** The process that is at work on it. @default - it has ended */
  pid?: number;
  /** Who ran it, and in which folder. */
  readonly operator: { readonly user: string; readonly folder: string };
  readonly questions: AnsweredQuestion[];
  /** What nobody has seen, though the drill went on. */
  readonly not_proven: string[];
  readonly targets: Targets;
  /** What clients saw. @default - no canary ran */
  traffic?: Traffic;
  /** What clients of applications logged. @default - no logs were given */
  clients?: ClientsSeen;
  actuals: Actuals;
}

export interface UnderWay {
  readonly name: PhaseName;
  readonly start: string;
  /** Records that somebody agreed to discard. @default none */
  readonly discarded?: number;
}

export interface Interruption {
  /** When it ended, as far as it was noted. */
  readonly end: string;
  readonly status: JournalStatus;
  /** When it was taken up. */
  readonly resumed: string;
  /** The phase that it was taken up at. */
  readonly from: string;
}

export interface Targets {
  /** So many records may be lost at most. */
  readonly lost: number;
  /** Seconds within which a mirror has to have what its source has. */
  readonly lag: number;
  /** Seconds within which clients are to work on the other side. @default - none was set */
  readonly rto?: number;
  /** What may be lost of what was acknowledged to clients. @default - none was set */
  readonly rpo?: LossTarget;
}

/** Records, or seconds. */
export interface LossTarget {
  readonly records?: number;
  readonly seconds?: number;
}

export interface Actuals {
  readonly lost: number;
  readonly discarded: number;
  /** Seconds until the mirrors had, at the check, what their sources had; as long as the target or longer if they had not. @default - nobody told */
  readonly lag?: number;
  /** Seconds from the beginning of the outage, or of the failover, until the clients could move. @default - they never could */
  readonly moved_after?: number;
}

/**
 * - `completed`: all of it was done
 * - `failed`: the pair was not steady, before or after
 * - `aborted`: something did not succeed, or somebody did not agree to go on
 * - `interrupted`: by Ctrl-C or a kill
 */
export type JournalStatus = 'completed' | 'failed' | 'aborted' | 'interrupted';

export interface Experiment {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly 'steady-state-hypothesis': { readonly title: string; readonly probes: readonly Activity[] };
  readonly method: readonly Activity[];
  readonly rollbacks: readonly [];
}

/** What a journal tells in words: in `not_proven`, and as the cause of what did not succeed. */
export type JournalNote =
  | { readonly code: 'proxy-left-alone' }
  | {
      readonly code: 'effect-untried';
      readonly phase: 'block' | 'unblock' | 'failover' | 'failback';
      readonly because: 'no-proof' | 'interrupted';
    }
  | { readonly code: 'lag-untold' }
  | { readonly code: 'taken-up-without-journal'; readonly from: string }
  | { readonly code: 'killed' }
  | { readonly code: 'traffic-before-interruption'; readonly log: string }
  | { readonly code: 'traffic-between-parts'; readonly from: string; readonly seconds: number }
  | {
      readonly code: 'traffic-stood-still';
      readonly times: number;
      /** Of all of them. */
      readonly seconds: number;
      /** ISO 8601, of the first one. */
      readonly from: string;
    }
  | { readonly code: 'clock-put-back'; readonly at: string; readonly seconds: number }
  | { readonly code: 'traffic-unended'; readonly cause: string }
  | { readonly code: 'clients-untold'; readonly cause: string }
  | { readonly code: 'traffic-past-block' }
  | { readonly code: 'traffic-group-shared'; readonly group: string }
  | { readonly code: 'served-through-block'; readonly milliseconds: number }
  | { readonly code: 'clients-should-not-be'; readonly on: Role }
  | { readonly code: 'silent'; readonly member: Role; readonly clusterId: string; readonly answer: Silence }
  | { readonly code: 'move'; readonly remark: MoveRemark };

export type Silence = Exclude<DataPlane, { readonly kind: 'answers' }>;

export const PHASE_NAMES = [
  'check',
  'block',
  'outage',
  'failover',
  'check-moved',
  'unblock',
  'recovery',
  'status',
  'failback',
] as const;

export type PhaseName = (typeof PHASE_NAMES)[number];

/** Whoever reads the file finds a whole journal, whenever that is. It names clusters and topics: its owner alone reads it. */
export function writeJournal(file: string, journal: Journal): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, `${JSON.stringify(journal, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
