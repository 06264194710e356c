import { type Interruption, longestOf } from '../../canary/interruptions';
import { type CanarySummary } from '../../canary/summary';
import { type ReadJournal } from './journal-in';

/** One thing that a drill is held to. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  /** @default - no target was set */
  readonly target?: string;
  /** @default - it was not measured */
  readonly actual?: string;
  /** `untargeted`: it was measured, and held to nothing. */
  readonly verdict: 'met' | 'not-met' | 'not-measured' | 'untargeted';
}

export interface Measured {
  readonly journal: ReadJournal;
  /** @default - no canary ran beside it */
  readonly canary?: CanarySummary;
  readonly interruptions: readonly Interruption[];
}

/** Why there is nothing of a canary. */
export const reasonWithoutCanary = ({ traffic }: ReadJournal): string =>
  traffic === undefined
    ? 'no canary ran beside it'
    : `the raw log ${traffic.log.path} is not there as the journal has it`;

/** What a drill is held to, and what came of it; what was not measured is told as that, and is never met. */
export function findingsOf({ journal, canary, interruptions }: Measured): Finding[] {
  const { before, after } = journal.steady_states;
  const met = (is: boolean): Finding['verdict'] => (is ? 'met' : 'not-met');
  const steady = (state: typeof before): Pick<Finding, 'actual' | 'verdict'> =>
    state
      ? { actual: state.steady_state_met ? 'steady' : 'not steady', verdict: met(state.steady_state_met) }
      : { verdict: 'not-measured' };
  const { actuals, targets } = journal;
  const allowed = targets?.lost;
  const gone = actuals && actuals.lost;
  const found = canary?.found;
  const ofCanary = (
    count: number | undefined,
    limit: number | undefined,
  ): Partial<Finding> & Pick<Finding, 'verdict'> =>
    count === undefined
      ? { verdict: 'not-measured' }
      : { actual: records(count), verdict: limit === undefined ? 'untargeted' : met(count <= limit) };
  const pause = (what: Interruption['what']): Pick<Finding, 'actual' | 'verdict'> => {
    const gap = longestOf(interruptions, what);
    return canary === undefined || gap === undefined
      ? { verdict: 'not-measured' }
      : { actual: `${gap.seconds.toFixed(1)} s`, verdict: 'untargeted' };
  };
  return [
    {
      id: 'completed',
      title: 'The drill was gone through to its end',
      target: 'completed',
      actual: journal.status,
      verdict: met(journal.status === 'completed'),
    },
    { id: 'steady-before', title: 'The pair was steady before', target: 'steady', ...steady(before) },
    { id: 'steady-after', title: 'The pair was steady after', target: 'steady', ...steady(after) },
    {
      id: 'lost',
      title: 'Records lost, by what the clusters tell of their mirrors',
      ...(allowed !== undefined && { target: `at most ${records(allowed)}` }),
      ...(gone === undefined
        ? { verdict: 'not-measured' as const }
        : { actual: records(gone), verdict: allowed === undefined ? ('untargeted' as const) : met(gone <= allowed) }),
    },
    {
      id: 'canary-missing',
      title: 'Acknowledged records missing, by the canary',
      ...(allowed !== undefined && { target: `at most ${records(allowed)}` }),
      ...ofCanary(found?.missing, allowed),
    },
    { id: 'canary-twice', title: 'Records there twice, by the canary', target: 'none', ...ofCanary(found?.twice, 0) },
    {
      id: 'canary-order',
      title: 'Records there out of order, by the canary',
      target: 'none',
      ...ofCanary(found?.outOfOrder, 0),
    },
    {
      id: 'canary-consumed',
      title: 'Acknowledged records never consumed, by the canary',
      target: 'none',
      ...ofCanary(isGroupShared(canary) ? undefined : canary?.tally.notConsumed, 0),
    },
    {
      id: 'rto',
      title: 'RTO: from the fault until records were acknowledged and consumed on the secondary',
      ...(targets?.rto !== undefined && { target: `at most ${targets.rto} s` }),
      ...heldTo(journal.traffic?.failover?.rto, targets?.rto, (count) => `${count.toFixed(1)} s`),
    },
    ...lossFindings(journal),
    {
      id: 'moved',
      title: 'From the beginning of the outage until clients could move',
      ...(actuals?.moved_after === undefined
        ? { verdict: 'not-measured' as const }
        : { actual: `${actuals.moved_after.toFixed(1)} s`, verdict: 'untargeted' as const }),
    },
    {
      id: 'pause-acknowledged',
      title: 'Longest time without an acknowledgement, by the canary',
      ...pause('acknowledged'),
    },
    { id: 'pause-consumed', title: 'Longest time in which nothing was consumed, by the canary', ...pause('consumed') },
  ];
}

const heldTo = (
  actual: number | undefined,
  limit: number | undefined,
  inWords: (count: number) => string,
): Partial<Finding> & Pick<Finding, 'verdict'> =>
  actual === undefined
    ? { verdict: 'not-measured' }
    : {
        actual: inWords(actual),
        verdict: limit === undefined ? 'untargeted' : actual <= limit ? 'met' : 'not-met',
      };

/** In records, and in seconds where those are a target or something was lost. */
function lossFindings({ traffic, targets }: ReadJournal): Finding[] {
  const { records: allowed, seconds: longest } = targets?.rpo ?? {};
  const loss = traffic?.loss;
  const inSeconds = (count: number): string => `${count.toFixed(1)} s`;
  return [
    {
      id: 'rpo',
      title: 'RPO: acknowledged records that are missing in the end',
      ...(allowed !== undefined && { target: `at most ${records(allowed)}` }),
      ...heldTo(loss?.records, allowed, records),
    },
    ...(longest === undefined && !loss?.records
      ? []
      : [
          {
            id: 'rpo-seconds',
            title: 'RPO: how long before the fault the first missing record was acknowledged',
            ...(longest !== undefined && { target: `at most ${longest} s` }),
            ...heldTo(loss?.seconds, longest, inSeconds),
          },
        ]),
  ];
}

/** Why something was not measured, in words. */
export function reasonNotMeasured({ id }: Finding, journal: ReadJournal, canary: CanarySummary | undefined): string {
  if (journal.traffic?.untimed && ['rto', 'rpo-seconds'].includes(id)) {
    return 'the clock was put back meanwhile';
  }
  if (id.startsWith('rto') || id.startsWith('rpo')) {
    return 'no canary of the drill itself tells (drill --canary)';
  }
  if (!id.startsWith('canary') && !id.startsWith('pause')) {
    return 'the journal does not tell';
  }
  if (canary === undefined) {
    return reasonWithoutCanary(journal);
  }
  return id === 'canary-consumed'
    ? 'others of its group read records in its place'
    : 'the canary could not read it back';
}

/** What others of its group read, the canary could not. */
const isGroupShared = (canary: CanarySummary | undefined): boolean =>
  canary?.verdict.faults.includes('group-shared') === true;

/** `met` only where nothing that was held to a target failed, and nothing that has one is unknown. */
export function verdictOfAll(findings: readonly Finding[]): 'met' | 'not-met' | 'not-proven' {
  if (findings.some(({ verdict }) => verdict === 'not-met')) {
    return 'not-met';
  }
  return findings.some(({ verdict, target }) => verdict === 'not-measured' && target !== undefined)
    ? 'not-proven'
    : 'met';
}

const records = (count: number): string => (count === 1 ? '1 record' : `${count} records`);
