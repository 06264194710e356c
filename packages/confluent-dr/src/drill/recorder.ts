import { type as systemName, hostname, release, userInfo } from 'node:os';
import { type RequestEvent } from '../client/http-client';
import { type PairObservation } from '../observe/pair-observation';
import { situationName, situationOf } from '../observe/situation';
import { actualsOf, byWall } from './actuals';
import { type Activity, type ActivityRun, type AnsweredQuestion, type NotedRequest } from './activity';
import {
  type Experiment,
  type Journal,
  type JournalNote,
  type JournalStatus,
  PHASE_NAMES,
  shortened,
  type Targets,
  type UnderWay,
} from './journal';
import { type Phase } from './phases';
import { type ClientsSeen } from './clients';
import { missedTargets } from './targets';
import { type Traffic, type TrafficPart } from './traffic';

/** What an activity came to. */
export interface Result {
  readonly ok: boolean;
  /** What is wrong, if it is not ok. */
  readonly problem?: string;
  readonly document?: unknown;
  /** Records. @default none */
  readonly lost?: number;
  /** Records. @default none */
  readonly discarded?: number;
  /** Topics that stay where they are, whatever is done. @default none */
  readonly leftBehind?: readonly string[];
}

export interface RecorderOptions {
  readonly experiment: Experiment;
  /** Of this tool. */
  readonly version: string;
  readonly targets: Targets;
  readonly inWords: (note: JournalNote) => string;
  /** Gets the whole journal after each change. */
  readonly write: (journal: Journal) => void;
  readonly now?: () => Date;
  /** Milliseconds by a clock that nobody sets. */
  readonly steady?: () => number;
}

/** A time by both clocks. */
interface Moment {
  readonly at: Date;
  readonly steady: number;
}

/** Keeps the journal while a drill goes on. */
export class Recorder {
  public readonly inWords: (note: JournalNote) => string;
  private kept: Journal;
  private readonly now: () => Moment;
  private readonly begun: Moment;
  private readonly write: (journal: Journal) => void;
  private requests: NotedRequest[] = [];
  private leftBehind = false;
  private seenLast?: PairObservation;
  private lag?: number;
  private states: ActivityRun['output']['states'][number][] = [];
  private stands: Readonly<Record<string, string>> = {};
  private before: readonly TrafficPart[] = [];

  constructor({ experiment, version, targets, inWords, write, ...clocks }: RecorderOptions) {
    const { now = () => new Date(), steady = () => performance.now() } = clocks;
    this.inWords = inWords;
    this.now = () => ({ at: now(), steady: steady() });
    this.write = write;
    this.begun = this.now();
    const start = this.begun.at.toISOString();
    this.kept = {
      'chaoslib-version': version,
      platform: `${systemName()}-${release()}`,
      node: hostname(),
      experiment,
      start,
      status: 'interrupted',
      deviated: false,
      steady_states: { before: null, after: null, during: [] },
      run: [],
      interruptions: [],
      rollbacks: [],
      end: start,
      duration: 0,
      pid: process.pid,
      operator: { user: userInfo().username, folder: process.cwd() },
      questions: [],
      not_proven: [],
      targets,
      actuals: { lost: 0, discarded: 0 },
    };
    this.save();
  }

  public get journal(): Journal {
    return this.kept;
  }

  /** What was seen of the pair last. @default - nothing */
  public get observation(): PairObservation | undefined {
    return this.seenLast;
  }

  public readonly request = (event: RequestEvent): void => {
    const same = this.requests.findIndex((noted) => isRepetition(event, noted));
    if (same < 0) {
      this.requests.push(event);
    } else {
      this.requests[same] = { ...this.requests[same], times: (this.requests[same].times ?? 1) + 1 };
    }
  };

  /** Asks something and notes the answer, and how long it took. */
  public async asked(text: string, by: AnsweredQuestion['by'], ask: () => Promise<boolean>): Promise<boolean> {
    const asked = this.now();
    const note = (answer: boolean): void => {
      const at = asked.at.toISOString();
      this.journal.questions.push({ text, by, answer, at, seconds: seconds(asked, this.now()) });
      this.save();
    };
    try {
      const answer = await ask();
      note(answer);
      return answer;
    } catch (error) {
      note(false);
      throw error;
    }
  }

  /** Notes what nobody has seen. */
  public notProven(what: JournalNote): void {
    this.journal.not_proven.push(this.inWords(what));
    this.save();
  }

  /** Notes that something was otherwise than it was said to be. */
  public deviatedBecause(what: JournalNote): void {
    this.journal.deviated = true;
    this.notProven(what);
  }

  /** Notes what clients saw, or that somebody looks. */
  public clientsSaw(traffic: Traffic): void {
    this.journal.traffic = traffic;
    this.save();
  }

  /** What canaries left of the parts that it goes on from, the first one first. */
  public get trafficBefore(): readonly TrafficPart[] {
    return this.before;
  }

  /** Takes back that what clients saw before is in none of the numbers, for by now it is. */
  public measuredWithBefore(): void {
    const taken = new Set(this.before.map(({ log }) => this.inWords(beforeInterruption(log.path))));
    this.kept = { ...this.kept, not_proven: this.kept.not_proven.filter((words) => !taken.has(words)) };
    this.save();
  }

  /** Notes what clients of applications logged, or where they log it. */
  public clientsLogged(clients: ClientsSeen): void {
    this.journal.clients = clients;
    this.save();
  }

  /** Notes within how many seconds the mirrors had what their sources had. */
  public caughtUp(lag: number): void {
    this.lag = lag;
    this.save();
  }

  /** Notes where topics stand now, if that is not where they stood. */
  public state(observation: PairObservation): void {
    const { topics } = observation;
    this.seenLast = observation;
    const now = Object.fromEntries(topics.map((topic) => [topic.name, situationName(situationOf(topic))]));
    const moved = Object.entries(now).filter(([name, stand]) => this.stands[name] !== stand);
    if (moved.length > 0) {
      const told = moved.length > MOST_TOPICS ? summary(now) : Object.fromEntries(moved);
      this.states.push({ at: this.now().at.toISOString(), topics: told });
      this.stands = now;
    }
  }

  /** Does something and notes it, however it ends; what it throws is thrown again. */
  public async record(activity: Activity, body: () => Promise<Result>): Promise<ActivityRun> {
    const started = this.now();
    const name = PHASE_NAMES.find((known) => known === activity.name);
    [this.requests, this.states] = [[], []];
    if (name !== undefined) {
      this.journal.under_way = { name, start: started.at.toISOString() };
      this.save();
    }
    try {
      return this.note(activity, started, await body());
    } catch (error) {
      if (name !== undefined) {
        this.journal.run.push(this.note(activity, started, { ok: false, problem: (error as Error).message }));
        this.save();
      }
      throw error;
    } finally {
      delete this.journal.under_way;
    }
  }

  /** Notes what somebody agreed to discard: who is killed then cannot tell what the clusters answered. */
  public agreedToDiscard(records: number): void {
    const { under_way: underWay } = this.journal;
    if (underWay && records > 0) {
      this.journal.under_way = { ...underWay, discarded: (underWay.discarded ?? 0) + records };
      this.save();
    }
  }

  /** Goes on with what an earlier drill left, and with its journal, if there is one. */
  public takeUp(phase: Phase | undefined, earlier?: Journal): void {
    const from = phase?.name ?? 'steady after';
    if (earlier === undefined) {
      this.notProven({ code: 'taken-up-without-journal', from });
      return;
    }
    const {
      start,
      steady_states: steady,
      under_way: underWay,
      run,
      questions,
      not_proven: unproven,
      traffic,
    } = earlier;
    const { journal: own } = this;
    const resumed = this.now().at.toISOString();
    this.lag = earlier.actuals.lag;
    // Where topics stand is noted anew: what was seen of it so far is not in that journal.
    this.stands = {};
    this.before = traffic ? [...(traffic.earlier ?? []), { run: traffic.run, log: traffic.log }] : [];
    this.kept = {
      ...own,
      start,
      steady_states: { ...own.steady_states, before: steady.before ?? own.steady_states.before },
      run: [...run, ...(underWay ? [this.killedRun(underWay, earlier)] : [])],
      questions: [...questions, ...own.questions],
      not_proven: [
        ...new Set([
          ...unproven,
          ...(traffic && phase ? [this.inWords(beforeInterruption(traffic.log.path))] : []),
          ...own.not_proven,
        ]),
      ],
      interruptions: [...earlier.interruptions, { end: earlier.end, status: earlier.status, resumed, from }],
      deviated: earlier.deviated,
      // A canary that begins takes its place; until then, and where none does, it leads to the raw logs of those before.
      ...(traffic && { traffic: phase ? partsAlone(traffic) : traffic }),
    };
    this.save();
  }

  /** Adds what was done to the method's runs. */
  public add(run: ActivityRun): void {
    this.journal.run.push(run);
    this.save();
  }

  public steady(when: 'before' | 'after', probe: ActivityRun): void {
    const met = probe.status === 'succeeded';
    this.journal.steady_states[when] = { steady_state_met: met, probes: [{ ...probe, tolerance_met: met }] };
    this.journal.deviated ||= when === 'after' && !met;
    this.save();
  }

  public end(status: JournalStatus): Journal {
    this.journal.status = status;
    this.journal.deviated ||= missedTargets(this.journal).length > 0;
    delete this.journal.pid;
    this.save();
    return this.journal;
  }

  private note(activity: Activity, started: Moment, result: Result): ActivityRun {
    const { ok, problem, document, lost = 0, discarded = 0, leftBehind = [] } = result;
    const ended = this.now();
    this.leftBehind ||= leftBehind.length > 0;
    return {
      activity,
      status: ok ? 'succeeded' : 'failed',
      output: {
        ...(document !== undefined && { result: shortened(document) }),
        ...(lost > 0 && { lost }),
        ...(discarded > 0 && { discarded }),
        states: this.states,
        requests: this.requests,
      },
      start: started.at.toISOString(),
      end: ended.at.toISOString(),
      duration: seconds(started, ended),
      ...(problem !== undefined && { exception: problem.split('\n') }),
    };
  }

  /** A run that was killed: the journal had no time to tell how it ended. */
  private killedRun({ name, start, discarded = 0 }: UnderWay, { experiment, end }: Journal): ActivityRun {
    const activity = experiment.method.find((known) => known.name === name) ?? {
      type: 'action',
      name,
      provider: { type: 'process', path: 'confluent-dr', arguments: name },
    };
    return {
      activity,
      status: 'failed',
      output: { ...(discarded > 0 && { announced: discarded }), states: [], requests: [] },
      start,
      end,
      duration: Math.max(0, byWall(start, end)),
      exception: [this.inWords({ code: 'killed' })],
    };
  }

  private save(): void {
    const now = this.now();
    this.journal.end = now.at.toISOString();
    this.journal.duration = Math.max(byWall(this.journal.start, this.journal.end), seconds(this.begun, now));
    this.journal.actuals = { ...actualsOf(this.journal.run), ...(this.lag !== undefined && { lag: this.lag }) };
    const { lost, discarded, lag = 0 } = this.journal.actuals;
    this.journal.deviated ||=
      lost + discarded > 0 ||
      this.leftBehind ||
      lag >= this.journal.targets.lag ||
      this.journal.traffic?.sum?.verdict.ok === false;
    this.write(this.journal);
  }
}

/** That canaries looked, and where their raw logs are: of no numbers of theirs more is left to be said. */
const partsAlone = ({ run, topic, rate, way, log, earlier }: Traffic): Traffic => ({
  ...{ run, topic, rate, way, log },
  ...(earlier && { earlier }),
});

const beforeInterruption = (log: string): JournalNote => ({ code: 'traffic-before-interruption', log });

/** The longer of both: the one clock may be put back, and the other stands while the machine sleeps. */
const seconds = (from: Moment, to: Moment): number =>
  Math.max(to.at.getTime() - from.at.getTime(), Math.round(to.steady - from.steady)) / 1000;

/** Of more topics than this it is told how most of them stand. */
const MOST_TOPICS = 20;

/** How most stand, and those that stand otherwise. */
function summary(stands: Readonly<Record<string, string>>): Record<string, string> {
  const counts = new Map<string, number>();
  Object.values(stands).forEach((stand) => counts.set(stand, (counts.get(stand) ?? 0) + 1));
  const [[most]] = [...counts].sort(([, one], [, other]) => other - one);
  return { '*': most, ...Object.fromEntries(Object.entries(stands).filter(([, stand]) => stand !== most)) };
}

const isRepetition = (event: RequestEvent, noted: NotedRequest): boolean =>
  event.type === 'attempt' &&
  noted.type === 'attempt' &&
  event.effect === 'read' &&
  event.method === 'GET' &&
  (['method', 'url', 'status', 'failure'] as const).every((part) => event[part] === noted[part]);
