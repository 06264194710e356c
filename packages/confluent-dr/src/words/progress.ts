import { totalOf } from '../execute/mirror-requests';
import { type OperatingEvent, type OperationAttempt } from '../execute/operation-run';
import { aclInWords } from '../observe/acls';
import { isQuiet, type Traffic, type Untold as UntoldTraffic } from '../observe/traffic';
import { type RecordsLost } from '../plan/plan';
import { topicsInWords } from './advice';
import { grid, indented, wrapped } from './layout';
import { recordsInWords, refusalInWords, topicCountInWords } from './refusals';
import { type Look } from './text-style';

/** More rows than this hide what matters; the JSON has them all. */
const MOST_ROWS = 20;

/** Records per topic and partition, those with the most first where there are many; empty for none. */
export function recordsTable(records: readonly RecordsLost[], look: Look): string {
  if (records.length === 0) {
    return '';
  }
  const shown = records.length > MOST_ROWS ? [...records].sort((one, other) => other.records - one.records) : records;
  const rows = shown
    .slice(0, MOST_ROWS)
    .map(({ topic, partition, records: count }) => [topic, partition < 0 ? 'all' : String(partition), String(count)]);
  const left = records.slice(MOST_ROWS).length;
  const topics = new Set(records.map(({ topic }) => topic)).size;
  return [
    grid(['topic', 'partition', 'records'], rows, look),
    ...(left > 0 ? [`… and ${left} more partitions`] : []),
    `${recordsInWords(totalOf(records))} in ${topicCountInWords(topics)}`,
  ].join('\n');
}

/** What is written on the line that tells how far it is; undefined where there is nothing to tell. */
export function progressLine(event: OperatingEvent): string | undefined {
  switch (event.type) {
    case 'validated':
      return event.objections.length === 0 ? 'All of it would be accepted …' : undefined;
    case 'traffic': {
      const { traffic, isFinal } = event;
      const topics = traffic.producing.length;
      const groups = traffic.groups.filter(({ isActive }) => isActive).length;
      return isFinal
        ? undefined
        : `Waiting until clients on the ${traffic.on} are quiet: ${topics} topics grow, ${groups} active groups are behind or in the way …`;
    }
    case 'requesting':
      return `Asking the ${event.on} for ${event.operation} of ${topicsInWords(event.topics)} …`;
    case 'progress':
      return `${event.reached} of ${event.of} topics are there after ${Math.round(event.waitedMs / 1000)} s …`;
    case 'stalled':
      return 'Nothing moves; asking why …';
    case 'lost-contact':
      return `Waiting for a member that does not answer: ${refusalInWords(event.refusals[0]).cause}`;
    default:
      return undefined;
  }
}

/** What stays on the screen: what was done, and what answered otherwise. */
export function confirmation(event: OperatingEvent): string | undefined {
  switch (event.type) {
    case 'answered':
      return answersInWords(event.attempts);
    case 'acl-created':
      return `Created on the ${event.on}: ${aclInWords(event.acl)}`;
    default:
      return undefined;
  }
}

function answersInWords(attempts: readonly OperationAttempt[]): string {
  const { on, operation } = attempts[0];
  const of = (kind: OperationAttempt['outcome']['kind']): OperationAttempt[] =>
    attempts.filter(({ outcome }) => outcome.kind === kind);
  const line = (kind: OperationAttempt['outcome']['kind'], words: string): string[] => {
    const some = of(kind);
    const names = some.map(({ topic }) => topic);
    const [first] = some.map(({ outcome }) => ('message' in outcome ? `: ${outcome.message}` : '.'));
    return some.length === 0 ? [] : [`${words} ${topicsInWords(names)}${first}`];
  };
  return [
    ...line('accepted', `The ${on} accepted ${operation} of`),
    ...line('refused', `The ${on} refused ${operation} of`),
    ...line('failed', `The request to the ${on} for ${operation} failed, and nothing was done, of`),
    ...line('unknown', `What became of ${operation} on the ${on} is looked up, of`),
  ].join('\n');
}

/** What clients were seen to do before an operation that should find them gone. */
export function trafficText(traffic: Traffic, { paint, width }: Look): string {
  const lines = trafficInWords(traffic);
  const colour = isQuiet(traffic) ? 'green' : 'yellow';
  const [first, ...more] = lines;
  return [paint(colour, wrapped(first, width)), ...more.map((line) => indented(wrapped(line, width - 2)))].join('\n');
}

/** A headline, and a line for each thing that was seen. */
export function trafficInWords(traffic: Traffic): string[] {
  const { operation, on, producing, groups, untold, seconds } = traffic;
  const isReversal = operation === 'reverse-and-start-mirror';
  const total = producing.reduce((sum, { records }) => sum + records, 0);
  const details = [
    ...(producing.length > 0
      ? [`Producers: ${recordsInWords(total)} came within ${seconds.toFixed(1)} s to ${namesOf(producing)}.`]
      : []),
    ...groups.slice(0, MOST_GROUPS).map(({ group, state, unread, topics }) => {
      const behind = unread > 0 ? `, ${recordsInWords(unread)} not read` : '';
      return `Consumer group ${group} (${state})${behind}: ${topicsInWords(topics)}.`;
    }),
    ...(groups.length > MOST_GROUPS ? [`And ${groups.length - MOST_GROUPS} more groups; lag tells them all.`] : []),
    ...untold.map(untoldInWords),
  ];
  const headline = isQuiet(traffic)
    ? `On the ${on} clients are quiet: ${isReversal ? 'no topic grows, and no active group is behind' : 'no group is active on these topics'}.`
    : producing.length > 0 || groups.some(({ isActive }) => isActive)
      ? `On the ${on} clients are still at work; ${isReversal ? 'the reversal would take the topics away from them' : 'a truncation needs them gone'}.`
      : `On the ${on} it is not known whether clients are still at work.`;
  return [headline, ...details];
}

const MOST_GROUPS = 5;

const namesOf = (producing: Traffic['producing']): string => topicsInWords(producing.map(({ topic }) => topic));

function untoldInWords(untold: UntoldTraffic): string {
  switch (untold.code) {
    case 'ends':
      return `Nobody tells whether ${topicsInWords(untold.topics)} still grow: neither a mirror nor a consumer group knows the ends.`;
    case 'groups':
      return `Nobody tells which consumer groups there are: ${untold.message}`;
    case 'lags':
      return `Nobody tells what ${untold.groups.slice(0, MOST_GROUPS).join(', ')} read: ${untold.message}`;
  }
}
