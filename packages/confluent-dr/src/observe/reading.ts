import { pauseOfRunningTime } from '../client/answer-limit';
import { RequestFailure } from '../client/request-failure';
import { otherRole, presenceOf, type Role, ROLES } from './pair-observation';

/** Something that was read, or why it could not be. */
export type Reading<T> =
  { readonly known: true; readonly value: T } | { readonly known: false; readonly failure: RequestFailure };

/**
 * Waits for it, and takes a request that fails as an answer.
 *
 * @throws what is no failed request, and RequestFailure of kind `aborted`: nobody waits for the answer any more
 */
export async function readingOf<T>(request: Promise<T>): Promise<Reading<T>> {
  try {
    return { known: true, value: await request };
  } catch (error) {
    if (error instanceof RequestFailure && error.kind !== 'aborted') {
      return { known: false, failure: error };
    }
    throw error;
  }
}

/** Milliseconds in which each member has to say anything; for ever where it is left out. */
export type MemberTimeouts = Partial<Record<Role, number>>;

/** Far more than a member needs that is there, and short enough to sit before a screen. */
export const DEFAULT_MEMBER_TIMEOUTS: MemberTimeouts = { primary: 5000, secondary: 5000 };

/** Where the other member needs long, too, a silent one has so many times as long, but of its own limit no more either. */
const FACTOR = 3;

/** Time, so that tests need not wait. */
export type Pause = (ms: number) => Promise<unknown>;

export interface WaitOptions {
  /** @default `DEFAULT_MEMBER_TIMEOUTS` */
  readonly timeoutsMs?: MemberTimeouts;
  /** @default the machine's */
  readonly pause?: Pause;
}

/**
 * Reads both members side by side, and tells each reading when its member, if it has said nothing yet, is not to be waited
 * for any longer. On a slow network both are slow: a member that is slow must not be taken for one that is gone.
 */
export async function sideBySide<T>(
  read: (role: Role, silenceLimit: AbortSignal) => Promise<T>,
  { timeoutsMs = DEFAULT_MEMBER_TIMEOUTS, pause = pauseOfRunningTime }: WaitOptions,
): Promise<Record<Role, T>> {
  const begun = performance.now();
  const over = { primary: new AbortController(), secondary: new AbortController() };
  const took: Partial<Record<Role, number>> = {};
  const timed = async (role: Role): Promise<T> => {
    try {
      return await read(role, over[role].signal);
    } finally {
      took[role] = performance.now() - begun;
    }
  };
  const readings = { primary: timed('primary'), secondary: timed('secondary') };
  const runOut = async (role: Role, limitMs: number): Promise<void> => {
    const other = otherRole(role);
    await pause(limitMs);
    if (took[other] === undefined) {
      await Promise.race([readings[other].catch(() => undefined), pause(limitMs * (FACTOR - 1))]);
    }
    const { [other]: needed = limitMs } = took;
    const left = Math.min(needed, limitMs) * FACTOR - (performance.now() - begun);
    await (left > 0 ? pause(left) : undefined);
    over[role].abort();
  };
  for (const role of ROLES) {
    const { [role]: limitMs } = timeoutsMs;
    if (limitMs !== undefined) {
      void runOut(role, limitMs);
    }
  }
  const [primary, secondary] = await Promise.all([readings.primary, readings.secondary]);
  return { primary, secondary };
}

/** What is asked of one service at a time. One that has said anything lives, and is waited for. */
export class ServiceSession {
  private heard = false;
  private readonly left = new AbortController();
  private readonly until: AbortSignal;

  /**
   * @param signal ends every reading with an error
   * @param silenceLimit once it is aborted, a service that has said nothing is not waited for any longer
   */
  constructor(
    private readonly signal?: AbortSignal,
    silenceLimit?: AbortSignal,
  ) {
    this.until = AbortSignal.any([this.left.signal, ...(signal ? [signal] : [])]);
    silenceLimit?.addEventListener('abort', () => this.leaveIfSilent(), { once: true });
    if (silenceLimit?.aborted) {
      this.leaveIfSilent();
    }
  }

  /** @throws RequestFailure of kind `aborted` if the signal ended it */
  public async reading<T>(request: (signal: AbortSignal) => Promise<T>): Promise<Reading<T>> {
    const reading = await readingOf(this.untilLeft(request(this.until)));
    this.heard ||= reading.known || isWord(reading.failure);
    return reading;
  }

  private leaveIfSilent(): void {
    if (!this.heard) {
      this.left.abort();
    }
  }

  private async untilLeft<T>(request: Promise<T>): Promise<T> {
    try {
      return await request;
    } catch (error) {
      const isLeft = error instanceof RequestFailure && error.kind === 'aborted' && this.signal?.aborted !== true;
      throw isLeft ? silenceOf(error) : error;
    }
  }
}

/** A service that declines lives, too. */
const isWord = ({ kind, message: cause }: RequestFailure): boolean =>
  kind !== 'aborted' && presenceOf({ kind, cause }) === 'declines';

/** What was being repeated says more than that nobody waited any longer. */
const silenceOf = (left: RequestFailure): RequestFailure =>
  left.cause ?? new RequestFailure({ ...left, kind: 'timeout', detail: 'it was not waited for any longer' });
