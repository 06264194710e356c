import { RequestFailure } from '../client/request-failure';
import { observePair, type PairSource, type SeenPair } from '../observing/observe-pair';
import { type Patience, type PatienceMs } from '../observing/patience';
import { pollPair } from '../observing/poll-pair';
import { type PairObservation } from '../pair/observation';
import { type Role, ROLES } from '../pair/role';
import { type OperatingClock, pauseBy } from './clock';
import { type Deadline, Stopped } from './deadline';

/** So long a last look may take, when everything else is over. */
const LAST_LOOK_MS = 10_000;
/** A member that is gone must not take with it what the other one says. */
const LAST_PATIENCE_MS: PatienceMs = { primary: 2000, secondary: 2000 };

/** Sees both members, and keeps what was seen last. */
export class Looker {
  private last?: SeenPair;

  constructor(
    private readonly pair: PairSource,
    private readonly deadline: Deadline,
    private readonly clock: OperatingClock,
    /** How long each member is waited for that says nothing. */
    private readonly patience: () => PatienceMs,
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
    return this.keep(observePair(this.pair, { signal: this.deadline.signal, ...this.waiting }));
  }

  /**
   * At the mirrors alone: one request a member. A member that is not needed and did not answer is not waited for.
   *
   * @param needed whose answers are waited for in any case
   * @throws Stopped
   */
  public async again(needed: readonly Role[]): Promise<PairObservation> {
    const { last } = this;
    if (!last) {
      return (await this.all()).observation;
    }
    const roles = ROLES.filter((role) => needed.includes(role) || last.readings[role].mirrors.known);
    const scope = { signal: this.deadline.signal, roles, ...this.waiting };
    return (await this.keep(pollPair(this.pair, last, scope))).observation;
  }

  /** For the record, whatever was interrupted; what was seen before, if there is no time. */
  public async finally(): Promise<void> {
    try {
      const signal = AbortSignal.timeout(LAST_LOOK_MS);
      this.last = await observePair(this.pair, { signal, mirrorsOnly: true, patienceMs: LAST_PATIENCE_MS });
    } catch (error) {
      if (!(error instanceof RequestFailure)) {
        throw error;
      }
    }
  }

  private get waiting(): Patience {
    return { patienceMs: this.patience(), pause: pauseBy(this.clock) };
  }

  private async keep(seen: Promise<SeenPair>): Promise<SeenPair> {
    try {
      this.last = await seen;
      return this.last;
    } catch (error) {
      throw error instanceof RequestFailure && error.kind === 'aborted' ? new Stopped(this.deadline.reason) : error;
    }
  }
}
