import { writeFileSync } from 'node:fs';
import { type Command } from 'commander';
import { UnusableLog } from '../canary/raw-log';
import { reportPage } from '../report/drill/page';
import { readReport, type Report, UnusableJournal, verdictOf } from '../report/drill/report';
import { drillJunit } from '../words/drill-junit';
import { BadInput, EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { addJsonOption } from './options';
import { toolVersion } from './tool-version';

const HELP = `
Makes of a drill's journal one HTML page that needs no other file, prints well, and can be handed to an auditor: the verdict
against the targets, the timeline, who agreed to what and when, what could not be proven, deviations, and hashes of it all;
beside it JUnit's XML. With the raw log of a canary that ran beside the drill, it has plots of what clients saw, the pauses,
and losses and duplicates by partition. What was not measured is told as that. It asks no cluster for anything.

Exit code 0 if every target was met, 4 if one was not or if what it asks for was not measured.

Example:
  $ confluent-dr report drill-2026-01-05T12-00-00-000Z.json
  $ confluent-dr report drill.json --canary canary.jsonl
  $ confluent-dr report drill.json --against drill-of-last-quarter.json --out report.html
`;

interface ReportOptions {
  readonly canary?: string;
  readonly against?: string;
  readonly out?: string;
  readonly junit?: string;
  readonly json?: boolean;
}

export function addReport(program: Command): void {
  addJsonOption(program.command('report <journal>'))
    .description("a drill's journal as a page for people, and as JUnit's XML")
    .option('--canary <log>', 'the raw log of a canary that ran beside the drill (default: none ran)')
    .option('--against <journal>', 'another drill to compare it with')
    .option('--out <file>', "the page (default: the journal's name with .html)")
    .option('--junit <file>', "JUnit's XML (default: the journal's name with .xml)")
    .addHelpText('after', HELP)
    .action(report);
}

async function report(journal: string, options: ReportOptions): Promise<void> {
  const { canary, against, json } = options;
  const stem = journal.replace(/\.json$/i, '');
  const [out, junit] = [options.out ?? `${stem}.html`, options.junit ?? `${stem}.xml`];
  const inputs = [journal, canary, against];
  for (const file of [out, junit]) {
    if (inputs.includes(file)) {
      throw new BadInput(`received ${file} to be written, which is to be read too; give another --out and --junit.`);
    }
  }
  const read = readAll({ journal, canary, against });
  const page = await reportPage(read);
  written('--out', out, page);
  written('--junit', junit, drillJunit(read.file.journal, read.findings, read.canary?.summary));
  const verdict = verdictOf(read);
  if (json) {
    printDocument('report', { verdict, findings: read.findings, page: out, junit });
  } else {
    console.log(`${VERDICT_WORDS[verdict]} The report is in ${out}, JUnit's XML in ${junit}.`);
  }
  if (verdict !== 'met') {
    throw new Exit(EXIT.notThere);
  }
}

const VERDICT_WORDS = {
  met: 'Every target was met.',
  'not-met': 'A target was not met.',
  'not-proven': 'No target was missed, and not all was measured that would have to be.',
} as const;

function readAll(sources: { journal: string; canary?: string; against?: string }): Report {
  try {
    return readReport({ ...sources, madeBy: toolVersion() });
  } catch (error) {
    throw error instanceof UnusableJournal || error instanceof UnusableLog
      ? new BadInput(error.message, { cause: error })
      : error;
  }
}

/** It names clusters, topics and people: its owner alone reads it. */
function written(option: string, file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new BadInput(`${option} ${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
