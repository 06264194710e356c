import { type Look } from '../cli/terminal';
import { type Deployment } from '../deployment/deployment';
import { type LagReport } from '../lag/lag-report';
import { otherRole, type Role } from '../pair/role';
import { recordsInWords } from './records';
import { wrapped } from './status-layout';
import { untoldInWords } from './untold';

/** What somebody needs who moves clients to a member: its address, where its keys are, and what is behind. */
export function clientPlaceText(
  to: Role,
  { members }: Pick<Deployment, 'members'>,
  lag: LagReport | undefined,
  { width }: Look,
): string {
  const { bootstrapEndpoint, clusterId } = members[to];
  return [
    `Clients go to the ${to}: ${bootstrapEndpoint}.`,
    `Keys: those of ${clusterId}; keys of the ${otherRole(to)} do not work there. config show tells where this tool has its own from.`,
    ...(lag ? lagLines(lag) : ['How far mirrors and groups are behind, nobody told.']),
  ]
    .map((line) => wrapped(line, width))
    .join('\n');
}

function lagLines({ topics, groups, untold }: LagReport): string[] {
  const measured = topics.flatMap(({ kind, records }) =>
    kind === 'measured' && records !== undefined ? [records] : [],
  );
  const behind = groups.flatMap(({ active, group, lag }) => {
    const unread = active === undefined ? undefined : lag[active];
    return unread ? [{ group, unread }] : [];
  });
  const unread = sum(behind.map((row) => row.unread));
  const names = new Set(behind.map(({ group }) => group)).size;
  return [
    measured.length < topics.length
      ? `Mirrors lack ${recordsInWords(sum(measured))}, as far as ${measured.length} of ${topics.length} topics tell.`
      : `Mirrors lack ${recordsInWords(sum(measured))}.`,
    names === 0
      ? 'No consumer group is seen to be behind.'
      : `${names === 1 ? '1 consumer group has' : `${names} consumer groups have`} not read ${recordsInWords(unread)}.`,
    ...untold.slice(0, 1).map((own) => `Not all was told: ${untoldInWords(own).cause}`),
  ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, own) => all + own, 0);
