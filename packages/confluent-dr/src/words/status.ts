import { commandFor, type CommandPlace, type Deployment } from '../deployment/deployment';
import { otherRole, type Role, ROLES } from '../observe/pair-observation';
import { type ClientMove, type Serving } from '../observe/serving';
import { type LagReport } from '../report/status/lag-report';
import { isSteady } from '../report/status/member-status';
import { type Outage, type PairStatus } from '../report/status/pair-status';
import { concernInWords } from './concerns';
import { controlPlaneInWords } from './health';
import { indented, wrapped } from './layout';
import { recordsInWords, topicCountInWords } from './refusals';
import { detailsText } from './status-details';
import { type Look, type Style } from './text-style';
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

/** So many concerns, of so many lines each, fit a screen with all the rest. */
const MOST_CONCERNS = 4;
const MOST_LINES = 2;

const SERVING: Record<PairStatus['serving'], string> = {
  primary: 'The primary serves.',
  secondary: 'The secondary serves.',
  both: 'Both members can be written to: see to it that clients write to one of them alone.',
  nobody: 'Nobody can write: no member has a writable topic.',
  mixed: 'Topics are not served alike.',
  unknown: 'Who serves cannot be told.',
};

/** The whole pair on one screen, however many topics it has; every detail before it where all is wished for. */
export function statusText(status: PairStatus, all: boolean, deployment: CommandPlace, look: Look): string {
  const parts = [
    headText(status, look),
    summaryText(status, look),
    [concernsText(status, all, look), nextText(status, deployment, look)].filter(Boolean).join('\n'),
  ];
  return (all ? [detailsText(status, look), ...parts] : parts).filter((part) => part !== '').join('\n\n');
}

function headText({ serving, outages }: PairStatus, { paint, width }: Look): string {
  const style: Style = serving === 'primary' || serving === 'secondary' ? 'green' : 'yellow';
  return [
    ...outages.map((outage) => paint('red', wrapped(outageInWords(outage), width))),
    paint(style, wrapped(SERVING[serving], width)),
  ].join('\n');
}

function outageInWords({ on, clusterId, since, records }: Outage): string {
  const when = since === undefined ? '' : ` since ${since.replace(/\.\d+Z$/, 'Z')}, as the ${otherRole(on)} saw it`;
  const cost =
    records === undefined
      ? 'What the other member lacks of it is not known.'
      : `The ${otherRole(on)} knew of ${recordsInWords(records)} that it has not got; there may be more.`;
  return `The ${on} (${clusterId}) is gone${when}. ${cost}`;
}

function summaryText(status: PairStatus, { width, paint }: Look): string {
  const { topics, terraform, loss, targets, unmirrored, members } = status;
  // What a member wrote since it was reached last, no mirror has heard of.
  const isWhole = ROLES.every((role) => members[role].presence === 'answers');
  const steady = topics.filter(isSteady).length;
  const rows: [string, string][] = [
    ...ROLES.map((role): [string, string] => [role, memberInWords(status, role)]),
    [
      'topics',
      `${steady} of ${topics.length} replicating${unmirrored.length > 0 ? `, ${unmirrored.length} more without a mirror` : ''}`,
    ],
    [
      'loss',
      loss === undefined
        ? 'an unplanned failover would be refused'
        : `an unplanned failover would lose ${isWhole ? '' : 'at least '}${recordsInWords(loss)}; the target is ${targets.records}`,
    ],
    ...(status.controlPlane.kind === 'fails'
      ? [['control', controlPlaneInWords(status.controlPlane)] as [string, string]]
      : []),
    ['clients', clientsInWords(status)],
    ...(status.access === undefined
      ? []
      : [['proxy', `lets clients in to the ${status.access} alone`] as [string, string]]),
    [
      'terraform',
      `plan: ${remarks(terraform.plan.length, 'nothing in its way')}; destroy: ${remarks(terraform.destroy.length, 'deletes copies alone')}`,
    ],
  ];
  const margin = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows
    .map(([name, text]) => `${paint('bold', name.padEnd(margin))}${wrapped(text, width - margin, ' '.repeat(margin))}`)
    .join('\n');
}

/** Where not every topic is served alike, those of each go their own way. */
function clientsInWords({ moves, serving, topics }: PairStatus): string {
  if (serving !== 'mixed') {
    return ROLES.map((role) => `${MAY[moves[role].may]} ${role}`).join(', ');
  }
  const on = (wanted: Serving): number => topics.filter((topic) => topic.serving === wanted).length;
  const places = [
    ...ROLES.map((role) => [on(role), `on the ${role}`] as const),
    [on('both'), 'on one side alone, as both can be written to'],
    [on('nobody'), 'on neither now'],
    [on('unknown'), 'where nobody can tell'],
  ] as const;
  const told = places.filter(([count]) => count > 0).map(([count, place]) => `of ${topicCountInWords(count)} ${place}`);
  return `${told.join(', ')}; --all names them`;
}

const MAY: Record<ClientMove['may'], string> = {
  yes: 'may work on the',
  'with-care': 'with care on the',
  no: 'not on the',
};

const remarks = (count: number, none: string): string =>
  count === 0 ? none : count === 1 ? '1 remark' : `${count} remarks`;

function memberInWords({ members }: PairStatus, role: Role): string {
  const { clusterId, dataPlane, link } = members[role];
  const words = link.kind === 'link' ? (link.paused ? 'PAUSED' : link.state) : link.kind;
  const answer = dataPlane.kind === 'answers' ? 'answers' : `does not tell (${dataPlane.kind})`;
  return `${clusterId} ${answer}, link ${words}`;
}

function concernsText({ well, concerns, next }: PairStatus, all: boolean, look: Look): string {
  const { paint, width } = look;
  if (well) {
    return paint('green', 'All is well.');
  }
  const first = concerns.find(({ code, on }) => code === next?.because && on === next.on);
  const ordered = [...(first ? [first] : []), ...concerns.filter((concern) => concern !== first)];
  const shown = all ? ordered : ordered.slice(0, MOST_CONCERNS);
  const hidden = ordered.length - shown.length;
  return [
    paint('yellow', 'needs a look'),
    ...shown.map((concern) => indented(clipped(wrapped(concernInWords(concern), width - 2, '  '), all))),
    ...(hidden > 0 ? [indented(paint('dim', `and ${hidden} more: --all`))] : []),
  ].join('\n');
}

/** On a line that is not broken, so that it can be copied. */
const nextText = ({ next }: PairStatus, deployment: CommandPlace, { paint }: Look): string =>
  next ? paint('cyan', `Next: ${commandFor(deployment, next.command)}`) : '';

function clipped(text: string, all: boolean): string {
  const lines = text.split('\n');
  return all || lines.length <= MOST_LINES ? text : `${lines.slice(0, MOST_LINES).join('\n')} …`;
}
