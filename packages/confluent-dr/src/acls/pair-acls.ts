import { observePair, type PairSource, type SeenPair } from '../observing/observe-pair';
import { type Role, ROLES } from '../pair/role';
import { type MemberAcls, memberAcls } from './acl-report';

/** What the principals need on each member, from what was seen. @param topics by their names on the primary; all if left out */
export function pairAcls(
  pair: PairSource,
  { observation, readings }: SeenPair,
  topics?: readonly string[],
): Record<Role, MemberAcls> {
  const chosen = observation.topics.filter(({ name }) => topics === undefined || topics.includes(name));
  const [primary, secondary] = ROLES.map((role) =>
    memberAcls({ role, principal: pair.members[role].principal, reading: readings[role].acls, topics: chosen }),
  );
  return { primary, secondary };
}

/**
 * Looks at both members, and tells what their principals need.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function memberAclsOf(pair: PairSource, signal?: AbortSignal): Promise<Record<Role, MemberAcls>> {
  return pairAcls(pair, await observePair(pair, { signal }));
}
