import { type Look } from '../cli/terminal';
import { isQuiet, type Traffic, type Untold as UntoldTraffic } from '../traffic/traffic';
import { topicsInWords } from './advice';
import { recordsInWords } from './records';
import { indented, wrapped } from './status-layout';

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
