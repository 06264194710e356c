import { type Role, ROLES } from '../pair/role';
import { Conversation } from './conversation';
import { type MemberReading } from './member-reader';
import { pairObservation, type PairSource, type SeenPair } from './observe-pair';
import { type Patience, sideBySide } from './patience';

interface PollScope extends Patience {
  /** Ends the look with an error. */
  readonly signal?: AbortSignal;
  /** Who is asked; of the others it counts what they said before. @default both */
  readonly roles?: readonly Role[];
}

/**
 * Looks again at what moves while mirrors turn: the list of mirrors of each side, one request a member for any number of
 * topics. The rest is as it was seen before, and nobody is asked for reasons.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function pollPair(
  source: PairSource,
  { readings }: SeenPair,
  { signal, roles = ROLES, ...patience }: PollScope = {},
): Promise<SeenPair> {
  const again = async (role: Role, over: AbortSignal): Promise<MemberReading> => {
    if (!roles.includes(role)) {
      return readings[role];
    }
    const { kafka } = source.members[role];
    const cluster = new Conversation(signal, over);
    return {
      ...readings[role],
      mirrors: await cluster.reading((until) => kafka.mirrors(undefined, { signal: until })),
    };
  };
  const now = await sideBySide(again, patience);
  return { observation: pairObservation(source, now), readings: now };
}
