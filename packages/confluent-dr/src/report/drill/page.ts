import { type CanarySummary } from '../../canary/summary';
import { type Comparison } from './comparison';
import { deviations, phasesOf, questions, runs, timeline, unproven } from './course';
import { type Finding, reasonNotMeasured, reasonWithoutCanary, verdictOfAll } from './findings';
import { type Html, markup, table } from './html';
import { type JournalFile, type ReadJournal } from './journal-in';
import { type Report } from './report';
import { STYLE } from './style';
import { clients, ownClients, partitions, recoveries } from './traffic';

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
          ${findingsTable(findings, file.journal, canary?.summary)}
          ${journal.targets === undefined ? markup`<p>The journal names no targets.</p>` : markup``}
          ${against ? comparison(against, file) : markup``}
          <h2>Timeline</h2>
          ${await timeline(phases, report)} ${runs(journal)}
          <h2>How long clients were without a cluster</h2>
          ${recoveries(journal)} ${ownClients(journal)}
          <h2>What clients saw</h2>
          ${await clients(phases, report)}
          <h2>Loss and duplicates, by partition</h2>
          ${partitions(file.journal, canary)}
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

function findingsTable(findings: readonly Finding[], journal: ReadJournal, canary?: CanarySummary): Html {
  const rows = findings.map((finding) => [
    finding.title,
    finding.target ?? 'none was set',
    finding.actual ?? `not measured: ${reasonNotMeasured(finding, journal, canary)}`,
    markup`<span class="${finding.verdict}">${WORDS[finding.verdict]}</span>`,
  ]);
  const columns = ['What', 'Target', 'Reached', 'Verdict'].map((name) => ({ name }));
  return table('What the drill was held to', columns, rows);
}

function comparison({ file, rows, phases }: Comparison, { journal }: JournalFile): Html {
  const title = 'Compared with another drill';
  return markup`<h2>${title}</h2>
    <p>
      The other one: ${file.journal.experiment.title}, ${file.journal.start}; its journal has the SHA-256
      <code class="long">${file.sha256}</code>.${
        file.journal.experiment.title === journal.experiment.title &&
        file.journal.experiment.description === journal.experiment.description
          ? ''
          : ' It is of other clusters, or a drill of another kind: what differs is not due to time alone.'
      }
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

function followUps(): Html {
  const columns = ['Number', 'What is to be done', 'Who', 'Until'].map((name) => ({ name }));
  const rows = [1, 2, 3, 4].map((number) => [number, '', '', '']);
  return markup`<div class="empty">${table('To be filled in', columns, rows)}</div>`;
}

function evidence({ file, canary, madeBy }: Report): Html {
  const { journal } = file;
  const none = `none: ${reasonWithoutCanary(journal)}`;
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
