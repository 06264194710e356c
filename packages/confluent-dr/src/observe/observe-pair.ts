import { memberObservation, topicObservations, unmirroredTopics } from './member-observation';
import { type MemberReading, type MemberSource, type ReadingScope, readMember } from './member-reader';
import { type PairObservation, type Role, ROLES } from './pair-observation';
import { ServiceSession, sideBySide, type WaitOptions } from './reading';

export interface PairSource {
  readonly members: Readonly<Record<Role, MemberSource>>;
  /** Topics that the pair should have, by their names on the primary. @default those that a side mirrors or mirrored */
  readonly topics?: readonly string[];
  /** Topics that nobody misses where they are not mirrored; `test-*` for all that begin so. @default none */
  readonly leaveOut?: readonly string[];
}

/** What was seen of a pair, and the answers that say so; ACLs and exporters are among the answers alone. */
export interface SeenPair {
  readonly observation: PairObservation;
  readonly readings: Readonly<Record<Role, MemberReading>>;
}

/**
 * Looks at both members side by side; neither waits for the other, and one that is down, silent or declines is part of what
 * is seen.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function observePair(source: PairSource, scope: ReadingScope & WaitOptions = {}): Promise<SeenPair> {
  const { members } = source;
  const readings = await sideBySide(
    (role, silenceLimit) => readMember(members[role], { ...scope, silenceLimit }),
    scope,
  );
  return { observation: pairObservation(source, readings), readings };
}

/** What the answers of both members say about the pair. */
function pairObservation(
  { members, topics: expected = [], leaveOut }: PairSource,
  readings: Readonly<Record<Role, MemberReading>>,
): PairObservation {
  const memberOf = (role: Role) =>
    memberObservation(members[role].kafka.clusterId, members[role].linkName, readings[role]);
  const [primary, secondary] = [memberOf('primary'), memberOf('secondary')];
  const { link } = secondary;
  const topics = topicObservations({
    readings,
    linkNames: { primary: members.primary.linkName, secondary: members.secondary.linkName },
    expected,
    prefix: link.kind === 'link' ? link.prefix : undefined,
  });
  return { members: { primary, secondary }, topics, unmirrored: unmirroredTopics(readings, topics, leaveOut) };
}

interface PollScope extends WaitOptions {
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
  { signal, roles = ROLES, ...waiting }: PollScope = {},
): Promise<SeenPair> {
  const again = async (role: Role, over: AbortSignal): Promise<MemberReading> => {
    if (!roles.includes(role)) {
      return readings[role];
    }
    const { kafka } = source.members[role];
    const cluster = new ServiceSession(signal, over);
    return {
      ...readings[role],
      mirrors: await cluster.reading((until) => kafka.mirrors(undefined, { signal: until })),
    };
  };
  const now = await sideBySide(again, waiting);
  return { observation: pairObservation(source, now), readings: now };
}
