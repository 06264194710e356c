import { setTimeout as wait } from 'node:timers/promises';
import { type PairObservation, ROLES, type TopicObservation } from '../../observe/pair-observation';
import { type MemberStatus } from './member-status';
import { type PairStatus } from './pair-status';

const INTERVAL_MS = 500;

/**
 * Waits until each mirror has what its source had at first. That measures time, of which the API tells nothing: whoever
 * has within the limit what was there at its beginning is not later than the limit.
 *
 * @param look again, after which the time of `limitMs` counts
 * @returns the topics that are later
 */
export async function catchUp(
  first: PairObservation,
  look: () => Promise<PairObservation>,
  { limitMs, signal }: { readonly limitMs: number; readonly signal?: AbortSignal },
): Promise<string[]> {
  const end = performance.now() + limitMs;
  let behind = goalsOf(first);
  while (behind.size > 0 && performance.now() < end) {
    await wait(Math.max(1, Math.min(INTERVAL_MS, end - performance.now())), undefined, { signal });
    const now = await look();
    const topics = new Map(now.topics.map((topic) => [topic.name, topic]));
    behind = new Map([...behind].filter(([name, goals]) => !isReached(goals, topics.get(name))));
  }
  return [...behind.keys()];
}

/** Where each partition's source ended, of those that are behind. */
type Goals = ReadonlyMap<number, number | undefined>;

function goalsOf({ topics }: PairObservation): Map<string, Goals> {
  return new Map(
    topics.flatMap((topic) => {
      const goals = lagsOf(topic)
        .filter(({ lag }) => lag > 0)
        .map(({ partition, lag, lastSourceFetchOffset: offset }) => {
          // -1 is for never: then there is nothing to count from.
          return [partition, offset === undefined || offset < 0 ? undefined : offset + lag] as const;
        });
      return goals.length > 0 ? [[topic.name, new Map(goals)] as const] : [];
    }),
  );
}

function isReached(goals: Goals, topic?: TopicObservation): boolean {
  const now = new Map((topic ? lagsOf(topic) : []).map((lag) => [lag.partition, lag]));
  return [...goals].every(([partition, goal]) => {
    const at = now.get(partition);
    return at !== undefined && (at.lag === 0 || (goal !== undefined && (at.lastSourceFetchOffset ?? -1) >= goal));
  });
}

/** Of the mirror that follows. */
const lagsOf = ({ sides }: TopicObservation) =>
  ROLES.flatMap((role) => {
    const side = sides[role];
    return side.kind === 'mirror' && side.status !== 'STOPPED' ? side.lags : [];
  });

/** What is different from before, a line each; for those who read a log. */
export function changesBetween(before: PairStatus, after: PairStatus): string[] {
  const earlier = new Map(before.topics.map((topic) => [topic.topic, topic]));
  return [
    ...(before.serving === after.serving ? [] : [`serving: ${before.serving} → ${after.serving}`]),
    ...ROLES.flatMap((role) => memberChanges(role, before.members[role], after.members[role])),
    ...after.topics.flatMap((topic) => {
      const was = earlier.get(topic.topic);
      const [then, now] = [was?.stands ?? 'not seen', topic.stands];
      return then === now ? [] : [`${topic.topic}: ${then} → ${now}`];
    }),
    ...(before.controlPlane.kind === after.controlPlane.kind
      ? []
      : [`control plane: ${before.controlPlane.kind} → ${after.controlPlane.kind}`]),
    ...(before.well === after.well ? [] : [after.well ? 'all is well' : 'something needs a look']),
  ];
}

function memberChanges(role: string, before: MemberStatus, after: MemberStatus): string[] {
  const pairs = [
    [role, before.dataPlane.kind, after.dataPlane.kind],
    [`link on the ${role}`, linkWord(before), linkWord(after)],
    ...exporterPairs(role, before, after),
  ];
  return pairs.flatMap(([name, then, now]) => (then === now ? [] : [`${name}: ${then} → ${now}`]));
}

const linkWord = ({ link }: MemberStatus): string => (link.kind === 'link' ? link.state : link.kind);

function exporterPairs(role: string, before: MemberStatus, after: MemberStatus): [string, string, string][] {
  const statesOf = ({ exporters }: MemberStatus): ReadonlyMap<string, string> =>
    new Map(exporters?.kind === 'known' ? exporters.exporters.map(({ name, state }) => [name, state]) : []);
  const [then, now] = [statesOf(before), statesOf(after)];
  return [...now].map(([name, state]) => [`exporter ${name} of the ${role}`, then.get(name) ?? 'not seen', state]);
}
