import { type HostRoute } from '../../../runbook/client';
import { type ClientMove, type LinkObservation, otherRole, ROLES } from '../../../runbook/pair';
import { type TerraformOutlook } from '../../../runbook/planning';
import { isSteady, type MemberStatus, type PairStatus, type TopicStatus } from '../../../runbook/status';
import { type Look, type Style } from '../../terminal';
import { advice, grid, indented, wrapped } from './status-layout';

/** So many steady topics, remarks and groups are shown unless all are wished for. */
const MOST = 5;

const SERVING: Record<PairStatus['serving'], string> = {
  primary: 'The primary serves.',
  secondary: 'The secondary serves.',
  both: 'Both members can be written to: see to it that clients write to one of them alone.',
  nobody: 'Nobody can write: no member has a writable topic.',
  mixed: 'Topics are not served alike: see each of them.',
  unknown: 'Who serves cannot be told.',
};

/** The whole pair in one view. */
export function statusText(status: PairStatus, all: boolean, look: Look): string {
  const { paint, width } = look;
  const style: Style = status.serving === 'primary' || status.serving === 'secondary' ? 'green' : 'yellow';
  return [
    [
      paint(style, wrapped(SERVING[status.serving], width)),
      ...ROLES.map((role) => moveText(status.moves[role], look)),
    ].join('\n'),
    ...ROLES.map((role) => memberText(role, status.members[role], look)),
    topicsText(status.topics, all, look),
    ...(status.groups ? [groupsText(status, all, look)] : []),
    terraformText(status.terraform, all, look),
    concernsText(status, look),
  ].join('\n\n');
}

const MAY: Record<ClientMove['may'], string> = {
  yes: 'may work on it',
  'with-care': 'may work on it with care',
  no: 'must not be started on it',
};

function moveText({ to, may, remarks }: ClientMove, { width }: Look): string {
  const [first, ...others] = remarks;
  const why = first && `${first.topic && `${first.topic}: `}${first.text}`;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return wrapped(`${to}: clients ${MAY[may]}${why ? `. ${why}${more}` : '.'}`, width, '  ');
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

function topicsText(topics: readonly TopicStatus[], all: boolean, look: Look): string {
  const { paint } = look;
  const steady = topics.filter(isSteady);
  const hidden = all ? 0 : Math.max(0, steady.length - MOST);
  const shown = topics.slice(0, topics.length - hidden);
  const rows = shown.map(({ topic, stands, sides, lag, reasons }) => [
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
    ...(hidden > 0 ? [paint('dim', `and ${hidden} more that replicate; --all shows them`)] : []),
  ].join('\n');
}

/** From where to where records go, if they do. */
function directionOf({ kind, mirrorOn }: TopicStatus['lag']): string {
  return kind === 'measured' && mirrorOn ? `${otherRole(mirrorOn)} → ${mirrorOn}` : '';
}

function groupsText({ groups = [], untold }: PairStatus, all: boolean, look: Look): string {
  const { paint, width } = look;
  const shown = all ? groups : groups.slice(0, MOST);
  const rows = shown.map(({ group, topic, lag, readAgain }) => [
    group,
    topic,
    String(lag.primary ?? '?'),
    String(lag.secondary ?? '?'),
    String(readAgain ?? '?'),
  ]);
  const head = ['group', 'topic', 'unread on primary', 'unread on secondary', 'read twice after a move'];
  const hidden = groups.length - shown.length;
  return [
    `${paint('bold', 'consumer groups')}${groups.length === 0 && untold.length === 0 ? '  none with offsets of these topics' : ''}`,
    ...(rows.length > 0 ? [grid(head, rows, look)] : []),
    ...(hidden > 0 ? [paint('dim', `and ${hidden} more; --all shows them`)] : []),
    ...untold.map(({ on, cause }) => wrapped(`${on ?? ''} does not tell all: ${cause}`, width, '  ')),
  ].join('\n');
}

function terraformText({ plan, destroy }: TerraformOutlook, all: boolean, look: Look): string {
  const part = (title: string, remarks: TerraformOutlook['plan'], good: string): string[] => {
    const shown = all ? remarks : remarks.slice(0, 1);
    const hidden = remarks.length - shown.length;
    return remarks.length === 0
      ? [indented(`${title}: ${good}`)]
      : [
          ...shown.map(({ cause, cure }) => advice(`${title}: ${cause}`, cure, look)),
          ...(hidden > 0 ? [indented(look.paint('dim', `and ${hidden} more like it; --all shows them`))] : []),
        ];
  };
  return [
    look.paint('bold', 'terraform'),
    ...part('plan', plan, 'nothing in its way'),
    ...part('destroy', destroy, 'deletes copies alone'),
  ].join('\n');
}

function concernsText({ concerns }: PairStatus, look: Look): string {
  const { paint } = look;
  return concerns.length === 0
    ? paint('green', 'All is well.')
    : [paint('yellow', 'needs a look'), ...concerns.map(({ cause, cure }) => advice(cause, cure, look))].join('\n');
}
