import { ROLES } from '../pair/role';
import { type MemberStatus } from './member-status';
import { type PairStatus } from './pair-status';

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
