import { type Role, ROLES } from '../pair';
import { type MemberReading } from './member-reader';
import { pairObservation, type PairSource, type SeenPair } from './observe-pair';
import { readingOf } from './reading';

/**
 * Looks again at what moves while mirrors turn: the list of mirrors of each side, one request a member for any number of
 * topics. The rest is as it was seen before, and nobody is asked for reasons.
 *
 * @param roles who is asked; of the others it counts what they said before
 * @throws RequestFailure of kind `aborted`
 */
export async function pollPair(
  source: PairSource,
  { readings }: SeenPair,
  { signal, roles = ROLES }: { readonly signal?: AbortSignal; readonly roles?: readonly Role[] } = {},
): Promise<SeenPair> {
  const again = async (role: Role): Promise<MemberReading> =>
    roles.includes(role)
      ? { ...readings[role], mirrors: await readingOf(source.members[role].kafka.mirrors(undefined, { signal })) }
      : readings[role];
  const [primary, secondary] = await Promise.all([again('primary'), again('secondary')]);
  const now = { primary, secondary };
  return { observation: pairObservation(source, now), readings: now };
}
