import { type Command, InvalidArgumentError, Option } from 'commander';
import { TOGGLE_TOOLS, type ToggleTool } from '../toggle/toggle-command';
import { addChangeOptions, addSessionOptions, type ChangeOptions, type SessionOptions } from './options';

export const TOGGLE_WAYS = [...TOGGLE_TOOLS, 'print'] as const;

const DEFAULT_VARIABLE = 'cc_failover_primary';

export interface ToggleOptions extends SessionOptions, ChangeOptions {
  /** @default - what deploys from the folder */
  readonly with?: ToggleTool | 'print';
  readonly variable: string;
  /** Whether all that the command prints is shown. */
  readonly all?: boolean;
  /** False for `--no-proof`. */
  readonly proof?: boolean;
}

export function addToggleOptions(command: Command): Command {
  return addChangeOptions(addSessionOptions(command))
    .addOption(
      new Option(
        '--with <tool>',
        'what deploys the proxy (default: what the folder is for); print only tells the command',
      )
        .choices(TOGGLE_WAYS)
        .env('CONFLUENT_DR_TOGGLE_WITH'),
    )
    .addOption(
      new Option('--variable <name>', 'the variable of the stack that takes the primary away')
        .default(DEFAULT_VARIABLE)
        .env('CONFLUENT_DR_TOGGLE_VARIABLE')
        .argParser(variableName),
    )
    .option('--all', 'every line that cdktf or Terraform prints, not only the change and its outcome')
    .option('--no-proof', 'be content with a command that succeeded');
}

/** The words that say the same again. */
export const toggleWords = ({ with: tool, variable }: ToggleOptions): string[] => [
  ...(tool === undefined ? [] : ['--with', tool]),
  ...(variable === DEFAULT_VARIABLE ? [] : ['--variable', variable]),
];

function variableName(text: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(text)) {
    throw new InvalidArgumentError("Allowed is the name of one of Terraform's variables.");
  }
  return text;
}
