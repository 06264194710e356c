import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Command } from 'commander';
import * as ts from 'typescript';
import { allCommands } from '../support/all-commands';
import { type Declaration, ReachedDeclarations } from './support/reached-declarations';

/** Every flag that any text names exists, on the command that it is named for. */

const root = join(__dirname, '../../../..');

const every = (command: Command, path: readonly string[] = []): { path: string; command: Command }[] => [
  { path: path.join(' '), command },
  ...command.commands.flatMap((child) => every(child, [...path, child.name()])),
];
const all = every(allCommands()).filter(({ path }) => path !== '');

const flagsOf = (command: Command): string[] => [
  ...command.options.flatMap(({ long, short }) => [long ?? [], short ?? []].flat()),
  '--help',
  '--version',
];
/** A group of commands has those of each. */
const FLAGS = new Map(
  all.map(({ path, command }) => [path, new Set(every(command).flatMap((each) => flagsOf(each.command)))]),
);
const OWN = new Set([...FLAGS.values()].flatMap((flags) => [...flags]));

/** Of the programs that this one stands beside, and words of theirs. */
const OF_OTHERS = new Set([
  // npm, cdktf and terraform
  ...['--auto-approve', '--context', '--no-install', '--save-dev', '--var', '--var-file'],
  ...['--outputs-file', '--outputs-file-include-sensitive-outputs'],
  // kafka-consumer-groups, curl
  ...['--all-groups', '--bootstrap-server', '--command-config', '--describe', '--fail-with-body'],
]);

const flagsIn = (text: string): string[] => text.match(/(?<![\w-])--[a-z][a-z-]*[a-z]/g) ?? [];

const LONGEST_FIRST = [...FLAGS.keys()].sort((one, other) => other.length - one.length);

/** Made once: they are held against some ten thousand texts. */
const PATTERNS = LONGEST_FIRST.map((path) => ({
  path,
  atBegin: new RegExp(`^(?:npx )?(?:confluent-dr )?${path}(?![\\w-])`),
  withFlags: new RegExp(`\\b${path} --[^'"\`\n]*`, 'g'),
}));

/** The command that a text begins with, after the name of the tool. */
const commandAt = (text: string): string | undefined => PATTERNS.find(({ atBegin }) => atBegin.test(text))?.path;

/** Flags of a command line that the command does not have. */
function strangersIn(line: string): string[] {
  const path = commandAt(line);
  const [own] = line.split(/ -- /);
  return path === undefined ? [] : flagsIn(own).filter((flag) => !FLAGS.get(path)!.has(flag));
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text.replace(/\s+/g, ' ');
}

test.each(all)('the help of $path names its own flags, or another command before them', ({ path, command }) => {
  const help = helpOf(command);
  const strangers = flagsIn(help).filter((flag) => !FLAGS.get(path)!.has(flag));
  const named = [...new Set(strangers)].filter((flag) => {
    const before = [...help.matchAll(new RegExp(`([\\w -]{0,60})${flag}(?![\\w-])`, 'g'))].map(([, words]) => words);
    return !before.every((words) =>
      LONGEST_FIRST.some((other) => FLAGS.get(other)!.has(flag) && new RegExp(`\\b${other}\\b`).test(words)),
    );
  });
  expect(named.filter((flag) => !OF_OTHERS.has(flag))).toEqual([]);
});

function textsIn(node: ts.Node): string[] {
  const texts: string[] = [];
  const look = (each: ts.Node): void => {
    if (ts.isStringLiteralLike(each) || ts.isTemplateExpression(each)) {
      texts.push(each.getText().slice(1, -1));
    }
    ts.forEachChild(each, look);
  };
  look(node);
  return texts;
}

const textsOf = (file: string): string[] =>
  textsIn(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(root, folder, name));

/** What each file of a command may name: the flags of that command; those of all where many commands share a file. */
const FILES_OF: readonly (readonly [file: RegExp, commands: readonly string[]])[] = [
  [/src\/(cli\/acl|words\/acls)\.ts$/, ['acl']],
  [/src\/(cli\/canary|words\/canary|cli\/named-brokers)\.ts$/, ['canary']],
  [/src\/(cli\/check|words\/check)\.ts$/, ['check']],
  [/src\/cli\/guide\.ts$/, ['runbook']],
  [/src\/(cli\/drill[\w-]*|words\/drill[\w-]*)\.ts$/, ['drill', 'block', 'failover']],
  [/src\/(cli\/hosts|words\/hosts)\.ts$/, ['hosts']],
  [/src\/(cli\/lag|words\/lag)\.ts$/, ['lag']],
  [/src\/(cli\/operate[\w-]*|words\/(operation|plan))\.ts$/, ['failover', 'acl']],
  [/src\/(cli\/ready|words\/(readiness|junit))\.ts$/, ['ready', 'status']],
  [/src\/cli\/report\.ts$/, ['report']],
  [/src\/(cli\/status|words\/status[\w-]*)\.ts$/, ['status']],
  [/src\/(cli\/toggle[\w-]*|words\/toggle)\.ts$/, ['block', 'check']],
  [/confluent-dr-lab\/src\//, LONGEST_FIRST.filter((path) => path.startsWith('lab '))],
  [/cli\/proxy-/, ['proxy render']],
];

test('every text of the tool names flags that its commands have', () => {
  const files = ['packages/confluent-dr/src', 'packages/confluent-dr-lab/src/cli'].flatMap((folder) =>
    // Flags of a page's style are none.
    filesIn(folder, '.ts').filter((file) => !/report\/drill\/(plots|style)\.ts$/.test(file)),
  );
  expect(files.length).toBeGreaterThan(140);
  const found = files.flatMap((file) => {
    const [, own] = FILES_OF.find(([pattern]) => pattern.test(file)) ?? [];
    const allowed = own ? new Set(own.flatMap((path) => [...FLAGS.get(path)!])) : OWN;
    return textsOf(file).flatMap((text) => {
      const named = flagsIn(text);
      if (named.length === 0) {
        return [];
      }
      // A flag behind a command's name is that command's.
      const lines = PATTERNS.flatMap(({ withFlags }) => [...(text.match(withFlags) ?? [])]);
      const ofOther = new Set(lines.filter((line) => strangersIn(line).length === 0).flatMap(flagsIn));
      return named
        .filter((flag) => !allowed.has(flag) && !OF_OTHERS.has(flag) && !ofOther.has(flag))
        .map((flag) => `${relative(root, file)}: ${flag}`);
    });
  });
  expect([...new Set(found)]).toEqual([]);
});

function thrownTexts(node: ts.Node): string[] {
  const texts: string[] = [];
  const look = (each: ts.Node): void => {
    if (ts.isThrowStatement(each)) {
      texts.push(...textsIn(each));
    } else {
      ts.forEachChild(each, look);
    }
  };
  look(node);
  return texts;
}

/** What adds each command; those of the lab share their file. */
const ADDED_BY: readonly (readonly [command: string, file: string, declaration: string])[] = [
  ...['acl', 'canary', 'check', 'clients', 'drill', 'hosts', 'lag', 'ready', 'report', 'status'].map(
    (name) => [name, `${name}.ts`, `add${name[0].toUpperCase()}${name.slice(1)}`] as const,
  ),
  ['block', 'toggle.ts', 'addBlock'],
  ['failback', 'operate.ts', 'addFailback'],
  ['failover', 'operate.ts', 'addFailover'],
  ['unblock', 'toggle.ts', 'addUnblock'],
  ['config show', 'config-show.ts', 'addConfig'],
  ['runbook', 'guide.ts', 'addDocument'],
  ['proxy render', 'proxy-render.ts', 'addProxyRender'],
];

test('an error names flags of each command that it can end', () => {
  const leaves = all.filter(({ command }) => command.commands.length === 0).map(({ path }) => path);
  expect(ADDED_BY.map(([path]) => path).sort()).toEqual(leaves.filter((path) => !path.startsWith('lab ')).sort());
  const sources = new ReachedDeclarations();
  const users = new Map<Declaration, string[]>();
  for (const [command, file, name] of ADDED_BY) {
    const reached = sources.from(join(root, 'packages/confluent-dr/src/cli', file), name);
    reached.forEach((each) => users.set(each, [...(users.get(each) ?? []), command]));
  }
  const named = [...users].flatMap(([{ file, name, node }, commandNames]) =>
    thrownTexts(node)
      .flatMap(flagsIn)
      .map((flag) => ({ flag, at: `${relative(root, file)}, ${name}`, commandNames })),
  );
  expect(named.map(({ flag, at }) => `${at}: ${flag}`)).toEqual(
    expect.arrayContaining([
      'packages/confluent-dr/src/deployment/sources.ts, readPairSources: --from',
      'packages/confluent-dr/src/cli/drill.ts, recorderOf: --journal',
    ]),
  );
  const strangers = named.flatMap(({ flag, at, commandNames }) => {
    const lacking = commandNames.filter((command) => !FLAGS.get(command)!.has(flag));
    return lacking.length === 0 || OF_OTHERS.has(flag) ? [] : [`${at}: ${flag}, which ${lacking.join(', ')} lacks`];
  });
  expect(strangers).toEqual([]);
});

test('the README and the pages of docs name flags that exist, each on its command', () => {
  const pages = [join(root, 'README.md'), ...filesIn('docs', '.md')].filter((file) => !file.includes('/api/'));
  expect(pages.length).toBeGreaterThan(3);
  const found = pages.flatMap((file) => {
    const inline = [...readFileSync(file, 'utf8').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
    return inline.flatMap((code) => {
      const ofOther = /^(npm|npx|sudo|apt|node|terraform|cdktf|kcat)\b(?! confluent-dr)/.test(code);
      const known = ofOther
        ? []
        : [...strangersIn(code), ...flagsIn(code).filter((flag) => !OWN.has(flag) && !OF_OTHERS.has(flag))];
      return known.map((flag) => `${relative(root, file)}: ${flag} in ${code}`);
    });
  });
  expect([...new Set(found)]).toEqual([]);
});
