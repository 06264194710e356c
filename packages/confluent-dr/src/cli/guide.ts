import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { RUNBOOK_FORMATS, type RunbookFormat, runbookText } from '../report/guide/guide-text';
import { BadInput } from './exit';
import { printDocument } from './json-output';
import { addDeploymentOptions, addJsonOption, type DeploymentOptions, SOURCES_HELP } from './options';
import { readDeployment } from './session';

const HELP = `${SOURCES_HELP}
The steps of the dry run's guide for this deployment, planned and in a disaster, with its ids and addresses filled in, to be
done by hand with curl; beside each the command that does the same. It holds no secret, and asks nothing of the clusters.

Example:
  $ confluent-dr runbook --out runbook.md
  $ confluent-dr runbook --format curl --outputs outputs.json
`;

interface DocumentOptions extends DeploymentOptions {
  readonly json?: boolean;
  readonly format: RunbookFormat;
  readonly out?: string;
}

export function addDocument(program: Command): void {
  addJsonOption(addDeploymentOptions(program.command('runbook')))
    .description('the guide as a document for this deployment, to be done by hand')
    .addOption(
      new Option('--format <format>', 'a document, or commands for bash with comments')
        .choices(RUNBOOK_FORMATS)
        .default('markdown'),
    )
    .option('--out <file>', 'write it there (default: standard output)')
    .addHelpText('after', HELP)
    .action(document);
}

async function document(options: DocumentOptions): Promise<void> {
  const { format, out, json } = options;
  const text = runbookText(await readDeployment(options), format);
  if (out !== undefined) {
    written(out, text);
  }
  if (json) {
    printDocument('runbook', { format, ...(out === undefined ? { text } : { file: out }) });
  } else if (out === undefined) {
    process.stdout.write(text);
  } else {
    console.error(`Wrote ${out}.`);
  }
}

function written(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new BadInput(`--out ${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
