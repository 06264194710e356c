import { reasonNotMeasured } from './findings';
import { figure, type Html, markup, printable, table } from './html';
import { type ReadJournal } from './journal-in';
import { type Phase, Plots } from './plots';
import { type Report } from './report';

export const phasesOf = ({ run }: ReadJournal): Phase[] =>
  run.map(({ activity, start, end, status }) => ({
    name: printable(activity.name),
    start: Date.parse(start),
    end: Date.parse(end),
    ok: status === 'succeeded',
  }));

export async function timeline(phases: readonly Phase[], { file }: Report): Promise<Html> {
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

export function runs({ run, experiment }: ReadJournal): Html {
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

export function questions({ questions: asked, operator }: ReadJournal): Html {
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

export function unproven({ file: { journal }, canary, findings }: Report): Html {
  const items = [
    ...(journal.not_proven ?? ['What nobody has seen is not recorded in this journal.']),
    ...findings
      .filter(({ verdict }) => verdict === 'not-measured')
      .map((finding) => `${finding.title}: not measured, ${reasonNotMeasured(finding, journal, canary?.summary)}.`),
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

export function deviations({ file: { journal }, findings }: Report): Html {
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
