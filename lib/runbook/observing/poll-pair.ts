import { pairObservation, type PairSource, type SeenPair } from './observe-pair';
import { readingOf } from './reading';

/**
 * Looks again at what moves while mirrors turn: the list of mirrors of each side, one request a member for any number of
 * topics. The rest is as it was seen before, and nobody is asked for reasons.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function pollPair(
  source: PairSource,
  { readings }: SeenPair,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<SeenPair> {
  const { primary, secondary } = source.members;
  const [onPrimary, onSecondary] = await Promise.all([
    readingOf(primary.kafka.mirrors(undefined, { signal })),
    readingOf(secondary.kafka.mirrors(undefined, { signal })),
  ]);
  const now = {
    primary: { ...readings.primary, mirrors: onPrimary },
    secondary: { ...readings.secondary, mirrors: onSecondary },
  };
  return { observation: pairObservation(source, now), readings: now };
}
