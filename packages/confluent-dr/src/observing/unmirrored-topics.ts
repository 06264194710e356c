import { type UnmirroredTopic } from '../pair/observation';
import { type Role, ROLES } from '../pair/role';
import { type TopicObservation } from '../pair/topic-observation';
import { type MemberReading } from './member-reader';

/** Those that Confluent Cloud and its tools keep for themselves. */
const INTERNAL = /^(__|_confluent|_schemas$)/;

/**
 * Topics of either member that are no internal ones, no mirrors, not among the pair's, and not told to be left out.
 *
 * @param leftOut names, or beginnings of names that end in `*`
 */
export function unmirroredTopics(
  readings: Readonly<Record<Role, MemberReading>>,
  topics: readonly TopicObservation[],
  leftOut: readonly string[] = [],
): UnmirroredTopic[] {
  const members = new Map<string, Role[]>();
  for (const role of ROLES) {
    const reading = readings[role];
    const mirrors = reading.mirrors.known ? reading.mirrors.value : [];
    const known = new Set([
      ...topics.map(({ sides }) => sides[role].topicName),
      ...mirrors.map((row) => row.mirror_topic_name),
    ]);
    for (const { topic_name: name, is_internal: internal } of reading.topics.known ? reading.topics.value : []) {
      if (!internal && !INTERNAL.test(name) && !known.has(name) && !leftOut.some((pattern) => takesIn(pattern, name))) {
        members.set(name, [...(members.get(name) ?? []), role]);
      }
    }
  }
  return [...members].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, on]) => ({ name, on }));
}

const takesIn = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
