import { type MemberAcls } from '../acls/acl-report';
import { pairAcls } from '../acls/pair-acls';
import { RequestFailure } from '../client/request-failure';
import { type Role } from '../pair/role';
import { type Plan } from '../planning/plan';
import { plan } from '../planning/planner';
import { type Traffic } from '../traffic/traffic';
import { Agreements } from './agreements';
import { MACHINE_CLOCK, type OperatingClock } from './clock';
import { Deadline, Stopped } from './deadline';
import { Intent } from './intent';
import { Ledger, MOST_ATTEMPTS } from './ledger';
import { Looker } from './look';
import { lossToldBy } from './loss';
import { LostContact } from './lost-contact';
import { type OperatingListener } from './operating-event';
import { type Ending, type Obstacle, type OperationRun, type Question } from './operation-run';
import { DEFAULT_TIMEOUTS, type OperationTimeouts } from './operation-timeouts';
import { RecordCounts } from './record-counts';
import { isDisturbed, seeTraffic } from './see-traffic';
import { type StepContext } from './step-context';
import { takeStep } from './take-step';
import { hasLaterReversal, lacksPermission, objectionsTo, validate } from './validation';

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
  private readonly looker: Looker;
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
    this.looker = new Looker(pair, this.deadline, clock, () => this.intent.patience);
    this.contact = new LostContact(this.timeouts.lostContactMs);
    const { deadline, timeouts, looker, ledger, lost, discarded } = this;
    const agreements = new Agreements();
    const counts = { lost, discarded };
    this.context = { run, clock, deadline, timeouts, listener, looker, ledger, agreements, ...counts };
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
        await this.looker.finally();
      }
      return this.ending(error.reason);
    }
  }

  private async loop(): Promise<Ending> {
    for (;;) {
      this.deadline.check();
      const next = await this.planned();
      if (next.kind === 'refusal' && this.intent.topicsOf(this.looker.observation!).length > 0) {
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
    const seen = await this.looker.all();
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
    const { observation } = this.looker;
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
