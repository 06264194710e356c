import { type MemberAcls, missingOf } from '../observe/acls';
import { type PairObservation, type Role, ROLES } from '../observe/pair-observation';
import { type MemberTimeouts } from '../observe/reading';
import { type FailoverRequest, type MissingAcl, type Procedure, targetOf } from '../plan/failover-request';
import { type AclStep, type OperationStep, type RecordsLost } from '../plan/plan';
import { isAclTrouble } from './create-acls';
import { type Ledger } from './ledger';
import { totalOf } from './mirror-requests';
import { type Askable, type Question } from './operation-run';
import { memberTimeoutsFor } from './time-limits';

/** What to plan for now: the request, and what became clear since. */
export class Intent {
  private procedure?: Procedure;
  private readonly givenUp = new Set<string>();
  private aclTrouble = false;

  constructor(
    private readonly request: FailoverRequest,
    private readonly askable: Askable = {},
  ) {}

  /** What was proposed at first stays: a member that goes away in between must not change the procedure silently. */
  public settle(procedure: Procedure): void {
    this.procedure = procedure;
  }

  /** Goes on without a topic. */
  public giveUp(topic: string): void {
    this.givenUp.add(topic);
  }

  /** From now on missing ACLs stand in the way. */
  public heedAcls(): void {
    this.aclTrouble = true;
  }

  public get heedsAcls(): boolean {
    return this.aclTrouble;
  }

  /** Whether nothing is to be done where something would be refused. */
  public get allOrNothing(): boolean {
    return this.request.allow?.partial !== true;
  }

  public get memberTimeouts(): MemberTimeouts {
    const { direction, procedure = 'undecided' } = this.request;
    return memberTimeoutsFor(this.procedure ?? procedure, targetOf(direction));
  }

  /** Topics that are still to be brought where they should be. */
  public topicsOf({ topics }: PairObservation): string[] {
    return (this.request.topics ?? topics.map(({ name }) => name)).filter((name) => !this.givenUp.has(name));
  }

  /** Once something has begun, topics that are refused do not keep the others half turned. */
  public requestFor(pair: PairObservation, ledger: Ledger, acls: Readonly<Record<Role, MemberAcls>>): FailoverRequest {
    const { allow = {}, procedure } = this.request;
    this.aclTrouble ||= isAclTrouble(ledger.attempts, pair);
    const heeded = allow.aclCure === true || this.aclTrouble;
    return {
      ...this.request,
      procedure: this.procedure ?? procedure,
      ...((this.request.topics || this.givenUp.size > 0) && { topics: this.topicsOf(pair) }),
      allow: { ...this.askable, ...granted(allow), partial: allow.partial === true || ledger.hasBegun },
      ...(heeded && { missingAcls: allMissing(acls) }),
    };
  }
}

/** What is not allowed beforehand may still be asked for. */
const granted = (allow: NonNullable<FailoverRequest['allow']>): NonNullable<FailoverRequest['allow']> =>
  Object.fromEntries(Object.entries(allow).filter(([, allowed]) => allowed));

const allMissing = (acls: Readonly<Record<Role, MemberAcls>>): MissingAcl[] =>
  ROLES.flatMap((on) => {
    const { [on]: own } = acls;
    const principal = own.kind === 'known' ? own.principal : '';
    return missingOf(own).map(({ operation, resourceType, resourceName }) => ({
      operation,
      resourceType,
      resourceName,
      on,
      principal,
    }));
  });

/** What was agreed to in this run, so that nobody is asked twice about the same. */
export class Agreements {
  private readonly agreed = new Map<string, { readonly topics: Set<string>; records: number }>();

  /** Whether the question is about no other topics and no more records than those that were agreed to. */
  public cover({ kind, records, step }: Question): boolean {
    if (step.kind !== 'operate') {
      return false;
    }
    const earlier = this.agreed.get(keyOf(kind, step));
    const topics = step.topics.map(({ name }) => name);
    return earlier !== undefined && topics.every((name) => earlier.topics.has(name)) && fits(records, earlier.records);
  }

  public add({ kind, records, step }: Question): void {
    if (step.kind === 'operate') {
      const earlier = this.agreed.get(keyOf(kind, step));
      const topics = new Set([...(earlier?.topics ?? []), ...step.topics.map(({ name }) => name)]);
      this.agreed.set(keyOf(kind, step), { topics, records: Math.max(earlier?.records ?? 0, totalOf(records)) });
    }
  }
}

const keyOf = (kind: Question['kind'], { operation, on }: OperationStep): string => `${kind} ${operation} ${on}`;

const fits = (records: readonly RecordsLost[], agreed: number): boolean => totalOf(records) <= agreed;

/** @param discarded what a validation told that a truncation takes */
export function questionsOf(step: OperationStep, discarded: readonly RecordsLost[]): Question[] {
  return step.confirmations.map(({ kind, clusterId }) => ({
    kind,
    step,
    clusterId,
    records: recordsOf(kind, step, discarded),
  }));
}

export const aclQuestion = (step: AclStep): Question => ({ kind: 'create-acls', step, records: [] });

function recordsOf(
  kind: Question['kind'],
  { loss }: OperationStep,
  discarded: readonly RecordsLost[],
): readonly RecordsLost[] {
  if (kind === 'discard') {
    return discarded;
  }
  return kind === 'loss' && loss.kind === 'not-mirrored' ? loss.atLeast : [];
}
