import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCommands as toolCommands } from '../../../packages/confluent-dr/test/support/all-commands';
import { type CodeBlock } from './code-blocks';

const root = join(__dirname, '../../..');

/** One command line of a document's shell blocks. */
export interface Command {
  readonly words: readonly string[];
  readonly line: number;
}

const shells = ['bash', 'sh', 'shell', 'console'];

/** The commands of all shell blocks: comments, prompts, redirections and variables set for one command taken off. */
export function commands(blocks: readonly CodeBlock[]): Command[] {
  return blocks
    .filter(({ language }) => shells.includes(language))
    .flatMap(({ code, line }) =>
      code
        .replaceAll(/\\\n\s*/g, ' ')
        .split('\n')
        .map((text) => text.replace(/(^|\s)#.*$/, '').replace(/^\$ /, ''))
        .flatMap((text) => text.split(/\s(?:&&|\|\||\|)\s|;\s*/))
        .map((text) => wordsOf(text.trim()))
        .filter((words) => words.length > 0)
        .map((words) => ({ words, line })),
    );
}

function wordsOf(text: string): string[] {
  const words = text.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  const first = words.findIndex((word) => !/^\w+=/.test(word) && word !== 'sudo');
  return first < 0 ? [] : words.slice(first);
}

type Check = (args: readonly string[]) => string | undefined;

/** What a document may tell its reader to type. A command that is not in this table is refused. */
const known: Record<string, Check> = {
  npm: (args) => npm(args),
  npx: ([tool, ...args]) => npx(tool, args),
  cdktf: (args) => cdktf(args),
  'confluent-dr': (args) => confluentDr(args),
  // The script that `confluent-dr proxy render` writes.
  bash: ([script]) => (script === 'converge.sh' ? undefined : existing(script)),
  eval: () => undefined,
  cp: ([from]) => (from.startsWith('~/') ? undefined : existing(from)),
  cd: () => undefined,
  mkdir: () => undefined,
  export: () => undefined,
  git: ([subcommand]) => oneOf('git', subcommand, ['clone', 'pull', 'checkout']),
  node: (args) => existing(args.filter((arg) => !arg.startsWith('-')).at(-1)),
  terraform: ([subcommand]) =>
    oneOf('terraform', subcommand, [
      ...['init', 'validate', 'plan', 'apply', 'destroy', 'output', 'show', 'state', 'import', 'providers', 'version'],
    ]),
  curl: () => undefined,
  nc: () => undefined,
  dig: () => undefined,
  kcat: () => undefined,
  ssh: () => undefined,
};

/** What is wrong with a command, or nothing. */
export function problemOf({ words: [name, ...args] }: Command): string | undefined {
  if (/^\.{1,2}\/|^\.ci\//.test(name)) {
    return existing(name);
  }
  return Object.hasOwn(known, name)
    ? known[name](args)
    : `${name} is not in the table of known commands (test/support/documents/commands.ts)`;
}

function npm([subcommand, ...args]: readonly string[]): string | undefined {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const script = ['test', 'start'].includes(subcommand) ? subcommand : subcommand === 'run' ? args[0] : undefined;
  if (script !== undefined) {
    return Object.hasOwn(scripts, script) ? undefined : `package.json has no script ${script}`;
  }
  return oneOf('npm', subcommand, ['ci', 'i', 'install', 'pack', 'init']);
}

function npx(tool: string, args: readonly string[]): string | undefined {
  return tool === 'jest' || tool === 'tsc' ? undefined : known[tool] ? known[tool](args) : `npx ${tool} is not known`;
}

/** The tool's own definition decides which commands and options there are. */
function confluentDr(args: readonly string[]): string | undefined {
  let command = toolCommands();
  const flags = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length);
  for (const word of flags) {
    command = command.commands.find((candidate) => candidate.name() === word) ?? command;
  }
  if (command.name() === 'confluent-dr' && args.length > 0 && !args[0].startsWith('-')) {
    return `confluent-dr has no command ${args[0]}`;
  }
  const unknown = flags.filter(
    (word) =>
      /^-./.test(word) &&
      !['--help', '--version'].includes(word) &&
      !command.options.some(({ long, short }) => word === long || word === short),
  );
  return unknown.length > 0 ? `confluent-dr ${command.name()} has no ${unknown.join(', ')}` : undefined;
}

/** The command's own help, asked of the real CLI, decides which flags there are. */
function cdktf([subcommand, ...args]: readonly string[]): string | undefined {
  const problem = oneOf('cdktf', subcommand, [
    'synth',
    'deploy',
    'diff',
    'destroy',
    'output',
    'get',
    'list',
    'provider',
  ]);
  const flags = args.filter((arg) => arg.startsWith('-')).map((arg) => arg.replace(/=.*/, ''));
  if (problem || flags.length === 0) {
    return problem;
  }
  const help = helpOf(subcommand);
  const unknown = flags.filter((flag) => !new RegExp(`(^|[\\s,])${flag}(?![\\w-])`).test(help));
  return unknown.length > 0 ? `cdktf ${subcommand} has no ${unknown.join(', ')}` : undefined;
}

const CACHE = join(root, 'node_modules/.cache/cdktf-help');

/** The CLI takes a second to load; what one version of it said is kept. */
function helpOf(subcommand: string): string {
  const { version } = JSON.parse(readFileSync(require.resolve('cdktf-cli/package.json'), 'utf8')) as {
    version: string;
  };
  const kept = join(CACHE, `${version}-${subcommand}.txt`);
  if (existsSync(kept)) {
    return readFileSync(kept, 'utf8');
  }
  const help = execFileSync(
    process.execPath,
    [require.resolve('cdktf-cli/bundle/bin/cdktf.js'), subcommand, '--help'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, CI: '1', CHECKPOINT_DISABLE: '1' },
    },
  );
  mkdirSync(CACHE, { recursive: true });
  // Whole or not at all, for others read meanwhile.
  writeFileSync(`${kept}.${process.pid}`, help);
  renameSync(`${kept}.${process.pid}`, kept);
  return help;
}

function oneOf(name: string, subcommand: string | undefined, subcommands: readonly string[]): string | undefined {
  return subcommand !== undefined && subcommands.includes(subcommand)
    ? undefined
    : `${name} ${subcommand ?? ''} is not among ${subcommands.join(', ')}`;
}

function existing(file: string | undefined): string | undefined {
  return file !== undefined && existsSync(join(root, file)) ? undefined : `${file ?? 'a file'} does not exist`;
}
