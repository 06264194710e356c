import { aclInWords, type MemberAcls, missingOf } from '../acls';
import { type PairObservation, type Role, ROLES } from '../pair';
import { type Procedure, type Wish } from '../planning';
import { isAclTrouble } from './acl-trouble';
import { type Ledger } from './ledger';
import { type Askable } from './undertaking';

/** What to plan for now: the wish, and what became clear since. */
export class Intent {
  private procedure?: Procedure;
  private readonly givenUp = new Set<string>();
  private aclTrouble = false;

  constructor(
    private readonly wish: Wish,
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

  /** Topics that are still to be brought where they should be. */
  public topicsOf({ topics }: PairObservation): string[] {
    return (this.wish.topics ?? topics.map(({ name }) => name)).filter((name) => !this.givenUp.has(name));
  }

  /** Once something has begun, topics that are refused do not keep the others half turned. */
  public wishFor(pair: PairObservation, ledger: Ledger, acls: Readonly<Record<Role, MemberAcls>>): Wish {
    const { allow = {}, procedure } = this.wish;
    this.aclTrouble ||= isAclTrouble(ledger.deeds, pair);
    const heeded = allow.aclCure === true || this.aclTrouble;
    return {
      ...this.wish,
      procedure: this.procedure ?? procedure,
      ...((this.wish.topics || this.givenUp.size > 0) && { topics: this.topicsOf(pair) }),
      allow: { ...this.askable, ...granted(allow), partial: allow.partial === true || ledger.hasBegun },
      ...(heeded && { missingAcls: missingInWords(acls) }),
    };
  }
}

/** What is not allowed beforehand may still be asked for. */
const granted = (allow: NonNullable<Wish['allow']>): NonNullable<Wish['allow']> =>
  Object.fromEntries(Object.entries(allow).filter(([, allowed]) => allowed));

function missingInWords(acls: Readonly<Record<Role, MemberAcls>>): Record<Role, string[]> {
  const [primary, secondary] = ROLES.map((role) => {
    const { [role]: own } = acls;
    const principal = own.kind === 'known' ? own.principal : '';
    return missingOf(own).map((acl) => `${aclInWords(acl)} of the ${role} for ${principal}`);
  });
  return { primary, secondary };
}
