import { type PairObservation, type Role } from '../pair';
import { memberObservation } from './member-observation';
import { type MemberReading, type MemberSource, readMember, type ReadingScope } from './member-reader';
import { topicObservations } from './topic-observations';

export interface PairSource {
  readonly members: Readonly<Record<Role, MemberSource>>;
  /** Topics that the pair should have, by their names on the primary. @default those that a side mirrors or mirrored */
  readonly topics?: readonly string[];
}

/** What was seen of a pair, and the answers that say so; ACLs and exporters are among the answers alone. */
export interface SeenPair {
  readonly observation: PairObservation;
  readonly readings: Readonly<Record<Role, MemberReading>>;
}

/**
 * Looks at both members side by side; neither waits for the other, and one that is down or declines is part of what is
 * seen.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function observePair(source: PairSource, scope: ReadingScope = {}): Promise<SeenPair> {
  const { members } = source;
  const [primary, secondary] = await Promise.all([
    readMember(members.primary, scope),
    readMember(members.secondary, scope),
  ]);
  const readings = { primary, secondary };
  return { observation: pairObservation(source, readings), readings };
}

/** What the answers of both members say about the pair. */
export function pairObservation(
  { members, topics = [] }: PairSource,
  readings: Readonly<Record<Role, MemberReading>>,
): PairObservation {
  const memberOf = (role: Role) =>
    memberObservation(members[role].kafka.clusterId, members[role].linkName, readings[role]);
  const [primary, secondary] = [memberOf('primary'), memberOf('secondary')];
  const { link } = secondary;
  return {
    members: { primary, secondary },
    topics: topicObservations({
      readings,
      linkNames: { primary: members.primary.linkName, secondary: members.secondary.linkName },
      expected: topics,
      prefix: link.kind === 'link' ? link.prefix : undefined,
    }),
  };
}
