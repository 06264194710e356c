import { ROLES } from '../../observe/pair-observation';
import { reasonWithoutCanary } from './findings';
import { figure, type Html, markup, table } from './html';
import { type ReadJournal } from './journal-in';
import { type Phase, Plots } from './plots';
import { type CanaryOfDrill, type Report } from './report';

const clock = (at: number): string => new Date(at).toISOString().slice(11, 23);

const FAULT_WORDS: Readonly<Record<string, string>> = {
  proxy: 'the proxy cut clients off',
  disaster: 'the primary was lost',
  'switch-over': 'it was begun',
};

export function recoveries({ traffic }: ReadJournal): Html {
  if (traffic?.failover === undefined && traffic?.failback === undefined) {
    return markup`<p>Not measured: no canary of the drill itself went over with the clients.</p>`;
  }
  const cell = (count: number | undefined): string => count?.toFixed(1) ?? 'not measured';
  const columns = [traffic.failover, traffic.failback];
  const row = (name: string, value: (recovery: NonNullable<(typeof columns)[number]>) => string): string[] => [
    name,
    ...columns.map((recovery) => (recovery === undefined ? 'not measured' : value(recovery))),
  ];
  return markup`<p>
      In seconds, from the fault on. Decided is the time that questions waited for their answers; the parts add up to the time
      until clients were back.
    </p>
    ${table(
      'From the fault until clients were back',
      [{ name: 'What' }, ...['Failover', 'Failback'].map((name) => ({ name, numeric: true }))],
      [
        row('The fault', ({ fault }) => `${FAULT_WORDS[fault.kind] ?? fault.kind}, ${clock(Date.parse(fault.at))}`),
        row('Noticed', ({ parts }) => cell(parts?.noticed)),
        row('Decided', ({ parts }) => cell(parts?.decided)),
        row('Mirrors turned', ({ parts }) => cell(parts?.mirrors_turned)),
        row('Clients back', ({ parts }) => cell(parts?.clients_back)),
        row('Anything else', ({ parts }) => cell(parts?.other)),
        row('Until clients were back', ({ rto }) => cell(rto)),
        row('Until the first acknowledgement', (recovery) => cell(recovery.acknowledged_after)),
        row('Until the first record consumed', (recovery) => cell(recovery.consumed_after)),
        row('Without an acknowledgement', ({ pause }) => cell(pause.acknowledged)),
        row('Without a record consumed', ({ pause }) => cell(pause.consumed)),
      ],
    )}`;
}

/** Clients of applications, by what they logged. */
export function ownClients({ clients }: ReadJournal): Html {
  const { seen = [] } = clients ?? {};
  if (seen.length === 0) {
    return markup``;
  }
  const cell = (count: number | undefined): string => count?.toFixed(1) ?? 'never';
  const rows = seen.flatMap(({ client, version, failover, failback }) =>
    Object.entries({ Failover: failover, Failback: failback }).map(([name, recovery]) => [
      `${client} ${version}`,
      name,
      ...(recovery === undefined
        ? ['nothing was logged before', '', '', '', '']
        : [
            `${FAULT_WORDS[recovery.fault.kind] ?? recovery.fault.kind}, ${clock(Date.parse(recovery.fault.at))}`,
            cell(recovery.acknowledged_after),
            cell(recovery.consumed_after),
            cell(recovery.pause.acknowledged),
            cell(recovery.pause.consumed),
          ]),
    ]),
  );
  return table(
    'Clients of applications, by what they logged, in seconds',
    [
      { name: 'Client' },
      { name: 'Part' },
      { name: 'The fault' },
      { name: 'Until the first acknowledgement', numeric: true },
      { name: 'Until the first record consumed', numeric: true },
      { name: 'Without an acknowledgement', numeric: true },
      { name: 'Without a record consumed', numeric: true },
    ],
    rows,
  );
}

export async function clients(phases: readonly Phase[], { canary, interruptions, file }: Report): Promise<Html> {
  if (canary === undefined) {
    return markup`<p>Not measured: ${reasonWithoutCanary(file.journal)}, so that nothing is known of what clients saw.</p>`;
  }
  const { account, summary } = canary;
  const all = account.seconds.all();
  const { begin } = account;
  const start = Math.min(begin!.at, Date.parse(file.journal.start));
  const end = Math.max(Date.parse(file.journal.end), (all.at(-1)?.at ?? start) + 1000);
  const plots = await Plots.load(phases, [start, end]);
  const highest = all.reduce(
    (most, { sent, acknowledged, consumed }) => Math.max(most, sent, acknowledged, consumed),
    0,
  );
  const legend = markup`<span class="key sent">sent</span><span class="key acknowledged">acknowledged</span
    ><span class="key consumed">consumed</span>`;
  const { tally } = summary;
  const gaps = interruptions.filter((gap) => gap.seconds > 1);
  return markup`<p>
      A producer and a consumer on the topic ${begin!.topic}, ${begin!.rate} records a second,
      ${begin!.way === 'proxy' ? 'through the proxy' : 'past the proxy'}: sent ${tally.sent}, acknowledged
      ${tally.acknowledged}, consumed ${tally.consumed} (late ${tally.late}, twice ${tally.twice}, out of order
      ${tally.outOfOrder}, acknowledged and never consumed ${tally.notConsumed}).
    </p>
    ${ROLES.map((role) => figure(`records on the ${role}`, plots.flow(role, all, highest), markup`Records a second on the ${role}: ${legend} The numbers stand for the parts of the drill.`))}
    ${figure('records that wait', plots.lag(all), markup`Records acknowledged and not yet consumed, at the end of each second.`)}
    ${
      gaps.length === 0
        ? markup`<p>No second passed without an acknowledgement or a record consumed.</p>`
        : table(
            'Times of more than a second in which nothing went through',
            [
              { name: 'Nothing was' },
              { name: 'From' },
              { name: 'To' },
              { name: 'Seconds', numeric: true },
              { name: 'Where' },
            ],
            gaps.map(({ what, began, ended, seconds: count, from, to }) => [
              what,
              clock(began),
              clock(ended),
              count.toFixed(1),
              to === undefined ? `${from}, until it ended` : from === to ? from : `${from}, then ${to}`,
            ]),
          )
    }`;
}

const MOST_ROWS = 200;

export function partitions(journal: ReadJournal, canary?: CanaryOfDrill): Html {
  if (canary === undefined) {
    return markup`<p>Not measured: ${reasonWithoutCanary(journal)}.</p>`;
  }
  const { partitions: all, on } = canary.summary;
  const rows = all
    .slice(0, MOST_ROWS)
    .map(({ partition, tally, found, missing }) => [
      partition,
      tally.acknowledged,
      found?.there ?? 'not read',
      found?.missing ?? 'not known',
      found?.twice ?? 'not known',
      found?.outOfOrder ?? 'not known',
      tally.notConsumed,
      missing.map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`)).join(', ') || '–',
    ]);
  const numeric = ['Partition', 'Acknowledged', 'There', 'Missing', 'Twice', 'Out of order', 'Never consumed'];
  const columns = [...numeric.map((name) => ({ name, numeric: true })), { name: 'Which are missing' }];
  const rest = all.length - MOST_ROWS;
  return markup`<p>Read from the brokers of the ${on} when the canary had stopped, apart from its consumer.</p>
    ${table('Records, by partition', columns, rows)}
    ${rest > 0 ? markup`<p>… and ${rest} more partitions, which are in the raw log.</p>` : markup``}`;
}
