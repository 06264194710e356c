import { type Interruption, longestOf } from '../canary/interruptions';
import { type Second } from '../canary/seconds';
import { type Standstill } from '../canary/standstill';
import { type CanarySummary } from '../canary/summary';
import { type Fault } from '../canary/verdict';
import { type Role } from '../observe/pair-observation';
import { grid, indented, wrapped } from './layout';
import { recordsInWords } from './refusals';
import { type Look } from './text-style';

/** One second, on one line. */
export function secondText(second: Second, place: Role, { paint }: Look): string {
  const { at, sent, acknowledged, consumed, late, twice, outOfOrder, waiting } = second;
  const bad = (name: string, count: number): string => (count > 0 ? paint('yellow', `${name} ${count}`) : `${name} 0`);
  const flow = acknowledged === 0 && sent > 0 ? paint('red', 'acknowledged 0') : `acknowledged ${acknowledged}`;
  return [
    new Date(at).toISOString().slice(11, 19),
    place.padEnd('secondary'.length),
    `sent ${sent}`,
    flow,
    consumed === 0 && sent > 0 ? paint('red', 'consumed 0') : `consumed ${consumed}`,
    bad('late', late),
    bad('twice', twice),
    bad('out of order', outOfOrder),
    `behind ${waiting}`,
  ].join('  ');
}

const FAULT_WORDS: Readonly<Record<Fault, string>> = {
  missing: 'acknowledged records are missing',
  twice: 'records are there twice',
  'out-of-order': 'records are there out of order',
  'not-consumed': 'records that were acknowledged were not consumed',
  'group-shared': 'others of its group read records in its place, so that nobody knows whether all were consumed',
  'not-read': 'not all of the topic could be read back, so that nobody knows what is there',
  'nothing-acknowledged': 'nothing was acknowledged, so that nothing is proven',
};

const MOST_ROWS = 20;

/** What a run came to. */
export function canaryText(
  summary: CanarySummary,
  log: { readonly path: string; readonly sha256: string },
  look: Look,
): string {
  const { verdict, on, topic, tally, found, seconds, interruptions } = summary;
  const pauses = [
    pauseText('an acknowledgement', longestOf(interruptions, 'acknowledged')),
    pauseText('a record consumed', longestOf(interruptions, 'consumed')),
  ].filter((text) => text !== '');
  const { paint, width } = look;
  const head = verdict.ok
    ? `All ${recordsInWords(tally.acknowledged)} that were acknowledged are on the ${on}, once and in order.`
    : `Not well: ${verdict.faults.map((fault) => FAULT_WORDS[fault]).join('; ')}.`;
  const rows = summary.partitions
    .filter((account) => !verdict.ok && account.found && faulty(account.found) + account.tally.notConsumed > 0)
    .map((account) => [
      String(account.partition),
      String(account.tally.acknowledged),
      String(account.found?.there ?? '?'),
      String(account.found?.missing ?? '?'),
      String(account.found?.twice ?? '?'),
      String(account.found?.outOfOrder ?? '?'),
      String(account.tally.notConsumed),
      account.missing.map(({ first, last }) => (first === last ? String(first) : `${first}–${last}`)).join(', '),
    ]);
  const names = ['partition', 'acknowledged', 'there', 'missing', 'twice', 'out of order', 'not consumed', 'which'];
  return [
    paint(verdict.ok ? 'green' : 'red', wrapped(head, width)),
    wrapped(
      `${topic}, ${seconds.toFixed(1)} s: sent ${tally.sent}, acknowledged ${tally.acknowledged}, consumed ${tally.consumed}` +
        ` (late ${tally.late}, twice ${tally.twice}, out of order ${tally.outOfOrder}, not consumed ${tally.notConsumed}).`,
      width,
    ),
    ...(pauses.length > 0 ? [wrapped(`Longest without ${pauses.join('; without ')}.`, width)] : []),
    ...(summary.standstills.length > 0
      ? [
          wrapped(
            `The canary itself did not run, or its clock was set: ${summary.standstills.slice(0, MOST_ROWS).map(standstillText).join(', ')}. What clients would have seen then was not measured.`,
            width,
          ),
        ]
      : []),
    found
      ? wrapped(
          `Read back from the ${on}: there ${found.there}, missing ${found.missing}, twice ${found.twice}, out of order ` +
            `${found.outOfOrder}, there without having been acknowledged ${found.unacknowledged}.`,
          width,
        )
      : wrapped(`Not read back from the ${on}: what is there is not known.`, width),
    ...(rows.length > 0 ? [indented(grid(names, rows.slice(0, MOST_ROWS), look))] : []),
    ...(rows.length > MOST_ROWS ? [`  … and ${rows.length - MOST_ROWS} more partitions`] : []),
    wrapped(`The raw log is in ${log.path}, SHA-256 ${log.sha256}.`, width),
  ].join('\n');
}

const clock = (at: number): string => new Date(at).toISOString().slice(11, 21);

const pauseText = (what: string, pause: Interruption | undefined): string =>
  pause === undefined
    ? ''
    : `${what}: ${pause.seconds.toFixed(1)} s (${clock(pause.began)} to ${pause.to === undefined ? 'the end' : clock(pause.ended)})`;

/** Since when it did not run. */
export const standstillText = ({ since, at }: Standstill): string =>
  at < since
    ? `put back by ${((since - at) / 1000).toFixed(1)} s (at ${clock(since)})`
    : `${((at - since) / 1000).toFixed(1)} s (${clock(since)} to ${clock(at)})`;

/** That others of the group got records, or get none any more. */
export const sharedText = ({ partitions }: { readonly partitions: readonly number[] }): string =>
  partitions.length === 0
    ? 'it has its group for itself again'
    : `other members of its group read the partitions ${partitions.slice(0, MOST_ROWS).join(', ')}${partitions.length > MOST_ROWS ? ', …' : ''}: ` +
      'what they read is not held to be unconsumed';

const faulty = ({ missing, twice, outOfOrder }: { missing: number; twice: number; outOfOrder: number }): number =>
  missing + twice + outOfOrder;
