import { type HostRoute } from '../client/host-finder';
import { type LinkObservation, otherRole, ROLES } from '../observe/pair-observation';
import { type ClientMove } from '../observe/serving';
import { type TerraformOutlook } from '../plan/terraform-outlook';
import { isSteady, type MemberStatus, type TopicStatus } from '../report/status/member-status';
import { type PairStatus } from '../report/status/pair-status';
import { advice, grid, indented, wrapped } from './layout';
import { moveRemarkInWords } from './moves';
import { terraformInWords } from './terraform';
import { type Look } from './text-style';
import { untoldInWords } from './untold';

/** Both members, and every topic, group and remark. */
export function detailsText(status: PairStatus, look: Look): string {
  return [
    ...ROLES.map((role) => moveText(status.moves[role], look)),
    ...ROLES.map((role) => memberText(role, status.members[role], look)),
    topicsText(status.topics, look),
    ...(status.unmirrored.length > 0 ? [unmirroredText(status, look)] : []),
    ...(status.groups ? [groupsText(status, look)] : []),
    terraformText(status.terraform, look),
  ].join('\n\n');
}

const MAY: Record<ClientMove['may'], string> = {
  yes: 'may work on it',
  'with-care': 'may work on it with care',
  no: 'must not be started on it',
};

function moveText({ to, may, remarks }: ClientMove, { width }: Look): string {
  return [
    wrapped(`${to}: clients ${MAY[may]}.`, width, '  '),
    ...remarks.map((remark) => {
      const topic = remark.topic === undefined ? '' : `${remark.topic}: `;
      return indented(wrapped(`${topic}${moveRemarkInWords(remark)}`, width - 2, '  '));
    }),
  ].join('\n');
}

function unmirroredText({ unmirrored }: PairStatus, look: Look): string {
  const rows = unmirrored.map(({ name, on }) => [name, on.join(' and ')]);
  return [look.paint('bold', 'topics without a mirror'), grid(['topic', 'on'], rows, look)].join('\n');
}

function memberText(role: string, { clusterId, dataPlane, route, link, exporters }: MemberStatus, look: Look): string {
  const { paint, width } = look;
  const answer = dataPlane.kind === 'answers' ? paint('green', 'answers') : paint('red', dataPlane.kind);
  const lines = [routeText(route), linkText(link)];
  if (exporters) {
    const known = exporters.kind === 'known' ? exporters.exporters.map(({ name, state }) => `${name} ${state}`) : ['?'];
    lines.push(`schema exporters: ${known.join(', ') || 'none'}`);
  }
  return [
    `${paint('bold', role)}  ${clusterId}  ${answer}`,
    ...lines.map((line) => indented(wrapped(line, width - 2, '  '))),
  ].join('\n');
}

const WAYS: Record<HostRoute['way'], string> = {
  dns: 'found by DNS itself',
  machine: 'found as this machine finds hosts',
  literal: 'an address',
};

function routeText({ host, way, addresses }: HostRoute): string {
  const at = way !== 'literal' && addresses.length > 0 ? ` at ${addresses.join(', ')}` : '';
  return `reached as ${host}${at}, ${WAYS[way]}`;
}

function linkText(link: LinkObservation): string {
  switch (link.kind) {
    case 'absent':
      return `link ${link.name} is not there`;
    case 'unknown':
      return 'link ?';
    case 'link': {
      const tasks = link.tasks.map(({ name, state }) => `${name} ${state}`).join(', ');
      return `link ${link.name} ${link.paused ? 'PAUSED' : link.state}${tasks && `; ${tasks}`}`;
    }
  }
}

function topicsText(topics: readonly TopicStatus[], look: Look): string {
  const { paint } = look;
  const steady = topics.filter(isSteady);
  const rows = topics.map(({ topic, stands, sides, lag, reasons }) => [
    topic,
    stands,
    directionOf(lag),
    sides.primary,
    sides.secondary,
    lag.records === undefined ? '?' : String(lag.records),
    reasons.join('; '),
  ]);
  const withReasons = rows.some((row) => row[6] !== '');
  const head = [
    'topic',
    'stands',
    'direction',
    'on primary',
    'on secondary',
    'behind',
    ...(withReasons ? ['because'] : []),
  ];
  return [
    `${paint('bold', 'topics')}  ${steady.length} of ${topics.length} replicating`,
    ...(rows.length > 0
      ? [
          grid(
            head,
            rows.map((row) => row.slice(0, head.length)),
            look,
          ),
        ]
      : []),
  ].join('\n');
}

/** From where to where records go, if they do. */
function directionOf({ kind, mirrorOn }: TopicStatus['lag']): string {
  return kind === 'measured' && mirrorOn ? `${otherRole(mirrorOn)} → ${mirrorOn}` : '';
}

function groupsText({ groups = [], untold }: PairStatus, look: Look): string {
  const { paint, width } = look;
  const rows = groups.map(({ group, topic, lag, readAgain }) => [
    group,
    topic,
    String(lag.primary ?? '?'),
    String(lag.secondary ?? '?'),
    String(readAgain ?? '?'),
  ]);
  const head = ['group', 'topic', 'unread on primary', 'unread on secondary', 'read twice after a move'];
  return [
    `${paint('bold', 'consumer groups')}${groups.length === 0 && untold.length === 0 ? '  none with offsets of these topics' : ''}`,
    ...(rows.length > 0 ? [grid(head, rows, look)] : []),
    ...untold.map((own) => wrapped(`${own.on ?? ''} does not tell all: ${untoldInWords(own).cause}`, width, '  ')),
  ].join('\n');
}

function terraformText({ plan, destroy }: TerraformOutlook, look: Look): string {
  const part = (title: string, remarks: TerraformOutlook['plan'], good: string): string[] =>
    remarks.length === 0
      ? [indented(`${title}: ${good}`)]
      : remarks.map(terraformInWords).map(({ cause, cure }) => advice(`${title}: ${cause}`, cure, look));
  return [
    look.paint('bold', 'terraform'),
    ...part('plan', plan, 'nothing in its way'),
    ...part('destroy', destroy, 'deletes copies alone'),
  ].join('\n');
}
