import { RequestFailure } from '../client/request-failure';
import { type MemberAcls, pairAcls } from '../observe/acls';
import { observePair } from '../observe/observe-pair';
import { type PairObservation, type Role } from '../observe/pair-observation';
import { readTraffic, type Traffic } from '../observe/traffic';
import { type Plan } from '../plan/plan';
import { plan } from '../plan/planner';
import { Agreements, Intent } from './intent';
import { Ledger, MOST_ATTEMPTS } from './ledger';
import { lossToldBy, RecordCounts } from './mirror-requests';
import {
  type Ending,
  type Obstacle,
  type OperatingListener,
  type OperationRun,
  type Question,
  type TopicObstacle,
} from './operation-run';
import { isDisturbed, LostContact, PairObserver, seeTraffic } from './pair-observer';
import { type StepContext } from './step-context';
import { takeStep } from './take-step';
import {
  Deadline,
  DEFAULT_TIMEOUTS,
  MACHINE_CLOCK,
  pauseBy,
  type OperatingClock,
  type OperationTimeouts,
  Stopped,
} from './time-limits';
import { hasLaterReversal, lacksPermission, objectionsTo, type StepPreview, validate } from './validation';

/** What would be done, and what the service says about it; nothing is changed. */
export interface Proposal {
  readonly plan: Plan;
  readonly observation: PairObservation;
  readonly acls: Readonly<Record<Role, MemberAcls>>;
  /** The service's answers to the first operations of the plan, which can be asked for now. */
  readonly previews: readonly StepPreview[];
  /** What the service would not do: without leave to go on in part, nothing would be done at all. */
  readonly objections: readonly TopicObstacle[];
  /** What clients do where the first operation would find them. @default - not looked at */
  readonly traffic?: Traffic;
}

/**
 * Plans, and lets the service validate what comes first, as a run does before its first change.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function propose({
  pair,
  request,
  askable,
  signal,
  traffic: policy,
  clock = MACHINE_CLOCK,
}: Omit<OperationRun, 'confirm'>): Promise<Proposal> {
  const intent = new Intent(request, askable);
  const seen = await observePair(pair, { signal, timeoutsMs: intent.memberTimeouts, pause: pauseBy(clock) });
  const acls = pairAcls(pair, seen, request.topics);
  const { observation } = seen;
  const planned = (): Plan => plan(observation, intent.requestFor(observation, new Ledger(), acls));
  let next = planned();
  if (hasLaterReversal(next)) {
    intent.heedAcls();
    next = planned();
  }
  let previews = await validate(pair, next, signal);
  if (lacksPermission(previews)) {
    intent.heedAcls();
    next = planned();
    const isTold = next.refusals.some(({ code }) => code === 'acls-missing');
    // What is cured first cannot be validated before; what the plan itself refuses now is told once, by it.
    previews = next.steps.some(({ kind }) => kind === 'cure-acls')
      ? []
      : isTold
        ? await validate(pair, next, signal)
        : previews;
  }
  const disturbed = policy && next.procedure === 'planned' ? next.steps.find(isDisturbed) : undefined;
  const traffic = disturbed && (await readTraffic(pair, disturbed, { ...clock, signal }));
  return { ...(traffic && { traffic }), plan: next, observation, acls, previews, objections: objectionsTo(previews) };
}

/**
 * Makes the request come true: looks at both sides, plans, asks the operator, takes one step, waits until both sides show
 * it, and begins anew, until nothing is left to do. Only what the clusters tell counts; run again after a crash, it goes
 * on from there.
 *
 * @throws what is no failed request: faults of the tool, or of `confirm`
 */
export function operate(run: OperationRun): Promise<Ending> {
  return new Operation(run).toItsEnd();
}

class Operation {
  private readonly clock: OperatingClock;
  private readonly timeouts: OperationTimeouts;
  private readonly deadline: Deadline;
  private readonly listener: OperatingListener;
  private readonly observer: PairObserver;
  private readonly intent: Intent;
  private readonly ledger = new Ledger();
  private readonly lost = new RecordCounts();
  private readonly discarded = new RecordCounts();
  private readonly obstacles: Obstacle[] = [];
  private readonly contact: LostContact;
  private readonly context: StepContext;
  private acls?: Readonly<Record<Role, MemberAcls>>;
  private plan?: Plan;
  private isValidated = false;
  private validations = 0;
  private traffic?: Traffic;
  /** Operations whose clients were looked at. */
  private readonly looked = new Set<string>();

  constructor(private readonly run: OperationRun) {
    const { pair, request, askable, signal, clock = MACHINE_CLOCK, listener = () => undefined } = run;
    this.clock = clock;
    this.listener = listener;
    this.timeouts = { ...DEFAULT_TIMEOUTS, ...run.timeouts };
    this.deadline = new Deadline(clock, this.timeouts.timeLimitMs, signal);
    this.intent = new Intent(request, askable);
    this.observer = new PairObserver(pair, this.deadline, clock, () => this.intent.memberTimeouts);
    this.contact = new LostContact(this.timeouts.lostContactMs);
    const { deadline, timeouts, observer: looker, ledger, lost, discarded } = this;
    const agreements = new Agreements();
    const counts = { lost, discarded };
    this.context = { run, clock, deadline, timeouts, listener, observer: looker, ledger, agreements, ...counts };
  }

  public async toItsEnd(): Promise<Ending> {
    try {
      return await this.loop();
    } catch (error) {
      if (!(error instanceof Stopped)) {
        throw error;
      }
      // Whoever interrupts before anything was done waits for nobody who may be silent.
      if (error.reason !== 'interrupted' || this.ledger.hasBegun) {
        await this.observer.observeAtEnd();
      }
      return this.ending(error.reason);
    }
  }

  private async loop(): Promise<Ending> {
    for (;;) {
      this.deadline.check();
      const next = await this.planned();
      if (next.kind === 'refusal' && this.intent.topicsOf(this.observer.observation!).length > 0) {
        if (!this.ledger.hasBegun || !this.contact.bears(next, this.clock.now())) {
          return this.ending('refused');
        }
        this.listener({ type: 'lost-contact', refusals: next.refusals });
        await this.deadline.sleep(this.timeouts.longestPauseMs);
        continue;
      }
      this.contact.regained();
      if (next.steps.length === 0) {
        return this.ending(this.obstacles.length > 0 ? 'hindered' : 'done');
      }
      if (next.steps[0].kind === 'operate' && this.mustValidate) {
        const verdict = await this.validated(next);
        if (verdict === 'refused') {
          return this.ending('refused');
        }
        if (verdict === 'plan-again') {
          continue;
        }
      }
      const quiet = await this.quieted(next);
      if (quiet === 'busy') {
        return this.ending('busy');
      }
      if (quiet === 'plan-again') {
        continue;
      }
      const result = await takeStep(this.context, next.steps[0], this.acls!);
      if (result.kind === 'declined') {
        return this.ending('declined', result.question);
      }
      for (const obstacle of result.obstacles) {
        this.obstacles.push(obstacle);
        if (obstacle.topic === undefined) {
          return this.ending('hindered');
        }
        this.intent.giveUp(obstacle.topic);
      }
    }
  }

  private async planned(): Promise<Plan> {
    const seen = await this.observer.observe();
    this.acls = pairAcls(this.run.pair, seen, this.run.request.topics);
    const next = plan(seen.observation, this.intent.requestFor(seen.observation, this.ledger, this.acls));
    this.intent.settle(next.procedure);
    this.plan = next;
    this.listener({ type: 'planned', plan: next, observation: seen.observation });
    return next;
  }

  private get mustValidate(): boolean {
    return !this.isValidated && this.intent.allOrNothing && !this.ledger.hasBegun;
  }

  /** All or nothing: before the first change, the service is asked whether it would do all of it. */
  private async validated(next: Plan): Promise<'accepted' | 'refused' | 'plan-again'> {
    if (hasLaterReversal(next) && !this.intent.heedsAcls) {
      this.intent.heedAcls();
      return 'plan-again';
    }
    const previews = await this.untilStopped(validate(this.run.pair, next, this.deadline.signal));
    const objections = objectionsTo(previews);
    this.listener({ type: 'validated', objections });
    if (objections.length === 0) {
      this.isValidated = true;
      return 'accepted';
    }
    if (lacksPermission(previews) && !this.intent.heedsAcls) {
      this.intent.heedAcls();
      return 'plan-again';
    }
    this.validations += 1;
    const mayPass = this.ledger.hasCured || objections.some(({ code }) => code === 'request-failed');
    if (mayPass && this.validations < MOST_ATTEMPTS) {
      await this.deadline.sleep(
        Math.min(this.timeouts.shortestPauseMs * 5 ** this.validations, this.timeouts.longestPauseMs),
      );
      return 'plan-again';
    }
    this.obstacles.push(...objections);
    return 'refused';
  }

  /** Once for each operation that clients could be in the way of; it may have taken long. */
  private async quieted({ procedure, steps: [step] }: Plan): Promise<'quiet' | 'busy' | 'plan-again'> {
    const { traffic: policy, pair } = this.run;
    if (!policy || procedure !== 'planned' || !isDisturbed(step) || this.looked.has(step.operation)) {
      return 'quiet';
    }
    const { clock, deadline, listener } = this;
    const { signal } = this.run;
    const seen = await deadline.without(() =>
      this.untilStopped(seeTraffic(pair, step, policy, { ...clock, signal }, listener)),
    );
    deadline.check();
    this.traffic = seen.traffic;
    if (seen.isBusy) {
      return 'busy';
    }
    this.looked.add(step.operation);
    return policy.drainMs === undefined ? 'quiet' : 'plan-again';
  }

  private async untilStopped<T>(asked: Promise<T>): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      throw error instanceof RequestFailure ? new Stopped(this.deadline.reason) : error;
    }
  }

  private ending(kind: Ending['kind'], declined?: Question): Ending {
    const { plan: last, obstacles } = this;
    const { observation } = this.observer;
    if (observation && last?.procedure === 'unplanned') {
      const own = new Set(this.lost.list().map(({ topic }) => topic));
      const others = new Set(last.done.filter((name) => !own.has(name)));
      this.lost.add(lossToldBy(observation, last.target, others));
    }
    return {
      kind,
      ...(last && { plan: last }),
      ...(observation && { observation }),
      attempts: this.ledger.attempts,
      obstacles,
      lost: this.lost.list(),
      discarded: this.discarded.list(),
      ...(this.traffic && { traffic: this.traffic }),
      ...(declined && { declined }),
    };
  }
}
