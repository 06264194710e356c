import { type RequestEvent } from '../client/request-event';
import { type MoveRemark } from '../pair/client-move';
import { type DataPlane } from '../pair/data-plane';
import { type Role } from '../pair/role';
import { type PhaseName } from './phases';
import { type Traffic } from './traffic';

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

export interface AnsweredQuestion {
  readonly text: string;
  /** An option of the command agreed beforehand, or a person was asked, or there was nobody to ask. */
  readonly by: 'option' | 'person' | 'nobody';
  readonly answer: boolean;
  readonly at: string;
  /** Until it was answered. */
  readonly seconds: number;
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

export interface Activity {
  readonly type: 'action' | 'probe';
  readonly name: string;
  /** The command that does the same by itself. */
  readonly provider: { readonly type: 'process'; readonly path: string; readonly arguments: string };
  readonly tolerance?: true;
}

export interface Experiment {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly 'steady-state-hypothesis': { readonly title: string; readonly probes: readonly Activity[] };
  readonly method: readonly Activity[];
  readonly rollbacks: readonly [];
}

/** A read that was repeated with the same outcome is noted once. */
export type NotedRequest = RequestEvent & { readonly times?: number };

/** Where the topics stand at a time. */
export interface SeenState {
  readonly at: string;
  /** Topics that stand elsewhere than before, by their names on the primary; `*` stands for all that are not named. */
  readonly topics: Readonly<Record<string, string>>;
}

export interface ActivityOutput {
  /** What it came to, as the command itself would print it with --json; of long lists the beginning. */
  readonly result?: unknown;
  /** Records. @default none */
  readonly lost?: number;
  /** Records. @default none */
  readonly discarded?: number;
  /** Records that somebody agreed to discard before it was killed; whether they are, nobody noted. @default none */
  readonly announced?: number;
  readonly states: readonly SeenState[];
  readonly requests: readonly NotedRequest[];
}

export interface ActivityRun {
  readonly activity: Activity;
  readonly status: 'succeeded' | 'failed';
  readonly output: ActivityOutput;
  readonly start: string;
  readonly end: string;
  /** Seconds. */
  readonly duration: number;
  /** What went wrong, a line each. */
  readonly exception?: readonly string[];
  readonly tolerance_met?: boolean;
}

export interface SteadyState {
  readonly steady_state_met: boolean;
  readonly probes: readonly ActivityRun[];
}

/** What a journal tells in words: in `not_proven`, and as the cause of what did not succeed. */
export type JournalNote =
  | { readonly code: 'proxy-left-alone' }
  | {
      readonly code: 'effect-untried';
      readonly phase: 'block' | 'unblock';
      readonly because: 'no-proof' | 'interrupted';
    }
  | { readonly code: 'lag-untold' }
  | { readonly code: 'taken-up-without-journal'; readonly from: string }
  | { readonly code: 'killed' }
  | { readonly code: 'traffic-before-interruption'; readonly log: string }
  | { readonly code: 'traffic-unended'; readonly cause: string }
  | { readonly code: 'traffic-past-block' }
  | { readonly code: 'served-through-block'; readonly milliseconds: number }
  | { readonly code: 'clients-should-not-be'; readonly on: Role }
  | { readonly code: 'silent'; readonly member: Role; readonly clusterId: string; readonly answer: Silence }
  | { readonly code: 'move'; readonly remark: MoveRemark };

export type Silence = Exclude<DataPlane, { readonly kind: 'answers' }>;
