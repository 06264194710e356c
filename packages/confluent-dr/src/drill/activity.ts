import { type RequestEvent } from '../client/http-client';

export interface AnsweredQuestion {
  readonly text: string;
  /** An option of the command agreed beforehand, or a person was asked, or there was nobody to ask. */
  readonly by: 'option' | 'person' | 'nobody';
  readonly answer: boolean;
  readonly at: string;
  /** Until it was answered. */
  readonly seconds: number;
}

export interface Activity {
  readonly type: 'action' | 'probe';
  readonly name: string;
  /** The command that does the same by itself. */
  readonly provider: { readonly type: 'process'; readonly path: string; readonly arguments: string };
  readonly tolerance?: true;
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
