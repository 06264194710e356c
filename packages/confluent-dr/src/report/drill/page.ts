import { type CanaryAccount } from '../../canary/account';
import { type Interruption } from '../../canary/interruptions';
import { type CanarySummary } from '../../canary/summary';
import { ROLES } from '../../observe/pair-observation';
import { type Comparison } from './comparison';
import { type Finding, reasonNotMeasured, verdictOfAll } from './findings';
import { type Html, markup, printable, table } from './html';
import { type JournalFile, type ReadJournal } from './journal-in';
import { type Phase, Plots } from './plots';
import { STYLE } from './style';

/** A canary that ran beside a drill. */
export interface CanaryOfDrill {
  readonly account: CanaryAccount;
  readonly summary: CanarySummary;
  /** Of the raw log. */
  readonly path: string;
  readonly sha256: string;
  readonly cutOff: boolean;
  /** Raw logs of the parts before, of a drill that was taken up. */
  readonly earlier: readonly { readonly path: string; readonly sha256: string }[];
}

export interface Report {
  readonly file: JournalFile;
  readonly findings: readonly Finding[];
  readonly interruptions: readonly Interruption[];
  readonly canary?: CanaryOfDrill;
  /** Another drill, held beside this one. */
  readonly against?: Comparison;
  /** By which version of this tool, and when. */
  readonly madeBy: string;
  readonly madeAt: Date;
}

const VERDICT_WORDS = {
  met: 'Every target was met.',
  'not-met': 'A target was not met.',
  'not-proven': 'No target was missed, and not all was measured that would have to be.',
} as const;

const WORDS = {
  met: 'met',
  'not-met': 'not met',
  'not-measured': 'not measured',
  untargeted: 'no target was set',
} as const;

/** The whole page: one file that needs no other, and no script. */
export async function reportPage(report: Report): Promise<string> {
  const { file, findings, canary, against, madeBy, madeAt } = report;
  const { journal } = file;
  const overall = verdictOfAll(findings);
  const phases = phasesOf(journal);
  const page = markup`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${journal.experiment.title}</title>
        <style>STYLE</style>
      </head>
      <body>
        <main>
          <h1>${journal.experiment.title}</h1>
          <p>${journal.experiment.description}</p>
          <p class="dim">
            ${journal.start} to ${journal.end}, ${seconds(journal.duration)}; by the clock of ${journal.node}, in UTC.
          </p>
          <p class="verdict ${overall}">${VERDICT_WORDS[overall]} ${headline(findings)}</p>
          <h2>Targets and what was reached</h2>
          ${findingsTable(findings, canary?.summary)}
          ${journal.targets === undefined ? markup`<p>The journal names no targets.</p>` : markup``}
          ${against ? comparison(against) : markup``}
          <h2>Timeline</h2>
          ${await timeline(phases, report)} ${runs(journal)}
          <h2>How long clients were without a cluster</h2>
          ${recoveries(journal)} ${ownClients(journal)}
          <h2>What clients saw</h2>
          ${await clients(phases, report)}
          <h2>Loss and duplicates, by partition</h2>
          ${partitions(canary)}
          <h2>Who agreed to what</h2>
          ${questions(journal)}
          <h2>What could not be proven</h2>
          ${unproven(report)}
          <h2>Deviations</h2>
          ${deviations(report)}
          <h2>Follow-ups</h2>
          ${followUps()}
          <h2>Evidence</h2>
          ${evidence(report)}
          <p class="dim">Made by confluent-dr ${madeBy} at ${madeAt.toISOString()}.</p>
        </main>
      </body>
    </html>
`;
  // The style is no text: it goes in as it is.
  return page.text.replace('<style>STYLE</style>', () => `<style>${STYLE}</style>`);
}

const seconds = (count: number): string => `${count.toFixed(1)} s`;
const clock = (at: number): string => new Date(at).toISOString().slice(11, 23);

const phasesOf = ({ run }: ReadJournal): Phase[] =>
  run.map(({ activity, start, end, status }) => ({
    name: printable(activity.name),
    start: Date.parse(start),
    end: Date.parse(end),
    ok: status === 'succeeded',
  }));

/** What is asked first; the table has it too. */
function headline(findings: readonly Finding[]): Html {
  const told = (['rto', 'rpo'] as const).flatMap((wanted) =>
    findings
      .filter(({ id }) => id === wanted)
      .map(
        ({ actual = 'not measured', target }) =>
          `${wanted.toUpperCase()} ${actual}${target === undefined ? '' : ` (${target})`}`,
      ),
  );
  return markup`<span>${told.join(', ')}</span>`;
}

function findingsTable(findings: readonly Finding[], canary: CanarySummary | undefined): Html {
  const rows = findings.map((finding) => [
    finding.title,
    finding.target ?? 'none was set',
    finding.actual ?? `not measured: ${reasonNotMeasured(finding, canary)}`,
    markup`<span class="${finding.verdict}">${WORDS[finding.verdict]}</span>`,
  ]);
  const columns = ['What', 'Target', 'Reached', 'Verdict'].map((name) => ({ name }));
  return table('What the drill was held to', columns, rows);
}

function comparison({ file, rows, phases }: Comparison): Html {
  const title = 'Compared with another drill';
  return markup`<h2>${title}</h2>
    <p>
      The other one: ${file.journal.experiment.title}, ${file.journal.start}; its journal has the SHA-256
      <code class="long">${file.sha256}</code>.
    </p>
    ${table(
      'What was reached, in both',
      [{ name: 'What' }, { name: 'This one' }, { name: 'The other one' }],
      rows.map(({ title: what, own, other }) => [what, own ?? 'not measured', other ?? 'not measured']),
    )}
    ${table(
      'Seconds that each part took, in both',
      [{ name: 'Part' }, ...['This one', 'The other one', 'Difference'].map((name) => ({ name, numeric: true }))],
      phases.map(({ name, own, other }) => [
        name,
        own?.toFixed(1) ?? 'not done',
        other?.toFixed(1) ?? 'not done',
        own === undefined || other === undefined
          ? '–'
          : `${own >= other ? '+' : '−'}${Math.abs(own - other).toFixed(1)}`,
      ]),
    )}`;
}

async function timeline(phases: readonly Phase[], { file }: Report): Promise<Html> {
  if (phases.length === 0) {
    return markup`<p>Nothing was done.</p>`;
  }
  const plots = await Plots.load(phases, [Date.parse(file.journal.start), Date.parse(file.journal.end)]);
  return figure(
    'the parts of the drill',
    plots.timeline(),
    markup`The parts of the drill in the order in which they were done; times are in UTC. The table below has the same.`,
  );
}

function runs({ run, experiment }: ReadJournal): Html {
  const done = run.map(({ activity, start, end, duration, status }, index) => [
    `${index + 1}. ${activity.name}`,
    markup`<code
      >${[activity.provider?.path, activity.provider?.arguments].filter(Boolean).join(' ') || 'not told'}</code
    >`,
    start.slice(11, 23),
    end.slice(11, 23),
    duration.toFixed(1),
    markup`<span class="${status === 'succeeded' ? 'met' : 'not-met'}">${status}</span>`,
  ]);
  const names = run.map(({ activity }) => activity.name);
  const left = experiment.method.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
  const columns = [
    { name: 'Part' },
    { name: 'What was done' },
    { name: 'From' },
    { name: 'To' },
    { name: 'Seconds', numeric: true },
    { name: 'Outcome' },
  ];
  return markup`${done.length > 0 ? table('What was done', columns, done) : markup``}
  ${left.length > 0 ? markup`<p>Planned and not done: ${left.join(', ')}.</p>` : markup``}`;
}

const FAULT_WORDS: Readonly<Record<string, string>> = {
  proxy: 'the proxy cut clients off',
  disaster: 'the primary was lost',
  'switch-over': 'it was begun',
};

function recoveries({ traffic }: ReadJournal): Html {
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
function ownClients({ clients }: ReadJournal): Html {
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

async function clients(phases: readonly Phase[], { canary, interruptions, file }: Report): Promise<Html> {
  if (canary === undefined) {
    return markup`<p>Not measured: no canary ran beside this drill, so that nothing is known of what clients saw.</p>`;
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

function partitions(canary: CanaryOfDrill | undefined): Html {
  if (canary === undefined) {
    return markup`<p>Not measured: no canary ran beside this drill.</p>`;
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

function questions({ questions: asked, operator }: ReadJournal): Html {
  const who = operator
    ? markup`<p>Run by ${operator.user} in <code class="long">${operator.folder}</code>.</p>`
    : markup`<p>Who ran it is not recorded.</p>`;
  if (asked === undefined || asked.length === 0) {
    return markup`${who}
      <p>No question is recorded.</p>`;
  }
  const by = {
    option: 'an option of the command',
    person: operator ? `${operator.user}, at the terminal` : 'a person',
  };
  const rows = asked.map((question) => [
    question.text,
    question.answer ? 'yes' : 'no',
    by[question.by as keyof typeof by] ?? 'nobody: there was no one to ask',
    question.at.slice(11, 23),
    question.seconds.toFixed(1),
  ]);
  const columns = [
    { name: 'Question' },
    { name: 'Answer' },
    { name: 'By' },
    { name: 'Asked at' },
    { name: 'Seconds', numeric: true },
  ];
  return markup`${who}${table('Questions and answers', columns, rows)}`;
}

const list = (items: readonly (string | Html)[]): Html =>
  markup`<ul>
    ${items.map((item) => markup`<li>${item}</li>`)}
  </ul>`;

function unproven({ file: { journal }, canary, findings }: Report): Html {
  const items = [
    ...(journal.not_proven ?? ['What nobody has seen is not recorded in this journal.']),
    ...findings
      .filter(({ verdict }) => verdict === 'not-measured')
      .map((finding) => `${finding.title}: not measured, ${reasonNotMeasured(finding, canary?.summary)}.`),
    ...(canary?.cutOff
      ? ['The raw log of the canary ends in the middle of a line: it was killed, and its end is missing.']
      : []),
    ...(canary && canary.account.stoppedAt === undefined ? ['The canary did not come to its end.'] : []),
  ];
  return items.length === 0 ? markup`<p>Nothing is left that was to be proven and was not.</p>` : list(items);
}

/** A journal that nobody ended is that of a run which was killed: it says that it goes on. */
const ENDINGS: Readonly<Record<string, string>> = {
  interrupted: 'interrupted or killed',
  aborted: 'something did not succeed',
};

function deviations({ file: { journal }, findings }: Report): Html {
  const items = [
    ...(journal.interruptions ?? []).map(
      ({ end, status, resumed, from }) =>
        `It ended on the way, ${end} (${ENDINGS[status] ?? status}), and a further run took it up, ${resumed}, from ${from} on.`,
    ),
    ...journal.run
      .filter(({ status }) => status !== 'succeeded')
      .map(
        ({ activity, exception }) =>
          `${activity.name} failed: ${(exception ?? ['the journal does not tell why']).join(' ')}`,
      ),
    ...journal.run.flatMap(({ activity, output }) => [
      ...(output?.lost ? [`By ${activity.name}: ${output.lost} records lost.`] : []),
      ...(output?.discarded ? [`By ${activity.name}: ${output.discarded} records discarded.`] : []),
    ]),
    ...findings
      .filter(({ verdict }) => verdict === 'not-met')
      .map(
        ({ title, target, actual }) =>
          `${title}: ${actual ?? 'not measured'}${target === undefined ? '' : `, target: ${target}`}.`,
      ),
  ];
  return items.length > 0
    ? list(items)
    : markup`<p>${journal.deviated ? 'The journal says that the drill deviated, and not how.' : 'None is recorded.'}</p>`;
}

function followUps(): Html {
  const columns = ['Number', 'What is to be done', 'Who', 'Until'].map((name) => ({ name }));
  const rows = [1, 2, 3, 4].map((number) => [number, '', '', '']);
  return markup`<div class="empty">${table('To be filled in', columns, rows)}</div>`;
}

function evidence({ file, canary, madeBy }: Report): Html {
  const { journal } = file;
  const none = 'none: no canary ran beside it';
  const versions = Object.entries(canary?.account.begin?.versions ?? {}).map(([name, version]) => `${name} ${version}`);
  const code = (text: string): Html => markup`<code class="long">${text}</code>`;
  return table(
    'Files, hashes and versions',
    [{ name: 'What' }, { name: 'Which' }],
    [
      ['Journal', code(file.path)],
      ['SHA-256 of the journal', code(file.sha256)],
      ["SHA-256 of the plan (the journal's experiment, as JSON without white space)", code(file.planSha256)],
      ...(canary?.earlier ?? []).flatMap(({ path, sha256 }, index) => [
        [`Raw log of part ${index + 1}, before the drill was taken up`, code(path)],
        ['SHA-256 of it', code(sha256)],
      ]),
      ['Raw log of the canary', canary ? code(canary.path) : none],
      ['SHA-256 of the raw log', canary ? code(canary.sha256) : none],
      ...(journal.clients?.logs ?? []).flatMap(({ path, sha256 }) => [
        ['Log of clients', code(path)],
        [`SHA-256 of ${path}`, code(sha256)],
      ]),
      ['confluent-dr that ran the drill', journal['chaoslib-version']],
      ['Platform that ran the drill', `${journal.platform}, ${journal.node}`],
      ['Versions of the canary', versions.join(', ') || none],
      ['confluent-dr that made this page', madeBy],
      ['Versions of the brokers and of the proxy', 'not recorded'],
    ],
  );
}

/** @param what it shows, in words that no other plot has */
const figure = (what: string, plot: Html, caption: Html): Html =>
  markup`<figure>
    <div class="scrolls" role="region" aria-label="Plot: ${what}" tabindex="0">${plot}</div>
    <figcaption>${caption}</figcaption>
  </figure>`;
