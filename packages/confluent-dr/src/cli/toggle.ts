import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command } from 'commander';
import {
  commandLine,
  isInTfvars,
  type ToggleCommand,
  toggleCommand,
  type ToggleTool,
  toolOfFolder,
} from '../execute/toggle-command';
import { type Proof } from '../execute/toggle-proof';
import { placeOfProxy } from '../deployment/sources';
import { type DocumentOf } from '../report/output-schema/documents';
import { endedText, toggleText } from '../words/toggle';
import { BadInput, ENDING_SIGNALS, EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { SOURCES_HELP } from './options';
import { knownDeployment, type ProxySwitches, proxySwitches } from './session';
import { confirm, look } from './terminal';
import { addToggleOptions, toggled, type ToggleOptions, toggleWords } from './toggle-run';

/** Runs something that the first Ctrl-C asks to end in order; it is waited for. */
async function untilInterrupted<T>(
  body: (signal: AbortSignal) => Promise<T>,
): Promise<{ readonly result: T; readonly interrupted: boolean }> {
  const controller = new AbortController();
  const { signal } = controller;
  const interrupt = (): void => {
    if (!signal.aborted) {
      console.error('Interrupted: waiting until the command has ended …');
      controller.abort();
    }
  };
  ENDING_SIGNALS.forEach((name) => process.on(name, interrupt));
  try {
    return { result: await body(signal), interrupted: signal.aborted };
  } finally {
    ENDING_SIGNALS.forEach((name) => process.removeListener(name, interrupt));
  }
}

/** Runs `block` or `unblock`; whatever it came to has been said when it ends. */
async function runToggleCommand(blocked: boolean, options: ToggleOptions): Promise<void> {
  const { json } = options;
  const { folder } = placeOfProxy(options);
  const switches = await proxySwitches(options);
  const command = commandOf(blocked, options, switches);
  const wished = { blocked, active: switches.active };
  if (options.dryRun === true || options.with === 'print') {
    say(json, { blocked, folder, command: commandLine(command), ran: false }, commandLine(command));
    return;
  }
  const question = blocked
    ? 'Cut the clients of the proxy off from the primary?'
    : 'Let the clients of the proxy come to the primary again?';
  if (!(await confirm(question, options))) {
    console.error('Nothing was done.');
    throw new Exit(EXIT.refused, 'nothing was done: it was not agreed to');
  }
  const { result, interrupted } = await untilInterrupted((signal) =>
    toggled({ wished, command, options, signal, onLine: (line) => console.error(line) }),
  );
  const { exitCode, proof, deployment } = result;
  const again = [
    blocked ? 'block' : 'unblock',
    ...toggleWords(options),
    ...(options.proof === false ? ['--no-proof'] : []),
  ];
  const ran = { blocked, folder, command: commandLine(command), ran: true };
  if (exitCode !== 0 || interrupted) {
    const place = json ? undefined : await knownDeployment(options);
    say(json, { ...ran, ...(exitCode !== undefined && { exitCode }) }, endedText(exitCode, place, again, look()));
    throw new Exit(interrupted ? EXIT.interrupted : EXIT.failure);
  }
  say(json, { ...ran, exitCode, ...(proof && { proof }) }, toggleText(wished, proof, deployment, look(), again));
  if (!isEnough(proof)) {
    throw new Exit(EXIT.notThere);
  }
}

/** Without a proof there is none: it was not wished for. */
const isEnough = (proof?: Proof): boolean => proof === undefined || proof.kind === 'proven';

/**
 * Whom clients are let in to stays as it is: without its variable an apply would take that of a tfvars file.
 *
 * @throws BadInput if nothing deploys from the folder
 */
export function commandOf(
  blocked: boolean,
  options: ToggleOptions,
  { active, activeVariable }: ProxySwitches,
): ToggleCommand {
  const { variable } = options;
  const kept = active && activeVariable ? { [activeVariable]: active } : {};
  return switchCommand({ ...kept, [variable]: String(blocked) }, options);
}

/** What gives the variables of the proxy's stack these values. @throws BadInput if nothing deploys from the folder */
export function switchCommand(
  values: Readonly<Record<string, string>>,
  options: Omit<ToggleOptions, 'variable'>,
): ToggleCommand {
  const { folder, stack } = placeOfProxy(options);
  const tool = deployingTool(options);
  const loses = tool !== 'terraform' && isInTfvars(folder, Object.keys(values));
  return toggleCommand({ values, tool, stack, ...(loses && { varFile: writtenValues(values) }) }, process.env);
}

/** What deploys the proxy's stack. @throws BadInput if nothing does from the folder */
export function deployingTool({ with: named, ...sources }: Omit<ToggleOptions, 'variable'>): ToggleTool {
  const { folder } = placeOfProxy(sources);
  const tool = named === 'print' || named === undefined ? toolOfFolder(folder) : named;
  if (tool === undefined) {
    throw new BadInput(
      `received the folder ${JSON.stringify(folder)}; allowed is one with a cdktf.json or with Terraform's files. Name the ` +
        'one that the proxy is deployed from: --proxy-from <folder>, or --from <folder> where the pair is deployed from there too.',
    );
  }
  return tool;
}

/** A file that cdktf and cdktn read last, outside the project; it stays there for the command to be run again. */
function writtenValues(values: Readonly<Record<string, string>>): string {
  const file = join(mkdtempSync(join(tmpdir(), 'confluent-dr-')), 'toggle.tfvars.json');
  writeFileSync(file, `${JSON.stringify(values)}\n`, { mode: 0o600 });
  return file;
}

function say(json: boolean | undefined, document: DocumentOf<'block'>, text: string): void {
  if (json) {
    printDocument(document.blocked ? 'block' : 'unblock', document);
  } else {
    console.log(text);
  }
}

const TOGGLE_HELP = `
It runs cdktf deploy, cdktn deploy or terraform apply in the folder of --from, or --proxy-from, with the variable of the toggle and without
a refresh, so that it works while the primary is gone. Then it looks through the proxy whether clients meet what was wished
for. In a lab without nginx nothing can be seen. Of what the command prints it shows the change and its outcome, on one
screen; with --all every line. Where the command fails, its errors are shown, and the file with all lines named.

Exit code 0 if it is proven, 1 if the command failed, 3 if nothing was done, 4 if it is not proven.
`;

const BLOCK_HELP = `${SOURCES_HELP}${TOGGLE_HELP}
Example:
  $ confluent-dr block
  $ confluent-dr block --proxy-from proxy-stack --with terraform --outputs outputs.json --yes
  $ confluent-dr block --dry-run
`;

export function addBlock(program: Command): void {
  addToggleOptions(program.command('block'))
    .description('take the primary away from the clients of the proxy')
    .addHelpText('after', BLOCK_HELP)
    .action((options: ToggleOptions) => runToggleCommand(true, options));
}

const UNBLOCK_HELP = `${SOURCES_HELP}${TOGGLE_HELP}
After an unplanned failover, restore the primary first: clients that come back would write records that are discarded.

Example:
  $ confluent-dr unblock
  $ confluent-dr unblock --yes
`;

export function addUnblock(program: Command): void {
  addToggleOptions(program.command('unblock'))
    .description('let the clients of the proxy come to the primary again')
    .addHelpText('after', UNBLOCK_HELP)
    .action((options: ToggleOptions) => runToggleCommand(false, options));
}
