import { addAcl } from '../../../../confluent-dr-lab/src/cloud/kafka/acls';
import { createTopic } from '../../../../confluent-dr-lab/src/cloud/kafka/topics';
import { produce } from '../../../../confluent-dr-lab/src/cloud/kafka/traffic';
import { isPaused, linkHealth, shownStatus } from '../../../../confluent-dr-lab/src/cloud/linking/link-health';
import { alterLink } from '../../../../confluent-dr-lab/src/cloud/linking/links';
import { mirrorLags } from '../../../../confluent-dr-lab/src/cloud/linking/mirror-lags';
import { operate } from '../../../../confluent-dr-lab/src/cloud/linking/mirror-operations';
import { createMirror } from '../../../../confluent-dr-lab/src/cloud/linking/mirrors';
import { transitionErrors } from '../../../../confluent-dr-lab/src/cloud/linking/reversal';
import { isReachable } from '../../../../confluent-dr-lab/src/cloud/state';
import { type MirrorOperation } from '../../../../confluent-dr-lab/src/cloud/vocabulary';
import { LINK, ModelPair, STEP } from '../../../../confluent-dr-lab/test/cloud/support/model-pair';
import {
  type DataPlane,
  type MemberObservation,
  type PairObservation,
  type Role,
  ROLES,
  type SideOfTopic,
  type TopicObservation,
} from '../../../src/observe/pair-observation';
import { writabilityOf } from '../../../src/observe/serving';
import { type FailoverRequest } from '../../../src/plan/failover-request';
import { type OperationStep, type Plan } from '../../../src/plan/plan';
import { plan } from '../../../src/plan/planner';

export const TOPICS = ['orders', 'payments', 'refunds'] as const;

/** What happened in a step of a plan that was carried out. */
export interface Done {
  readonly operation: string;
  readonly on: Role;
  readonly topic: string;
  /** Why the cloud refused it; null if it did not. */
  readonly refused: string | null;
}

/** How far a run goes: as if somebody pulled the plug. */
export interface Cut {
  /** Operations on single topics; after that many everything stops. */
  readonly operations: number;
}

/** The lab's cloud as a value, with three topics, and a runbook in its simplest form. */
export class ModelWorld {
  public readonly pair = new ModelPair({}, { fetchRecords: 7 });
  public readonly log: Done[] = [];
  /** The most topics at once that could be written to on both sides, since the runbook began. */
  public mostWritableTwice = 0;
  private readonly lost = new Map<Role, () => void>();

  constructor() {
    for (const name of TOPICS.slice(1)) {
      this.pair.do((state) => createTopic(state, this.pair.cluster('primary'), { name, partitions: 2 }));
      for (const role of ROLES) {
        for (const operation of ['READ', 'DESCRIBE_CONFIGS']) {
          this.pair.do(() => addAcl(this.pair.cluster(role), this.pair.acl('TOPIC', name, operation)));
        }
      }
      this.pair.do((state) => createMirror(state, this.pair.side('secondary'), { sourceTopicName: name }));
    }
    this.wait();
  }

  public wait(steps = 4): void {
    this.pair.wait(steps * STEP);
  }

  public lose(role: Role): void {
    if (!this.lost.has(role)) {
      this.lost.set(role, this.pair.lose(role));
    }
  }

  public bringBack(role: Role): void {
    this.lost.get(role)?.();
    this.lost.delete(role);
    this.pair.wait(0);
  }

  public pauseLink(role: Role, paused: boolean): void {
    const change = { name: 'cluster.link.paused', value: String(paused) };
    this.pair.do(() => alterLink(this.pair.side(role), [change]));
  }

  public operate(role: Role, operation: MirrorOperation, topics: readonly string[] = TOPICS): (string | null)[] {
    const request = { operation, topicNames: topics, validateOnly: false };
    return this.pair
      .do((state) => operate(state, this.pair.side(role), request))
      .map(({ errorMessage }) => errorMessage);
  }

  /** Writes to each topic that can be written to and whose member is there. */
  public produce(role: Role, count: number): void {
    for (const { name, sides } of this.observe().topics) {
      if (writabilityOf(sides[role]) === 'writable') {
        this.pair.do((state) => produce(state, this.pair.cluster(role), name, count));
      }
    }
  }

  public observe(): PairObservation {
    this.pair.wait(0);
    return {
      members: { primary: this.member('primary'), secondary: this.member('secondary') },
      topics: TOPICS.map((name): TopicObservation => ({
        name,
        sides: { primary: this.side('primary', name), secondary: this.side('secondary', name) },
      })),
    };
  }

  /** Plans, takes the first step, waits, and plans again, until there is nothing left to do or it is cut off. */
  public carryOut(request: FailoverRequest, { operations = Infinity }: Partial<Cut> = {}): Plan {
    const before = this.log.length;
    for (let round = 0; round < 12; round += 1) {
      const made = plan(this.observe(), request);
      const [step] = made.steps;
      if (step === undefined) {
        return made;
      }
      if (step.kind === 'operate' && !this.take(step, operations - (this.log.length - before))) {
        return made;
      }
      this.mostWritableTwice = Math.max(this.mostWritableTwice, this.writableTwice());
      this.wait();
      this.mostWritableTwice = Math.max(this.mostWritableTwice, this.writableTwice());
    }
    return plan(this.observe(), request);
  }

  /** Each topic's status on the primary and on the secondary. */
  public places(): string[] {
    const word = (side: SideOfTopic): string => (side.kind === 'mirror' ? side.status : side.kind);
    return this.observe().topics.map(({ sides }) => `${word(sides.primary)}/${word(sides.secondary)}`);
  }

  /** How many topics can be written to on both sides, whoever sees it. */
  public writableTwice(): number {
    return TOPICS.filter((name) => ROLES.every((role) => writabilityOf(this.knownSide(role, name)) === 'writable'))
      .length;
  }

  /** @returns whether all of it was done */
  private take({ operation, on, topics }: OperationStep, most: number): boolean {
    const names = topics.slice(0, most).map(({ nameThere }) => nameThere);
    const refusals = names.length > 0 ? this.operate(on, operation, names) : [];
    names.forEach((topic, index) => this.log.push({ operation, on, topic, refused: refusals[index] }));
    return names.length === topics.length;
  }

  private member(role: Role): MemberObservation {
    const [{ state }, side] = [this.pair, this.pair.side(role)];
    const { clusterId } = this.pair.member(role);
    const dataPlane: DataPlane = this.isThere(role)
      ? { kind: 'answers' }
      : { kind: 'refused', cause: 'nothing listens' };
    const health = linkHealth(state, side);
    const paused = isPaused(side);
    const common = { kind: 'link', name: LINK, linkId: side.linkId, prefix: '', tasks: [] } as const;
    return {
      clusterId,
      dataPlane,
      link: this.isThere(role) ? { ...common, state: health.state, paused } : { kind: 'unknown', cause: 'it is gone' },
    };
  }

  private isThere(role: Role): boolean {
    return isReachable(this.pair.state, this.pair.member(role).clusterId);
  }

  private side(role: Role, name: string): SideOfTopic {
    return this.isThere(role) ? this.knownSide(role, name) : { kind: 'unknown', topicName: name, cause: 'it is gone' };
  }

  private knownSide(role: Role, topicName: string): SideOfTopic {
    const [{ state }, side] = [this.pair, this.pair.side(role)];
    const mirror = side.mirrors.get(topicName);
    const topic = this.pair.cluster(role).topics.get(topicName);
    const partitions = topic?.partitions.length ?? 0;
    if (!mirror) {
      return topic ? { kind: 'topic', topicName, partitions } : { kind: 'absent', topicName };
    }
    return {
      kind: 'mirror',
      topicName,
      sourceTopicName: mirror.sourceTopicName,
      linkName: LINK,
      status: shownStatus(state, side, mirror),
      transitionErrors: transitionErrors(state, side, mirror),
      lags: mirrorLags(state, side, mirror).map(({ partition, lag }) => ({ partition, lag })),
      partitions,
      statusSince: mirror.statusSince,
    };
  }
}
