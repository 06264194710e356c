import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { shellWord } from '../deployment/deployment';

/**
 * What a person needs of all that Terraform prints in a toggle: which resource is changed and how, what is taken away or
 * given back, that it goes on, and every word of an error. What is read first, attributes and outputs are left out.
 */
export class TerraformWords {
  private mode: 'plan' | 'warning' | 'error' = 'plan';
  private readonly shown = { plan: 0, warning: 0, error: 0 };
  private omitted = 0;

  /** @param tell gets each line that is shown */
  constructor(private readonly tell: (line: string) => void) {}

  /** Takes the next line that was printed, without colours. */
  public line(line: string): void {
    const text = line.replace(/^[\s│╷╵]+/, '').replace(/\s*\[id=[^\]]*\]/, '');
    this.mode = this.modeAt(text);
    const wanted = text !== '' && (this.mode !== 'plan' || SHOWN.some((pattern) => pattern.test(text)));
    if (!wanted) {
      return;
    }
    if (this.shown[this.mode] >= MOST[this.mode]) {
      this.omitted += 1;
      return;
    }
    this.shown[this.mode] += 1;
    this.tell(text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);
  }

  /** Lines that would have been shown, had there been less. */
  public get tooMany(): number {
    return this.omitted;
  }

  private modeAt(text: string): 'plan' | 'warning' | 'error' {
    // What comes after an error belongs to it, or is another one.
    if (this.mode === 'error' || ERROR.test(text)) {
      return 'error';
    }
    if (WARNING.test(text)) {
      return 'warning';
    }
    return this.mode === 'warning' && ![...SHOWN, READING].some((pattern) => pattern.test(text)) ? 'warning' : 'plan';
  }
}

/** With both at their most, what a toggle says still fits one screen. */
const MOST = { plan: 16, warning: 6, error: 16 };

/** An error quotes the line of the configuration that it is about, which may hold a whole script. */
const LONGEST = 1000;

/** A name of the stack may come first, where cdktf prints. */
const ERROR = /(^|\s)Error: /;
const WARNING = /(^|\s)Warning: /;

/** What is read first; it ends a warning, as what is shown does. */
const READING = /: (Reading\.\.\.|Still reading|Read complete|Refreshing state)|^Terraform (used|will)/;

const SHOWN = [
  /(^|\s)# \S+ (must be|will be|is tainted|has )/,
  /(^|\s)name += "(OUTAGE|FENCED)_/,
  /(^|\s)[~+-] value += "/,
  /(^|\s)(Plan: \d|No changes\.|Apply complete!)/,
  /: (Creating|Destroying|Modifying)\.\.\./,
  /: (Creation|Destruction|Modifications) complete/,
  // Of these, one a minute.
  /: Still (creating|destroying|modifying)\.\.\..*m0?0s elapsed/,
];

/** cdktn is the command of CDK Terrain, the successor of CDKTF. */
export const TOGGLE_TOOLS = ['cdktf', 'cdktn', 'terraform'] as const;
export type ToggleTool = (typeof TOGGLE_TOOLS)[number];

export interface Toggle {
  /** Variables of the stack with the proxy, and what they are to be. */
  readonly values: Readonly<Record<string, string>>;
  readonly tool: ToggleTool;
  /** For cdktf and cdktn. @default - the only one */
  readonly stack?: string;
  /** For cdktf and cdktn: a file with the values. @default - they are given by --var, which loses against a tfvars file of the folder */
  readonly varFile?: string;
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
 * The command that turns the block on or off, or lets clients in to another member. It plans without a refresh: a refresh
 * reads the primary's resources, which fails when it is really gone, and mirrors, which fails while they turn.
 *
 * @param env the environment that the command will be run in
 */
export function toggleCommand({ values, tool, stack, varFile }: Toggle, env: NodeJS.ProcessEnv = {}): ToggleCommand {
  const assignments = Object.entries(values).map(([variable, value]) => `${variable}=${value}`);
  if (tool === 'terraform') {
    return {
      program: env.TERRAFORM_BINARY_NAME || 'terraform',
      args: ['apply', '-input=false', '-auto-approve', NO_REFRESH, ...assignments.map((each) => `-var=${each}`)],
      variables: {},
    };
  }
  const added = (given?: string): string => [given, NO_REFRESH].filter(Boolean).join(' ');
  return {
    program: 'npx',
    args: [
      ...['--no-install', tool, 'deploy', ...(stack ? [stack] : []), '--auto-approve'],
      ...(varFile === undefined ? assignments.flatMap((each) => ['--var', each]) : ['--var-file', varFile]),
    ],
    variables: { TF_CLI_ARGS_plan: added(env.TF_CLI_ARGS_plan), TF_CLI_ARGS_apply: added(env.TF_CLI_ARGS_apply) },
  };
}

/** The command as a line for a shell. */
export function commandLine({ program, args, variables }: ToggleCommand): string {
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${shellWord(value)}`);
  return [...assignments, program, ...args.map(shellWord)].join(' ');
}

/** What deploys from a folder; undefined if nothing does. */
export function toolOfFolder(folder: string): ToggleTool | undefined {
  if (existsSync(join(folder, 'cdktf.json'))) {
    return isInstalled('cdktn', folder) && !isInstalled('cdktf', folder) ? 'cdktn' : 'cdktf';
  }
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.some((file) => /\.tf(\.json)?$/.test(file)) ? 'terraform' : undefined;
}

/** Whether `npx --no-install` finds a command in the folder or above. Projects of both have a cdktf.json. */
function isInstalled(command: string, folder: string): boolean {
  for (let place = resolve(folder); ; place = dirname(place)) {
    if (existsSync(join(place, 'node_modules/.bin', command))) {
      return true;
    }
    if (place === dirname(place)) {
      return false;
    }
  }
}

/** Those that Terraform reads by itself; cdktf and cdktn hand them to it after each --var, so that they win. */
const TFVARS = /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/;

/**
 * Whether a tfvars file of a folder may give one of these variables a value: one that seems to costs no more than a file in
 * the place of a --var. Terraform's own parser would make the tool slower by half a second and larger by a quarter.
 */
export function isInTfvars(folder: string, variables: readonly string[]): boolean {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => TFVARS.test(file)) : [];
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  return variables.some((variable) => new RegExp(`(^|[\\s{,])"?${variable}"?\\s*[=:]`, 'm').test(text));
}

export interface ToggleRun {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Each line that it prints, without colours. */
  readonly onLine: (line: string) => void;
  /** Asks it to end in order: Terraform then writes its state first. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the command to its end.
 *
 * @returns its exit code; undefined if a signal ended it
 * @throws Error if it cannot be started
 */
export function runToggle(
  command: ToggleCommand,
  { folder, env, onLine, signal }: ToggleRun,
): Promise<number | undefined> {
  // In a group of its own: Ctrl-C of the terminal would reach Terraform a second time, and then it gives up its state.
  const child = spawn(command.program, command.args, {
    cwd: folder,
    env: { ...env, ...command.variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const interrupt = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, 'SIGINT');
    }
  };
  forLines(child.stdout, onLine);
  forLines(child.stderr, onLine);
  signal?.addEventListener('abort', interrupt, { once: true });
  return new Promise<number | undefined>((done, fail) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ENOENT' ? new Error(`there is no command ${command.program}`, { cause: error }) : error);
    });
    child.once('spawn', () => {
      if (signal?.aborted) {
        interrupt();
      }
    });
    child.once('close', (code) => done(code ?? undefined));
  }).finally(() => signal?.removeEventListener('abort', interrupt));
}

function forLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const tell = (line: string): void => {
    const plain = stripVTControlCharacters(line).trimEnd();
    if (plain !== '') {
      onLine(plain);
    }
  };
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(tell);
  });
  stream.on('end', () => tell(rest));
}
