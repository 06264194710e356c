import { commandFor, type CommandPlace } from '../deployment/deployment';
import { type GroupTopicLag } from '../observe/group-lag';
import { type TopicLag } from '../observe/topic-lag';
import { type LagReport } from '../report/status/lag-report';
import { advice, commandText, grid } from './layout';
import { type Look } from './text-style';
import { untoldInWords } from './untold';

/** So many rows are shown of those where nothing is behind. */
export const MOST_STEADY_ROWS = 10;

/** Numbers that are not known are no zeros. */
const NOT_TOLD = '?';

/**
 * How far the members are apart, for people: what is behind first.
 *
 * @param all whether to show every row and partition, however many there are
 */
export function lagText(
  { topics, groups, untold }: LagReport,
  all: boolean,
  deployment: CommandPlace,
  look: Look,
): string {
  const { paint } = look;
  return [
    section(
      'topics',
      ['topic', 'mirror', 'records behind', 'by partition'],
      parted(topics, isBehind, all),
      look,
      (topic) => topicRow(topic, all),
    ),
    section(
      'consumer groups',
      ['group', 'topic', 'unread on primary', 'unread on secondary', 'after a move'],
      parted(groups, isApart, all),
      look,
      groupRow,
    ),
    ...untold.map((own) => {
      const { on, next } = own;
      const { cause, cure } = untoldInWords(own);
      return [
        paint('yellow', advice(on === undefined ? cause : `${on}: ${cause}`, cure, look, '')),
        ...(next ? [commandText(commandFor(deployment, next), look)] : []),
      ].join('\n');
    }),
  ].join('\n\n');
}

interface Parted<T> {
  readonly shown: readonly T[];
  readonly hidden: number;
}

function parted<T>(rows: readonly T[], isFirst: (row: T) => boolean, all: boolean): Parted<T> {
  const others = rows.filter((row) => !isFirst(row));
  const shownOthers = all ? others : others.slice(0, MOST_STEADY_ROWS);
  return { shown: [...rows.filter(isFirst), ...shownOthers], hidden: others.length - shownOthers.length };
}

function section<T>(
  title: string,
  head: readonly string[],
  { shown, hidden }: Parted<T>,
  look: Look,
  row: (value: T) => readonly string[],
): string {
  const { paint } = look;
  const rest = hidden > 0 ? [paint('dim', `and ${hidden} more that are not behind; --all shows them`)] : [];
  const body = shown.length > 0 ? [grid(head, shown.map(row), look)] : ['none are told'];
  return [paint('bold', title), ...body, ...rest].join('\n');
}

const WITHOUT_MIRROR: Record<TopicLag['kind'], string> = {
  measured: NOT_TOLD,
  frozen: 'stopped on both',
  unknown: NOT_TOLD,
  none: 'none',
};

const isBehind = ({ kind, records }: TopicLag): boolean => kind !== 'measured' || records !== 0;

const isApart = ({ readAgain, leftOut }: GroupTopicLag): boolean => readAgain !== 0 || leftOut !== undefined;

function topicRow({ topic, kind, mirrorOn, status, records, partitions }: TopicLag, all: boolean): string[] {
  const mirror = mirrorOn === undefined ? WITHOUT_MIRROR[kind] : `${mirrorOn}, ${status}`;
  const told = partitions.filter((partition) => all || partition.records !== 0);
  const byPartition = told.map((own) => `${own.partition}: ${own.records}`).join(', ');
  const suffix = kind === 'frozen' ? ' when it stopped' : '';
  return [topic, mirror, `${records ?? NOT_TOLD}${suffix}`, byPartition];
}

function groupRow({ group, topic, lag, readAgain, leftOut }: GroupTopicLag): string[] {
  const unread = (records?: number): string => String(records ?? NOT_TOLD);
  const after = readAgain === undefined ? NOT_TOLD : readAgain === 0 ? 'nothing twice' : `${readAgain} twice`;
  return [
    group,
    topic,
    unread(lag.primary),
    unread(lag.secondary),
    leftOut === undefined ? after : `${after}, ${leftOut} never`,
  ];
}
