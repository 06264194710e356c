import { type MemberAcls, missingOf } from '../acls/acl-report';
import { type PatienceMs } from '../observing/patience';
import { type PairObservation } from '../pair/observation';
import { type Role, ROLES } from '../pair/role';
import { type FailoverRequest, type MissingAcl, type Procedure, targetOf } from '../planning/failover-request';
import { isAclTrouble } from './acl-trouble';
import { type Ledger } from './ledger';
import { type Askable } from './operation-run';
import { patienceFor } from './patience-for';

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

  public get patience(): PatienceMs {
    const { direction, procedure = 'undecided' } = this.request;
    return patienceFor(this.procedure ?? procedure, targetOf(direction));
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
