import { type PairObservation } from '../pair/observation';
import { type Role } from '../pair/role';
import { memberObservation } from './member-observation';
import { type MemberReading, type MemberSource, type ReadingScope, readMember } from './member-reader';
import { type Patience, sideBySide } from './patience';
import { topicObservations } from './topic-observations';
import { unmirroredTopics } from './unmirrored-topics';

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
export async function observePair(source: PairSource, scope: ReadingScope & Patience = {}): Promise<SeenPair> {
  const { members } = source;
  const readings = await sideBySide((role, patience) => readMember(members[role], { ...scope, patience }), scope);
  return { observation: pairObservation(source, readings), readings };
}

/** What the answers of both members say about the pair. */
export function pairObservation(
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
