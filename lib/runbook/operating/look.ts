import { RequestFailure } from '../client';
import { memberAcls, type MemberAcls } from '../acls';
import { observePair, type PairSource, pollPair, type SeenPair } from '../observing';
import { type PairObservation, type Role, ROLES } from '../pair';
import { type Wish } from '../planning';
import { Stopped } from './deadline';

/** So long a last look may take, when everything else is over. */
const LAST_LOOK_MS = 10_000;

/** Sees both members, and keeps what was seen last. */
export class Looker {
  private last?: SeenPair;

  constructor(
    private readonly pair: PairSource,
    private readonly signal?: AbortSignal,
  ) {}

  public get observation(): PairObservation | undefined {
    return this.last?.observation;
  }

  /**
   * At everything.
   *
   * @throws Stopped
   */
  public async all(): Promise<SeenPair> {
    return this.keep(observePair(this.pair, { signal: this.signal }));
  }

  /**
   * At the mirrors alone: one request a member.
   *
   * @throws Stopped
   */
  public async again(): Promise<PairObservation> {
    const seen = this.last ? pollPair(this.pair, this.last, { signal: this.signal }) : this.all();
    return (await this.keep(seen)).observation;
  }

  /** For the record, whatever was interrupted; what was seen before, if there is no time. */
  public async finally(): Promise<void> {
    try {
      this.last = await observePair(this.pair, { signal: AbortSignal.timeout(LAST_LOOK_MS), mirrorsOnly: true });
    } catch (error) {
      if (!(error instanceof RequestFailure)) {
        throw error;
      }
    }
  }

  private async keep(seen: Promise<SeenPair>): Promise<SeenPair> {
    try {
      this.last = await seen;
      return this.last;
    } catch (error) {
      throw error instanceof RequestFailure && error.kind === 'aborted' ? new Stopped('interrupted') : error;
    }
  }
}

/** What the principals need for these topics on each member. */
export function aclsOf(
  pair: PairSource,
  { observation, readings }: SeenPair,
  { topics }: Wish,
): Record<Role, MemberAcls> {
  const chosen = observation.topics.filter(({ name }) => topics === undefined || topics.includes(name));
  const [primary, secondary] = ROLES.map((role) =>
    memberAcls({ role, principal: pair.members[role].principal, reading: readings[role].acls, topics: chosen }),
  );
  return { primary, secondary };
}
