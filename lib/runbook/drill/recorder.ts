import { hostname, release, type as systemName } from 'node:os';
import { type RequestEvent } from '../client';
import { type PairObservation, situationName, situationOf } from '../pair';
import { type Activity, type ActivityRun, type Experiment, type Journal, type JournalStatus } from './journal';

/** What an activity came to. */
export interface Result {
  readonly ok: boolean;
  /** What is wrong, if it is not ok. */
  readonly problem?: string;
  readonly document?: unknown;
}

export interface RecorderOptions {
  readonly experiment: Experiment;
  /** Of this tool. */
  readonly version: string;
  /** Gets the whole journal after each change. */
  readonly write: (journal: Journal) => void;
  readonly now?: () => Date;
}

/** Keeps the journal while a drill goes on. */
export class Recorder {
  public readonly journal: Journal;
  private readonly now: () => Date;
  private readonly write: (journal: Journal) => void;
  private requests: RequestEvent[] = [];
  private states: ActivityRun['output']['states'][number][] = [];
  private stands: Readonly<Record<string, string>> = {};

  constructor({ experiment, version, write, now = () => new Date() }: RecorderOptions) {
    this.now = now;
    this.write = write;
    const start = now().toISOString();
    this.journal = {
      'chaoslib-version': version,
      platform: `${systemName()}-${release()}`,
      node: hostname(),
      experiment,
      start,
      status: 'interrupted',
      deviated: false,
      steady_states: { before: null, after: null, during: [] },
      run: [],
      rollbacks: [],
      end: start,
      duration: 0,
    };
    this.save();
  }

  public readonly request = (event: RequestEvent): void => {
    this.requests.push(event);
  };

  /** Notes where topics stand now, if that is not where they stood. */
  public state({ topics }: PairObservation): void {
    const now = Object.fromEntries(topics.map((topic) => [topic.name, situationName(situationOf(topic))]));
    const moved = Object.entries(now).filter(([name, stand]) => this.stands[name] !== stand);
    if (moved.length > 0) {
      this.states.push({ at: this.now().toISOString(), topics: Object.fromEntries(moved) });
      this.stands = now;
    }
  }

  /** Does something and notes it, however it ends; what it throws is thrown again. */
  public async record(activity: Activity, body: () => Promise<Result>): Promise<ActivityRun> {
    const started = this.now();
    [this.requests, this.states] = [[], []];
    try {
      return this.note(activity, started, await body());
    } catch (error) {
      this.journal.run.push(this.note(activity, started, { ok: false, problem: (error as Error).message }));
      this.save();
      throw error;
    }
  }

  /** Adds what was done to the method's runs. */
  public add(run: ActivityRun): void {
    this.journal.run.push(run);
    this.save();
  }

  public steady(when: 'before' | 'after', probe: ActivityRun): void {
    const met = probe.status === 'succeeded';
    this.journal.steady_states[when] = { steady_state_met: met, probes: [{ ...probe, tolerance_met: met }] };
    this.journal.deviated = when === 'after' && !met;
    this.save();
  }

  public end(status: JournalStatus): Journal {
    this.journal.status = status;
    this.save();
    return this.journal;
  }

  private note(activity: Activity, started: Date, { ok, problem, document }: Result): ActivityRun {
    const ended = this.now();
    return {
      activity,
      status: ok ? 'succeeded' : 'failed',
      output: { ...(document !== undefined && { result: document }), states: this.states, requests: this.requests },
      start: started.toISOString(),
      end: ended.toISOString(),
      duration: seconds(started, ended),
      ...(problem !== undefined && { exception: problem.split('\n') }),
    };
  }

  private save(): void {
    const now = this.now();
    this.journal.end = now.toISOString();
    this.journal.duration = seconds(new Date(this.journal.start), now);
    this.write(this.journal);
  }
}

const seconds = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;
