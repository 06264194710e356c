import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { shellWord } from '../shell-words';

export const TOGGLE_TOOLS = ['cdktf', 'terraform'] as const;
export type ToggleTool = (typeof TOGGLE_TOOLS)[number];

export interface Toggle {
  /** Whether clients of the proxy are to be cut off from the primary. */
  readonly blocked: boolean;
  readonly tool: ToggleTool;
  /** Of the stack with the proxy. */
  readonly variable: string;
  /** For cdktf. @default - the only one */
  readonly stack?: string;
}

/** A command for the folder of the stack with the proxy. */
export interface ToggleCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Beside the environment that there is. */
  readonly variables: Readonly<Record<string, string>>;
}

const NO_REFRESH = '-refresh=false';

/**
 * The command that turns the block on or off. It plans without a refresh: a refresh reads the primary's resources, which
 * fails when it is really gone, and mirrors, which fails while they turn.
 *
 * @param env the environment that the command will be run in
 */
export function toggleCommand({ blocked, tool, variable, stack }: Toggle, env: NodeJS.ProcessEnv = {}): ToggleCommand {
  const assignment = `${variable}=${blocked}`;
  if (tool === 'terraform') {
    return {
      program: env.TERRAFORM_BINARY_NAME || 'terraform',
      args: ['apply', '-input=false', '-auto-approve', NO_REFRESH, `-var=${assignment}`],
      variables: {},
    };
  }
  const added = (given?: string): string => [given, NO_REFRESH].filter(Boolean).join(' ');
  return {
    program: 'npx',
    args: ['--no-install', 'cdktf', 'deploy', ...(stack ? [stack] : []), '--auto-approve', '--var', assignment],
    variables: { TF_CLI_ARGS_plan: added(env.TF_CLI_ARGS_plan), TF_CLI_ARGS_apply: added(env.TF_CLI_ARGS_apply) },
  };
}

/** The command as a line for a shell. */
export function commandLine({ program, args, variables }: ToggleCommand): string {
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${shellWord(value)}`);
  return [...assignments, program, ...args.map(shellWord)].join(' ');
}

/** Which of both deploys from a folder; undefined if neither does. */
export function toolOfFolder(folder: string): ToggleTool | undefined {
  if (existsSync(join(folder, 'cdktf.json'))) {
    return 'cdktf';
  }
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.some((file) => /\.tf(\.json)?$/.test(file)) ? 'terraform' : undefined;
}
