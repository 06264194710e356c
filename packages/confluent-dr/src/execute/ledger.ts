import { type Role } from '../observe/pair-observation';
import { type OperationStep, type StepTopic } from '../plan/plan';
import { mayHaveChanged, type Obstacle, type OperationAttempt } from './operation-run';
import { type OperationTimeouts } from './time-limits';

/** How often an operation is asked for one topic at most, if it is refused or nobody knows what became of it. */
export const MOST_ATTEMPTS = 3;

/** What may be done about a topic that the plan wants to be operated upon. */
export type Verdict =
  | { readonly kind: 'ask' }
  /** It was accepted, or may have been: the mirror has time to show it. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'give-up'; readonly obstacle: Obstacle };

/**
 * What this run asked for, topic by topic. It decides nothing about where a topic is, which the clusters alone tell; only
 * whether asking once more makes sense.
 */
export class Ledger {
  private readonly all: OperationAttempt[] = [];
  private readonly byTopic = new Map<string, OperationAttempt[]>();
  private readonly settled = new Set<string>();
  private readonly cures = new Map<Role, number>();

  public get attempts(): readonly OperationAttempt[] {
    return this.all;
  }

  /** Whether anything may have been changed by this run. */
  public get hasBegun(): boolean {
    return this.all.some(mayHaveChanged);
  }

  public add(attempts: readonly OperationAttempt[]): void {
    for (const attempt of attempts) {
      const key = keyOf(attempt, attempt.topic);
      this.all.push(attempt);
      this.byTopic.set(key, [...(this.byTopic.get(key) ?? []), attempt]);
    }
  }

  /** Notes that the topic was seen where the step was to bring it. */
  public settle(step: OperationStep, topic: string): void {
    this.settled.add(keyOf(step, topic));
  }

  /** The last that became of each topic of a step. */
  public lastOf(step: OperationStep): OperationAttempt[] {
    return step.topics.flatMap(({ name }) => this.of(step, name).at(-1) ?? []);
  }

  /** How often it was tried already, at most, with one of the topics. */
  public attemptsAt(step: OperationStep): number {
    return Math.max(0, ...step.topics.map(({ name }) => this.of(step, name).length));
  }

  public get hasCured(): boolean {
    return this.cures.size > 0;
  }

  public mayCure(on: Role): boolean {
    return (this.cures.get(on) ?? 0) < MOST_ATTEMPTS;
  }

  /** What was refused may be asked again: ACLs that were missing are there. */
  public cured(on: Role): void {
    this.cures.set(on, (this.cures.get(on) ?? 0) + 1);
    for (const [key, attempts] of this.byTopic) {
      this.byTopic.set(
        key,
        attempts.filter(({ outcome }) => outcome.kind !== 'refused'),
      );
    }
  }

  public verdictOn(step: OperationStep, { name }: StepTopic, now: number, { acceptedMs }: OperationTimeouts): Verdict {
    const attempts = this.of(step, name);
    const last = attempts.at(-1);
    if (!last) {
      return { kind: 'ask' };
    }
    if (this.settled.has(keyOf(step, name))) {
      return { kind: 'give-up', obstacle: turnedBack(last) };
    }
    if (last.outcome.kind === 'accepted') {
      return now - last.at < acceptedMs ? { kind: 'wait' } : { kind: 'give-up', obstacle: notTaken(last) };
    }
    const over = attempts.length >= MOST_ATTEMPTS || (last.outcome.kind === 'failed' && last.outcome.final);
    return over ? { kind: 'give-up', obstacle: unsuccessful(last) } : { kind: 'ask' };
  }

  private of(step: OperationStep, topic: string): readonly OperationAttempt[] {
    return this.byTopic.get(keyOf(step, topic)) ?? [];
  }
}

const keyOf = ({ operation, on }: Pick<OperationStep, 'operation' | 'on'>, topic: string): string =>
  JSON.stringify([operation, on, topic]);

function turnedBack({ topic, operation, on }: OperationAttempt): Obstacle {
  return { code: 'turned-back', topic, on, operation };
}

function notTaken({ topic, operation, on }: OperationAttempt): Obstacle {
  return { code: 'not-taken', topic, on, operation };
}

function unsuccessful(attempt: OperationAttempt): Obstacle {
  const { topic, operation, on, outcome } = attempt;
  switch (outcome.kind) {
    case 'refused':
      return { code: 'operation-refused', topic, on, operation, message: outcome.message };
    case 'failed':
    case 'unknown':
      return { code: 'request-failed', topic, on, operation, message: outcome.message };
    case 'accepted':
      return notTaken(attempt);
  }
}
