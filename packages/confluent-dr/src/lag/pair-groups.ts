import { RequestFailure } from '../client/request-failure';
import { type PairSource, type SeenPair } from '../observing/observe-pair';
import { type Reading } from '../observing/reading';
import { presenceOf } from '../pair/data-plane';
import { type Role } from '../pair/role';
import { type GroupReadings } from './group-lag';
import { type GroupReading, type GroupScope, readGroups } from './group-reader';

/**
 * Reads the groups of both members while the pair is looked at. A member that turns out to be gone is not waited for.
 *
 * @throws RequestFailure of kind `aborted`, and what the look ends with
 */
export async function readPairGroups(
  { members }: PairSource,
  seen: Promise<SeenPair>,
  { groups, signal }: GroupScope = {},
): Promise<GroupReadings> {
  const of = async (role: Role): Promise<Reading<readonly GroupReading[]>> => {
    const gone = new AbortController();
    const until = AbortSignal.any([gone.signal, ...(signal ? [signal] : [])]);
    const reading = readGroups(members[role].kafka, { groups, signal: until });
    const silence = seen.then(({ observation, readings }) => {
      const { mirrors } = readings[role];
      if (presenceOf(observation.members[role].dataPlane) === 'answers' || mirrors.known) {
        return undefined;
      }
      gone.abort();
      return mirrors.failure;
    });
    // Whoever waits for the look is told how it ended.
    silence.catch(() => undefined);
    try {
      return await reading;
    } catch (error) {
      const failure = error instanceof RequestFailure && signal?.aborted !== true ? await silence : undefined;
      if (failure === undefined) {
        throw error;
      }
      return { known: false, failure };
    }
  };
  const [primary, secondary] = await Promise.all([of('primary'), of('secondary')]);
  return { primary, secondary };
}
