import { type Role } from '../pair';
import { type OperationStep, type StepTopic } from '../planning';
import { type Deed, mayHaveChanged } from './deed';
import { type Patience } from './patience';
import { type Obstacle } from './undertaking';

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
  private readonly all: Deed[] = [];
  private readonly byTopic = new Map<string, Deed[]>();
  private readonly settled = new Set<string>();
  private readonly cures = new Map<Role, number>();

  public get deeds(): readonly Deed[] {
    return this.all;
  }

  /** Whether anything may have been changed by this run. */
  public get hasBegun(): boolean {
    return this.all.some(mayHaveChanged);
  }

  public add(deeds: readonly Deed[]): void {
    for (const deed of deeds) {
      const key = keyOf(deed, deed.topic);
      this.all.push(deed);
      this.byTopic.set(key, [...(this.byTopic.get(key) ?? []), deed]);
    }
  }

  /** Notes that the topic was seen where the step was to bring it. */
  public settle(step: OperationStep, topic: string): void {
    this.settled.add(keyOf(step, topic));
  }

  /** The last that became of each topic of a step. */
  public lastOf(step: OperationStep): Deed[] {
    return step.topics.flatMap(({ name }) => this.of(step, name).at(-1) ?? []);
  }

  /** How often it was tried already, at most, with one of the topics. */
  public attemptsAt(step: OperationStep): number {
    return Math.max(0, ...step.topics.map(({ name }) => this.of(step, name).length));
  }

  public mayCure(on: Role): boolean {
    return (this.cures.get(on) ?? 0) < MOST_ATTEMPTS;
  }

  /** What was refused may be asked again: ACLs that were missing are there. */
  public cured(on: Role): void {
    this.cures.set(on, (this.cures.get(on) ?? 0) + 1);
    for (const [key, deeds] of this.byTopic) {
      this.byTopic.set(
        key,
        deeds.filter(({ outcome }) => outcome.kind !== 'refused'),
      );
    }
  }

  public verdictOn(step: OperationStep, { name }: StepTopic, now: number, { acceptedMs }: Patience): Verdict {
    const deeds = this.of(step, name);
    const last = deeds.at(-1);
    if (!last) {
      return { kind: 'ask' };
    }
    if (this.settled.has(keyOf(step, name))) {
      return { kind: 'give-up', obstacle: turnedBack(last) };
    }
    if (last.outcome.kind === 'accepted') {
      return now - last.at < acceptedMs ? { kind: 'wait' } : { kind: 'give-up', obstacle: notTaken(last) };
    }
    const over = deeds.length >= MOST_ATTEMPTS || (last.outcome.kind === 'failed' && last.outcome.final);
    return over ? { kind: 'give-up', obstacle: unsuccessful(last) } : { kind: 'ask' };
  }

  private of(step: OperationStep, topic: string): readonly Deed[] {
    return this.byTopic.get(keyOf(step, topic)) ?? [];
  }
}

const keyOf = ({ operation, on }: Pick<OperationStep, 'operation' | 'on'>, topic: string): string =>
  JSON.stringify([operation, on, topic]);

function turnedBack({ topic, operation, on }: Deed): Obstacle {
  return {
    topic,
    code: 'turned-back',
    cause: `Topic ${topic} was where ${operation} on the ${on} brings it, and is not any more: somebody else is operating this pair.`,
    cure: 'Agree who operates it, and run it again.',
  };
}

function notTaken({ topic, operation, on }: Deed): Obstacle {
  return {
    topic,
    code: 'not-taken',
    cause: `The ${on} accepted ${operation} of ${topic}, and the mirror does not show it.`,
    cure: 'Look at the status of both sides; another operator may have turned it back. Run it again to ask once more.',
  };
}

function unsuccessful({ topic, operation, on, outcome }: Deed): Obstacle {
  switch (outcome.kind) {
    case 'refused':
      return {
        topic,
        code: 'operation-refused',
        cause: `The ${on} refuses ${operation} of ${topic}: ${outcome.message}`,
        cure: 'Remove the cause that it names, and run it again.',
      };
    case 'failed':
    case 'unknown':
      return {
        topic,
        code: 'request-failed',
        cause: `The ${on} does not take the request for ${operation} of ${topic}: ${outcome.message}`,
        cure: 'Look at why the request fails, and run it again: it goes on from what the clusters tell.',
      };
    case 'accepted':
      return notTaken({ topic, operation, on, outcome, at: 0 });
  }
}
