import { type DocumentOf } from '../output-schema/documents';
import { type Proof } from '../toggle/proof';
import { commandLine, type ToggleCommand, toggleCommand, toolOfFolder } from '../toggle/toggle-command';
import { endedText, toggleText } from '../words/toggle';
import { BadInput } from './bad-input';
import { EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { knownDeployment } from './session';
import { confirm, look } from './terminal';
import { untilInterrupted } from './toggle-interrupt';
import { type ToggleOptions, toggleWords } from './toggle-options';
import { toggled } from './toggle-run';

/** Runs `block` or `unblock`; whatever it came to has been said when it ends. */
export async function runToggleCommand(blocked: boolean, options: ToggleOptions): Promise<void> {
  const { json, from: folder = '.' } = options;
  const command = commandOf(blocked, options);
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
    toggled({ blocked, command, options, signal, onLine: (line) => console.error(line) }),
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
  say(json, { ...ran, exitCode, ...(proof && { proof }) }, toggleText(blocked, proof, deployment, look(), again));
  if (!isEnough(proof)) {
    throw new Exit(EXIT.notThere);
  }
}

/** Without a proof there is none: it was not wished for. */
const isEnough = (proof?: Proof): boolean => proof === undefined || proof.kind === 'proven';

/** @throws BadInput if nothing deploys from the folder */
export function commandOf(blocked: boolean, options: ToggleOptions): ToggleCommand {
  const { from: folder = '.', stack, variable } = options;
  const wished = options.with === 'print' ? undefined : options.with;
  const tool = wished ?? toolOfFolder(folder);
  if (tool === undefined) {
    throw new BadInput(
      `received the folder ${JSON.stringify(folder)}; allowed is one with a cdktf.json or with Terraform's files. Name the ` +
        'one that the proxy is deployed from: --from <folder>.',
    );
  }
  return toggleCommand({ blocked, tool, variable, stack }, process.env);
}

function say(json: boolean | undefined, document: DocumentOf<'block'>, text: string): void {
  if (json) {
    printDocument(document.blocked ? 'block' : 'unblock', document);
  } else {
    console.log(text);
  }
}
